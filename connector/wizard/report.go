package wizard

import (
	"partner-center-connector/connector"
)

// SupportReport is the screen of the support report, which stands before any other; its zero value is "not open".
type SupportReport struct {
	Open bool
	// Making is the making of Text, which is empty before.
	Making Work
	Text   string
	// Saving is the saving of Text. Raw is what the system says where it could not be saved.
	Saving Work
	Raw    string
}

type (
	// OpenReport makes a support report and shows it, or, with Open false, closes it.
	OpenReport struct{ Open bool }
	// SaveReport saves the report that is shown.
	SaveReport struct{}
	// ReportMade brings the report.
	ReportMade struct {
		Attempt int
		Text    string
	}
	// ReportSaved says in which file it was saved; Raw is the system's word where it could not be.
	ReportSaved struct {
		Attempt   int
		Path, Raw string
	}
)

func (OpenReport) scope() scope { return anywhere }

func (SaveReport) scope() scope { return anywhere }

func (ReportMade) scope() scope { return anywhere }

func (ReportSaved) scope() scope { return anywhere }

type (
	// MakeReport makes a support report of what is known, and of the problems that are shown: ReportMade.
	MakeReport struct {
		Attempt int
		Shown   []connector.Problem
	}
	// KeepReport saves it in a file: ReportSaved.
	KeepReport struct {
		Attempt int
		Text    string
	}
)

func (MakeReport) effect() {}

func (KeepReport) effect() {}

func (e OpenReport) blocked(s State) Reason { return goneUnless(e.Open || s.Report.Open) }

func (e OpenReport) next(s State) (State, []Effect) {
	effects := stop(runningAttempt(s.Report.Making))
	s.Report = SupportReport{Open: e.Open}
	if !e.Open {
		return s, effects
	}
	s, n := attempt(s)
	s.Report.Making = Work{Attempt: n, Running: true}
	return s, append(effects, MakeReport{Attempt: n, Shown: s.problems()})
}

func (e ReportMade) next(s State) (State, []Effect) {
	if r := &s.Report; e.Attempt == r.Making.Attempt && r.Making.Running {
		r.Making.Running, r.Text = false, e.Text
	}
	return s, nil
}

func (SaveReport) blocked(s State) Reason {
	switch r := s.Report; {
	case r.Text == "":
		return ReasonGone
	case r.Saving.Running:
		return ReasonRecordSaving
	}
	return ""
}

func (SaveReport) next(s State) (State, []Effect) {
	s, n := attempt(s)
	r := &s.Report
	r.Saving, r.Raw = Work{Attempt: n, Running: true}, ""
	return s, []Effect{KeepReport{Attempt: n, Text: r.Text}}
}

func (e ReportSaved) next(s State) (State, []Effect) {
	if r := &s.Report; e.Attempt == r.Saving.Attempt && r.Saving.Running {
		r.Saving.Running, r.Raw = false, e.Raw
		return s.saysSaved(SaidReport, e.Path), nil
	}
	return s, nil
}

// problems are those that the screens know of now: what a person who asks for help has before them, or had a moment ago.
func (s State) problems() []connector.Problem {
	w := s.Wizard
	all := []*connector.Problem{
		s.Home.Problem, s.Home.PasteProblem, s.SettingsPage.Problem, s.Detail.Unread, s.Detail.Problem,
		w.Ready.Keychain, w.Ready.NoBrowser, w.Ready.Elevated, w.Lookup.Problem, w.Lookup.Clock, w.Probe.Problem, w.SecretProblem,
		w.Admin.Problem, w.User.Problem, w.PasteProblem, w.Told.Problem, w.Problem, w.Unkept,
	}
	for _, f := range s.Home.Failures {
		all = append(all, f.Problem)
	}
	for _, checks := range [][]connector.Check{w.Checks, s.Detail.Checks} {
		for _, c := range checks {
			all = append(all, c.Problem)
		}
	}
	shown := []connector.Problem{}
	for _, p := range all {
		if p != nil {
			shown = append(shown, *p)
		}
	}
	return shown
}
