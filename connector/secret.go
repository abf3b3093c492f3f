package connector

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// minSecret is fewer characters than any client secret has: Entra makes them of 40, and made the shortest of 32.
const minSecret = 8

// SecretReason returns why a text, once it is clean, can be no client secret; empty if it can be one, or is nothing.
func SecretReason(text string) Reason {
	switch {
	case text == "":
		return ""
	case strings.ContainsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }):
		return ReasonSecretSpace
	case looksLikeID(text):
		return ReasonSecretID
	case utf8.RuneCountInString(text) < minSecret:
		return ReasonSecretShort
	}
	return ""
}
