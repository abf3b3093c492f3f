package wizard

import (
	"reflect"
	"testing"

	"partner-center-connector/connector"
)

// scheduling is the settings screen on which it is known what stands of the schedule.
func scheduling(t *testing.T, is connector.Schedule) State {
	t.Helper()
	s := openedSettings(t, State{})
	s, _ = Machine{}.Next(s, ScheduleRead{Attempt: s.SettingsPage.Schedule.Looking.Attempt, Schedule: is})
	if p := s.SettingsPage.Schedule; !p.Known || !reflect.DeepEqual(p.Is, is) || p.Looking.Running {
		t.Fatalf("%+v", p)
	}
	return s
}

// after sends events and returns the effects of the last one.
func after(s State, events ...Event) (State, []Effect) {
	var effects []Effect
	for _, e := range events {
		s, effects = Machine{}.Next(s, e)
	}
	return s, effects
}

var (
	byCron = connector.Schedule{Kind: connector.ScheduleCron}
	set    = connector.Schedule{Kind: connector.ScheduleCron, Installed: true, Active: true}
	plan   = connector.SchedulePlan{Kind: connector.ScheduleCron, Program: "/usr/bin/pcc", Parts: []connector.SchedulePart{{Place: "crontab", Text: "17 9 * * * pcc"}}}
	failed = &connector.Problem{Kind: connector.KindDisk}
)

