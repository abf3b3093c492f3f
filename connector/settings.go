package connector

import (
	"cmp"
	"time"

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

// value is the choice of a field; empty for none.
func (s Settings) value(f Field) string {
	switch f {
	case FieldLanguage:
		return s.Language
	case FieldTheme:
		return string(s.Theme)
	case FieldAdminBrowser:
		return s.AdminBrowser
	case FieldUserBrowser:
		return s.UserBrowser
	case FieldNotify:
		return string(s.Notify)
	case FieldLog:
		return string(s.Log)
	default:
		return ""
	}
}

// Named is the choice that a policy's name is about; empty for none.
func (s Settings) Named(policy string) string {
	for _, f := range settingFields {
		if PolicyOf(f) == policy {
			return s.value(f)
		}
	}
	return ""
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
	// Build is what the program was built from.
	Build Build
	// Modules are those of others that are in the program.
	Modules []Module
	// Licenses are the texts of their licenses. They come later than the modules.
	Licenses []License
}

// Build is what a program was built from.
type Build struct {
	// Commit is the full name of the commit; empty if the program does not know it.
	Commit string
	// Modified says that files differed from the commit; nil if that is not known.
	Modified *bool
	// Time is that of the commit; zero if it is not known.
	Time time.Time
	// Flags are the settings of the compiler, as "CGO_ENABLED=0".
	Flags []string
}

// Changed reports whether it is known that files differed from the commit.
func (b Build) Changed() bool { return b.Modified != nil && *b.Modified }

// Module is a Go module that a program is made of, or what else of others is in it.
type Module struct {
	Path string `json:"path"`
	// Version is empty for what notes none in the program: the C runtime of the window for Windows.
	Version string `json:"version"`
	// License is an SPDX expression; empty where it is not known, as in a test's program.
	License string `json:"license"`
}

// Line is the module in one line: its path, its version and its license, as far as they are known.
func (m Module) Line() string {
	line := m.Path
	for _, more := range []string{m.Version, m.License} {
		if more != "" {
			line += " " + more
		}
	}
	return line
}

// License is the text of a license, with the modules that have it.
type License struct {
	Modules []string `json:"modules"`
	Text    string   `json:"text"`
}

// Proxy says how some of Microsoft's hosts are reached.
type Proxy struct {
	Hosts []string
	Found proxy.Found
}
