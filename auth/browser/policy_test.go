package browser

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestPolicies(t *testing.T) {
	chromium, firefox, other := Browser{Family: Chromium}, Browser{Family: Firefox}, Browser{Family: Other}
	for _, c := range []struct {
		browser Browser
		json    string
		want    Policy
	}{
		{chromium, `{}`, PolicyUnknown},
		{chromium, `{"IncognitoModeAvailability":0}`, PolicyUnknown},
		{chromium, `{"IncognitoModeAvailability":1}`, PolicyForbidsPrivate},
		{chromium, `{"IncognitoModeAvailability":2}`, PolicyUnknown},
		{chromium, `{"IncognitoModeAvailability":"1"}`, PolicyUnknown},
		{chromium, `{"BrowserGuestModeEnabled":false}`, PolicyUnknown},
		{chromium, `{"IncognitoModeAvailability":1,"BrowserGuestModeEnabled":true}`, PolicyForbidsPrivate},
		{chromium, `{"IncognitoModeAvailability":1,"BrowserGuestModeEnabled":false}`, PolicyForbidsBoth},
		{chromium, `{"InPrivateModeAvailability":1}`, PolicyForbidsPrivate},
		{chromium, `{"InPrivateModeAvailability":1,"BrowserSignin":2}`, PolicyForbidsBoth},
		{chromium, `{"InPrivateModeAvailability":1,"BrowserSignin":2,"BrowserGuestModeEnabled":true}`, PolicyForbidsPrivate},
		{chromium, `{"InPrivateModeAvailability":1,"BrowserSignin":1}`, PolicyForbidsPrivate},
		{chromium, `{"MandatoryExtensionsForIncognitoNavigation":["a"]}`, PolicyForbidsPrivate},
		{chromium, `{"MandatoryExtensionsForIncognitoNavigation":[]}`, PolicyUnknown},
		{chromium, `{"MandatoryExtensionsForInPrivateNavigation":["a"],"BrowserGuestModeEnabled":false}`, PolicyForbidsBoth},
		{chromium, `{"PrivateBrowsingModeAvailability":1,"DisablePrivateBrowsing":true}`, PolicyUnknown},
		{firefox, `{}`, PolicyUnknown},
		{firefox, `{"DisablePrivateBrowsing":true}`, PolicyForbidsPrivate},
		{firefox, `{"DisablePrivateBrowsing":1}`, PolicyForbidsPrivate},
		{firefox, `{"DisablePrivateBrowsing":false}`, PolicyUnknown},
		{firefox, `{"PrivateBrowsingModeAvailability":1}`, PolicyForbidsPrivate},
		{firefox, `{"PrivateBrowsingModeAvailability":2}`, PolicyUnknown},
		{firefox, `{"PrivateBrowsingModeAvailability":0,"DisablePrivateBrowsing":true}`, PolicyForbidsPrivate},
		{firefox, `{"PrivateBrowsingModeAvailability":2,"DisablePrivateBrowsing":true}`, PolicyUnknown},
		{firefox, `{"IncognitoModeAvailability":1}`, PolicyUnknown},
		{other, `{"IncognitoModeAvailability":1}`, PolicyUnknown},
	} {
		var s settings
		if err := json.Unmarshal([]byte(c.json), &s); err != nil {
			t.Fatal(err)
		}
		if got := s.policy(c.browser); got != c.want {
			t.Errorf("%s, %s: got %s, want %s", c.browser.Family, c.json, got, c.want)
		}
	}
	// Registries write numbers.
	registry := settings{"IncognitoModeAvailability": uint64(1), "BrowserGuestModeEnabled": uint64(0)}
	if got := registry.policy(chromium); got != PolicyForbidsBoth {
		t.Errorf("registry: %s", got)
	}
}

func TestModesFollowThePolicies(t *testing.T) {
	for _, c := range []struct {
		browser Browser
		want    []Mode
	}{
		{Browser{Family: Chromium}, []Mode{ModePrivate, ModeGuest, ModePlain}},
		{Browser{Family: Chromium, Policy: PolicyForbidsPrivate}, []Mode{ModeGuest, ModePlain}},
		{Browser{Family: Chromium, Policy: PolicyForbidsBoth}, []Mode{ModePlain}},
		{Browser{Family: Firefox, Policy: PolicyUnknown}, []Mode{ModePrivate, ModePlain}},
		{Browser{Family: Firefox, Policy: PolicyForbidsPrivate}, []Mode{ModePlain}},
		{Browser{Family: Other}, nil},
	} {
		if got := c.browser.Modes(); !slices.Equal(got, c.want) {
			t.Errorf("%+v: got %v", c.browser, got)
		}
	}
}

