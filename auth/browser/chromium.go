package browser

import (
	"encoding/json"
	"os"
	"strings"
)

var chromiumFamily = definition{
	family: Chromium, modes: []Mode{ModePrivate, ModeGuest, ModePlain},
	args: launch.chromium, window: []string{"--new-window"}, prepare: prepareChromium,
	policies: policySource{
		names: []string{"IncognitoModeAvailability", "InPrivateModeAvailability", "BrowserGuestModeEnabled", "BrowserSignin", "UserDataDir"},
		lists: []string{"MandatoryExtensionsForIncognitoNavigation", "MandatoryExtensionsForInPrivateNavigation"},
		mean:  settings.chromium, profile: "UserDataDir", files: "*.json", parse: chromiumPolicies,
	},
}

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

// chromiumSystem are the flags of the operating system. Without the keychain flags a dialog of the keychain stands in the way of
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

// chromium reads the policies of Chromium's family.
// https://chromeenterprise.google/policies/ and https://learn.microsoft.com/deployedge/microsoft-edge-policies
func (s settings) chromium() Policy {
	const disabled, forcedSignIn = 1, 2
	private := s.is("IncognitoModeAvailability", disabled) || s.is("InPrivateModeAvailability", disabled) ||
		s.filled("MandatoryExtensionsForIncognitoNavigation") || s.filled("MandatoryExtensionsForInPrivateNavigation")
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

// chromiumPolicies reads a file of managed policies on Linux.
func chromiumPolicies(text []byte) (settings, error) {
	var s settings
	err := json.Unmarshal(text, &s)
	return s, err
}
