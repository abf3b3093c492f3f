package gui

import (
	"testing"

	"fyne.io/fyne/v2"

	"partner-center-connector/gui/widget"
)

// TestTheFrameInEnglish does for English what TestNothingIsCutOff does for the other languages.
func TestTheFrameInEnglish(t *testing.T) {
	inEveryWindow(t, "en", func(*testing.T, string, *bench, fyne.Size) {})
}

// frameCheck looks at one window after the other, in a language: the way home, the settings and help are at the same place of each, no button
// stands alone on a second row, and the answers take two lines.
type frameCheck struct {
	size fyne.Size
	// ends are the right ends of the tools on the first screen that has them.
	ends map[string]fyne.Position
	// plain says that the language is one that people read.
	plain bool
}

// places are the IDs of the tools by the place that they have.
var places = map[string]string{"home": "home", "close": "home", "settings": "settings", "help": "help"}

func (f *frameCheck) look(t *testing.T, name string, s *screen) {
	t.Helper()
	f.lookAtTools(t, name, s)
	if !f.plain || f.size.Width != windowStartW {
		return
	}
	walk(s, s.root, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
		if c, ok := o.(*fyne.Container); ok {
			lookAtRow(t, name, c)
		}
	})
	for _, answer := range []*widget.Label{s.page.what, s.page.who} {
		if lines := len(answer.Lines(answer.Size().Width)); !s.page.answers.Hidden && lines > 1 {
			t.Errorf("%s: %q takes %d lines", name, answer.Text(), lines)
		}
	}
}

func (f *frameCheck) lookAtTools(t *testing.T, name string, s *screen) {
	t.Helper()
	tools := s.view.Tools
	if s.view.Page == "help" {
		return
	}
	want := 3
	if s.view.Page == "home" {
		want = 2
	}
	if len(tools) != want {
		t.Fatalf("%s has %d tools", name, len(tools))
	}
	last := float32(0)
	for _, v := range tools {
		b := s.pool.find(v.ID).(*widget.Button)
		end := s.header.box.Position().Add(s.header.tools.Position()).Add(b.Position()).Add(b.Size())
		place := places[v.ID]
		if first, seen := f.ends[place]; !seen {
			f.ends[place] = end
		} else if dx, dy := end.X-first.X, end.Y-first.Y; max(dx, -dx) > fitSlack || max(dy, -dy) > fitSlack {
			t.Errorf("%s: %s ends at %v, elsewhere at %v", name, v.ID, end, first)
		}
		if end.X <= last || end.Y > s.page.scroll.Position().Y {
			t.Errorf("%s: %s ends at %v, after %.0f, and the page begins at %.0f", name, v.ID, end, last, s.page.scroll.Position().Y)
		}
		last = end.X
	}
}

// lookAtRow wants company for each button of a row that has more than one line, unless its buttons stand one below the other.
func lookAtRow(t *testing.T, name string, c *fyne.Container) {
	t.Helper()
	if _, row := c.Layout.(*widget.Row); !row {
		return
	}
	byLine, most := map[float32][]string{}, 0
	for _, o := range c.Objects {
		if b, ok := o.(*widget.Button); ok && b.Visible() {
			middle := b.Position().Y + b.Size().Height/2
			byLine[middle] = append(byLine[middle], b.ID())
			most = max(most, len(byLine[middle]))
		}
	}
	for y, ids := range byLine {
		if y > c.Objects[0].Size().Height && len(ids) < min(most, 2) {
			t.Errorf("%s: %s stands alone below others", name, ids[0])
		}
	}
}
