package view_test

import (
	"strings"
	"testing"

	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
)

// TestItIsSavedAsWhatThePageSays compares the word before Save with that of the list after it.
func TestItIsSavedAsWhatThePageSays(t *testing.T) {
	for name, want := range map[string]string{
		"check-passed": "good", "check-new": "new", "check-attention": "attention", "check-expired": "expired", "check-sign-in": "sign-in", "check-never": "never",
	} {
		s := viewtest.State(name)
		saved := checks.WithOutcome(connector.Connector{}, s.Wizard.Checks).Health
		if want != "never" && string(saved) != want {
			t.Errorf("%s is saved as %s, want %s", name, saved, want)
		}
		note := noteOf(t, view.Project(s))
		if note.Key != "page.check.outcome."+want+".text" {
			t.Errorf("%s: %s", name, note.Key)
		}
		for lang, tr := range translators(t) {
			said, word := note.Render(tr), tr.Text("health."+want, nil)
			if want != "never" && !strings.Contains(strings.ToLower(said), strings.ToLower(word)) {
				t.Errorf("%s, %s: %q does not say %q", name, lang, said, word)
			}
		}
	}
}

// noteOf is what the page says of Save, beside the verdict or under its card.
func noteOf(t *testing.T, v view.View) view.Text {
	t.Helper()
	for _, b := range v.Blocks {
		switch b := b.(type) {
		case view.Notice:
			if b.ID == "outcome" {
				return b.Text
			}
		case view.Paragraph:
			if strings.HasPrefix(b.Text.Key, "page.check.outcome.") {
				return b.Text
			}
		}
	}
	t.Fatal("the page does not say as what it will be saved")
	return view.Text{}
}

// TestSaveIsUnsettledWhileTheChecksRun: no key presses it before they have settled.
func TestSaveIsUnsettledWhileTheChecksRun(t *testing.T) {
	for name, want := range map[string]bool{"check-running": true, "check-new": false, "check-passed": false} {
		if got := view.Project(viewtest.State(name)).Footer.Main.Unsettled; got != want {
			t.Errorf("%s: unsettled is %v", name, got)
		}
	}
}
