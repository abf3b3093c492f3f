package view_test

import (
	"testing"
	"time"

	"partner-center-connector/assets"
	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
)

// TestOnlyAScheduleThatDoesItsWorkIsGood: a daily check that is set up, and of which nothing came for days or which failed, gets no green word.
func TestOnlyAScheduleThatDoesItsWorkIsGood(t *testing.T) {
	tr := assets.NewTranslator("en")
	for name, test := range map[string]struct {
		ran      time.Time
		exit     int
		severity view.Severity
		title    string
	}{
		"just set up":     {time.Time{}, 0, view.Good, "Set up"},
		"today":           {viewtest.Now.Add(-9 * time.Hour), 0, view.Good, "Set up"},
		"after a weekend": {viewtest.Now.Add(-72 * time.Hour), 0, view.Good, "Set up"},
		"not for days":    {viewtest.Now.Add(-73 * time.Hour), 0, view.Warning, "Set up, but the last daily check was on 20 November 2026, 08:30"},
		"failed":          {viewtest.Now.Add(-9 * time.Hour), 1, view.Warning, "Set up, but the last daily check failed"},
		"wrong use":       {viewtest.Now.Add(-9 * time.Hour), 2, view.Warning, "Set up, but the last daily check failed"},
		"a person":        {viewtest.Now.Add(-9 * time.Hour), 3, view.Good, "Set up"},
		"later":           {viewtest.Now.Add(-9 * time.Hour), 4, view.Good, "Set up"},
	} {
		s := viewtest.State("settings-schedule")
		s.SettingsPage.Schedule.Is.Last = connector.ScheduledRun{At: test.ran, ExitCode: test.exit}
		found := false
		for _, b := range view.Project(s).Blocks {
			if n, ok := b.(view.Notice); ok && n.ID == "schedule-state" {
				found = true
				if title := n.Title.Render(tr); n.Severity != test.severity || title != test.title {
					t.Errorf("%s: %s %q", name, n.Severity, title)
				}
			}
		}
		if !found {
			t.Errorf("%s: nothing is said", name)
		}
	}
}
