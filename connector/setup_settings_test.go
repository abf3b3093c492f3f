package connector

import (
	"errors"
	"reflect"
	"testing"

	"partner-center-connector/auth/browser"
)

func onSettings(t *testing.T, s State) State {
	t.Helper()
	s, effects := Setup{}.Next(s, OpenSettings{})
	if s.Screen != ScreenSettings || !reflect.DeepEqual(effects, []Effect{LookAround{Attempt: s.SettingsPage.Looking.Attempt}}) {
		t.Fatalf("screen %s, %#v", s.Screen, effects)
	}
	return s
}

func TestASettingCountsAtOnceAndIsKept(t *testing.T) {
	for _, c := range []struct {
		field Field
		value string
		want  Settings
	}{
		{FieldLanguage, "de", Settings{Language: "de"}},
		{FieldTheme, "dark", Settings{Theme: ThemeDark}},
		{FieldAdminBrowser, "edge", Settings{AdminBrowser: "edge"}},
		{FieldUserBrowser, "firefox", Settings{UserBrowser: "firefox"}},
	} {
		s, effects := Setup{}.Next(onSettings(t, State{}), Chosen{Field: c.field, Value: c.value})
		if s.Settings != c.want || !reflect.DeepEqual(effects, []Effect{KeepSetting{Field: c.field, Value: c.value}}) {
			t.Errorf("%s: %+v, %#v", c.field, s.Settings, effects)
		}
	}
	s, effects := Setup{}.Next(onSettings(t, State{}), Chosen{Field: FieldKind, Value: "public"})
	if s.Settings != (Settings{}) || effects != nil {
		t.Errorf("a field of another page: %+v, %#v", s.Settings, effects)
	}
}

func TestTheCommandLineWinsUntilSomethingIsChosen(t *testing.T) {
	s := State{Settings: Settings{Language: "de", Theme: ThemeDark}, Given: Settings{Language: "en", Theme: ThemeLight}}
	if got := s.Chosen(); got.Language != "en" || got.Theme != ThemeLight {
		t.Errorf("at first %+v", got)
	}
	s = onSettings(t, s)
	s, _ = Setup{}.Next(s, SettingsRead{Settings: Settings{Language: "fr"}})
	if got := s.Chosen(); got.Language != "en" {
		t.Errorf("after another process chose %+v", got)
	}
	s, _ = Setup{}.Next(s, Chosen{Field: FieldLanguage, Value: ""})
	if got := s.Chosen(); got.Language != "" || got.Theme != ThemeLight {
		t.Errorf("after the system's language was chosen %+v", got)
	}
}

func TestSettingsThatCannotBeReadStayAsTheyAre(t *testing.T) {
	s := State{Settings: Settings{Language: "de"}}
	s, _ = Setup{}.Next(s, SettingsRead{Problem: &Problem{Kind: KindListDamaged}})
	if s.Settings.Language != "de" || s.SettingsPage.Problem == nil {
		t.Errorf("%+v", s.SettingsPage)
	}
	s, _ = Setup{}.Next(s, SettingsRead{})
	if s.SettingsPage.Problem != nil {
		t.Error("the problem stays")
	}
}

func TestWhatWasSeenCountsForTheNewestLookOnly(t *testing.T) {
	s := onSettings(t, onSettings(t, State{}))
	n := s.SettingsPage.Looking.Attempt
	s, _ = Setup{}.Next(s, ComputerSeen{Attempt: n - 1, Computer: Computer{Version: "old"}})
	if s.SettingsPage.Computer.Version != "" || !s.SettingsPage.Looking.Running {
		t.Error("an old look counts")
	}
	s, _ = Setup{}.Next(s, ComputerSeen{Attempt: n, Computer: Computer{Version: "new"}})
	if s.SettingsPage.Computer.Version != "new" || s.SettingsPage.Looking.Running {
		t.Error("the newest look does not count")
	}
	s, effects := Setup{}.Next(onSettings(t, s), GoHome{})
	if s.Screen != ScreenHome || len(effects) != 2 {
		t.Errorf("home: %s, %#v", s.Screen, effects)
	}
}

func TestANewConnectorBeginsWithTheBrowsersOfTheSettings(t *testing.T) {
	s := State{Settings: Settings{AdminBrowser: "edge", UserBrowser: "gone"}}
	s, _ = Setup{}.Next(s, DraftMade{Draft: Draft{ID: "a"}})
	if d := s.Wizard.Draft; d.AdminBrowser != "edge" || d.UserBrowser != "gone" {
		t.Fatalf("%q, %q", d.AdminBrowser, d.UserBrowser)
	}
	s, _ = Setup{}.Next(s, ReadyChecked{Attempt: s.Wizard.Ready.Attempt, Browsers: []browser.Browser{{ID: "edge"}}})
	if d := s.Wizard.Draft; d.AdminBrowser != "edge" || d.UserBrowser != "" {
		t.Errorf("with a browser that is not there: %q, %q", d.AdminBrowser, d.UserBrowser)
	}
	if s, _ = (Setup{}).Next(s, OpenSettings{}); s.Screen != ScreenWizard {
		t.Error("the settings open over a wizard")
	}
}

func TestTheRunnerChangesOneSettingOnly(t *testing.T) {
	w := newWorld()
	w.settings = Settings{Theme: ThemeDark}
	r := NewRunner(w.ports(), nil, nil)
	defer r.disk.close()
	if got := r.keepSetting(KeepSetting{Field: FieldLanguage, Value: "de"}); got != (SettingsRead{Settings: Settings{Language: "de", Theme: ThemeDark}}) {
		t.Errorf("%+v", got)
	}
	w.fail["settings"] = errors.New("the disk is full")
	if got := r.keepSetting(KeepSetting{Field: FieldLanguage, Value: "en"}).(SettingsRead); got.Problem == nil {
		t.Error("a disk that is full is no problem")
	}
}
