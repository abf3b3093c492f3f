package wizard

import (
	"reflect"
	"testing"

	"partner-center-connector/connector"
)

func TestTheReportIsMadeShownAndSaved(t *testing.T) {
	locked := &connector.Problem{Kind: connector.KindKeychainLocked}
	s := State{Home: Home{Problem: locked}}
	s, effects := play(s, OpenReport{Open: true})
	making := s.Report.Making
	if !s.Report.Open || !making.Running || !reflect.DeepEqual(effects, []Effect{MakeReport{Attempt: making.Attempt, Shown: []connector.Problem{*locked}}}) {
		t.Fatalf("%+v, %#v", s.Report, effects)
	}
	if r := s.Refuses(SaveReport{}); r != ReasonGone {
		t.Errorf("saved before it is made: %q", r)
	}
	s, _ = play(s, ReportMade{Attempt: making.Attempt + 1, Text: "another"})
	s, _ = play(s, ReportMade{Attempt: making.Attempt, Text: "report"})
	if s.Report.Making.Running || s.Report.Text != "report" {
		t.Fatalf("%+v", s.Report)
	}
	s, effects = play(s, SaveReport{})
	saving := s.Report.Saving.Attempt
	if !reflect.DeepEqual(effects, []Effect{KeepReport{Attempt: saving, Text: "report"}}) || s.Refuses(SaveReport{}) != ReasonRecordSaving {
		t.Errorf("%#v, %q", effects, s.Refuses(SaveReport{}))
	}
	s, _ = play(s, ReportSaved{Attempt: saving, Path: "/report.md"})
	if !reflect.DeepEqual(s.Said, &Said{What: SaidReport, Path: "/report.md"}) || s.Report.Saving.Running {
		t.Errorf("%+v, %+v", s.Report, s.Said)
	}
	if s, effects = play(s, OpenReport{}); s.Report != (SupportReport{}) || len(effects) > 0 || s.Refuses(OpenReport{}) != ReasonGone {
		t.Errorf("closed: %+v, %#v", s.Report, effects)
	}
}

// TestAReportThatIsClosedStopsItsMaking holds it for one that is opened again, too.
func TestAReportThatIsClosedStopsItsMaking(t *testing.T) {
	for _, again := range []bool{false, true} {
		s, _ := play(State{}, OpenReport{Open: true})
		n := s.Report.Making.Attempt
		s, effects := play(s, OpenReport{Open: again})
		if len(effects) == 0 || effects[0] != (StopAttempt{Attempt: n}) || s.Report.Open != again {
			t.Errorf("%v: %+v, %#v", again, s.Report, effects)
		}
		if s, _ = play(s, ReportMade{Attempt: n, Text: "late"}); s.Report.Text != "" {
			t.Errorf("%v: a late report counts: %+v", again, s.Report)
		}
	}
}

// TestTheReportHasEveryProblemOfAState fills each place that has one, so that none can be forgotten.
func TestTheReportHasEveryProblemOfAState(t *testing.T) {
	one := func(kind connector.ProblemKind) *connector.Problem { return &connector.Problem{Kind: kind} }
	check := []connector.Check{{ID: connector.CheckMFA, Problem: one("check")}, {ID: connector.CheckRole}}
	s := State{
		Home:         Home{Problem: one("list"), PasteProblem: one("home-paste"), Failures: []Failure{{Problem: one("failure")}}},
		SettingsPage: SettingsPage{Problem: one("settings")},
		Detail:       Detail{Unread: one("unread"), Problem: one("detail"), Checks: check},
		Wizard: Wizard{
			Ready:  Readiness{Keychain: one("keychain"), NoBrowser: one("no-browser"), Elevated: one("elevated")},
			Lookup: Lookup{Problem: one("lookup"), Clock: one("clock")}, Probe: Probe{Problem: one("probe")}, SecretProblem: one("secret"),
			Admin: Consent{Problem: one("admin")}, User: Consent{Problem: one("user")}, PasteProblem: one("paste"), Told: Told{Problem: one("told")},
			Problem: one("wizard"), Unkept: one("unkept"), Checks: check,
		},
	}
	seen := map[connector.ProblemKind]int{}
	for _, p := range s.problems() {
		seen[p.Kind]++
	}
	if len(seen) != 20 || seen["check"] != 2 {
		t.Errorf("%d kinds: %v", len(seen), seen)
	}
}
