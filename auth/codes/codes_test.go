package codes_test

import (
	"testing"

	"partner-center-connector/auth/codes"
)

func TestEntra(t *testing.T) {
	for _, c := range []struct {
		number int
		text   string
		kind   string
		known  bool
	}{
		{65001, "", "consent-missing", true},
		{50144, "The user's Active Directory password has expired.", "password-on-premises", true},
		{700023, "Client assertion audience claim does not match Realm issuer.", "wrong-cloud", true},
		{700023, "The AUDIENCE", "wrong-cloud", true},
		{700023, "The provided value for the input parameter scope isn't valid.", "request-refused", true},
		{700023, "", "request-refused", true},
		{65001, "audience", "consent-missing", true},
		{999999, "", "", false},
		{0, "", "", false},
		{-65001, "", "", false},
	} {
		if kind, known := codes.Entra(c.number, c.text); kind != c.kind || known != c.known {
			t.Errorf("%d %q: %q, %v", c.number, c.text, kind, known)
		}
	}
}

func TestWords(t *testing.T) {
	for _, c := range []struct {
		find       func(string) (string, bool)
		code, kind string
		known      bool
	}{
		{codes.Partner, "900421", "no-mfa", true},
		{codes.Partner, "AADSTS900421", "", false},
		{codes.Graph, "TooManyRequests", "throttled", true},
		{codes.Graph, "toomanyrequests", "", false},
		{codes.OAuth, "consent_required", "consent-missing", true},
		{codes.OAuth, "bad_token", "", false},
		{codes.Suberror, "bad_token", "sign-in-again", true},
		{codes.Suberror, "", "", false},
	} {
		if kind, known := c.find(c.code); kind != c.kind || known != c.known {
			t.Errorf("%s: %q, %v", c.code, kind, known)
		}
	}
}

// TestACodeStandsOnce: a number, and a code within its list, has one meaning; consent_required is an error and a suberror.
func TestACodeStandsOnce(t *testing.T) {
	times := map[string]int{}
	for code, kind := range codes.All() {
		if kind == "" {
			t.Errorf("%s means nothing", code)
		}
		times[code]++
	}
	for code, n := range times {
		if n > 1 && code != "consent_required" {
			t.Errorf("%s stands in the table %d times", code, n)
		}
	}
	seen := 0
	for range codes.All() {
		seen++
		if seen == 3 {
			break
		}
	}
	for code := range codes.All() {
		if code == "900421" {
			break
		}
	}
}
