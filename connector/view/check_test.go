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
		n := outcomeOf(t, view.Project(s))
		if n.Title.Key != "page.check.outcome."+want || n.Text.Key != "page.check.outcome."+want+".text" {
			t.Errorf("%s: %s, %s", name, n.Title.Key, n.Text.Key)
		}
		for lang, tr := range translators(t) {
			title, word := n.Title.Render(tr), tr.Text("health."+want, nil)
			if want != "never" && !strings.Contains(strings.ToLower(title), strings.ToLower(word)) {
				t.Errorf("%s, %s: %q does not say %q", name, lang, title, word)
			}
		}
	}
}

func outcomeOf(t *testing.T, v view.View) view.Notice {
	t.Helper()
	for _, b := range v.Blocks {
		if n, ok := b.(view.Notice); ok && n.ID == "outcome" {
			return n
		}
	}
	t.Fatal("the page does not say as what it will be saved")
	return view.Notice{}
}
