package view

import (
	"slices"
	"strings"
	"unicode"
)

// oneSpelling has of each pair of spellings the one that both are compared in: umlauts as keyboards without them write them, and British as
// American. What it makes of other words does no harm: they are compared in it on both sides.
var oneSpelling = strings.NewReplacer(
	"’", "", "'", "", "ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss",
	"ence", "ense", "ise", "ize", "isation", "ization", "ising", "izing", "our", "or", "grey", "gray", "centre", "center", "ll", "l",
)

// endings are those of a word's forms in both languages, the longer ones first.
var endings = []string{"ungen", "ung", "ing", "ers", "en", "em", "er", "es", "ed", "s", "e", "n"}

const (
	// shortestStem is what of a word is left at least without its ending.
	shortestStem = 4
	// mostWords is how many different words of a search count: a pasted page has thousands.
	mostWords = 20
)

// searchWords are the words of a text as a search compares them, in their order. The parts of one with hyphens stand for themselves.
func searchWords(text string) []string {
	return strings.FieldsFunc(oneSpelling.Replace(strings.ToLower(text)), func(r rune) bool {
		return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// joined are the words that have hyphens, in one: "multi-factor" is "multifactor" to others.
func joined(text string) []string {
	list := []string{}
	for _, word := range strings.Fields(text) {
		if strings.Contains(strings.Trim(word, "-"), "-") {
			list = append(list, strings.Join(searchWords(word), ""))
		}
	}
	return list
}

// wanted are the different words of a search, without those that say nothing unless there are no others.
func wanted(search string, says func(word string) bool) []string {
	words := []string{}
	for _, word := range searchWords(search) {
		if len(words) < mostWords && !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	if telling := slices.DeleteFunc(slices.Clone(words), func(word string) bool { return !says(word) }); len(telling) > 0 {
		return telling
	}
	return words
}

// How much a word of a text is worth to one that is searched for.
const (
	sameWord  = 1
	sameStem  = 0.9
	beginning = 0.6
	part      = 0.4
	typo      = 0.3
)

// worth is how much a word of a text is worth to one that is searched for; 0 for nothing.
func worth(wanted, word string) float64 {
	short := min(len(wanted), len(word))
	switch {
	case wanted == word:
		return sameWord
	case short < 3:
		return 0
	case stem(wanted) == stem(word):
		return sameStem
	case strings.HasPrefix(word, wanted), short > shortestStem && strings.HasPrefix(wanted, word):
		return beginning
	case short >= shortestStem && strings.Contains(word, wanted), short > shortestStem && strings.Contains(wanted, word):
		return part
	}
	return 0
}

func stem(word string) string {
	for _, end := range endings {
		if s, ok := strings.CutSuffix(word, end); ok && len(s) >= shortestStem {
			return s
		}
	}
	return word
}

// mistyped reports whether a word can be meant by another one: by one letter that is wrong, missing, too many or in the other's place; by
// two in a long one. A number is a code, and means itself alone.
func mistyped(wanted, word string) bool {
	if len(wanted) <= shortestStem || strings.ContainsFunc(wanted, unicode.IsDigit) {
		return false
	}
	most := 1
	if len(wanted) > 2*shortestStem {
		most = 2
	}
	return edits([]rune(wanted), []rune(word), most) <= most
}

// edits counts the single letters that one word differs from another by; more than most is as far as it counts.
func edits(a, b []rune, most int) int {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	switch {
	case len(a) == 0 || len(b) == 0:
		return len(a) + len(b)
	case most == 0:
		return 1
	}
	fewest := min(edits(a[1:], b, most-1), edits(a, b[1:], most-1), edits(a[1:], b[1:], most-1))
	if len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0] {
		fewest = min(fewest, edits(a[2:], b[2:], most-1))
	}
	return 1 + fewest
}

// likeness is how much of two texts is the same, by what stands in three letters of each: from 0 to 1.
func likeness(a, b string) float64 {
	in, all := threes(a), threes(b)
	if len(in) == 0 || len(all) == 0 {
		return 0
	}
	same := 0
	for three := range in {
		if all[three] {
			same++
		}
	}
	return 2 * float64(same) / float64(len(in)+len(all))
}

func threes(text string) map[string]bool {
	found := map[string]bool{}
	for _, word := range searchWords(text) {
		letters := []rune(" " + word + " ")
		for i := range len(letters) - 2 {
			found[string(letters[i:i+3])] = true
		}
	}
	return found
}
