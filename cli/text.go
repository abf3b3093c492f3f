package cli

import (
	"io"
	"strings"
	"sync"

	"partner-center-connector/connector/view"
)

// Widths of wrapped text, in columns. A line longer than maxWidth is hard to read.
const (
	minWidth = 30
	maxWidth = 100
)

// outWidth is the width for standard output; 0 where no person reads it, and nothing is wrapped.
func (p *program) outWidth() int {
	if !p.OutTerminal {
		return 0
	}
	return p.terminalWidth()
}

// errWidth is the width for standard error.
func (p *program) errWidth() int {
	if !p.InTerminal {
		return 0
	}
	return p.terminalWidth()
}

// outColumns is the whole width of the terminal behind standard output, for tables; 0 for none.
func (p *program) outColumns() int {
	if !p.OutTerminal || p.Width == nil {
		return 0
	}
	return p.Width()
}

func (p *program) terminalWidth() int {
	if p.Width == nil {
		return 0
	}
	width := p.Width()
	if width <= 0 {
		return 0
	}
	return min(max(width, minWidth), maxWidth)
}

// wrap breaks text between words so that lines have at most width columns, as far as its words allow; 0 breaks only where the text
// does itself.
func wrap(text string, width int) []string {
	lines := []string{}
	for line := range strings.SplitSeq(text, "\n") {
		lines = append(lines, wrapLine(line, width)...)
	}
	return lines
}

func wrapLine(line string, width int) []string {
	if width <= 0 || textWidth(line) <= width {
		return []string{line}
	}
	lines, now, columns := []string{}, "", 0
	for _, word := range strings.Fields(line) {
		n := textWidth(word)
		switch {
		case now == "":
			now, columns = word, n
		case columns+1+n <= width:
			now, columns = now+" "+word, columns+1+n
		default:
			lines = append(lines, now)
			now, columns = word, n
		}
	}
	return append(lines, now)
}

// indented writes text with an indent before its first line and one before the others.
func indented(w io.Writer, width int, first, rest, text string) {
	write(w, width, line{first: first, rest: rest, text: text})
}

// write writes a line, wrapped unless it is raw.
func write(w io.Writer, width int, l line) {
	lines := strings.Split(l.text, "\n")
	if !l.raw {
		if width > 0 {
			width = max(width-max(textWidth(l.first), textWidth(l.rest)), minWidth)
		}
		lines = wrap(l.text, width)
	}
	indent, as := l.first, l.mark
	for _, text := range lines {
		text = strings.ReplaceAll(text, hardSpace, " ")
		switch {
		case l.style != "":
			_, _ = io.WriteString(w, indent)
			painted(w, l.style, strings.TrimRight(text, " "))
		case as != "" && strings.TrimRight(text, " ") != "":
			begin := len(indent) - len(strings.TrimLeft(indent, " "))
			mark := strings.TrimRight(indent[begin:], " ")
			_, _ = io.WriteString(w, indent[:begin])
			painted(w, as, mark)
			_, _ = io.WriteString(w, indent[begin+len(mark):]+strings.TrimRight(text, " "))
		default:
			_, _ = io.WriteString(w, strings.TrimRight(indent+text, " "))
		}
		_, _ = io.WriteString(w, "\n")
		indent, as = l.rest, ""
	}
}

// say writes a sentence for people to standard error, so that standard output stays clean.
func (p *program) say(t view.Text) { indented(p.Err, p.errWidth(), "", "", unbroken(t).Render(p.tr)) }

// remark is say for what is neither a result nor an error, nor about a question.
func (p *program) remark(t view.Text) {
	if !p.quiet {
		p.say(t)
	}
}

// out writes a sentence for people to standard output.
func (p *program) out(t view.Text) { indented(p.Out, p.outWidth(), "", "", unbroken(t).Render(p.tr)) }

// hardSpace stands for a blank at which no line is broken, until it is written.
const hardSpace = "\x1f"

// unbroken keeps the commands of a sentence in one line each, so that they can be copied.
func unbroken(t view.Text) view.Text {
	args := map[string]any{}
	for name, value := range t.Args {
		if words, isText := value.(string); isText && (name == "Command" || name == "Schedule") {
			value = strings.ReplaceAll(words, " ", hardSpace)
		}
		args[name] = value
	}
	t.Args = args
	return t
}

// say makes a Text from a key and pairs of an arg's name and its value.
func say(key string, pairs ...any) view.Text {
	t := view.Text{Key: key}
	if len(pairs) > 0 {
		t.Args = map[string]any{}
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		t.Args[pairs[i].(string)] = pairs[i+1]
	}
	return t
}

// screen is a terminal that knows whether it ended with an empty line, and that may show a status in its last line. Several goroutines may write
// to it.
type screen struct {
	io.Writer
	// colors takes escape sequences; nil where they would not show.
	colors io.Writer
	mu     sync.Mutex
	tail   string
	// status is what the last line shows until something else is written; empty for nothing.
	status string
}

// Write implements io.Writer.
func (s *screen) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clear()
	if len(b) > 0 {
		s.tail = (s.tail + string(b[max(0, len(b)-2):]))
		s.tail = s.tail[max(0, len(s.tail)-2):]
	}
	return s.Writer.Write(b)
}

// setStatus shows a status instead of the one before; empty for none.
func (s *screen) setStatus(status string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if status == s.status {
		return
	}
	s.clear()
	s.status = status
	_, _ = io.WriteString(s.Writer, status)
}

func (s *screen) clear() {
	if s.status == "" {
		return
	}
	_, _ = io.WriteString(s.Writer, "\r"+strings.Repeat(" ", textWidth(s.status))+"\r")
	s.status = ""
}

// entered notes that a person has pressed Enter alone, which left an empty line.
func (s *screen) entered() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tail = "\n\n"
}

// gap leaves an empty line, if there is none yet. After a question the cursor is on a new line: the answer ended with one.
func (s *screen) gap() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.tail != "\n\n" {
		_, _ = io.WriteString(s.Writer, "\n")
		s.tail = "\n\n"
	}
}
