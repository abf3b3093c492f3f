package browser

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
)

var firefoxFamily = definition{
	family: Firefox, modes: []Mode{ModePrivate, ModePlain},
	args: launch.firefox, window: []string{"--new-window"}, environment: []string{"MOZ_CRASHREPORTER_DISABLE=1"},
	prepare: prepareFirefox,
	traces:  traces{used: []string{"prefs.js"}, pages: []string{"sessionstore-backups/recovery.jsonlz4"}},
	policies: policySource{
		names: []string{"PrivateBrowsingModeAvailability", "DisablePrivateBrowsing", "Preferences"},
		mean:  settings.firefox, folders: []string{""}, keys: []string{""}, files: "policies.json", beside: "distribution/policies.json", parse: firefoxPolicies,
	},
}

// firefox has no flag for the rung: private browsing is switched on by the profile's preferences, because Firefox refuses to load
// the address of a -private-window where policy forbids it.
func (l launch) firefox() []string {
	args := []string{"-profile", l.profile, "-new-instance"}
	if l.goos == "windows" {
		args = append(args, "-wait-for-browser")
	}
	if l.goos == "windows" || l.goos == "darwin" {
		args = append(args, "-foreground")
	}
	return append(args, l.url)
}

// pref is one line of Firefox's user.js; the value is written verbatim.
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

// autostart is the preference that makes every window private.
const autostart = "browser.privatebrowsing.autostart"

// userJS is the text of user.js. In a plain window the account of the operating system may sign in, which is that rung's purpose
// where Conditional Access wants a known device; in a private one it may not.
func userJS(m Mode) string {
	private := fmt.Sprint(m != ModePlain)
	account := fmt.Sprint(m == ModePlain)
	lines := append(
		prefs[:len(prefs):len(prefs)],
		pref{autostart, private},
		pref{"network.http.windows-sso.enabled", account},
		pref{"network.http.microsoft-entra-sso.enabled", account},
	)
	if m != ModePlain {
		// A window that is an ordinary one all the same shows it within this many milliseconds, instead of 15,000.
		lines = append(lines, pref{"browser.sessionstore.interval", "1000"})
	}
	var text strings.Builder
	for _, p := range lines {
		fmt.Fprintf(&text, "user_pref(%q, %s);\n", p.name, p.value)
	}
	return text.String()
}

func prepareFirefox(profile *os.Root, m Mode) error {
	return profile.WriteFile("user.js", []byte(userJS(m)), 0o600)
}

// firefox reads the policies of Firefox. Of the two for private browsing either forbids it, unless the newer one demands it. A policy may also
// set the very preference that makes the windows of our profile private.
// https://mozilla.github.io/policy-templates/#privatebrowsingmodeavailability
func (s settings) firefox() Policy {
	const disabled, demanded = 1, 2
	switch {
	case s.is("PrivateBrowsingModeAvailability", demanded):
		return PolicyUnknown
	case s.is("PrivateBrowsingModeAvailability", disabled), s.is("DisablePrivateBrowsing", 1), s.unsetsPrivate():
		return PolicyForbidsPrivate
	default:
		return PolicyUnknown
	}
}

// unsetsPrivate reports whether the policy Preferences takes the place of what user.js says. As a default it does not.
// https://mozilla.github.io/policy-templates/#preferences
func (s settings) unsetsPrivate() bool {
	all, _ := s["Preferences"].(map[string]any)
	if text, ok := s["Preferences"].(string); ok && json.Unmarshal([]byte(text), &all) != nil {
		return false
	}
	set, whole := all[autostart].(map[string]any)
	if !whole {
		// The older form has the value alone, and locks it.
		return settings(all).is(autostart, 0)
	}
	switch set["Status"] {
	case "locked", "user":
		return settings(set).is("Value", 0)
	case "clear":
		return true
	default:
		return false
	}
}

var errPolicies = errors.New("no policies in the file")

// firefoxPolicies reads a policies.json.
func firefoxPolicies(text []byte) (settings, error) {
	var file struct {
		Policies settings `json:"policies"`
	}
	if err := json.Unmarshal(text, &file); err != nil {
		return nil, err
	}
	if file.Policies == nil {
		return nil, errPolicies
	}
	return file.Policies, nil
}
