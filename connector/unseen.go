package connector

import (
	"fmt"
	"strings"
	"unicode"
)

// withoutUnseen takes out of a text what nobody sees in it, and returns that too: characters that a mail program, a chat or a web page puts in,
// which turn text around or tell where a word may break. A joiner that shapes its neighbors stays.
func withoutUnseen(text string) (seen string, unseen []rune) {
	if isPlain(text) {
		return text, nil
	}
	runes := []rune(text)
	kept := make([]rune, 0, len(runes))
	for i, r := range runes {
		if (isIgnorable(r) || r == brailleBlank) && !shapes(runes, i) {
			unseen = append(unseen, r)
			continue
		}
		kept = append(kept, r)
	}
	if len(unseen) == 0 {
		return text, nil
	}
	return string(kept), unseen
}

// WithoutUnseen is a text without the characters that nobody sees in it.
func WithoutUnseen(text string) string {
	seen, _ := withoutUnseen(text)
	return seen
}

// isPlain reports whether a text has only ASCII.
func isPlain(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r > unicode.MaxASCII }) < 0
}

// meant is the ASCII character that a word processor, or a keyboard for Chinese or Japanese, writes another one for; 0 for none.
func meant(r rune) rune {
	switch {
	case r >= '\uff01' && r <= '\uff5e': // full width
		return r - '\uff01' + '!'
	case r == '\u2212', r == '\ufe63', r >= '\u2010' && r <= '\u2015': // hyphens that don't break, dashes, the minus sign
		return '-'
	case r == '\u2018', r == '\u2019', r == '\u02bc': // typographic apostrophes
		return '\''
	case r == '\u3002', r == '\uff61', r == '\u2024': // full stops
		return '.'
	}
	return 0
}

// asMeant writes ASCII for what only stands for it, and returns what it replaced.
func asMeant(text string) (plain string, replaced []rune) {
	plain = strings.Map(func(r rune) rune {
		if m := meant(r); m != 0 {
			replaced = append(replaced, r)
			return m
		}
		return r
	}, text)
	return plain, replaced
}

// StrangeIn returns the characters of a text that are drawn as usual letters, or as nothing, and are not what they seem, such as those of another
// alphabet: no user name has them.
func StrangeIn(text string) []rune {
	found := []rune{}
	for _, r := range text {
		if r > unicode.MaxASCII && !unicode.Is(unicode.Latin, r) || r == unicode.ReplacementChar {
			found = append(found, r)
		}
	}
	return found
}

// Codes names characters by their numbers, each once.
func Codes(characters []rune) string {
	names, told := []string{}, map[rune]bool{}
	for _, r := range characters {
		if !told[r] {
			told[r] = true
			names = append(names, fmt.Sprintf("U+%04X", r))
		}
	}
	return strings.Join(names, ", ")
}

// Apart returns two values that are not the same so that people see where they differ: what nobody sees, and letters of other alphabets than
// the Latin one, have their numbers. Equal values, and those that have no such character, stay as they are.
func Apart(a, b string) (shownA, shownB string) {
	if a == b {
		return a, b
	}
	return numbered(a), numbered(b)
}

func numbered(text string) string {
	if isPlain(text) && strings.IndexFunc(text, unicode.IsControl) < 0 {
		return text
	}
	b := strings.Builder{}
	for _, r := range text {
		switch {
		case r >= ' ' && r <= '~', unicode.Is(unicode.Latin, r):
			b.WriteRune(r)
		case isHidden(r) || unicode.IsSpace(r) || unicode.IsMark(r):
			fmt.Fprintf(&b, "[U+%04X]", r)
		default:
			fmt.Fprintf(&b, "%c[U+%04X]", r, r)
		}
	}
	return b.String()
}
