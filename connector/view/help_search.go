package view

import (
	"cmp"
	"slices"
	"strings"

	"partner-center-connector/assets"
	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
)

const (
	// shownAnswers is how many titles of answers show at first.
	shownAnswers = 8
	// fewest is how many answers are shown at least, as far as there are any; where nothing was found, the nearest ones.
	fewest = 3
	// fitting is the share of the best answer's score that any further ones have at least.
	fitting = 0.15
)

// answer is an entry of the help as a search shows it: its title, and the rest once that is pressed.
type answer struct {
	id     string
	title  Text
	blocks []Block
	// called are the words that it is found by besides those that it shows; seen are the beginnings of the keys of what stands on the page
	// that it is about.
	called []Text
	seen   []string
	score  float64
}

// found is what a search finds, what fits best first and open; of what fits alike sections before problems. A code means its problems, and
// nothing else but sections that have all words of the search.
func (b book) found(search string, tr func(string, map[string]any) string) []Block {
	t := translate(tr)
	all, byCode := b.answers(), kindsOf(search)
	fits := ranked(all, search, t, len(byCode) > 0)
	if len(byCode) > 0 {
		fits = slices.DeleteFunc(fits, func(a answer) bool { return strings.HasPrefix(a.id, problemTopic) })
		fits = append(answersOn(byCode), fits...)
	}
	if len(fits) == 0 {
		return blocksOf(body(text("help.nothing-found", "Search", search)), titled(near(all, search, t), -1), caption(text("help.type-code")))
	}
	return blocksOf(caption(text("help.found", "Count", len(fits))), titled(fits[:min(len(fits), shownAnswers)], 0), rest(fits))
}

// rest are the answers that do not show at first.
func rest(fits []answer) []Block {
	if len(fits) <= shownAnswers {
		return nil
	}
	more := fits[shownAnswers:]
	return []Block{Fold{ID: "found-more", Title: text("help.found-more", "Count", len(more)), Blocks: titled(more, -1)}}
}

// titled are the titles of answers, of which one is open; -1 for none.
func titled(list []answer, open int) []Block {
	blocks := []Block{}
	for i, a := range list {
		blocks = append(blocks, Fold{ID: "found-" + a.id, Title: a.title, Open: i == open, Blocks: a.blocks})
	}
	return blocks
}

// answers are all entries of the help: its sections and the kinds of problem.
func (b book) answers() []answer {
	list := []answer{}
	for _, s := range b {
		a := answer{id: s.name, title: s.text(""), blocks: s.blocks()[1:], seen: pageKeys()[s.name]}
		if s.product != nil {
			a.id += "-" + s.product.ID
		}
		if s.words {
			a.called = []Text{s.text(".words")}
		}
		list = append(list, a)
	}
	return append(list, answersOn(problems.Kinds())...)
}

// wordedKinds are the kinds of problem whose title does not say what people call them; their words stand under "help.problem-words.<kind>".
var wordedKinds = []connector.ProblemKind{connector.KindWrongTenant, connector.KindGuest, connector.KindNoMFA, connector.KindNeedAdmin}

// answersOn are the entries on kinds of problem.
func answersOn(kinds []connector.ProblemKind) []answer {
	list := []answer{}
	for _, k := range kinds {
		blocks := entry(k)
		a := answer{id: problemTopic + string(k), title: blocks[0].(Paragraph).Text, blocks: blocks[1:], seen: []string{"problem." + string(k) + ".button"}}
		if slices.Contains(wordedKinds, k) {
			a.called = []Text{text("help.problem-words." + string(k))}
		}
		list = append(list, a)
	}
	return list
}

// ranked are those of the entries that fit a search, or have all its words, what fits best first.
func ranked(list []answer, search string, t translate, whole bool) []answer {
	entries := []indexed{}
	for _, a := range list {
		entries = append(entries, a.text(t).index())
	}
	idle := searchWords(t.Text("help.idle.words", nil))
	r := rank(entries, search, func(word string) bool { return !slices.Contains(idle, word) })
	fits := []answer{}
	for i, a := range list {
		score, covers := r.score(entries[i])
		if a.score = score; score > 0 && (covers == 1 || !whole) {
			fits = append(fits, a)
		}
	}
	best := bestFirst(fits)
	for n := fewest; n < len(best); n++ {
		if best[n].score < fitting*best[0].score {
			return best[:n]
		}
	}
	return best
}

func bestFirst(list []answer) []answer {
	slices.SortStableFunc(list, func(a, b answer) int { return cmp.Compare(b.score, a.score) })
	return list
}

// near are the entries whose titles look most like the search.
func near(list []answer, search string, t translate) []answer {
	for i, a := range list {
		for _, head := range a.text(t).heads {
			list[i].score = max(list[i].score, likeness(head, search))
		}
	}
	return bestFirst(list)[:fewest]
}

// text is what the entry is found by.
func (a answer) text(t translate) entryText {
	found := entryText{heads: []string{a.title.Render(t)}}
	for _, called := range a.called {
		found.heads = append(found.heads, strings.Split(called.Render(t), ",")...)
	}
	said := []string{}
	for _, block := range a.blocks {
		switch b := block.(type) {
		case Paragraph:
			said = append(said, b.Text.Render(t))
		case List:
			for _, item := range b.Items {
				said = append(said, item.Render(t))
			}
		}
	}
	seen := []string{}
	for _, prefix := range a.seen {
		for _, key := range assets.Keys(prefix) {
			seen = append(seen, strings.ReplaceAll(t.Text(key, nil), "<no value>", " "))
		}
	}
	found.body, found.seen = strings.Join(said, "\n"), strings.Join(seen, "\n")
	return found
}

// kindsOf are the kinds of problem that a code in the search means.
func kindsOf(search string) []connector.ProblemKind {
	kinds := []connector.ProblemKind{}
	for _, p := range problems.LookUpCode(search) {
		if !slices.Contains(kinds, p.Kind) {
			kinds = append(kinds, p.Kind)
		}
	}
	return kinds
}

// translate makes a Translator of a function.
type translate func(key string, args map[string]any) string

// Text implements Translator.
func (t translate) Text(key string, args map[string]any) string { return t(key, args) }
