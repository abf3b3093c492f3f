package auth

import (
	"strings"
	"unicode"

	"partner-center-connector/lazyregexp"
)

// maxSentence is how much of a service's sentence is kept, in bytes.
const maxSentence = 1500

var (
	// tokenLike matches runs that are longer than any identifier that belongs into a sentence: a GUID has 36 characters.
	tokenLike = lazyregexp.New(`[A-Za-z0-9_\-.~+=%]{40,}`)
	oauthWord = lazyregexp.New(`^[A-Za-z0-9_.\-]{1,64}$`)
	traceWord = lazyregexp.New(`^[A-Za-z0-9\-]{1,64}$`)
	timeWord  = lazyregexp.New(`^[0-9TZ:.+\- ]{1,40}$`)
)

// cleanDescription makes a service's sentence fit to be shown: one line, cut to a sane length, without hidden (the secrets
// that went out with the request) and without anything that looks like a token.
func cleanDescription(text string, hidden []string) string {
	for _, secret := range hidden {
		if secret != "" {
			text = strings.ReplaceAll(text, secret, redacted)
		}
	}
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || r == unicode.ReplacementChar
	}), " ")
	text = tokenLike.ReplaceAllStringFunc(text, func(run string) string {
		if strings.ContainsAny(run, "0123456789") {
			return redacted
		}
		return run
	})
	if len(text) > maxSentence {
		text = strings.ToValidUTF8(text[:maxSentence], "") + " …"
	}
	return text
}

// cleanWord returns word if it has the form and holds no secret, else other.
func cleanWord(word string, form *lazyregexp.Regexp, hidden []string, other string) string {
	if word == "" {
		return ""
	}
	if !form.MatchString(word) || cleanDescription(word, hidden) != word {
		return other
	}
	return word
}
