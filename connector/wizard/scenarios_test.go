package wizard

import (
	"slices"
	"testing"

	"partner-center-connector/connector"
)

func rehearsing(open bool) State {
	s := inCloud(connector.StepUser, true)
	s.Wizard.Open = open
	if !open {
		s.Screen, s.Wizard = ScreenHome, Wizard{}
	}
	s.Rehearsal = &connector.Rehearsal{Scenario: "good", Scenarios: []connector.Scenario{{Name: "good"}, {Name: "no-mfa"}}}
	s.Practice = Practice{Open: true, Place: AllPlaces}
	return s
}

// switched plays the effect that the state asks for.
func switched(t *testing.T, s State, effects []Effect, problem *connector.Problem) (State, []Effect) {
	t.Helper()
	i := slices.IndexFunc(effects, func(e Effect) bool { _, ok := e.(SwitchScenario); return ok })
	if i < 0 {
		t.Fatalf("nothing is switched: %v", effects)
	}
	e := effects[i].(SwitchScenario)
	out := ScenarioPlays{Attempt: e.Attempt, Problem: problem}
	if problem == nil {
		out.Rehearsal = &connector.Rehearsal{Scenario: e.Name, Prefill: connector.Draft{UPN: "nora@rehearsal.example"}, Scenarios: s.Rehearsal.Scenarios}
	}
	return play(s, out)
}

func TestAScenarioIsSwitchedWhereNothingIsUnderWay(t *testing.T) {
	s, effects := play(rehearsing(false), PlayScenario{Name: "no-mfa"})
	if !s.Practice.Playing.Running {
		t.Error("the switch does not show")
	}
	s, effects = switched(t, s, effects, nil)
	if s.Rehearsal.Scenario != "no-mfa" || s.Practice.Open || len(effects) > 0 {
		t.Errorf("%+v, %v", s.Practice, effects)
	}
}

func TestAScenarioAsksWhatBecomesOfTheWizard(t *testing.T) {
	asked, effects := play(rehearsing(true), PlayScenario{Name: "no-mfa"})
	if asked.Practice.Asked != "no-mfa" || len(effects) > 0 {
		t.Fatalf("not asked: %+v, %v", asked.Practice, effects)
	}
	if s, _ := play(asked, KeepScenario{}); s.Practice.Asked != "" || s.Rehearsal.Scenario != "good" || !s.Wizard.Open {
		t.Errorf("kept: %+v", s.Practice)
	}

	s, effects := play(asked, PlayScenario{Name: "no-mfa", How: PlayOn})
	s, effects = switched(t, s, effects, nil)
	if s.Rehearsal.Scenario != "no-mfa" || !s.Wizard.Open || s.Wizard.SignedIn == nil || len(effects) > 0 {
		t.Errorf("going on changed the wizard: %+v, %v", s.Wizard, effects)
	}

	s, effects = play(asked, PlayScenario{Name: "no-mfa", How: PlayAnew})
	s, effects = switched(t, s, effects, nil)
	made := slices.ContainsFunc(effects, func(e Effect) bool { d, ok := e.(MakeDraft); return ok && d.Prefill.UPN == "nora@rehearsal.example" })
	dropped := slices.Contains(effects, Effect(DropDraft{ID: "draft"}))
	if s.Wizard.Open || s.Practice.Open || !made || !dropped || !slices.Contains(effects, Effect(ForgetGrant{})) {
		t.Errorf("begun anew: %+v, %v", s.Wizard, effects)
	}
}

// A rehearsal keeps drafts as the real thing does: "Close and keep the draft" is true there too.
func TestARehearsalKeepsDrafts(t *testing.T) {
	s := rehearsing(true)
	s.Rehearsal.Prefill = s.Wizard.Draft
	s.Wizard.Draft.Ticks = map[connector.Field]bool{connector.TickAccess: true}
	if _, effects := play(s, LeaveWizard{}); slices.Contains(effects, Effect(DropDraft{ID: "draft"})) {
		t.Error("a draft with ticks was dropped")
	}
	s.Wizard.Draft.Ticks, s.Wizard.Draft.HasSecret = nil, true
	if _, effects := play(s, LeaveWizard{}); !slices.Contains(effects, Effect(DropDraft{ID: "draft"})) {
		t.Error("a draft that the practice cloud alone filled in was kept")
	}
	s.Wizard.Draft.UPN = "carl@rehearsal.example"
	if _, effects := play(s, LeaveWizard{}); slices.Contains(effects, Effect(DropDraft{ID: "draft"})) {
		t.Error("a draft with another integration user was dropped")
	}
}

func TestAScenarioThatCannotBePlayed(t *testing.T) {
	if s, effects := play(rehearsing(false), PlayScenario{Name: "no such"}); len(effects) > 0 || s.Practice.Playing.Running {
		t.Error("an unknown scenario is played")
	}
	s, effects := play(rehearsing(false), PlayScenario{Name: "no-mfa"})
	s, _ = switched(t, s, effects, &connector.Problem{Kind: connector.KindUnknown})
	if s.Practice.Problem == nil || !s.Practice.Open || s.Rehearsal.Scenario != "good" {
		t.Errorf("%+v", s.Practice)
	}
	late, _ := play(s, ScenarioPlays{Attempt: s.Practice.Playing.Attempt - 1, Rehearsal: &connector.Rehearsal{Scenario: "late"}})
	if late.Rehearsal.Scenario != "good" {
		t.Error("a superseded switch counts")
	}
	unrehearsed := rehearsing(false)
	unrehearsed.Rehearsal = nil
	if s, effects := play(unrehearsed, PlayScenario{Name: "no-mfa"}); len(effects) > 0 || s.Practice.Playing.Running {
		t.Error("the real thing has scenarios")
	}
}
