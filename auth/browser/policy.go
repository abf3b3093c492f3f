package browser

import (
	"encoding/json"
	"errors"
)

// settings are the managed policies of one browser, by name, as JSON, a registry or a property list gave them.
type settings map[string]any

// number gives a setting as a number; true is 1, as registries write it.
func (s settings) number(name string) (int, bool) {
	switch v := s[name].(type) {
	case bool:
		if v {
			return 1, true
		}
		return 0, true
	case float64:
		return int(v), true
	case uint64:
		return int(v), true
	default:
		return 0, false
	}
}

func (s settings) is(name string, value int) bool {
	v, set := s.number(name)
	return set && v == value
}

// filled reports whether a list has entries, or a text is not empty.
func (s settings) filled(name string) bool {
	switch v := s[name].(type) {
	case []any:
		return len(v) > 0
	case string:
		return v != ""
	default:
		return false
	}
}

// policyLists are the policies that are lists, which a registry keeps as keys of their own.
var policyLists = []string{"MandatoryExtensionsForIncognitoNavigation", "MandatoryExtensionsForInPrivateNavigation"}

// policyNames are all policies that are looked at.
var policyNames = append([]string{
	"IncognitoModeAvailability", "InPrivateModeAvailability", "BrowserGuestModeEnabled", "BrowserSignin", "UserDataDir",
	"PrivateBrowsingModeAvailability", "DisablePrivateBrowsing",
}, policyLists...)

// policy is what the settings of b's family mean.
func (s settings) policy(b Browser) Policy {
	switch b.Family {
	case Chromium:
		return s.chromium()
	case Firefox:
		return s.firefox()
	default:
		return PolicyUnknown
	}
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

// firefox reads the policies of Firefox; the newer one counts where both are set.
// https://mozilla.github.io/policy-templates/#privatebrowsingmodeavailability
func (s settings) firefox() Policy {
	const disabled = 1
	if v, set := s.number("PrivateBrowsingModeAvailability"); set {
		if v == disabled {
			return PolicyForbidsPrivate
		}
		return PolicyUnknown
	}
	if s.is("DisablePrivateBrowsing", 1) {
		return PolicyForbidsPrivate
	}
	return PolicyUnknown
}

// fixesProfile reports whether a policy puts every profile of a Chromium in one place, whatever the command line says (Windows and
// macOS): there is no throw-away profile then, and the process passes the address to the everyday browser.
func (s settings) fixesProfile(b Browser) bool {
	return b.Family == Chromium && s.filled("UserDataDir")
}

// governed is b under its policies on Windows and macOS.
func (s settings) governed(b Browser) Browser {
	b.Policy = s.policy(b)
	if s.fixesProfile(b) {
		b.Family = Other
	}
	return b
}

// merge adds what other says; other counts where both say something.
func (s settings) merge(other settings) {
	for name, value := range other {
		s[name] = value
	}
}

var errPolicies = errors.New("no policies in the file")

// chromiumPolicies reads a file of managed policies on Linux.
func chromiumPolicies(text []byte) (settings, error) {
	var s settings
	err := json.Unmarshal(text, &s)
	return s, err
}

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
