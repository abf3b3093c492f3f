package connector

import (
	"cmp"

	"partner-center-connector/assets"
	"partner-center-connector/auth/browser"
	"partner-center-connector/auth/proxy"
)

// Settings are the choices of the person that belong to no connector. An empty one stands for the system's choice.
type Settings struct {
	// Language is a BCP 47 tag.
	Language string `json:"language,omitempty"`
	Theme    Theme  `json:"theme,omitempty"`
	// AdminBrowser and UserBrowser are the IDs of the browsers that a new connector's consents are opened in.
	AdminBrowser string `json:"admin_browser,omitempty"`
	UserBrowser  string `json:"user_browser,omitempty"`
	// Notify reports whether notifications are shown; empty for yes.
	Notify Notify `json:"notify,omitempty"`
	// Log says what goes into the log; empty for LogInfo.
	Log LogLevel `json:"log,omitempty"`
}

// Notify reports whether notifications are shown; empty for yes.
type Notify string

// NotifyOff is the choice of no notifications.
const NotifyOff Notify = "off"

// LogLevel says what goes into the log; empty for LogInfo. One that is not known counts as LogInfo.
type LogLevel string

// The levels of the log. LogDebug adds what a developer wants to know.
const (
	LogOff   LogLevel = "off"
	LogInfo  LogLevel = "info"
	LogDebug LogLevel = "debug"
)

// Theme is a look of the window; empty for the system's.
type Theme string

// The themes.
const (
	ThemeLight Theme = "light"
	ThemeDark  Theme = "dark"
)

// With returns the settings with one of them chosen again; false for a field that is none of them.
func (s Settings) With(f Field, value string) (Settings, bool) {
	switch f {
	case FieldLanguage:
		s.Language = value
	case FieldTheme:
		s.Theme = Theme(value)
	case FieldAdminBrowser:
		s.AdminBrowser = value
	case FieldUserBrowser:
		s.UserBrowser = value
	case FieldNotify:
		s.Notify = Notify(value)
	case FieldLog:
		s.Log = LogLevel(value)
	default:
		return s, false
	}
	return s, true
}

// Over returns the settings as they are where those of the command line win.
func (s Settings) Over(given Settings) Settings {
	s.Language = cmp.Or(given.Language, s.Language)
	s.Theme = cmp.Or(given.Theme, s.Theme)
	return s
}

// Computer is what the settings screen shows of this computer and this program.
type Computer struct {
	// Languages are those that there are; SystemLanguage is the tag of the one that the system's choice leads to.
	Languages      []assets.Language
	SystemLanguage string
	Browsers       []browser.Browser
	Proxies        []Proxy
	// Folder is where the lists, drafts and settings are kept.
	Folder string
	// Log is the file that the program writes what it does to; empty for none.
	Log     string
	Version string
	// Modules are those of others that are in the program.
	Modules []Module
}

// Module is a Go module that a program is made of.
type Module struct {
	Path    string `json:"path"`
	Version string `json:"version"`
}

// Proxy says how some of Microsoft's hosts are reached.
type Proxy struct {
	Hosts []string
	Found proxy.Found
}
