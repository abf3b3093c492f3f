package view

import (
	"slices"
	"strings"

	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
)

// problemTopic begins the topic of a kind of problem.
const problemTopic = "problem-"

// menu is the order of the topics that every help page leads to.
var menu = []string{"home", "links", "enforcement", "after-save", "server", "problems", "new-computer", "screen-reader"}

// Help makes the help window's view: a topic (a page's View.Page, one of the menu, or "problem-" and a problem's kind), or, where something
// is searched for, what has some of its words or its code, what fits best first; and the way to the support of p's publisher, if there is
// one. products have sections of their own, in their words. tr is asked for the sentences because the search goes by them.
func Help(p connector.Preset, products []connector.Product, topic, search string, tr func(key string, args map[string]any) string) View {
	b := bookOf(products)
	v := View{Page: "help", Title: text("help.title"), Focus: "help-search"}
	in := Input{
		ID: "help-search", Field: connector.FieldSearch, Label: text("help.search"), Value: search,
		Placeholder: text("help.search.placeholder"), Hint: text("help.search.hint"),
	}
	v.Blocks = []Block{in}
	if strings.TrimSpace(search) != "" {
		v.Blocks = append(v.Blocks, b.found(search, tr)...)
	} else {
		v.Blocks = append(v.Blocks, b.topic(topic)...)
	}
	v.Blocks = append(v.Blocks, presetHelp(p)...)
	v.Blocks = append(v.Blocks, heading("help.menu"), Actions{Buttons: append(menuButtons(), openReport())})
	return v
}

func menuButtons() []Button {
	buttons := []Button{}
	for _, topic := range menu {
		buttons = append(buttons, Button{ID: "topic-" + topic, Label: text("help.topic." + topic), Command: "help", Topic: topic})
	}
	return buttons
}

// topic is what help says on a topic; that of the home screen where there is none of the name.
func (b book) topic(topic string) []Block {
	if kind, ok := strings.CutPrefix(topic, problemTopic); ok && slices.Contains(problems.Kinds(), connector.ProblemKind(kind)) {
		return b.problem(connector.ProblemKind(kind))
	}
	names, known := topics()[topic]
	if !known {
		topic, names = "home", topics()["home"]
	}
	return blocksOf(b.articles(names), troubleshooting(topic))
}

// problem is help on one kind of problem, and on the page that fixes it.
func (b book) problem(k connector.ProblemKind) []Block {
	return blocksOf(heading("help.problem"), entry(k), b.articles(topics()[stepTopic(problems.Sample(k).Step)]))
}

// stepTopic is the topic of a page of the wizard.
func stepTopic(step connector.Step) string {
	if step == connector.NoStep {
		return "home"
	}
	return step.Name()
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
		ID: problemTopic + string(k), Label: text("help.page", "Number", sample.Step.Place(), "Label", stepText(sample.Step)),
		Command: "help", Topic: sample.Step.Name(),
	}}})
}
