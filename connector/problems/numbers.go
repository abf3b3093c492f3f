package problems

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"partner-center-connector/auth/codes"
	"partner-center-connector/lazyregexp"
)

// bareNumber begins a text that begins with a description whose AADSTS was left out; label one that has no more than the name of a code before it.
var (
	bareNumber = lazyregexp.New(`^\s*(\d{5,7}):\s+\p{L}`)
	label      = lazyregexp.New(`(?i)^\s*(?:codes?|c[oó]\pM?digo|コード) ?[:=]? ?`)
)

const (
	// maxBefore is how much before a number is looked at, in bytes.
	maxBefore = 80
	// maxDigits are more than any number has today.
	maxDigits = 10
)

// spot is what stands as a code.
type spot struct {
	code string
	// entra reports whether it is marked as Entra's; word whether it is no number, but a code of OAuth.
	entra, word bool
	// from and to are where it is in its answer.
	from, to int
}

// entraName is what is before Entra's numbers.
const entraName = "AADSTS"

// spotsIn are the numbers of a text that stand as codes, in their order: those after AADSTS, and others that are known.
func spotsIn(text string) []spot {
	spots := []spot{}
	for i := 0; i < len(text); {
		if !isDigit(text[i]) {
			i++
			continue
		}
		end := i
		for end < len(text) && isDigit(text[end]) {
			end++
		}
		if s, ok := spotAt(text, i, end); ok {
			spots = append(spots, s)
		}
		i = end
	}
	return spots
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// spotAt judges the digits of a text from i to end.
func spotAt(text string, i, end int) (s spot, ok bool) {
	s = spot{code: text[i:end], from: i, to: end}
	before := text[max(0, i-maxBefore):i]
	switch {
	case len(s.code) < 4 || len(s.code) > maxDigits:
		return s, false
	case followsEntra(before), strings.Contains(before, "[") && inList.MatchString(before):
		s.entra = true
		return s, true
	}
	rest := text[end:]
	return s, s.known() && whole(rest) && !isForeign(before, rest) && (isAnnounced(before, rest) || isCode(text, i, end))
}

// followsEntra reports whether what is before a number ends with AADSTS, and at most three separators.
func followsEntra(before string) bool {
	word := strings.TrimRight(before, " \t\n:#_-")
	return len(before)-len(word) <= 3 && len(word) >= len(entraName) && strings.EqualFold(word[len(word)-len(entraName):], entraName)
}

// known reports whether the table has the number.
func (s spot) known() bool {
	if _, ok := codes.Partner(s.code); ok {
		return true
	}
	number, err := strconv.Atoi(s.code)
	_, ok := codes.Entra(number, "")
	return ok && err == nil
}

// whole reports whether a number ends before rest, and is no amount.
func whole(rest string) bool {
	next, size := utf8.DecodeRuneInString(rest)
	switch {
	case size == 0:
		return true
	case unicode.IsLetter(next) || next == '_':
		return false
	case strings.ContainsRune(".,:/-", next) && size < len(rest) && isDigit(rest[size]):
		return false
	}
	return !amount.MatchString(rest[:min(len(rest), maxBefore)])
}

// bare are the codes that a text is, and nothing else; empty for any other text. A number alone is one even if it is not known.
func bare(text string) []spot {
	spots := []spot{}
	entra := false
	text = text[len(label.FindString(text)):]
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("\"'#.,;:()[]<>`", r) }) {
		digits := word
		if len(word) >= len(entraName) && strings.EqualFold(word[:len(entraName)], entraName) {
			entra, digits = true, word[len(entraName):]
		}
		if digits == "" {
			continue // the number is the next word
		}
		s := spot{code: digits, entra: entra, word: !isNumber(digits)}
		if s.word && (entra || !isWord(digits)) {
			return nil
		}
		spots, entra = append(spots, s), false
	}
	if len(spots) > 1 && slices.ContainsFunc(spots, func(s spot) bool { return !s.word && !s.entra && !s.known() }) {
		return nil
	}
	return spots
}

// isNumber reports whether a word has the form of a number of Entra or Partner Center.
func isNumber(word string) bool {
	return len(word) >= 4 && len(word) <= maxDigits && !strings.ContainsFunc(word, func(r rune) bool { return r < '0' || r > '9' })
}

// isWord reports whether a word is a code of OAuth.
func isWord(word string) bool {
	_, oauth := codes.OAuth(word)
	_, suberror := codes.Suberror(word)
	return (oauth || suberror) && strings.Contains(word, "_")
}
