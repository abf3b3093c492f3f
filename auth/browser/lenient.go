package browser

import (
	"bytes"
	"errors"
)

var errLenient = errors.New("a comment or a text without an end")

// strictJSON makes plain JSON of what Chromium reads as a file of policies: with comments, a comma after the last entry, lines that end
// within a text, "\x41", and a byte order mark before it all. Whatever else is wrong stays as it is, for the JSON parser to refuse.
// https://source.chromium.org/chromium/chromium/src/+/main:base/json/json_reader.h (JSON_PARSE_CHROMIUM_EXTENSIONS)
func strictJSON(text []byte) ([]byte, error) {
	l := lenient{rest: bytes.TrimPrefix(text, []byte("\ufeff")), comma: -1}
	for len(l.rest) > 0 {
		if !l.next() {
			return nil, errLenient
		}
	}
	return l.strict, nil
}

// lenient is what is left to read, and what was made of the part before it.
type lenient struct {
	rest, strict []byte
	// comma is where a comma stands that nothing but white space has followed yet; -1 for none.
	comma int
}

// next reads one thing: a comment, a text, or a single character. It reports whether that has an end.
func (l *lenient) next() bool {
	switch c := l.rest[0]; {
	case bytes.HasPrefix(l.rest, []byte("//")):
		return l.skip(2, "\n", true)
	case bytes.HasPrefix(l.rest, []byte("/*")):
		return l.skip(2, "*/", false)
	case c == '"':
		l.comma = -1
		return l.text()
	case c == ',':
		l.comma = len(l.strict)
	case (c == '}' || c == ']') && l.comma >= 0:
		l.strict[l.comma] = ' '
		l.comma = -1
	case !bytes.ContainsRune([]byte(" \t\r\n"), rune(c)):
		l.comma = -1
	}
	l.take(1)
	return true
}

// skip leaves out a comment; the last line needs no end.
func (l *lenient) skip(begin int, end string, orLast bool) bool {
	l.strict = append(l.strict, ' ')
	i := bytes.Index(l.rest[begin:], []byte(end))
	if i < 0 {
		l.rest = nil
		return orLast
	}
	l.rest = l.rest[begin+i+len(end):]
	return true
}

// text takes a text in quotation marks.
func (l *lenient) text() bool {
	l.take(1)
	for len(l.rest) > 0 {
		switch c := l.rest[0]; {
		case c == '"':
			l.take(1)
			return true
		case c == '\n':
			l.replace(1, `\n`)
		case c == '\r':
			l.replace(1, `\r`)
		case c == '\\' && len(l.rest) > 3 && l.rest[1] == 'x':
			l.replace(2, `\u00`)
		case c == '\\' && len(l.rest) > 1:
			l.take(2)
		default:
			l.take(1)
		}
	}
	return false
}

func (l *lenient) take(n int) { l.replace(n, string(l.rest[:n])) }

func (l *lenient) replace(n int, by string) {
	l.strict = append(l.strict, by...)
	l.rest = l.rest[n:]
}
