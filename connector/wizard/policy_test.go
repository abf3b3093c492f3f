package wizard

import (
	"testing"

	"partner-center-connector/connector"
)

// TestALockedSettingCannotBeChosen holds that it counts over the person's choice, and that what is recommended can be chosen against.
func TestALockedSettingCannotBeChosen(t *testing.T) {
	for _, locked := range []bool{true, false} {
		s := State{Screen: ScreenSettings, Policy: connector.Policy{Values: []connector.PolicyValue{
			{Name: connector.PolicyTheme, Text: "dark", Locked: locked}, {Name: connector.PolicyNotify, Text: "off", Locked: locked},
		}}}
		if s.Chosen().Theme != connector.ThemeDark || s.Chosen().Notify != connector.NotifyOff {
			t.Errorf("locked %v: %+v", locked, s.Chosen())
		}
		for _, c := range []Chosen{{Field: connector.FieldTheme}, {Field: connector.FieldNotify}} {
			want := Reason("")
			if locked {
				want = ReasonPolicyLocks
			}
			if got := s.Refuses(c); got != want {
				t.Errorf("locked %v, %s: %q", locked, c.Field, got)
			}
			s, _ = Machine{}.Next(s, c)
		}
		got := s.Chosen()
		if light := got.Theme == "" && got.Notify == ""; light == locked {
			t.Errorf("locked %v: %+v", locked, got)
		}
	}
}

// TestALockedBrowserCountsInTheWizard holds that a draft has it, and that nothing changes it there.
func TestALockedBrowserCountsInTheWizard(t *testing.T) {
	p := connector.Policy{Values: []connector.PolicyValue{{Name: connector.PolicyUserBrowser, Text: "firefox", Locked: true}}}
	s, _ := open(State{Policy: p}, connector.Draft{ID: "d", UserBrowser: "edge"})
	if s.Wizard.Draft.UserBrowser != "firefox" || s.Wizard.LockReason(connector.FieldUserBrowser) != ReasonPolicyLocks {
		t.Errorf("%+v", s.Wizard.Draft)
	}
	if s.Wizard.LockReason(connector.FieldAdminBrowser) != "" {
		t.Error("the other browser is locked")
	}
}

// TestNoDailyCheckIsOffered holds that none is planned where a policy turns it off.
func TestNoDailyCheckIsOffered(t *testing.T) {
	p := connector.Policy{Values: []connector.PolicyValue{{Name: connector.PolicyDailyCheck, Text: connector.DailyCheckOff, Locked: true}}}
	s := State{Screen: ScreenSettings, Policy: p}
	s.SettingsPage.Schedule = SchedulePage{Known: true, Is: connector.Schedule{Kind: connector.ScheduleSystemd, Installed: true}}
	if got := s.Refuses(AskSchedule{}); got != ReasonPolicyLocks {
		t.Errorf("%q", got)
	}
	if got := s.Refuses(AskUnschedule{}); got != "" {
		t.Errorf("it can't be removed: %q", got)
	}
}
