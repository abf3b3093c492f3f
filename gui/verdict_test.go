package gui

import "testing"

// TestTheRemedyIsSeenOnArrival holds that in the window as it opens nobody scrolls to what failed: the button that mends it has the focus, and all of
// its card is on the screen.
func TestTheRemedyIsSeenOnArrival(t *testing.T) {
	for _, lang := range []string{"en", "de"} {
		for name, button := range map[string]string{
			"check-guest": "checks-member-problem-go", "check-problem": "checks-mfa-problem-go", "check-never": "checks-mfa-problem-go",
			"trial-unfit": "checks-mfa-problem-retry", "detail-attention": "checks-not-admin-problem-mend",
		} {
			b := newBench(t, lang)
			b.resize(windowStartW, windowStartH)
			b.show(projected(t, name))
			s := b.w.screen
			if got := b.focused(); got != button {
				t.Errorf("%s: the focus is on %q", name, got)
				continue
			}
			card := cardAround(s.page.content, s.pool.find(button))
			if card == nil || !s.page.fitsAtTop(card) || s.page.scroll.Offset.Y != 0 {
				t.Errorf("%s, %s: the card is not on the screen; scrolled by %v", name, lang, s.page.scroll.Offset.Y)
			}
		}
	}
}

// TestCheckAgainHasNoFocus holds that the focus is never on what can't help.
func TestCheckAgainHasNoFocus(t *testing.T) {
	for name, want := range map[string]string{
		"check-new": "main", "check-passed": "main", "check-attention": "checks-not-admin-problem-go", "check-could-not": "main", "check-mismatch": "mismatch-sign-in",
		"check-name-taken": "incomplete-go", "check-saved": "main",
	} {
		b := newKeyBench(t)
		b.show(projected(t, name))
		if got := b.focused(); got != want {
			t.Errorf("%s: the focus is on %q", name, got)
		}
	}
}

// TestSaveGetsTheFocusInAWindowThatComesToTheFront has the window come to the front after the page has come up, as it does after a consent: Fyne
// gives the focus to the control that has it, which nobody chose. What the person moves to keeps it.
func TestSaveGetsTheFocusInAWindowThatComesToTheFront(t *testing.T) {
	for name, c := range map[string]struct {
		tabs int
		want string
	}{"left alone": {0, "main"}, "moved": {1, "who"}} {
		b := newKeyBench(t)
		b.show(projected(t, "check-running"))
		for range c.tabs {
			b.tab()
		}
		b.canvas().Focused().FocusLost()
		b.canvas().Focused().FocusGained()
		b.show(projected(t, "check-new"))
		if got := b.focused(); got != c.want {
			t.Errorf("%s: the focus is on %q", name, got)
		}
	}
}
