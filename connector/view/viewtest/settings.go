package viewtest

import (
	"strings"
	"time"

	"partner-center-connector/assets"
	"partner-center-connector/auth/browser"
	"partner-center-connector/auth/proxy"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// settings is a state that shows the settings, changed by the given functions.
func settings(changes ...func(*wizard.State)) wizard.State {
	s := home()
	s.Screen = wizard.ScreenSettings
	s.SettingsPage.Computer = connector.Computer{
		Languages:      []assets.Language{{Tag: "de", Name: "Deutsch"}, {Tag: "en", Name: "English"}},
		SystemLanguage: "en", Browsers: Browsers(), Folder: "/home/alex/.config/partner-center-connector", Version: "0.1.0", Build: Build(),
		Log: "/home/alex/.config/partner-center-connector/log/log.txt",
		Modules: []connector.Module{
			{Path: "Go", Version: "go1.26.0", License: "BSD-3-Clause"},
			{Path: "fyne.io/fyne/v2", Version: "v2.8.1", License: "BSD-3-Clause AND OFL-1.1"},
			{Path: "libgcc", License: "GPL-3.0-or-later WITH GCC-exception-3.1"},
		},
		Licenses: []connector.License{
			{Modules: []string{"Go", "golang.org/x/net", "golang.org/x/sys", "golang.org/x/text"}, Text: "Copyright 2009 The Go Authors.\n\nRedistribution and use …\n"},
			{Modules: []string{"fyne.io/fyne/v2"}, Text: "SIL OPEN FONT LICENSE\n"},
			{Modules: []string{"fyne.io/fyne/v2"}, Text: "Copyright (C) 2018 Fyne.io developers\n"},
		},
		Proxies: []connector.Proxy{{
			Hosts: []string{"login.microsoftonline.com", "api.partnercenter.microsoft.com", "graph.microsoft.com"},
			Found: proxy.Found{Source: proxy.None},
		}},
	}
	s.SettingsPage.Schedule = wizard.SchedulePage{Known: true, Is: connector.Schedule{Kind: connector.ScheduleSystemd}}
	for _, change := range changes {
		change(&s)
	}
	return s
}

// Build is that of a program whose files differed from its commit.
func Build() connector.Build {
	modified := true
	return connector.Build{Commit: "8d2b6f140a5c4e3db7f96c1e2d3a4b58c6d0e1f2", Modified: &modified, Time: Now.Add(-24 * time.Hour), Flags: []string{"-tags=release", "CGO_ENABLED=0"}}
}

func settingsStates() []Named {
	computer := func(change func(*connector.Computer)) func(*wizard.State) {
		return func(s *wizard.State) { change(&s.SettingsPage.Computer) }
	}
	looking := func(s *wizard.State) { s.SettingsPage.Looking = wizard.Work{Attempt: 2, Running: true} }
	return []Named{
		{"settings", settings()},
		{"settings-chosen", settings(func(s *wizard.State) {
			s.Settings = connector.Settings{Language: "de", Theme: connector.ThemeDark, AdminBrowser: "firefox", UserBrowser: "edge"}
		})},
		{"settings-given", settings(func(s *wizard.State) {
			s.Given = connector.Settings{Language: "de-AT", Theme: connector.ThemeLight}
		})},
		{"settings-policy", settings(policies(true))},
		{"settings-policy-schedule", settings(policies(true), func(s *wizard.State) { s.SettingsPage.Schedule.Is.Installed = true })},
		{"settings-policy-recommended", settings(policies(false))},
		{"settings-looking", settings(looking, computer(func(c *connector.Computer) { c.Browsers, c.Proxies = nil, nil }))},
		{"settings-no-browser", settings(computer(func(c *connector.Computer) { c.Browsers = nil }))},
		{"settings-long", settings(computer(func(c *connector.Computer) {
			c.Folder = `C:\Users\alexandra.partner-administrator\AppData\Local\` + strings.Repeat("a-long-name-of-a-folder-", 4) + `\partner-center-connector`
			c.Log = c.Folder + `\log\log.txt`
			c.Browsers = append(Browsers(), browser.Browser{ID: "chrome", Name: "Google Chrome", Family: browser.Chromium, Packaging: browser.Native},
				browser.Browser{ID: "brave", Name: "Brave", Family: browser.Chromium, Packaging: browser.Native})
			c.Proxies = []connector.Proxy{
				{Hosts: []string{"login.microsoftonline.com", "graph.microsoft.com"}, Found: proxy.Found{
					Source: proxy.Script, Address: "http://" + strings.Repeat("proxy.", 12) + "example:8080", Script: "http://wpad.contoso.example/wpad.dat",
				}},
				{Hosts: []string{"api.partnercenter.microsoft.com"}, Found: proxy.Found{Source: proxy.Script}},
			}
		}))},
		{"settings-modules", settings(func(s *wizard.State) { s.SettingsPage.Modules = true })},
		{"settings-log-off", settings(func(s *wizard.State) {
			s.Settings = connector.Settings{Log: connector.LogOff, Notify: connector.NotifyOff}
		})},
		{"settings-damaged", settings(func(s *wizard.State) {
			s.SettingsPage.Problem = problem(connector.KindListDamaged, connector.NoStep, connector.ActorYou, "")
		})},
	}
}
