package gui

import (
	"testing"

	"fyne.io/fyne/v2"

	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
	"partner-center-connector/connector/wizard"
)

// TestAConfirmationIsSeen scrolls to what a button far down the page did, and not away from a list of options.
func TestAConfirmationIsSeen(t *testing.T) {
	for _, c := range []struct {
		state, focus string
		said         wizard.SaidWhat
		seen         bool
	}{
		{"connector-script", "registration-save", wizard.SaidScript, true},
		{"admin-start", "start-default", wizard.SaidConsentStopped, true},
		{"settings", "log.debug", wizard.SaidSettings, false},
	} {
		b := newKeyBench(t)
		b.resize(windowMinW, windowMinH)
		s := viewtest.State(c.state)
		b.show(view.Project(s))
		b.focus(c.focus)
		if b.w.screen.page.scroll.Offset.Y == 0 {
			t.Fatalf("%s: %s is at the top", c.state, c.focus)
		}
		s.Said = &wizard.Said{What: c.said, Path: "/file"}
		b.show(view.Project(s))
		if got := b.seesAll(b.w.screen.page.order[0].object()); got != c.seen {
			t.Errorf("%s: it is seen %v, want %v", c.state, got, c.seen)
		}
		if b.focused() != c.focus {
			t.Errorf("%s: the focus is on %q", c.state, b.focused())
		}
	}
}

// seesAll reports whether all of an object of the page is in view.
func (b *bench) seesAll(o fyne.CanvasObject) bool {
	p := b.w.screen.page
	y, ok := yIn(p.content, o)
	top := p.scroll.Offset.Y
	return ok && y >= top && y+o.Size().Height <= top+p.scroll.Size().Height
}
