package viewtest

import (
	"strings"

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
		SystemLanguage: "en", Browsers: Browsers(), Folder: "/home/alex/.config/partner-center-connector", Version: "0.1.0",
		Log:     "/home/alex/.config/partner-center-connector/log/log.txt",
		Modules: []connector.Module{{Path: "Go", Version: "go1.26.0"}, {Path: "fyne.io/fyne/v2", Version: "v2.8.1"}, {Path: "github.com/spf13/cobra", Version: "v1.10.2"}},
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
