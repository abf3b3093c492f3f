package wizard

import (
	"cmp"
	"slices"

	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
)

// Chosen returns the settings that count: what the command line says wins, until the person chooses something else. What a policy locks wins over
// both, and what it recommends counts where neither says anything.
func (s State) Chosen() connector.Settings { return s.Policy.Settle(s.Settings.Over(s.Given)) }

// settingBlocked returns why a setting can't be chosen.
func (s State) settingBlocked(f connector.Field) Reason {
	if s.Policy.LocksSetting(f) {
		return ReasonPolicyLocks
	}
	return ""
}

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
	if e.Problem != nil {
		s.SettingsPage.keeping = false
		return s, nil
	}
	kept := s.SettingsPage.keeping && e.Settings == s.Settings // others are of another process, or from before the choice
	s.Settings = e.Settings
	if !kept {
		return s, nil
	}
	s.SettingsPage.keeping = false
	return s.saysHere(ScreenSettings, Said{What: SaidSettings}), nil
}

// next shows the settings. What they stand before stays as it is, and what goes on there goes on.
func (OpenSettings) next(s State) (State, []Effect) {
	p := &s.SettingsPage
	effects := append(stop(runningAttempt(p.Looking)), stop(runningAttempt(p.Schedule.Looking))...)
	if s.Screen != ScreenSettings {
		p.Over = s.Screen
		p.OverReport, p.OverPractice = s.Report.Open, s.Practice.Open
	}
	s.Report.Open, s.Practice.Open, s.Screen = false, false, ScreenSettings
	s, n := attempt(s)
	s.SettingsPage.Looking = Work{Attempt: n, Running: true}
	effects = append(effects, InspectComputer{Attempt: n})
	s, more := readSchedule(s)
	return s, append(effects, more...)
}

// beneath is the screen that the settings stand before; where they are not shown, the one that is.
func (s State) beneath() Screen {
	if s.Screen == ScreenSettings {
		return cmp.Or(s.SettingsPage.Over, ScreenHome)
	}
	return s.Screen
}

// show has a screen shown: at once or, where the settings stand before it, once they are closed.
func (s State) show(screen Screen) State {
	if s.Screen == ScreenSettings {
		s.SettingsPage.Over = screen
		return s
	}
	s.Screen = screen
	return s
}

func (CloseSettings) next(s State) (State, []Effect) {
	p := s.SettingsPage
	s, effects := leaveSettings(s)
	s.Report.Open = p.OverReport && (s.Report.Text != "" || s.Report.Making.Running)
	s.Practice.Open = p.OverPractice && s.Practice.Place != ""
	if s.Screen == ScreenHome {
		effects = append(effects, LoadLists{})
	}
	return s, effects
}

// leaveSettings goes to the screen that the settings stand before. It closes what was opened on them, and stops what is being looked for.
func leaveSettings(s State) (State, []Effect) {
	s.Screen = s.beneath()
	p := &s.SettingsPage
	effects := stop(runningAttempt(p.Looking))
	schedule, more := p.Schedule.leave()
	p.Looking, p.Schedule, p.Modules = Work{}, schedule, false
	p.Over, p.OverReport, p.OverPractice = "", false, false
	return s, append(effects, more...)
}

// toWizard goes to the page of the wizard that is open, also from the settings that stand before it.
func toWizard(s State) (State, []Effect) {
	if s.Screen != ScreenSettings {
		s.Screen = ScreenWizard
		return s, nil
	}
	s, effects := leaveSettings(s)
	s.Screen = ScreenWizard
	return s, effects
}

// raise brings the window to the front with the page of the wizard, which has news.
func raise(s State) (State, []Effect) {
	s.Raise++
	return toWizard(s)
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
	e.Value = s.Policy.Explicit(e.Field, e.Value)
	chosen, ok := s.Settings.With(e.Field, e.Value)
	if !ok {
		return s, nil
	}
	s.Settings, s.SettingsPage.keeping = chosen, true
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
