package loopback

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"partner-center-connector/lazyregexp"
)

// otherReadings returns the text as it may have been before a mail program or a gateway changed it, the likeliest first.
func otherReadings(text string) []string {
	readings := []string{withoutEntities(text), withJoinedLines(text), withoutSpaces(text)}
	readings = append(readings, withoutRewriting(text)...)
	return append(readings, withoutQuotedPrintable(text), withoutPercents(text))
}

// entities are the HTML entities, and Markdown's escapes, that are found in addresses. The whole table of HTML is of no use:
// "&sect=" would become a sign.
var entities = strings.NewReplacer(
	"&amp;", "&", "&#38;", "&", "&#038;", "&", "&#x26;", "&", "&#X26;", "&", "&equals;", "=", "&#61;", "=", "&#x3d;", "=", "&#x3D;", "=",
	"&quest;", "?", "&#63;", "?", "&#x3f;", "?", "&#x3F;", "?", "&lowbar;", "_", "&#95;", "_", "&#x5f;", "_", "&#x5F;", "_",
	"&colon;", ":", "&#58;", ":", "&#x3a;", ":", "&sol;", "/", "&#47;", "/", "&#x2f;", "/", "&percnt;", "%", "&#37;", "%", "&#x25;", "%",
	"&lt;", "<", "&gt;", ">", "&quot;", `"`, "&#34;", `"`, "&#39;", "'", "&apos;", "'", "&nbsp;", " ", "&#160;", " ", "&shy;", "", "&#8203;", "",
	`\_`, "_", `\&`, "&", `\=`, "=",
)

func withoutEntities(text string) string { return entities.Replace(text) }

// quotedLine is a line break with what mail programs put before and after it.
var quotedLine = lazyregexp.New(`[ \t\x{00a0}]*(?:\r\n|\r|\n|\x{2028}|\x{2029})[ \t\x{00a0}]*(?:[>|][ \t\x{00a0}>|]*)?`)

// withJoinedLines undoes the wrapping of lines, in a quotation too.
func withJoinedLines(text string) string {
	if strings.ContainsAny(text, "\r\n\u2028\u2029") {
		text = quotedLine.ReplaceAllString(text, "")
	}
	return strings.Map(dropInvisible, text)
}

func withoutSpaces(text string) string {
	return strings.Join(strings.Fields(withJoinedLines(text)), "")
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

// withoutQuotedPrintable decodes quoted-printable text. https://www.rfc-editor.org/rfc/rfc2045#section-6.7
func withoutQuotedPrintable(text string) string {
	return decodeHex(softBreak.ReplaceAllString(text, ""), '=', "0123456789ABCDEF")
}

// withoutPercents takes one layer of percent-encoding away: an address inside another one's parameter comes out of it.
func withoutPercents(text string) string { return decodeHex(text, '%', "0123456789ABCDEFabcdef") }

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

// The addresses of a gateway that doesn't merely percent-encode what it wraps (as Safe Links, Link Protect and most do).
// https://help.proofpoint.com/Threat_Insight_Dashboard/API_Documentation/URL_Decoder_API
var (
	urlDefense2 = lazyregexp.New(`(?i)/v2/url\?u=([^&\s"<>]+)`)
	urlDefense3 = lazyregexp.New(`(?i)/v3/__(.+?)__;([A-Za-z0-9_-]*)`)
)

// maxRewritten is how many rewritten addresses of one text are looked at.
const maxRewritten = 8

var urlDefense2Marks = strings.NewReplacer("-", "%", "_", "/")

// withoutRewriting undoes the encodings of URL Defense.
func withoutRewriting(text string) []string {
	var found []string
	for _, m := range urlDefense2.FindAllStringSubmatch(text, maxRewritten) {
		found = append(found, withoutPercents(urlDefense2Marks.Replace(m[1])))
	}
	for _, m := range urlDefense3.FindAllStringSubmatch(text, maxRewritten) {
		found = append(found, refill(m[1], m[2]))
	}
	return found
}

// runLengths are the digits of the length of a run, from 2 up.
const runLengths = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// refill puts the characters that URL Defense 3 took out of an address back: each "*" stands for one of them, "**" and a
// digit for a run.
func refill(address, taken string) string {
	bytes, err := base64.RawURLEncoding.DecodeString(taken)
	if err != nil || !utf8.Valid(bytes) {
		return address
	}
	rest := []rune(string(bytes))
	take := func(n int) string {
		n = min(n, len(rest))
		run := string(rest[:n])
		rest = rest[n:]
		return run
	}
	var b strings.Builder
	for i := 0; i < len(address); i++ {
		switch {
		case address[i] != '*':
			b.WriteByte(address[i])
		case i+2 < len(address) && address[i+1] == '*' && strings.IndexByte(runLengths, address[i+2]) >= 0:
			b.WriteString(take(strings.IndexByte(runLengths, address[i+2]) + 2))
			i += 2
		default:
			b.WriteString(take(1))
		}
	}
	return b.String()
}
