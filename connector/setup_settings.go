package connector

import (
	"slices"

	"partner-center-connector/auth/browser"
)

// The fields of the settings screen, beside those for the browsers.
const (
	FieldLanguage Field = "language"
	FieldTheme    Field = "theme"
)

type (
	// ComeForward says that the program was started a second time: its window is to come to the front.
	ComeForward struct{}
	// OpenSettings shows the settings.
	OpenSettings struct{}
	// ComputerSeen brings what the settings screen shows of this computer.
	ComputerSeen struct {
		Attempt  int
		Computer Computer
	}
	// SettingsRead brings the settings on disk, whenever they change.
	SettingsRead struct {
		Settings Settings
		Problem  *Problem
	}
)

func (ComeForward) event()  {}
func (OpenSettings) event() {}
func (ComputerSeen) event() {}
func (SettingsRead) event() {}

type (
	// LookAround looks at this computer for the settings screen: ComputerSeen.
	LookAround struct{ Attempt int }
	// KeepSetting keeps one setting and leaves the others as they are on disk: SettingsRead.
	KeepSetting struct {
		Field Field
		Value string
	}
)

func (LookAround) effect()  {}
func (KeepSetting) effect() {}

// Chosen returns the settings that count: what the command line says wins, until the person chooses something else.
func (s State) Chosen() Settings { return s.Settings.over(s.Given) }

func (m Setup) settings(s State, e Event) (State, []Effect) {
	switch e := e.(type) {
	case ComeForward:
		s.Raise++
	case OpenSettings:
		return openSettings(s)
	case ComputerSeen:
		if e.Attempt == s.SettingsPage.Looking.Attempt {
			s.SettingsPage.Looking.Running = false
			s.SettingsPage.Computer = e.Computer
		}
	case SettingsRead:
		s.SettingsPage.Problem = e.Problem
		if e.Problem == nil {
			s.Settings = e.Settings
		}
	case Chosen:
		return chooseSetting(s, e)
	}
	return s, nil
}

func openSettings(s State) (State, []Effect) {
	if s.Wizard.Open {
		return s, nil
	}
	effects := stop(runningAttempt(s.Detail.Checking))
	s, n := attempt(s)
	s.Screen, s.Detail, s.Record = ScreenSettings, Detail{}, RecordForm{}
	s.SettingsPage.Looking = Work{Attempt: n, Running: true}
	return s, append(effects, LookAround{Attempt: n})
}

// chooseSetting takes a choice at once; the disk comes after.
func chooseSetting(s State, e Chosen) (State, []Effect) {
	chosen, ok := s.Settings.with(e.Field, e.Value)
	if !ok {
		return s, nil
	}
	s.Settings = chosen
	switch e.Field {
	case FieldLanguage:
		s.Given.Language = ""
	case FieldTheme:
		s.Given.Theme = ""
	default:
	}
	return s, []Effect{KeepSetting(e)}
}

// withBrowsers is a new draft that begins with the browsers of the settings.
func (d Draft) withBrowsers(s Settings) Draft {
	d.AdminBrowser, d.UserBrowser = s.AdminBrowser, s.UserBrowser
	return d
}

// withoutMissing is the draft without a choice of browsers that are not on this computer, or not any more.
func (d Draft) withoutMissing(installed []browser.Browser) Draft {
	missing := func(id string) bool {
		return !slices.ContainsFunc(installed, func(b browser.Browser) bool { return b.ID == id })
	}
	if missing(d.AdminBrowser) {
		d.AdminBrowser = ""
	}
	if missing(d.UserBrowser) {
		d.UserBrowser = ""
	}
	return d
}
