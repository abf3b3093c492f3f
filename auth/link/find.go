package link

import (
	"slices"
	"strings"
	"unicode/utf8"

	"partner-center-connector/lazyregexp"
)

// piece is an address as it is in a text.
type piece struct {
	address string
	// sure is whether quotes or brackets say where it ends; cut whether dots say that it goes on.
	sure, cut bool
}

var (
	// begin is where an address begins, percent-encoded any number of times.
	begin = lazyregexp.New(`(?i)https?(?::|%(?:25)*3A)(?:/|%(?:25)*2F)`)
	// another is a link that may begin right behind another one, in the same word; inside is how that one ends where it is a value in it.
	another = lazyregexp.New(`(?i)https?://[^/?#\s]+/[^?#\s]*(?:adminconsent|authorize)\?`)
	inside  = lazyregexp.New(`[=/_?+]$|%[0-9A-Fa-f]{2}$`)
	// lineEnd is a line break with what mail programs put before and after it.
	lineEnd = lazyregexp.New(`^[ \t\x{00a0}]*(?:\r\n|\r|\n|\x{2028}|\x{2029})[ \t\x{00a0}]*(?:[>|][ \t\x{00a0}>|]*)?`)
)

// maxPieces is how many addresses of a text are looked at.
const maxPieces = 200

// addresses finds every address in a text.
func addresses(text string) []piece {
	pieces, end := []piece{}, 0
	for _, at := range begin.FindAllStringIndex(text, -1) {
		if at[0] < end {
			continue // it is in the one before
		}
		if len(pieces) == maxPieces {
			break
		}
		p, length := addressAt(text, at[0])
		pieces, end = append(pieces, p), at[0]+max(length, at[1]-at[0])
	}
	return pieces
}

// firstIn is the place of the first match in a text; -1 for none.
func firstIn(text string, of *lazyregexp.Regexp) int {
	if all := of.FindAllStringIndex(text, 1); len(all) > 0 {
		return all[0][0]
	}
	return -1
}

// closers end what their opposite opened before an address.
var closers = map[rune]string{'<': ">", '"': `"`, '\'': "'", '`': "`", '„': "“”", '“': "”", '«': "»", '(': ")"}

// brokenOff are letters at which an address ends that is not whole: dots for the rest, and what is before a letter that means something to
// a program, or is in a value that its product has not encoded.
const brokenOff = "…\\^`{"

// walk goes along an address in a text.
type walk struct {
	text       string
	start, pos int
	address    strings.Builder
	// closer ends the address, if it is known what does.
	closer string
	// slashes are how many it has so far; query is whether it has gone on to its query or fragment.
	slashes int
	query   bool
	// lineStart is where the line begins that it is in; width the length of the line before, where it was joined to that.
	lineStart, width int
	joined           bool
}

// addressAt reads the address that begins at a place of a text; length is how much of the text it takes.
func addressAt(text string, start int) (p piece, length int) {
	w := &walk{text: text, start: start, pos: start, lineStart: strings.LastIndexAny(text[:start], "\r\n") + 1}
	opened, _ := utf8.DecodeLastRuneInString(text[:start])
	w.closer = closers[opened]
	enclosed := w.enclosed()
	for w.pos < len(text) && w.step(enclosed) {
	}
	length = w.pos - start
	p = piece{address: w.address.String(), sure: enclosed}
	p.address, p.cut = trimmed(p.address)
	p.cut = p.cut && !enclosed
	if next, _ := utf8.DecodeRuneInString(text[w.pos:]); strings.ContainsRune(brokenOff, next) && !strings.ContainsRune(w.closer, next) {
		p.cut = true
	}
	if at := glued(p.address); at > 0 && !w.joined {
		p.address = p.address[:at]
		return p, at
	}
	return p, length
}

// maxInside is how many links in another one's values are looked at for the end of that.
const maxInside = 8

// glued is where another link begins right behind one; 0 where none does.
func glued(address string) int {
	for _, at := range another.FindAllStringIndex(address, maxInside) {
		if at[0] > 0 && !inside.MatchString(address[max(at[0]-len("%20"), 0):at[0]]) {
			return at[0]
		}
	}
	return 0
}

// step takes the next letter, or the line break before it; it reports whether the address goes on.
func (w *walk) step(enclosed bool) bool {
	rest := w.text[w.pos:]
	r, size := utf8.DecodeRuneInString(rest)
	switch {
	case strings.ContainsRune(w.closer, r) && r != ')':
		return false
	case w.address.Len() > maxPiece:
		return false
	case w.takes(r):
		w.take(r)
		w.pos += size
		return true
	}
	if end := lineEnd.FindString(rest); end != "" && (enclosed || w.goesOn(rest[len(end):])) {
		w.width = w.pos - w.lineStart
		w.joined = true
		w.pos += len(end)
		w.lineStart = w.pos - len(strings.TrimLeft(end, " \t\r\n"))
		return true
	}
	if r == ' ' && w.inList() && spacedScopes.MatchString(rest) {
		w.address.WriteString("%20") // as a browser writes it
		w.pos += size
		return true
	}
	return false
}