// TestNothingIsWrittenThatWasNotShown goes from the button to the schedule: what is followed is the plan that was shown.
func TestNothingIsWrittenThatWasNotShown(t *testing.T) {
	s := scheduling(t, byCron)
	if s, effects := after(s, SetSchedule{}); len(effects) != 0 || s.SettingsPage.Schedule.Changing.Running {
		t.Fatalf("written without a plan: %#v", effects)
	}
	s, effects := after(s, AskSchedule{})
	n := s.LastAttempt
	if !reflect.DeepEqual(effects, []Effect{PlanSchedule{n}}) || s.Refuses(AskSchedule{}) != ReasonQuestion || s.Refuses(SetSchedule{}) != ReasonGone {
		t.Fatalf("%#v, %s, %s", effects, s.Refuses(AskSchedule{}), s.Refuses(SetSchedule{}))
	}
	s, effects = after(s, SchedulePlanned{Attempt: n - 1, Problem: failed}, SchedulePlanned{Attempt: n, Plan: &plan}, SetSchedule{})
	n = s.LastAttempt
	if !reflect.DeepEqual(effects, []Effect{InstallSchedule{n, plan}}) || s.SettingsPage.Schedule.Plan == nil {
		t.Fatalf("%#v", effects)
	}
	for _, e := range []Event{AskSchedule{}, SetSchedule{}, AskUnschedule{}, Unschedule{}, CloseSchedule{}} {
		if r := s.Refuses(e); r != ReasonScheduleBusy {
			t.Errorf("%T while it is written: %q", e, r)
		}
	}
	s, _ = after(s, ScheduleChanged{Attempt: n - 1, Read: true}, ScheduleChanged{Attempt: n, Schedule: set, Read: true})
	if got, want := s.SettingsPage.Schedule, (SchedulePage{Known: true, Is: set, Planning: Work{Attempt: n - 1}, Changing: Work{Attempt: n}}); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestAPlanThatCannotBeFollowedStays(t *testing.T) {
	s, _ := after(scheduling(t, byCron), AskSchedule{})
	s, _ = after(s, SchedulePlanned{Attempt: s.LastAttempt, Plan: &plan}, SetSchedule{})
	s, _ = after(s, ScheduleChanged{Attempt: s.LastAttempt, Problem: failed})
	if p := s.SettingsPage.Schedule; p.Plan == nil || p.Problem != failed || !reflect.DeepEqual(p.Is, byCron) || s.Refuses(SetSchedule{}) != "" {
		t.Errorf("%+v", p)
	}
	if s, _ = after(s, CloseSchedule{}); s.SettingsPage.Schedule.Plan != nil || s.SettingsPage.Schedule.Problem != nil {
		t.Errorf("closed: %+v", s.SettingsPage.Schedule)
	}
}

func TestAPlanThatCannotBeMade(t *testing.T) {
	s, _ := after(scheduling(t, byCron), AskSchedule{})
	s, _ = after(s, SchedulePlanned{Attempt: s.LastAttempt, Problem: failed})
	if p := s.SettingsPage.Schedule; p.Plan != nil || p.Problem != failed || s.Refuses(AskSchedule{}) != "" {
		t.Errorf("%+v", p)
	}
}

func TestTheScheduleIsRemovedAfterAQuestion(t *testing.T) {
	if s := scheduling(t, byCron); s.Refuses(AskUnschedule{}) != ReasonGone || s.Refuses(Unschedule{}) != ReasonGone {
		t.Error("what is not there can be removed")
	}
	s, effects := after(scheduling(t, set), AskUnschedule{})
	if len(effects) != 0 || !s.SettingsPage.Schedule.Removing {
		t.Fatalf("%#v", effects)
	}
	if s, _ := after(s, CloseSchedule{}); s.SettingsPage.Schedule.Removing {
		t.Error("the question stays")
	}
	s, effects = after(s, Unschedule{})
	if !reflect.DeepEqual(effects, []Effect{RemoveSchedule{s.LastAttempt}}) {
		t.Fatalf("%#v", effects)
	}
	s, _ = after(s, ScheduleChanged{Attempt: s.LastAttempt, Schedule: byCron, Read: true})
	if p := s.SettingsPage.Schedule; p.Removing || p.Is.Installed {
		t.Errorf("%+v", p)
	}
}

// TestAQuestionTakesThePlaceOfThePlan, so that one thing is asked at a time.
func TestAQuestionTakesThePlaceOfThePlan(t *testing.T) {
	s, _ := after(scheduling(t, set), AskSchedule{})
	planning := s.LastAttempt
	s, effects := after(s, AskUnschedule{})
	if !reflect.DeepEqual(effects, []Effect{StopAttempt{planning}}) {
		t.Errorf("%#v", effects)
	}
	if s, _ = after(s, SchedulePlanned{Attempt: planning, Plan: &plan}); s.SettingsPage.Schedule.Plan != nil {
		t.Error("an old plan is shown")
	}
	s, _ = after(s, AskSchedule{})
	if s.SettingsPage.Schedule.Removing {
		t.Error("two questions at once")
	}
}

// TestLeavingTheSettingsEndsNoChange: what is being written comes to its end, and is known when the settings are opened again.
func TestLeavingTheSettingsEndsNoChange(t *testing.T) {
	s, _ := after(scheduling(t, set), AskUnschedule{}, Unschedule{})
	n := s.LastAttempt
	s, effects := after(s, GoHome{})
	for _, e := range effects {
		if reflect.DeepEqual(e, StopAttempt{n}) {
			t.Error("it is stopped")
		}
	}
	s, effects = after(s, OpenSettings{})
	if len(effects) != 1 || s.SettingsPage.Schedule.Looking.Running {
		t.Errorf("it is read while it is changed: %#v", effects)
	}
	if s, _ = after(s, ScheduleChanged{Attempt: n, Schedule: byCron, Read: true}); s.SettingsPage.Schedule.Is.Installed {
		t.Error("what came of it is not known")
	}
}

func TestWhereNothingCallsAProgramNothingIsOffered(t *testing.T) {
	if s := scheduling(t, connector.Schedule{}); s.Refuses(AskSchedule{}) != ReasonGone {
		t.Error("a schedule is offered")
	}
	s := State{Rehearsal: &connector.Rehearsal{}}
	if _, effects := after(s, OpenSettings{}); len(effects) != 1 {
		t.Errorf("a rehearsal reads the schedule: %#v", effects)
	}
}

func TestAScheduleThatCannotBeRead(t *testing.T) {
	s := openedSettings(t, State{})
	s, _ = after(s, ScheduleRead{Attempt: s.SettingsPage.Schedule.Looking.Attempt, Problem: failed})
	if p := s.SettingsPage.Schedule; p.Known || p.Problem != failed || s.Refuses(AskSchedule{}) != ReasonGone {
		t.Errorf("%+v", p)
	}
}

func TestTheModulesAreShownOnRequest(t *testing.T) {
	s := openedSettings(t, State{})
	if s.Refuses(ShowModules{Show: true}) != ReasonGone {
		t.Error("there are none yet")
	}
	s.SettingsPage.Computer.Modules = []connector.Module{{Path: "example.com/one", Version: "v1.2.3"}}
	s, _ = after(s, ShowModules{Show: true})
	if !s.SettingsPage.Modules || s.Refuses(ShowModules{Show: true}) != ReasonGone {
		t.Error("they are not shown")
	}
	if s, _ = after(s, GoHome{}); s.SettingsPage.Modules {
		t.Error("they are shown the next time")
	}
}
