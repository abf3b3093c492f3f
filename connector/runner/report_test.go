package runner

import (
	"context"
	"errors"
	"testing"

	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

func TestSavingTheReport(t *testing.T) {
	w := newWorld()
	s := start(t, w)
	keep := wizard.KeepReport{Attempt: 4, Text: "text"}
	if got := s.runner.keepReport(keep); got != (wizard.ReportSaved{Attempt: 4, Path: "/home/me/report.md"}) {
		t.Errorf("%+v", got)
	}
	w.fail["save text"] = errors.New("no space\nleft")
	if got := s.runner.keepReport(keep); got != (wizard.ReportSaved{Attempt: 4, Raw: "no space left"}) {
		t.Errorf("%+v", got)
	}
}

// TestTheReportHasWhatIsShown opens the report in the program, and saves it.
func TestTheReportHasWhatIsShown(t *testing.T) {
	w := newWorld()
	s := start(t, w).run()
	s.send(wizard.OpenReport{Open: true})
	s.until("the report is made", func(s wizard.State) bool { return s.Report.Text == "a report with 0 problems" })
	s.send(wizard.SaveReport{})
	s.until("the report is saved", func(s wizard.State) bool { return s.Said != nil && s.Said.Path == "/home/me/report.md" })
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	s.runner.makeReport(stopped, wizard.MakeReport{Shown: []connector.Problem{{}}}) // a late one tells nothing
}
