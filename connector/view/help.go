package view

import (
	"slices"
	"strings"
	"sync"

	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
)

// section is a piece of help: a heading, a paragraph and the items of a list, under "help.<name>".
type section struct {
	name  string
	items int
	// url is a page of Microsoft's on the subject; "" for none.
	url string
}

// sections are all of them, in the order in which a search shows them.
var sections = sync.OnceValue(func() []section {
	return slices.Concat([]section{
		{name: "why-two"},
		{name: "licence"},
		{name: "same-person"},
		{name: "why-private"},
	}, pageSections(), []section{
		{name: "detail", items: 7},
		{name: "work365", items: 4},
		// https://learn.microsoft.com/partner-center/security/partner-security-requirements-mandating-mfa
		{name: "enforcement", url: "https://learn.microsoft.com/partner-center/security/partner-security-requirements-mandating-mfa"},
		{name: "kept", items: 3},
		{name: "lasts", items: 3},
		{name: "new-computer", items: 3},
		{name: "settings", items: 3},
		{name: "keyboard", items: 6},
		{name: "screen-reader", items: 2},
	})
})

// topics are the sections of each help topic: the pages by their names, and the subjects of the menu.
var topics = sync.OnceValue(func() map[string][]string {
	return withPages(map[string][]string{
		"home":          {"why-two", "licence", "same-person", "why-private", "kept", "keyboard"},
		"detail":        {"detail", "lasts", "kept"},
		"work365":       {"work365"},
		"enforcement":   {"enforcement"},
		"new-computer":  {"new-computer"},
		"screen-reader": {"screen-reader", "keyboard"},
		"settings":      {"settings", "kept"},
		"problems":      {},
	})
})

// problemTopic begins the topic of a kind of problem.
const problemTopic = "problem-"

// menu is the order of the topics that every help page leads to.
var menu = []string{"home", "work365", "enforcement", "problems", "new-computer", "screen-reader"}

// Help makes the help window's view: a topic (a page's View.Page, one of the menu, or "problem-" and a problem's kind), or, where something
// is searched for, everything that has its words or its code; and the way to the support of p's publisher, if there is one. tr is asked for
// the sentences because the search goes by them.
func Help(p connector.Preset, topic, search string, tr func(key string, args map[string]any) string) View {
	v := View{Page: "help", Title: text("help.title"), Focus: "help-search"}
	in := Input{
		ID: "help-search", Field: connector.FieldSearch, Label: text("help.search"), Value: search,
		Placeholder: text("help.search.placeholder"), Hint: text("help.search.hint"),
	}
	v.Blocks = []Block{in}
	if strings.TrimSpace(search) != "" {
		v.Blocks = append(v.Blocks, found(search, tr)...)
	} else {
		v.Blocks = append(v.Blocks, topicBlocks(topic)...)
	}
	v.Blocks = append(v.Blocks, presetHelp(p)...)
	v.Blocks = append(v.Blocks, heading("help.menu"), Actions{Buttons: menuButtons()})
	return v
}

func menuButtons() []Button {
	buttons := []Button{}
	for _, topic := range menu {
		buttons = append(buttons, Button{ID: "topic-" + topic, Label: text("help.topic." + topic), Command: "help", Topic: topic})
	}
	return buttons
}

func topicBlocks(topic string) []Block {
	if kind, ok := strings.CutPrefix(topic, problemTopic); ok && slices.Contains(problems.Kinds(), connector.ProblemKind(kind)) {
		return problemBlocks(connector.ProblemKind(kind))
	}
	names, known := topics()[topic]
	if !known {
		topic, names = "home", topics()["home"]
	}
	return blocksOf(articles(names), troubleshooting(topic))
}

// problemBlocks is help on one kind of problem, and on the page that fixes it.
func problemBlocks(k connector.ProblemKind) []Block {
	return blocksOf(heading("help.problem"), entry(k), articles(topics()[stepTopic(problems.Sample(k).Step)]))
}

// articles are the blocks of sections by their names.
func articles(names []string) []Block {
	blocks := []Block{}
	for _, name := range names {
		i := slices.IndexFunc(sections(), func(s section) bool { return s.name == name })
		blocks = append(blocks, sections()[i].blocks()...)
	}
	return blocks
}

