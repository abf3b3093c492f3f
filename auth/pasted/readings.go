// Package pasted reads texts that people paste: it undoes what mail programs, mail gateways, ticket systems and shells do to an address.
package pasted

import (
	"iter"
	"strconv"
	"strings"

	"partner-center-connector/lazyregexp"
)

// MaxText is the longest text that is worth looking through, in bytes; maxRead is how many bytes all the ways of reading one may have.
const (
	MaxText = 32 << 10
	maxRead = 512 << 10
)

// Readings are the ways to read a text: as it is, then as it may have been before one change, before two, and so on, the likeliest first.
func Readings(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		seen := map[string]bool{}
		queue := []string{text}
		for read := 0; len(queue) > 0 && read < maxRead; {
			next := queue[0]
			queue = queue[1:]
			if seen[next] || next == "" {
				continue
			}
			seen[next] = true
			read += len(next)
			if !yield(next) {
				return
			}
			queue = append(queue, otherReadings(next)...)
		}
	}
}

// otherReadings returns the text as it may have been before a mail program or a gateway changed it, the likeliest first.
func otherReadings(text string) []string {
	readings := []string{WithoutEntities(text), WithJoinedLines(text), WithoutSpaces(text), WithoutEscapes(text)}
	readings = append(readings, WithoutRewriting(text)...)
	readings = append(readings, WithoutQuotedPrintable(text), WithoutPercents(text))
	return append(readings, WithoutBase64(text)...)
}

// entities are the HTML entities that are found in addresses. The whole table of HTML is of no use: "&sect=" would become a sign.
var (
	entities = strings.NewReplacer(
		"&amp;", "&", "&equals;", "=", "&quest;", "?", "&lowbar;", "_", "&colon;", ":", "&sol;", "/", "&percnt;", "%", "&hyphen;", "-", "&dash;", "-",
		"&ndash;", "-", "&lt;", "<", "&gt;", ">", "&quot;", `"`, "&apos;", "'", "&nbsp;", " ", "&#160;", " ", "&shy;", "", "&#8203;", "",
	)
	numericEntity = lazyregexp.New(`&#(?:[0-9]{1,6}|[xX][0-9A-Fa-f]{1,5});`)
)

// WithoutEntities undoes one layer of HTML's entities.
func WithoutEntities(text string) string {
	return numericEntity.ReplaceAllStringFunc(entities.Replace(text), func(entity string) string {
		digits, base := strings.Trim(entity, "&#;"), 10
		if digits[0]|0x20 == 'x' {
			digits, base = digits[1:], 16
		}
		n, _ := strconv.ParseUint(digits, base, 32)
		return string(rune(n))
	})
}

// The escapes of JSON, JavaScript and Markdown, escaped any number of times, and of shells: cmd.exe has "^" before "&", and "%%" in a batch
// file, PowerShell "`".
var (
	escapedCode = lazyregexp.New(`\\+(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2})`)
	escapedLine = lazyregexp.New(`\\+[nrt]`)
	shellQuotes = strings.NewReplacer(`\`, "", "^", "", "`", "", "%%", "%", `"&"`, "&", "'&'", "&")
)

// WithoutEscapes undoes what JSON, JavaScript, Markdown and shells put before letters that mean something to them.
func WithoutEscapes(text string) string {
	text = escapedCode.ReplaceAllStringFunc(text, func(escape string) string {
		n, _ := strconv.ParseUint(strings.TrimLeft(escape, `\`)[1:], 16, 32)
		return string(rune(n))
	})
	return shellQuotes.Replace(escapedLine.ReplaceAllString(text, "\n"))
}

// quotedLine is a line break with what mail programs put before and after it.
var quotedLine = lazyregexp.New(`[ \t\x{00a0}]*(?:\r\n|\r|\n|\x{2028}|\x{2029})[ \t\x{00a0}]*(?:[>|][ \t\x{00a0}>|]*)?`)

// WithJoinedLines undoes the wrapping of lines, in a quotation too, and what else is done to the letters of a long word.
func WithJoinedLines(text string) string {
	if strings.ContainsAny(text, "\r\n\u2028\u2029") {
		text = quotedLine.ReplaceAllString(text, "")
	}
	return strings.Map(PlainLetter, text)
}

// WithoutSpaces joins lines, and words too.
func WithoutSpaces(text string) string {
	return strings.Join(strings.Fields(WithJoinedLines(text)), "")
}

// PlainLetter takes other hyphens, and the wide forms of the keyboards of East Asia, for the letter that was typed, and drops what nobody sees.
func PlainLetter(r rune) rune {
	switch {
	case r >= '\u2010' && r <= '\u2015', r == '\u2043', r == '\u2212', r == '\ufe58', r == '\ufe63':
		return '-'
	case r >= '\uff01' && r <= '\uff5e':
		return r - '\uff01' + '!'
	}
	return dropInvisible(r)
}

// dropInvisible drops characters that some programs put into long words to let them break.
func dropInvisible(r rune) rune {
	if r == 0x00ad || r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r == 0x2060 || r == 0xfeff {
		return -1
	}
	return r
}

// softBreak ends a line of quoted-printable text that goes on in the next.
var softBreak = lazyregexp.New(`=[ \t]*\r?\n`)

// WithoutQuotedPrintable decodes quoted-printable text. https://www.rfc-editor.org/rfc/rfc2045#section-6.7
func WithoutQuotedPrintable(text string) string {
	return decodeHex(softBreak.ReplaceAllString(text, ""), '=', "0123456789ABCDEF")
}

// WithoutPercents takes one layer of percent-encoding away: an address inside another one's parameter comes out of it.
func WithoutPercents(text string) string { return decodeHex(text, '%', "0123456789ABCDEFabcdef") }

// decodeHex replaces mark and two of digits by the byte they mean, and leaves everything else.
func decodeHex(text string, mark byte, digits string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == mark && i+2 < len(text) && strings.IndexByte(digits, text[i+1]) >= 0 && strings.IndexByte(digits, text[i+2]) >= 0 {
			b.WriteByte(hexDigit(text[i+1])<<4 | hexDigit(text[i+2]))
			i += 2
			continue
		}
		b.WriteByte(text[i])
	}
	return strings.ToValidUTF8(b.String(), "?")
}

func hexDigit(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c <= 'F':
		return c - 'A' + 10
	}
	return c - 'a' + 10
}

// EndsAddress reports whether a letter can't be in an address, so that one ends before it.
func EndsAddress(r rune) bool {
	return r <= ' ' || strings.ContainsRune("\"<>`|\\^{}\u00a0\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a", r)
}
