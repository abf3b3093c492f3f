package auth

import (
	"encoding/base64"
	"net/url"
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
		text = withoutSecret(text, secret)
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

// withoutSecret takes secret out of text in every form in which services and proxies echo what they were sent: as it is, in capital or small
// letters, encoded for an address, and within a text that is in base64.
func withoutSecret(text, secret string) string {
	if secret == "" {
		return text
	}
	forms := []string{secret, url.QueryEscape(secret), url.PathEscape(secret)}
	if len(secret) >= shortestEncoded {
		for before := range 3 {
			forms = append(forms, base64Core(base64.StdEncoding, secret, before), base64Core(base64.URLEncoding, secret, before))
		}
	}
	for _, form := range forms {
		text = replaceFold(text, form, redacted)
	}
	return text
}

// shortestEncoded is the shortest secret, in bytes, that is looked for in base64 too: the core of a shorter one is in many a text.
const shortestEncoded = 8

// base64Core is what every text has in base64 that holds secret after a multiple of three bytes and before more: without the characters at both
// ends, which its neighbors share.
func base64Core(encoding *base64.Encoding, secret string, before int) string {
	text := encoding.EncodeToString([]byte(strings.Repeat("x", before) + secret))
	first := (8*before + 5) / 6
	last := 8 * (before + len(secret)) / 6
	return text[first:last]
}

// replaceFold replaces old in text, in capital or small letters of ASCII, by replacement.
func replaceFold(text, old, replacement string) string {
	folded, old := foldASCII(text), foldASCII(old)
	var b strings.Builder
	for {
		i := strings.Index(folded, old)
		if i < 0 {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:i])
		b.WriteString(replacement)
		text, folded = text[i+len(old):], folded[i+len(old):]
	}
}

// foldASCII makes capital letters of ASCII small, byte by byte, so that places in the text stay the same.
func foldASCII(text string) string {
	folded := []byte(text)
	for i, c := range folded {
		if 'A' <= c && c <= 'Z' {
			folded[i] = c + 'a' - 'A'
		}
	}
	return string(folded)
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
