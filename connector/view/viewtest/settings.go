package viewtest

import (
	"strings"

	"partner-center-connector/assets"
	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
)

// settings is a state that shows the settings, changed by the given functions.
func settings(changes ...func(*connector.State)) connector.State {
	s := home()
	s.Screen = connector.ScreenSettings
	s.SettingsPage.Computer = connector.Computer{
		Languages:      []assets.Language{{Tag: "de", Name: "Deutsch"}, {Tag: "en", Name: "English"}},
		SystemLanguage: "en", Browsers: Browsers(), Folder: "/home/alex/.config/partner-center-connector", Version: "0.1.0",
		Proxies: []connector.Proxy{{
			Hosts: []string{"login.microsoftonline.com", "api.partnercenter.microsoft.com", "graph.microsoft.com"},
			Found: auth.ProxyFound{Source: auth.ProxyNone},
		}},
	}
	for _, change := range changes {
		change(&s)
	}
	return s
}

func settingsStates() []Named {
	computer := func(change func(*connector.Computer)) func(*connector.State) {
		return func(s *connector.State) { change(&s.SettingsPage.Computer) }
	}
	looking := func(s *connector.State) { s.SettingsPage.Looking = connector.Work{Attempt: 2, Running: true} }
	return []Named{
		{"settings", settings()},
		{"settings-chosen", settings(func(s *connector.State) {
			s.Settings = connector.Settings{Language: "de", Theme: connector.ThemeDark, AdminBrowser: "firefox", UserBrowser: "edge"}
		})},
		{"settings-given", settings(func(s *connector.State) {
			s.Given = connector.Settings{Language: "de-AT", Theme: connector.ThemeLight}
		})},
		{"settings-looking", settings(looking, computer(func(c *connector.Computer) { c.Browsers, c.Proxies = nil, nil }))},
		{"settings-no-browser", settings(computer(func(c *connector.Computer) { c.Browsers = nil }))},
		{"settings-long", settings(computer(func(c *connector.Computer) {
			c.Folder = `C:\Users\alexandra.partner-administrator\AppData\Local\` + strings.Repeat("a-long-name-of-a-folder-", 4) + `\partner-center-connector`
			c.Log = c.Folder + `\log.txt`
			c.Browsers = append(Browsers(), browser.Browser{ID: "chrome", Name: "Google Chrome", Family: browser.Chromium, Packaging: browser.Native},
				browser.Browser{ID: "brave", Name: "Brave", Family: browser.Chromium, Packaging: browser.Native})
			c.Proxies = []connector.Proxy{
				{Hosts: []string{"login.microsoftonline.com", "graph.microsoft.com"}, Found: auth.ProxyFound{
					Source: auth.ProxyScript, Address: "http://" + strings.Repeat("proxy.", 12) + "example:8080", Script: "http://wpad.contoso.example/wpad.dat",
				}},
				{Hosts: []string{"api.partnercenter.microsoft.com"}, Found: auth.ProxyFound{Source: auth.ProxyScript}},
			}
		}))},
		{"settings-damaged", settings(func(s *connector.State) {
			s.SettingsPage.Problem = problem(connector.KindListDamaged, connector.NoStep, connector.ActorYou, "")
		})},
	}
}