// stepTopic is the topic of a page of the wizard.
func stepTopic(step connector.Step) string {
	if step == connector.NoStep {
		return "home"
	}
	return step.Name()
}

func (s section) blocks() []Block {
	key := "help." + s.name
	blocks := blocksOf(heading(key), body(text(key+".text")))
	if s.items > 0 {
		blocks = append(blocks, List{Items: items(key, s.items)})
	}
	if s.url != "" {
		blocks = append(blocks, Actions{Buttons: []Button{{ID: "link-" + s.name, Label: text("help.read-more"), URL: s.url}}})
	}
	return blocks
}

// troubleshooting lists the problems that a topic's page fixes; all of them under "problems".
func troubleshooting(topic string) []Block {
	blocks := []Block{}
	for _, k := range problems.Kinds() {
		if topic == "problems" || belongs(k, topic) {
			blocks = append(blocks, entry(k)...)
		}
	}
	if len(blocks) == 0 {
		return nil
	}
	return append(blocksOf(heading("help.problems"), caption(text("help.problems.text"))), blocks...)
}

// belongs reports whether a kind of problem is fixed on the page of a topic.
func belongs(k connector.ProblemKind, topic string) bool {
	step := problems.Sample(k).Step
	if step == connector.NoStep {
		return (topic == "admin" || topic == "user") && problems.AtEitherConsent(k)
	}
	return step.Name() == topic
}

// entry explains one kind of problem, with its codes and the way to the help of the page that fixes it. It is no card: here it
// is only talked about.
func entry(k connector.ProblemKind) []Block {
	sample := problems.Sample(k)
	key, args := "problem."+string(k), problemArgs(&sample)
	blocks := blocksOf(
		Paragraph{Role: Heading, Text: Text{Key: key + ".title", Args: args}},
		body(Text{Key: key + ".do", Args: args}),
		caption(text("help.actor", "Actor", text("actor."+string(sample.Actor)))),
	)
	if codes := problems.Codes(k); len(codes) > 0 {
		blocks = append(blocks, caption(text("help.codes", "Codes", strings.Join(codes, ", "))))
	}
	if sample.Step == connector.NoStep {
		return blocks
	}
	return append(blocks, Actions{Buttons: []Button{{
		ID: problemTopic + string(k), Label: text("help.page", "Number", int(sample.Step), "Label", stepText(sample.Step)),
		Command: "help", Topic: sample.Step.Name(),
	}}})
}

// found is what a search finds: sections, then problems.
func found(search string, tr func(string, map[string]any) string) []Block {
	f := finder{words: strings.Fields(strings.ToLower(search)), tr: translate(tr)}
	blocks := []Block{}
	for _, k := range f.kinds(search) {
		blocks = append(blocks, entry(k)...)
	}
	for _, s := range sections() {
		if f.matches(s.blocks()) {
			blocks = append(blocks, s.blocks()...)
		}
	}
	if len(blocks) == 0 {
		return []Block{body(text("help.nothing-found", "Search", search))}
	}
	return blocks
}

// translate makes a Translator of a function.
type translate func(key string, args map[string]any) string

// Text implements Translator.
func (t translate) Text(key string, args map[string]any) string { return t(key, args) }

type finder struct {
	words []string
	tr    Translator
}

// kinds are the kinds of problem that a code in the search means, and if there is none those whose words match.
func (f finder) kinds(search string) []connector.ProblemKind {
	kinds := []connector.ProblemKind{}
	for _, p := range problems.LookUpCode(search) {
		if !slices.Contains(kinds, p.Kind) {
			kinds = append(kinds, p.Kind)
		}
	}
	if len(kinds) > 0 {
		return kinds
	}
	for _, k := range problems.Kinds() {
		if f.matches(entry(k)) {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

// matches reports whether the blocks have every word of the search.
func (f finder) matches(blocks []Block) bool {
	said := []string{}
	for _, block := range blocks {
		switch b := block.(type) {
		case Paragraph:
			said = append(said, b.Text.Render(f.tr))
		case List:
			for _, item := range b.Items {
				said = append(said, item.Render(f.tr))
			}
		}
	}
	all := strings.ToLower(strings.Join(said, "\n"))
	for _, word := range f.words {
		if !strings.Contains(all, word) {
			return false
		}
	}
	return true
}
