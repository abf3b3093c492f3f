package gui

import (
	"testing"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/gui/widget"
)

// TestTheFocusGoesBackToWhatOpened opens each question of a connector's screen, and closes it again from every control in it.
func TestTheFocusGoesBackToWhatOpened(t *testing.T) {
	for open, c := range map[string]struct {
		opener string
		inside []string
	}{
		"detail-rename": {"ask-rename", []string{"rename", "rename-go", "rename-cancel"}},
		"detail-remove": {"ask-remove", []string{"remove-keep"}},
		"detail-record": {"ask-record", []string{"record", "record-save", "record-cancel"}},
	} {
		for _, from := range c.inside {
			b := newKeyBench(t)
			closed := projected(t, "detail-good")
			b.show(closed)
			b.showMore()
			b.focus(c.opener)
			b.show(projected(t, open))
			b.focus(from)
			b.show(closed)
			if got := b.focused(); got != c.opener {
				t.Errorf("%s, closed from %s: the focus is on %q", open, from, got)
			}
		}
	}
}

// showMore shows what a connector's screen has behind "More".
func (b *bench) showMore() {
	b.focus("renew.more")
	b.key("Return")
}

// TestTheFocusStaysOutside holds that closing a question takes the focus from nobody who has left it.
func TestTheFocusStaysOutside(t *testing.T) {
	b := newKeyBench(t)
	b.show(projected(t, "detail-rename"))
	b.focus("home")
	b.show(projected(t, "detail-good"))
	if got := b.focused(); got != "home" {
		t.Errorf("the focus is on %q", got)
	}
}

// TestARenameThatTakesTimeGoesBackToo has the buttons outside disabled while the disk is written to.
func TestARenameThatTakesTimeGoesBackToo(t *testing.T) {
	b := newKeyBench(t)
	b.show(projected(t, "detail-good"))
	b.showMore()
	b.show(projected(t, "detail-rename"))
	saving := viewtest.State("detail-rename")
	saving.Detail.Work = wizard.Work{Attempt: 3, Running: true}
	b.show(view.Project(saving))
	b.show(projected(t, "detail-good"))
	if got := b.focused(); got != "ask-rename" {
		t.Errorf("the focus is on %q", got)
	}
}

// TestAnotherAddressCanBePasted presses the button of a pasted address's problem: the old address is selected, so that the new
// one takes its place.
func TestAnotherAddressCanBePasted(t *testing.T) {
	for _, name := range []string{"home-paste-problem", "admin-handover-paste-problem"} {
		b := newKeyBench(t)
		b.show(projected(t, name))
		b.focus("paste-problem-retry")
		b.key("Return")
		field, ok := b.canvas().Focused().(*widget.Entry)
		if !ok || field.ID() != string(connector.FieldPaste) {
			t.Fatalf("%s: the focus is on %q", name, b.focused())
		}
		if field.Text == "" || field.SelectedText() != field.Text {
			t.Errorf("%s: of %q there is selected %q", name, field.Text, field.SelectedText())
		}
		if len(b.events) != 0 || len(b.commands) != 0 {
			t.Errorf("%s: it does %v %v", name, b.events, b.commands)
		}
	}
}
