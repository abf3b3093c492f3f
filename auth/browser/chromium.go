package browser

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strings"
)

var chromiumFamily = definition{
	family: Chromium, modes: []Mode{ModePrivate, ModeGuest, ModePlain},
	args: launch.chromium, window: []string{"--new-window"}, prepare: prepareChromium,
	traces: traces{used: []string{"*/History"}, pages: []string{"*/Sessions/Session_*"}},
	policies: policySource{
		names: chromiumNames, lists: chromiumLists,
		mean: settings.chromium, profile: "UserDataDir", folders: []string{"recommended", "managed"}, keys: []string{`\Recommended`, ""}, files: "*", parse: chromiumPolicies,
	},
}

// The policies of Chromium's family that say which windows may be opened, and where profiles lie.
var (
	chromiumNames = []string{
		"IncognitoModeAvailability", "IncognitoEnabled", "InPrivateModeAvailability", "BrowserGuestModeEnabled", "BrowserSignin", "UserDataDir",
	}
	chromiumLists = []string{"MandatoryExtensionsForIncognitoNavigation", "MandatoryExtensionsForInPrivateNavigation", "IncognitoModeUrlBlocklist"}
	// chromiumSwitches are those that are true or false. Written otherwise Chromium does not take them, and no other policy is one.
	chromiumSwitches = []string{"IncognitoEnabled", "BrowserGuestModeEnabled"}
)

func (l launch) chromium() []string {
	args := append([]string{"--user-data-dir=" + l.profile}, l.chromiumMode()...)
	args = append(
		args,
		"--no-first-run",
		"--no-default-browser-check",
		"--disable-sync",
		"--disable-search-engine-choice-screen",
		"--hide-crash-restore-bubble",
		"--disable-breakpad",
		"--disable-features=Translate",
	)
	return append(append(args, l.chromiumSystem()...), l.url)
}

// chromiumMode are the flags of the rung. With both flags Chromium takes the guest window, or the private one where policy forbids
// guests: one of the two that keep the operating system's account out.
func (l launch) chromiumMode() []string {
	switch l.mode {
	case ModePrivate:
		return []string{l.privateFlag()}
	case ModeGuest:
		return []string{l.privateFlag(), "--guest"}
	default:
		return nil
	}
}

func (l launch) privateFlag() string {
	switch id, _, _ := strings.Cut(l.id, "-"); id {
	case "edge":
		return "--inprivate"
	case "opera":
		return "--private"
	default:
		return "--incognito"
	}
}

// chromiumSystem are the flags of the operating system. Without the keychain flags a dialog of the keychain is in the way of
// the page; without Edge's the first process passes the address on and ends.
func (l launch) chromiumSystem() []string {
	var args []string
	switch l.goos {
	case "linux":
		args = append(args, "--password-store=basic")
	case "darwin":
		args = append(args, "--use-mock-keychain")
	case "windows":
		if l.privateFlag() == "--inprivate" {
			args = append(args, "--edge-skip-compat-layer-relaunch")
		}
	}
	if l.noSandbox {
		args = append(args, "--no-sandbox")
	}
	return args
}

// chromiumPreferences keeps a plain window from offering to save the password; private and guest windows never do.
const chromiumPreferences = `{"credentials_enable_service":false,"profile":{"password_manager_enabled":false}}`

func prepareChromium(profile *os.Root, m Mode) error {
	if m != ModePlain {
		return nil
	}
	if err := profile.Mkdir("Default", 0o700); err != nil {
		return err
	}
	return profile.WriteFile("Default/Preferences", []byte(chromiumPreferences), 0o600)
}

// chromium reads the policies of Chromium's family. The oldest, IncognitoEnabled, counts where the one that took its place is not set.
// https://chromeenterprise.google/policies/ and https://learn.microsoft.com/deployedge/microsoft-edge-policies
func (s settings) chromium() Policy {
	const disabled, forcedSignIn, everything = 1, 2, "*"
	_, newer := s.number("IncognitoModeAvailability")
	private := s.is("IncognitoModeAvailability", disabled) || s.is("InPrivateModeAvailability", disabled) || !newer && s.is("IncognitoEnabled", 0) ||
		s.filled("MandatoryExtensionsForIncognitoNavigation") || s.filled("MandatoryExtensionsForInPrivateNavigation") ||
		s.lists("IncognitoModeUrlBlocklist", everything)
	guest := s.is("BrowserGuestModeEnabled", 0) ||
		s.is("BrowserSignin", forcedSignIn) && !s.is("BrowserGuestModeEnabled", 1)
	switch {
	case private && guest:
		return PolicyForbidsBoth
	case private:
		return PolicyForbidsPrivate
	default:
		return PolicyUnknown
	}
}

// chromiumPolicies reads a file of policies on Linux: what Chromium takes of it. A whole number written as "1.0" is none.
func chromiumPolicies(text []byte) (settings, error) {
	strict, err := strictJSON(text)
	if err != nil {
		return nil, err
	}
	var file map[string]json.RawMessage
	if err := json.Unmarshal(strict, &file); err != nil {
		return nil, err
	}
	s := settings{}
	for _, name := range slices.Concat(chromiumNames, chromiumLists) {
		var value any
		if raw, set := file[name]; !set || json.Unmarshal(raw, &value) != nil {
			continue
		}
		_, boolean := value.(bool)
		_, number := value.(float64)
		whole := !bytes.ContainsAny(file[name], ".eE")
		if boolean == slices.Contains(chromiumSwitches, name) && (!number || whole) {
			s[name] = value
		}
	}
	return s, nil
}