// takes reports whether a letter can be in the address. In its host other scripts stay: they are refused there.
func (w *walk) takes(r rune) bool {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
		return true
	case strings.ContainsRune("-._~:/?#@!$&()*+,;=%", r):
		return true
	case strings.ContainsRune("[]", r), r >= 0x80 && r != '…' && r != '\u00a0' && r != '\u2028' && r != '\u2029' && r != utf8.RuneError:
		return w.inHost()
	}
	return false
}

func (w *walk) take(r rune) {
	w.address.WriteRune(r)
	switch r {
	case '/':
		w.slashes++
	case '?', '#':
		w.query = true
	}
}

func (w *walk) inHost() bool { return w.slashes == 2 && !w.query }

// maxPiece is how much of an address is read, in bytes: enough to see that it is too long.
const maxPiece = maxAddress + 1<<10

// enclosed reports whether brackets or quotes are around the address, with nothing else in them.
func (w *walk) enclosed() bool {
	if w.closer == "" || w.closer == ")" {
		return false
	}
	rest := w.text[w.start:min(len(w.text), w.start+maxPiece)]
	end := strings.IndexAny(rest, w.closer)
	if end < 0 {
		return false
	}
	for line := range strings.Lines(rest[:end]) {
		if line = strings.Trim(line, "> \t\r\n"); line == "" || strings.ContainsAny(line, " \t<>\"") {
			return false
		}
	}
	return true
}

// spacedScopes is a space in a list of scopes, as some products write it: what follows are scopes up to the next parameter, or to the end.
var spacedScopes = lazyregexp.New(`^ (?:(?:[A-Za-z0-9:/._-]+ ){0,15}[A-Za-z0-9:/._-]*&[a-z_]+=|(?:openid|profile|email|offline_access|https://[a-z0-9.-]+/[A-Za-z_.]+|[A-Z][A-Za-z]+\.[A-Z][A-Za-z.]+)(?:[ \r\n]|$))`)

// inList reports whether the address has come to a parameter that is a list.
func (w *walk) inList() bool {
	sofar := w.address.String()
	name, _, _ := strings.Cut(sofar[strings.LastIndexAny(sofar, "?&")+1:], "=")
	return slices.Contains([]string{"scope", "response_type", "prompt"}, strings.ToLower(name))
}

var (
	// emptyEnd is the end of an address that waits for a value, or, in a list, for the next one; openEnd that of one which can't end there.
	emptyEnd = lazyregexp.New(`[?&][^=&]*=$|%(?:25)*(?:20|3D)$|\+$`)
	openEnd  = lazyregexp.New(`[&?%]$|%[0-9A-Fa-f]$`)
	hasMarks = lazyregexp.New(`[&=%]`)
	word     = lazyregexp.New(`^[^\s"<>]*`)
)

// shortLine is the shortest line that was wrapped rather than ended.
const shortLine = 18

// maxEnd is how much of an address shows whether it can end there, in bytes.
const maxEnd = 64

// goesOn reports whether an address goes on in the next line, which is known by nothing but how the lines look.
func (w *walk) goesOn(next string) bool {
	line, _, _ := strings.Cut(strings.ReplaceAll(next, "\r", "\n"), "\n")
	first := word.FindString(line)
	alone := strings.TrimSpace(line[len(first):]) == ""
	length, sofar := w.pos-w.lineStart, w.address.String()
	end := sofar[max(len(sofar)-maxEnd, 0):]
	switch {
	case first == "":
		return false
	case emptyEnd.MatchString(end):
		return true
	case firstIn(first, begin) == 0:
		return false
	case openEnd.MatchString(end), hasMarks.MatchString(first):
		return true
	case !alone || length < shortLine || strings.HasSuffix(first, ",") || strings.HasSuffix(first, ":"):
		return false
	case !hasAll(sofar):
		return true
	}
	return w.joined && length >= w.width
}

// hasAll reports whether an address has, as far as can be seen, what a link needs.
func hasAll(address string) bool {
	p, ok := split(address)
	if !ok {
		return false
	}
	all, whole := parameters(p.query)
	return whole && all.has("client_id") && all.has("redirect_uri") && (kindOfPath(p.path) == Admin || all.has("response_type"))
}

// trimmed leaves out what a sentence puts behind an address; cut reports whether that are the dots of something left out.
func trimmed(address string) (rest string, cut bool) {
	rest = strings.TrimRight(address, ".,;:!?*")
	cut = strings.HasSuffix(address, "..")
	if strings.HasSuffix(rest, ")") && strings.Count(rest, "(") < strings.Count(rest, ")") {
		rest = strings.TrimRight(strings.TrimSuffix(rest, ")"), ".,;:!?*")
	}
	return rest, cut
}
