package browser

import (
	"fmt"
	"os"
	"strings"
)

// pref is one line of Firefox's user.js; the value is written as it stands.
type pref struct{ name, value string }

// prefs make a fresh Firefox profile open one tab, ask nothing and keep nothing.
var prefs = []pref{
	{"browser.aboutwelcome.enabled", "false"},
	{"browser.startup.homepage_override.mstone", `"ignore"`},
	{"startup.homepage_welcome_url", `"about:blank"`},
	{"startup.homepage_welcome_url.additional", `""`},
	{"browser.startup.page", "0"},
	{"browser.shell.checkDefaultBrowser", "false"},
	{"datareporting.policy.dataSubmissionEnabled", "false"},
	{"datareporting.policy.dataSubmissionPolicyBypassNotification", "true"},
	{"termsofuse.bypassNotification", "true"},
	{"app.normandy.enabled", "false"},
	{"signon.rememberSignons", "false"},
	{"browser.formfill.enable", "false"},
	{"places.history.enabled", "false"},
	{"browser.sessionstore.resume_from_crash", "false"},
	{"browser.cache.disk.enable", "false"},
	{"security.enterprise_roots.enabled", "true"},
	{"identity.fxaccounts.enabled", "false"},
	{"dom.allow_scripts_to_close_windows", "true"},
	{"browser.tabs.warnOnClose", "false"},
	{"browser.warnOnQuit", "false"},
}

// userJS is the text of user.js. In a plain window the account of the operating system may sign in, which is that rung's purpose
// where Conditional Access wants a known device; in a private one it may not.
func userJS(m Mode) string {
	private := fmt.Sprint(m != ModePlain)
	account := fmt.Sprint(m == ModePlain)
	lines := append(
		prefs[:len(prefs):len(prefs)],
		pref{"browser.privatebrowsing.autostart", private},
		pref{"network.http.windows-sso.enabled", account},
		pref{"network.http.microsoft-entra-sso.enabled", account},
	)
	var text strings.Builder
	for _, p := range lines {
		fmt.Fprintf(&text, "user_pref(%q, %s);\n", p.name, p.value)
	}
	return text.String()
}

// chromiumPreferences keeps a plain window from offering to save the password; private and guest windows never do.
const chromiumPreferences = `{"credentials_enable_service":false,"profile":{"password_manager_enabled":false}}`

// prepare writes what the browser finds in its new profile.
func prepare(f Family, m Mode, profile string) error {
	root, err := os.OpenRoot(profile)
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }()
	switch {
	case f == Firefox:
		return root.WriteFile("user.js", []byte(userJS(m)), 0o600)
	case m == ModePlain:
		if err := root.Mkdir("Default", 0o700); err != nil {
			return err
		}
		return root.WriteFile("Default/Preferences", []byte(chromiumPreferences), 0o600)
	default:
		return nil
	}
}
