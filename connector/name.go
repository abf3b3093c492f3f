package connector

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"partner-center-connector/lazyregexp"
)

// maxName is how many characters the name of a connector may have.
const maxName = 80

// CleanName is a name as it is kept: in Unicode's normalization form C, with one blank for every run of white space, and none at its ends.
func CleanName(name string) string {
	if isClean(name) {
		return name
	}
	return strings.Join(strings.Fields(norm.NFC.String(name)), " ")
}

// isClean reports whether a name is what most names are: words of printable ASCII with one blank between them. Names are cleaned and compared
// by the thousand.
func isClean(name string) bool {
	before := byte(' ')
	for i := range len(name) {
		if name[i] < ' ' || name[i] > '~' || name[i] == ' ' && before == ' ' {
			return false
		}
		before = name[i]
	}
	return before != ' '
}

// ShowsNothing reports whether a name has no character that anybody sees.
func ShowsNothing(name string) bool { return !isClean(name) && FoldName(name) == "" }

// FoldName is what names are compared and searched by: [CleanName] without case, and without the characters that nobody sees, which lists of
// older versions may have. It is empty for a name that shows nothing.
func FoldName(name string) string {
	if isClean(name) {
		return strings.ToLower(name)
	}
	shown := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cc, r) && !unicode.IsSpace(r) || isIgnorable(r) {
			return -1
		}
		return r
	}, name)
	return norm.NFC.String(cases.Fold().String(norm.NFD.String(CleanName(shown))))
}

// SameName reports whether two names are one to people: equal but for case, white space and what nobody sees. A name that shows nothing
// is the same as none.
func SameName(a, b string) bool {
	folded := FoldName(a)
	return folded != "" && folded == FoldName(b)
}

// NameTaken reports whether a connector of the list has the name ([SameName]), other than those with the given IDs.
func NameTaken(all []Connector, name string, except ...string) bool {
	folded := FoldName(name)
	for i := range all {
		if folded != "" && FoldName(all[i].Name) == folded && !slices.Contains(except, all[i].ID) {
			return true
		}
	}
	return false
}

// FreeName is a name, or, where a connector of the list has it, the name with the first number from 2 on that makes it free.
func FreeName(all []Connector, name string, except ...string) string {
	free := name
	for n := 2; NameTaken(all, free, except...); n++ {
		free = name + " " + strconv.Itoa(n)
	}
	return free
}

// NameReason returns why a name, once it is clean, can be no connector's, whatever the others are called; empty if it can.
func NameReason(name string) Reason {
	name = CleanName(name)
	switch {
	case name == "":
		return ReasonNameMissing
	case utf8.RuneCountInString(name) > maxName:
		return ReasonNameLong
	case unreadable(name):
		return ReasonNameUnreadable
	case looksLikeID(name):
		return ReasonNameID
	}
	return ""
}

// unreadable reports whether a name has characters that nobody sees, or that each computer shows in another way: they could steer a terminal,
// turn what is beside them around, or make two names look alike.
func unreadable(name string) bool {
	runes := []rune(name)
	for i, r := range runes {
		if isHidden(r) && !shapes(runes, i) {
			return true
		}
	}
	return unicode.IsMark(runes[0]) // it would be drawn over what stands before the name
}

// brailleBlank is a symbol that is drawn as nothing.
const brailleBlank = '\u2800'

func isHidden(r rune) bool {
	return isIgnorable(r) || r == brailleBlank || r == utf8.RuneError ||
		unicode.In(r, unicode.Cc, unicode.Co, unicode.Zl, unicode.Zp, unicode.Noncharacter_Code_Point)
}

// isIgnorable reports whether a character is drawn as nothing where a program does not know it.
// https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point
func isIgnorable(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}

// The characters that shape their neighbors, and so are seen.
const (
	nonJoiner    = '\u200c'
	joiner       = '\u200d'
	textStyle    = '\ufe0e'
	emojiStyle   = '\ufe0f'
	enclosingKey = '\u20e3'
)

// joining are the scripts whose spelling needs the joiners. https://www.rfc-editor.org/rfc/rfc5892#appendix-A.1
var joining = []*unicode.RangeTable{
	unicode.Arabic, unicode.Bengali, unicode.Devanagari, unicode.Gujarati, unicode.Gurmukhi, unicode.Kannada, unicode.Malayalam, unicode.Oriya,
	unicode.Sinhala, unicode.Tamil, unicode.Telugu,
}

// shapes reports whether the character at i changes how those beside it are drawn: as the spelling of some scripts needs it, or in an emoji.
func shapes(runes []rune, i int) bool {
	before, after := utf8.RuneError, utf8.RuneError
	if i > 0 {
		before = runes[i-1]
	}
	if i+1 < len(runes) {
		after = runes[i+1]
	}
	switch runes[i] {
	case textStyle, emojiStyle:
		return isEmoji(before) || after == enclosingKey
	case joiner:
		return (isEmoji(before) || before == emojiStyle) && isEmoji(after) || unicode.In(before, joining...) && unicode.In(after, joining...)
	case nonJoiner:
		return unicode.In(before, joining...) && unicode.In(after, joining...)
	}
	return false
}

// isEmoji reports whether a character may be an emoji: all of them but the digits are symbols.
func isEmoji(r rune) bool {
	return unicode.In(r, unicode.So, unicode.Sk, unicode.Sm) && r != utf8.RuneError
}

// maxID is how many characters an ID may have.
const maxID = 64

// IsID reports whether a text can be the ID of a connector or draft, and so the name of a file: lower case letters, digits and hyphens.
func IsID(text string) bool {
	for i := range len(text) {
		if b := text[i]; (b < 'a' || b > 'z') && (b < '0' || b > '9') && b != '-' {
			return false
		}
	}
	return text != "" && len(text) <= maxID
}

var id = lazyregexp.New(`^(urn:uuid:)?[0-9a-f]{32}$`)

// looksLikeID reports whether people could take a name for an ID: a GUID, however its digits are grouped.
func looksLikeID(name string) bool {
	return id.MatchString(strings.Map(func(r rune) rune {
		if r == '\u2212' || unicode.In(r, unicode.Pd, unicode.Zs, unicode.Ps, unicode.Pe) {
			return -1
		}
		return unicode.ToLower(r)
	}, name))
}