func TestAFixedProfileLeavesNoPrivateWindow(t *testing.T) {
	fixed := foundAt("HKLM", settings{"UserDataDir": `${local_app_data}\Edge`})
	got := fixed.elsewhere(Browser{ID: "edge", Family: Chromium})
	if got.Family != Other || got.Modes() != nil || !slices.Equal(got.PolicyFrom, []string{"UserDataDir (HKLM)"}) {
		t.Errorf("Edge: %+v", got)
	}
	if got := fixed.elsewhere(Browser{ID: "firefox", Family: Firefox}); got.Family != Firefox {
		t.Errorf("Firefox: %+v", got)
	}
}

func TestPolicyNames(t *testing.T) {
	for i, name := range policyNames {
		if slices.Index(policyNames, name) != i {
			t.Errorf("%s stands there twice", name)
		}
	}
	for _, list := range policyLists {
		if !slices.Contains(policyNames, list) {
			t.Errorf("%s is not looked at", list)
		}
	}
}

// foundAt are settings that were all found at one place.
func foundAt(place string, s settings) placed {
	var p placed
	p.add(s, place)
	return p
}

func TestWhichPoliciesForbidIt(t *testing.T) {
	for _, c := range []struct {
		family Family
		set    settings
		want   string
	}{
		{Chromium, settings{"IncognitoModeAvailability": 1.0}, "IncognitoModeAvailability (b)"},
		{Chromium, settings{"IncognitoModeAvailability": 1.0, "BrowserSignin": 1.0}, "IncognitoModeAvailability (b)"},
		{Chromium, settings{"IncognitoModeAvailability": 1.0, "BrowserGuestModeEnabled": false}, "BrowserGuestModeEnabled (b), IncognitoModeAvailability (b)"},
		{Chromium, settings{"IncognitoModeAvailability": 1.0, "IncognitoEnabled": false}, "IncognitoEnabled (b), IncognitoModeAvailability (b)"},
		{Chromium, settings{"IncognitoEnabled": false}, "IncognitoEnabled (b)"},
		{Chromium, settings{"IncognitoEnabled": false, "IncognitoModeAvailability": 0.0}, ""},
		{Chromium, settings{"IncognitoModeUrlBlocklist": []any{"a.example", "*"}}, "IncognitoModeUrlBlocklist (b)"},
		{Chromium, settings{"IncognitoModeUrlBlocklist": []any{"a.example"}}, ""},
		{Chromium, settings{"BrowserGuestModeEnabled": false}, ""},
		{Firefox, settings{"DisablePrivateBrowsing": true}, "DisablePrivateBrowsing (b)"},
	} {
		p := foundAt("a", settings{"IncognitoModeAvailability": 2.0, "DisablePrivateBrowsing": false})
		if _, set := c.set["IncognitoModeAvailability"]; !set {
			delete(p.settings, "IncognitoModeAvailability")
		}
		p.add(c.set, "b")
		b := p.governed(Browser{Family: c.family})
		if got := strings.Join(b.PolicyFrom, ", "); got != c.want || (b.Policy == PolicyUnknown) != (c.want == "") {
			t.Errorf("%v: %s from %q, want %q", c.set, b.Policy, got, c.want)
		}
	}
}

func TestNumbersOfTheRegistry(t *testing.T) {
	got := registryNumbers(settings{"IncognitoModeAvailability": "1", "UserDataDir": "x", "BrowserSignin": uint64(2)})
	if want := (settings{"IncognitoModeAvailability": uint64(1), "UserDataDir": "x", "BrowserSignin": uint64(2)}); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
}

func TestFirefoxPolicies(t *testing.T) {
	got, err := firefoxPolicies([]byte(`{"policies":{"DisablePrivateBrowsing":true}}`))
	if err != nil || !reflect.DeepEqual(got, settings{"DisablePrivateBrowsing": true}) {
		t.Errorf("got %v, %v", got, err)
	}
	for _, bad := range []string{``, `{}`, `[]`, `{"policies":1}`, `{"policies":null}`} {
		if got, err := firefoxPolicies([]byte(bad)); err == nil {
			t.Errorf("%q: got %v", bad, got)
		}
	}
}

func FuzzPolicies(f *testing.F) {
	f.Add([]byte(`{"policies":{"IncognitoModeAvailability":1,"UserDataDir":"x"}}`))
	f.Add([]byte(`{"MandatoryExtensionsForIncognitoNavigation":[null],"BrowserSignin":1e99}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, parse := range []func([]byte) (settings, error){chromiumPolicies, firefoxPolicies} {
			s, err := parse(text)
			if err != nil {
				continue
			}
			for _, family := range []Family{Chromium, Firefox, Other} {
				b := foundAt("x", s).governed(Browser{Family: family})
				known := []Policy{PolicyUnknown, PolicyForbidsPrivate, PolicyForbidsBoth}
				if !slices.Contains(known, b.Policy) || family == Firefox && b.Policy == PolicyForbidsBoth {
					t.Fatalf("%q gave %+v", text, b)
				}
			}
		}
	})
}
