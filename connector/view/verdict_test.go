package view_test

import (
	"slices"
	"testing"

	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
	"partner-center-connector/test/timezone"
)

// TestTheVerdictIsOnTop holds its words, and what stands where: open what needs somebody, the failed ones first; folded away what passed.
func TestTheVerdictIsOnTop(t *testing.T) {
	const guest = "1 of 12 checks failed: alex_fabrikam.com#EXT#@contoso.onmicrosoft.com is a guest in this tenant."
	for name, want := range map[string]struct {
		verdict string
		open    []string
		passed  string
	}{
		"check-passed":     {"All 13 checks passed", nil, "13 checks passed"},
		"check-new":        {"All 12 checks passed", []string{"checks-lasts"}, "12 checks passed"},
		"check-guest":      {guest, []string{"checks-member", "checks-lasts"}, "11 checks passed"},
		"check-attention":  {"2 of 12 checks failed: pc-integration@contoso.onmicrosoft.com has an administrator role in Entra.", []string{"checks-not-admin", "checks-role", "checks-mfa", "checks-lasts"}, "9 checks passed"},
		"check-could-not":  {"9 of 12 checks passed, 1 with a warning, 2 could not be made", []string{"checks-not-admin", "checks-partner", "checks-role", "checks-lasts"}, "9 checks passed"},
		"check-unknown":    {"None of the 13 checks could be made", nil, ""},
		"trial-unknown":    {"12 of 13 checks passed, 1 could not be made", []string{"checks-refresh"}, "12 checks passed"},
		"trial-fit":        {"All 13 checks passed", nil, "13 checks passed"},
		"detail-attention": {"Needs attention", []string{"checks-not-admin", "checks-role", "checks-mfa", "checks-lasts"}, "9 checks passed"},
	} {
		tr, verdict, open, passed := translators(t)["en"], "", []string{}, ""
		for _, b := range view.Project(viewtest.State(name)).Blocks {
			switch b := b.(type) {
			case view.Notice:
				if verdict == "" {
					verdict = b.Title.Render(tr)
				}
			case view.Problem:
				if verdict == "" {
					verdict = b.Title.Render(tr)
				}
			case view.Checks:
				for _, row := range b.Rows {
					open = append(open, row.ID)
				}
			case view.Fold:
				if b.ID == "passed" {
					passed = b.Title.Render(tr)
				}
				if b.ID == "passed" && b.Open {
					t.Errorf("%s: what passed is open", name)
				}
			}
		}
		if verdict != want.verdict || passed != want.passed || want.open != nil && !slices.Equal(open, want.open) {
			t.Errorf("%s: %q, open %q, folded %q", name, verdict, open, passed)
		}
	}
}

// TestTheTimeOfTheNextCheckIsSaid on every screen that shows a new connector, and who makes it.
func TestTheTimeOfTheNextCheckIsSaid(t *testing.T) {
	tr := translators(t)["en"]
	timezone.In(t, "Europe/Berlin", func() {
		for name, want := range map[string]string{
			"check-new":   "Save it now. Its health is “New” at first. The program checks automatically at 10:35 whether the sign-in lasts.",
			"check-saved": "All 12 checks passed. The program checks automatically at 10:35 whether the sign-in lasts. Leave the window open.",
			"detail-new":  "All 12 checks passed. The program checks automatically at 10:35 whether the sign-in lasts.",
		} {
			for _, b := range view.Project(viewtest.State(name)).Blocks {
				if n, ok := b.(view.Notice); ok && (n.ID == "outcome" || n.ID == "saved" || n.ID == "health") && n.Text.Render(tr) != want {
					t.Errorf("%s: %q", name, n.Text.Render(tr))
				}
			}
		}
		c := viewtest.State("detail-new").Home.Connectors[0]
		if got := view.HealthNotice(c, viewtest.Now).Text.Render(tr); got != "All 12 checks passed. One check (does the sign-in last?) can run from 10:35." {
			t.Errorf("the terminal says %q", got)
		}
		c.Checks = nil
		if got := view.HealthNotice(c, viewtest.Now.AddDate(0, 0, -1)).Text.Render(tr); got != "One check (does the sign-in last?) can run from 23 November 2026, 10:35." {
			t.Errorf("on another day, with checks that are not known, the terminal says %q", got)
		}
	})
}
