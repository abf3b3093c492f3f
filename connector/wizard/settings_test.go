package wizard

import (
	"reflect"
	"testing"

	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
)

func openedSettings(t *testing.T, s State) State {
	t.Helper()
	before := s.SettingsPage
	s, effects := Machine{}.Next(s, OpenSettings{})
	want := append(stop(runningAttempt(before.Looking)), stop(runningAttempt(before.Schedule.Looking))...)
	want = append(want, InspectComputer{Attempt: s.SettingsPage.Looking.Attempt}, ReadSchedule{Attempt: s.SettingsPage.Schedule.Looking.Attempt})
	if s.Screen != ScreenSettings || !reflect.DeepEqual(effects, want) {
		t.Fatalf("screen %s, %#v", s.Screen, effects)
	}
	return s
}

func TestASettingCountsAtOnceAndIsKept(t *testing.T) {
	for _, c := range []struct {
		field connector.Field
		value string
		want  connector.Settings
	}{
		{connector.FieldLanguage, "de", connector.Settings{Language: "de"}},
		{connector.FieldTheme, "dark", connector.Settings{Theme: connector.ThemeDark}},
		{connector.FieldAdminBrowser, "edge", connector.Settings{AdminBrowser: "edge"}},
		{connector.FieldUserBrowser, "firefox", connector.Settings{UserBrowser: "firefox"}},
		{connector.FieldNotify, "off", connector.Settings{Notify: connector.NotifyOff}},
		{connector.FieldLog, "debug", connector.Settings{Log: connector.LogDebug}},
	} {
		s, effects := Machine{}.Next(openedSettings(t, State{}), Chosen{Field: c.field, Value: c.value})
		if s.Settings != c.want || !reflect.DeepEqual(effects, []Effect{KeepSetting{Field: c.field, Value: c.value}}) {
			t.Errorf("%s: %+v, %#v", c.field, s.Settings, effects)
		}
	}
	s, effects := Machine{}.Next(openedSettings(t, State{}), Chosen{Field: connector.FieldClientKind, Value: "public"})
	if s.Settings != (connector.Settings{}) || effects != nil {
		t.Errorf("a field of another page: %+v, %#v", s.Settings, effects)
	}
}

func TestTheCommandLineWinsUntilSomethingIsChosen(t *testing.T) {
	s := State{Settings: connector.Settings{Language: "de", Theme: connector.ThemeDark}, Given: connector.Settings{Language: "en", Theme: connector.ThemeLight}}
	if got := s.Chosen(); got.Language != "en" || got.Theme != connector.ThemeLight {
		t.Errorf("at first %+v", got)
	}
	s = openedSettings(t, s)
	s, _ = Machine{}.Next(s, SettingsRead{Settings: connector.Settings{Language: "fr"}})
	if got := s.Chosen(); got.Language != "en" {
		t.Errorf("after another process chose %+v", got)
	}
	s, _ = Machine{}.Next(s, Chosen{Field: connector.FieldLanguage, Value: ""})
	if got := s.Chosen(); got.Language != "" || got.Theme != connector.ThemeLight {
		t.Errorf("after the system's language was chosen %+v", got)
	}
}

func TestSettingsThatCannotBeReadStayAsTheyAre(t *testing.T) {
	s := State{Settings: connector.Settings{Language: "de"}}
	s, _ = Machine{}.Next(s, SettingsRead{Problem: &connector.Problem{Kind: connector.KindListDamaged}})
	if s.Settings.Language != "de" || s.SettingsPage.Problem == nil {
		t.Errorf("%+v", s.SettingsPage)
	}
	s, _ = Machine{}.Next(s, SettingsRead{})
	if s.SettingsPage.Problem != nil {
		t.Error("the problem stays")
	}
}

func TestWhatWasSeenCountsForTheNewestLookOnly(t *testing.T) {
	s := openedSettings(t, openedSettings(t, State{}))
	n := s.SettingsPage.Looking.Attempt
	s, _ = Machine{}.Next(s, ComputerInspected{Attempt: n - 1, Computer: connector.Computer{Version: "old"}})
	if s.SettingsPage.Computer.Version != "" || !s.SettingsPage.Looking.Running {
		t.Error("an old look counts")
	}
	s, _ = Machine{}.Next(s, ComputerInspected{Attempt: n, Computer: connector.Computer{Version: "new"}})
	if s.SettingsPage.Computer.Version != "new" || s.SettingsPage.Looking.Running {
		t.Error("the newest look does not count")
	}
	s = openedSettings(t, s)
	stops := []Effect{StopAttempt{s.SettingsPage.Looking.Attempt}, StopAttempt{s.SettingsPage.Schedule.Looking.Attempt}, LoadLists{}}
	s, effects := Machine{}.Next(s, GoHome{})
	if s.Screen != ScreenHome || !reflect.DeepEqual(effects, stops) {
		t.Errorf("home: %s, %#v", s.Screen, effects)
	}
}

func TestANewConnectorBeginsWithTheBrowsersOfTheSettings(t *testing.T) {
	s := State{Settings: connector.Settings{AdminBrowser: "edge", UserBrowser: "gone"}}
	s, _ = Machine{}.Next(s, DraftMade{Draft: connector.Draft{ID: "a"}})
	if d := s.Wizard.Draft; d.AdminBrowser != "edge" || d.UserBrowser != "gone" {
		t.Fatalf("%q, %q", d.AdminBrowser, d.UserBrowser)
	}
	s, _ = Machine{}.Next(s, ReadyChecked{Attempt: s.Wizard.Ready.Attempt, Browsers: []browser.Browser{{ID: "edge"}}})
	if d := s.Wizard.Draft; d.AdminBrowser != "edge" || d.UserBrowser != "" {
		t.Errorf("with a browser that is not there: %q, %q", d.AdminBrowser, d.UserBrowser)
	}
}
