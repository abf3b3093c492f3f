package view

import (
	"math"
	"slices"
	"strings"
)

// entryText is what an entry of the help is found by.
type entryText struct {
	// heads are its title, first, and what people call the same, each for itself.
	heads []string
	// body is what it says, seen what stands on the page that it is about.
	body, seen string
}

// indexed are the words of an entry.
type indexed struct {
	heads      [][]string
	body, seen []string
}

func (t entryText) index() indexed {
	x := indexed{body: append(searchWords(t.body), joined(t.body)...), seen: append(searchWords(t.seen), joined(t.seen)...)}
	for _, head := range t.heads {
		x.heads = append(x.heads, searchWords(head), joined(head))
	}
	x.heads = slices.DeleteFunc(x.heads, func(words []string) bool { return len(words) == 0 })
	return x
}

// How much a word counts where it was found, and how many times as much the whole search counts that stands there as it was typed.
const (
	inHead     = 4.0
	asCalled   = 3.6
	inBody     = 1.0
	inSeen     = 0.5
	asHead     = 3.0
	withinHead = 1.5
	withinBody = 3.0
	withinSeen = 6.0
)

// ranking ranks entries by the words of a search.
type ranking struct {
	entries []indexed
	words   []string
	// phrase is the whole search.
	phrase string
	// worths are what the words of the entries are worth to each word of the search; rare is how much that one counts: the more, the fewer
	// entries have it.
	worths []map[string]float64
	rare   []float64
}

func rank(entries []indexed, search string, says func(word string) bool) ranking {
	r := ranking{entries: entries, words: wanted(search, says), phrase: phraseOf(searchWords(search))}
	all := map[string]bool{}
	for _, e := range entries {
		for _, words := range append(slices.Clone(e.heads), e.body, e.seen) {
			for _, word := range words {
				all[word] = true
			}
		}
	}
	for _, word := range r.words {
		worths := worthsIn(all, word)
		r.worths = append(r.worths, worths)
		r.rare = append(r.rare, math.Log(1+float64(len(entries))/float64(1+r.having(worths))))
	}
	return r
}

// worthsIn are the words that are worth something to the one that is searched for. It is taken for a slip only where there are none.
func worthsIn(all map[string]bool, wanted string) map[string]float64 {
	worths := map[string]float64{}
	for word := range all {
		if w := worth(wanted, word); w > 0 {
			worths[word] = w
		}
	}
	if len(worths) > 0 {
		return worths
	}
	for word := range all {
		if mistyped(wanted, word) {
			worths[word] = typo
		}
	}
	return worths
}

// having counts the entries that have one of the words.
func (r ranking) having(worths map[string]float64) int {
	n := 0
	for _, e := range r.entries {
		if slices.ContainsFunc(append(slices.Clone(e.heads), e.body), func(words []string) bool { return best(words, worths) > 0 }) {
			n++
		}
	}
	return n
}

// best is what the words are worth at most.
func best(words []string, worths map[string]float64) float64 {
	most := 0.0
	for _, word := range words {
		most = max(most, worths[word])
	}
	return most
}

// score is how well an entry fits; 0 for not at all. covers is the share of the search's words that it has, the rarer ones counting more.
func (r ranking) score(e indexed) (score, covers float64) {
	head := 0.0
	for i, words := range e.heads {
		weight := asCalled
		if i == 0 {
			weight = inHead
		}
		head = max(head, weight*r.inHead(words))
	}
	sum := head + inBody*r.in(e.body)*r.times(e.body, withinBody) + inSeen*r.in(e.seen)*r.times(e.seen, withinSeen)
	covers = r.covered(e)
	return sum * covers, covers
}

// inHead is how well a title fits. Words of it that nobody searched for count against it.
func (r ranking) inHead(words []string) float64 {
	asked := 0
	for _, word := range words {
		if slices.ContainsFunc(r.worths, func(worths map[string]float64) bool { return worths[word] > 0 }) {
			asked++
		}
	}
	whole := 0.5 + 0.5*float64(asked)/float64(len(words))
	times := r.times(words, withinHead)
	if phraseOf(words) == r.phrase {
		times = asHead
	}
	return r.in(words) * whole * times
}

// in is what the words of the search are worth that are among these.
func (r ranking) in(words []string) float64 {
	sum := 0.0
	for i, worths := range r.worths {
		sum += r.rare[i] * best(words, worths)
	}
	return sum
}

// times is how many times as much it counts that the whole search stands among the words as it was typed.
func (r ranking) times(words []string, within float64) float64 {
	if strings.Contains(phraseOf(words), r.phrase) {
		return within
	}
	return 1
}

func (r ranking) covered(e indexed) float64 {
	has, all := 0.0, 0.0
	for i, worths := range r.worths {
		all += r.rare[i]
		for _, words := range append(slices.Clone(e.heads), e.body, e.seen) {
			if best(words, worths) > 0 {
				has += r.rare[i]
				break
			}
		}
	}
	if all == 0 {
		return 0
	}
	return has / all
}

// phraseOf is words in their order, with a space before and behind each.
func phraseOf(words []string) string { return " " + strings.Join(words, " ") + " " }
