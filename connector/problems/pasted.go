package problems

import (
	"html"
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"partner-center-connector/lazyregexp"
)

var (
	percentEscapes = lazyregexp.New(`(?:%[0-9A-Fa-f]{2})+`)
	scriptEscapes  = lazyregexp.New(`\\u[0-9A-Fa-f]{4}|\\[rnt"/]`)
	tags           = lazyregexp.New(`<(/?)([A-Za-z][A-Za-z0-9_:-]*)[^<>]{0,400}>`)
	// newAnswer begins the lines that begin another answer: those of a log, with a date or a time.
	newAnswer = lazyregexp.New(`^[\s>\[("']*(?:\d{4}[-/.]\d{2}[-/.]\d{2}|\d{2}[./]\d{2}[./]\d{4}|\d{2}:\d{2}:\d{2})`)
)

// readable undoes what a browser, an editor or a mail program does to a text on its way here: escapes of addresses, scripts, HTML and mails,
// tags, and the characters that nobody sees.
func readable(text string) string {
	if strings.Contains(text, "=3D") { // quoted-printable
		text = strings.NewReplacer("=\r\n", "", "=\n", "", "=3D", "=").Replace(text)
	}
	if strings.Contains(text, "&") {
		text = html.UnescapeString(text)
	}
	// An address in an address is escaped twice.
	for range 2 {
		if strings.Contains(text, "%") {
			text = withoutPercent(text)
		}
	}
	if strings.Contains(text, `\`) {
		text = scriptEscapes.ReplaceAllStringFunc(text, unescaped)
	}
	if strings.Contains(text, "<") {
		text = tags.ReplaceAllStringFunc(text, tagWord)
	}
	return strings.Map(plain, strings.ReplaceAll(text, "\r\n", "\n"))
}

// withoutPercent undoes the escapes of an address. What is no UTF-8 then stays as it is.
func withoutPercent(text string) string {
	spaces := false
	text = percentEscapes.ReplaceAllStringFunc(text, func(escaped string) string {
		plain, err := url.PathUnescape(escaped)
		if err != nil || strings.ToValidUTF8(plain, "") != plain {
			return escaped
		}
		spaces = true
		return plain
	})
	if spaces {
		text = strings.ReplaceAll(text, "+", " ")
	}
	return text
}

// unescaped undoes one escape of a script.
func unescaped(escape string) string {
	if code, ok := strings.CutPrefix(escape, `\u`); ok {
		r, err := strconv.ParseUint(code, 16, 16)
		if err != nil {
			return escape
		}
		return string(rune(r))
	}
	switch escape {
	case `\"`:
		return `"`
	case `\/`:
		return "/"
	case `\n`:
		return "\n"
	}
	return " "
}

// tagWord is what stays of a tag: the name of an element that says what a code is.
func tagWord(tag string) string {
	m := tags.FindStringSubmatch(tag)
	name := strings.ToLower(m[2])
	if m[1] == "" && (strings.Contains(name, "error") || strings.Contains(name, "code")) {
		return " " + m[2] + ": "
	}
	return " "
}

// plain is a character in the form that the expressions of this package know; -1 for one that nobody sees.
func plain(r rune) rune {
	switch {
	case unicode.Is(unicode.Zs, r):
		return ' '
	case r == '\u2028', r == '\u2029', r == '\r':
		return '\n'
	case unicode.Is(unicode.Cf, r):
		return -1
	}
	switch r {
	case '：':
		return ':'
	case '“', '”', '„', '«', '»':
		return '"'
	case '’', '‘':
		return '\''
	case '‐', '‑', '–', '—':
		return '-'
	}
	return r
}

// answersOf splits a text where another answer begins: after a line with nothing in it, and before a line that begins with a date or a time.
func answersOf(text string) []string {
	answers, answer := []string{}, []string{}
	for line := range strings.Lines(text) {
		empty := strings.TrimSpace(line) == ""
		if (empty || newAnswer.MatchString(line)) && len(answer) > 0 {
			answers, answer = append(answers, strings.Join(answer, "")), answer[:0]
		}
		if !empty {
			answer = append(answer, line)
		}
	}
	return append(answers, strings.Join(answer, ""))
}
