package wizard

import (
	"slices"

	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
)

// Chosen returns the settings that count: what the command line says wins, until the person chooses something else.
func (s State) Chosen() connector.Settings { return s.Settings.Over(s.Given) }

func (ComeForward) next(s State) (State, []Effect) {
	s.Raise++
	return s, nil
}

func (e ComputerInspected) next(s State) (State, []Effect) {
	if e.Attempt == s.SettingsPage.Looking.Attempt {
		s.SettingsPage.Looking.Running = false
		s.SettingsPage.Computer = e.Computer
	}
	return s, nil
}

func (e SettingsRead) next(s State) (State, []Effect) {
	s.SettingsPage.Problem = e.Problem
	if e.Problem == nil {
		s.Settings = e.Settings
	}
	return s, nil
}

func (OpenSettings) blocked(s State) Reason { return goneUnless(!s.Wizard.Open) }

func (OpenSettings) next(s State) (State, []Effect) {
	effects := s.Detail.stopAll()
	s, n := attempt(s)
	s.Screen, s.Detail, s.Record = ScreenSettings, Detail{}, RecordForm{}
	s.SettingsPage.Looking = Work{Attempt: n, Running: true}
	effects = append(effects, InspectComputer{Attempt: n})
	s, more := readSchedule(s)
	return s, append(effects, more...)
}

// leaveSettings closes what was opened on the settings screen, and stops what is being looked for.
func leaveSettings(s State) (State, []Effect) {
	p := &s.SettingsPage
	effects := stop(runningAttempt(p.Looking))
	schedule, more := p.Schedule.leave()
	p.Looking, p.Schedule, p.Modules = Work{}, schedule, false
	return s, append(effects, more...)
}

func (e ShowModules) blocked(s State) Reason {
	return goneUnless(e.Show != s.SettingsPage.Modules && len(s.SettingsPage.Computer.Modules) > 0)
}

func (e ShowModules) next(s State) (State, []Effect) {
	s.SettingsPage.Modules = e.Show
	return s, nil
}

// chooseSetting takes a choice at once; the disk comes after.
func chooseSetting(s State, e Chosen) (State, []Effect) {
	chosen, ok := s.Settings.With(e.Field, e.Value)
	if !ok {
		return s, nil
	}
	s.Settings = chosen
	switch e.Field {
	case connector.FieldLanguage:
		s.Given.Language = ""
	case connector.FieldTheme:
		s.Given.Theme = ""
	default:
	}
	return s, []Effect{KeepSetting(e)}
}

// withBrowsers is a new draft that begins with the browsers of the settings.
func withBrowsers(d connector.Draft, s connector.Settings) connector.Draft {
	d.AdminBrowser, d.UserBrowser = s.AdminBrowser, s.UserBrowser
	return d
}

// withoutMissing is the draft without a choice of browsers that are not on this computer, or not any more.
func withoutMissing(d connector.Draft, installed []browser.Browser) connector.Draft {
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
