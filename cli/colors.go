package cli

import (
	"io"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
)

// style is how a piece of a line stands out in a terminal, as the parameters of its escape sequence; empty for not at all. What it says stands
// there in words, too.
type style string

const (
	bold   style = "1"
	red    style = "1;31"
	green  style = "32"
	yellow style = "33"
)

// Colors reports whether a stream shows colors: it is a terminal that is not a dumb one, and nobody has said otherwise.
// https://no-color.org
func Colors(terminal bool, getenv func(string) string) bool {
	return terminal && getenv("NO_COLOR") == "" && getenv("TERM") != "dumb"
}

// painter writes text in a style. Its own escape sequences are added to what was made harmless before.
type painter interface {
	paint(s style, text string)
}

// painted writes text in a style where that shows, and as it is elsewhere.
func painted(w io.Writer, s style, text string) {
	if p, ok := w.(painter); ok && s != "" {
		p.paint(s, text)
		return
	}
	_, _ = io.WriteString(w, text)
}

// paintOn writes text in a style. through is where text goes, and raw what is below it, which takes escape sequences; nil for none.
func paintOn(through, raw io.Writer, s style, text string) {
	if raw == nil || text == "" {
		_, _ = io.WriteString(through, text)
		return
	}
	_, _ = io.WriteString(raw, "\x1b["+string(s)+"m")
	_, _ = io.WriteString(through, text)
	_, _ = io.WriteString(raw, "\x1b[0m")
}

func (o *output) paint(s style, text string) { paintOn(o, o.colors, s, text) }

func (s *screen) paint(as style, text string) {
	s.mu.Lock()
	s.clear()
	s.mu.Unlock()
	paintOn(s, s.colors, as, text)
}

// styleOfCheck is that of a check's state.
func styleOfCheck(state connector.CheckState) style {
	switch state {
	case connector.CheckPassed:
		return green
	case connector.CheckFailed:
		return red
	case connector.CheckWarning, connector.CheckUnknown:
		return yellow
	default:
		return ""
	}
}

// styleOf is that of how grave something is.
func styleOf(s view.Severity) style {
	switch s {
	case view.Good:
		return green
	case view.Warning:
		return yellow
	case view.Bad:
		return red
	default:
		return ""
	}
}
