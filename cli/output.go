package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode"
	"unicode/utf16"
)

// errClosed is why a token that nobody would get is not asked for.
var errClosed = errors.New("standard output is closed")

// output is standard output. It remembers that something could not be written, so that a script does not take half a list for the
// whole one.
type output struct {
	io.Writer
	// colors takes escape sequences; nil where they would not show.
	colors  io.Writer
	mu      sync.Mutex
	err     error
	arrived bool // whether something was written
}

// Write implements io.Writer.
func (o *output) Write(b []byte) (int, error) {
	n, err := o.Writer.Write(b)
	if n > 0 {
		o.mu.Lock()
		o.arrived = true
		o.mu.Unlock()
	}
	if err != nil {
		o.lose(err)
	}
	return n, err
}

// lose notes why something could not be written.
func (o *output) lose(err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.err = err
}

// writeError is why something could not be written; nil if all of it was, or if the reader wanted no more of it than came. Who reads the first
// line of a list has what they wanted; where nothing came at all nobody has.
func (o *output) writeError() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.arrived && isBrokenPipe(o.err) {
		return nil
	}
	return o.err
}

// sanitizer writes text without the characters that control a terminal, or turn what stands beside them around: what is shown comes from the
// command line, files and the network too.
type sanitizer struct{ io.Writer }

// Write implements io.Writer.
func (s sanitizer) Write(b []byte) (int, error) {
	if isPlain(b) || bytes.IndexFunc(b, controlsTerminal) < 0 {
		return s.Writer.Write(b)
	}
	shown := strings.Map(func(r rune) rune {
		if controlsTerminal(r) {
			return unicode.ReplacementChar
		}
		return r
	}, string(b))
	if _, err := io.WriteString(s.Writer, shown); err != nil {
		return 0, err
	}
	return len(b), nil
}

// isPlain reports whether a text has lines of printable ASCII alone, as most long ones.
func isPlain(b []byte) bool {
	for _, c := range b {
		if (c < ' ' || c > '~') && c != '\n' {
			return false
		}
	}
	return true
}

func controlsTerminal(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}

// escaper writes JSON with the characters that nobody sees as escapes, so that it is plain to read and still says the same. Outside of its texts JSON
// has none of them but line feeds.
type escaper struct{ io.Writer }

// Write implements io.Writer.
func (e escaper) Write(b []byte) (int, error) {
	if isPlain(b) {
		return e.Writer.Write(b)
	}
	var escaped strings.Builder
	for _, r := range string(b) {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			for _, unit := range utf16.Encode([]rune{r}) {
				fmt.Fprintf(&escaped, `\u%04x`, unit)
			}
			continue
		}
		escaped.WriteRune(r)
	}
	if _, err := io.WriteString(e.Writer, escaped.String()); err != nil {
		return 0, err
	}
	return len(b), nil
}
