package view

import (
	"slices"
	"strings"

	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
)

// How well something fits a search, from the best: by its title and the words that it is found by, or by any of its sentences; by the words
// as they were typed, or by each of them somewhere.
const (
	fitsByTitle = iota
	fitsByTitleWords
	fitsByText
	fitsByTextWords
	fitsNot
)

// fit is something that was found.
type fit struct {
	how    int
	blocks []Block
}

// found is what a search finds, what fits best first; of what fits alike sections before problems. A code means its problems, and nothing else
// but sections that name it.
func (b book) found(search string, tr func(string, map[string]any) string) []Block {
	f := finder{phrase: strings.Join(strings.Fields(folded(search)), " "), tr: translate(tr)}
	byCode := kindsOf(search)
	fits := []fit{}
	for _, k := range byCode {
		fits = append(fits, fit{fitsByTitle, entry(k)})
	}
	for _, s := range b {
		blocks := s.blocks()
		fits = append(fits, fit{f.fits(blocks, s.found()...), blocks})
	}
	if len(byCode) == 0 {
		for _, k := range problems.Kinds() {
			blocks := entry(k)
			fits = append(fits, fit{f.fits(blocks, foundBy(k)...), blocks})
		}
	}
	slices.SortStableFunc(fits, func(a, b fit) int { return a.how - b.how })
	blocks := []Block{}
	for _, one := range fits {
		if one.how < fitsNot {
			blocks = append(blocks, one.blocks...)
		}
	}
	if len(blocks) == 0 {
		return []Block{body(text("help.nothing-found", "Search", search))}
	}
	return blocks
}

// found are the words that the section is found by besides those that it shows.
func (s section) found() []Text {
	if !s.words {
		return nil
	}
	return []Text{s.text(".words")}
}

// wordedKinds are the kinds of problem whose title does not say what people call them; their words stand under "help.problem-words.<kind>".
var wordedKinds = []connector.ProblemKind{connector.KindWrongTenant}

// foundBy are the words that a kind of problem is found by besides those that it shows.
func foundBy(k connector.ProblemKind) []Text {
	if !slices.Contains(wordedKinds, k) {
		return nil
	}
	return []Text{text("help.problem-words." + string(k))}
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

type finder struct {
	// phrase is what is searched for, folded.
	phrase string
	tr     Translator
}

// fits reports how well the blocks, the first of which is their title, fit the search. more are found as the title is.
func (f finder) fits(blocks []Block, more ...Text) int {
	said := []string{}
	for _, block := range blocks {
		switch b := block.(type) {
		case Paragraph:
			said = append(said, f.low(b.Text))
		case List:
			for _, item := range b.Items {
				said = append(said, f.low(item))
			}
		}
	}
	title := said[:1:1]
	for _, text := range more {
		title = append(title, f.low(text))
	}
	head, all := strings.Join(title, "\n"), strings.Join(append(title, said...), "\n")
	switch {
	case strings.Contains(head, f.phrase):
		return fitsByTitle
	case f.allIn(head):
		return fitsByTitleWords
	case strings.Contains(all, f.phrase):
		return fitsByText
	case f.allIn(all):
		return fitsByTextWords
	}
	return fitsNot
}

func (f finder) low(t Text) string { return folded(t.Render(f.tr)) }

// folded is text as it is compared: in lower case, and with the apostrophe that keyboards have.
func folded(text string) string { return strings.ReplaceAll(strings.ToLower(text), "’", "'") }

func (f finder) allIn(text string) bool {
	return !slices.ContainsFunc(strings.Fields(f.phrase), func(word string) bool { return !strings.Contains(text, word) })
}
