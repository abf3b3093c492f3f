package auth

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestBuiltinCloudsAreMicrosofts holds every address to the letter: a wrong one sends people, or their secrets, elsewhere.
func TestBuiltinCloudsAreMicrosofts(t *testing.T) {
	want := []Cloud{
		{
			Name: "global", Login: "https://login.microsoftonline.com", InstanceName: "microsoftonline.com",
			PartnerCenter: "https://api.partnercenter.microsoft.com", PartnerCenterResource: "https://api.partnercenter.microsoft.com",
			PartnerCenterPortal: "https://partner.microsoft.com/dashboard", EntraPortal: "https://entra.microsoft.com", Graph: "https://graph.microsoft.com",
		},
		{
			Name: "usgov", Login: "https://login.microsoftonline.us", InstanceName: "microsoftonline.us",
			PartnerCenter: "https://api.partnercenter.microsoft.com", PartnerCenterResource: "https://api.partnercenter.microsoft.com",
			EntraPortal: "https://entra.microsoft.us", Graph: "https://graph.microsoft.us",
		},
		{
			Name: "china", Login: "https://login.partner.microsoftonline.cn", InstanceName: "partner.microsoftonline.cn",
			PartnerCenter: "https://partner.partnercenterapi.microsoftonline.cn", PartnerCenterResource: "https://partner.partnercenterapi.microsoftonline.cn",
			EntraPortal: "https://entra.microsoftonline.cn", Graph: "https://microsoftgraph.chinacloudapi.cn",
		},
	}
	if got := BuiltinClouds(); !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestPagesHaveTheNamesOfTheirWords(t *testing.T) {
	got := []Page{
		PageAdminDone, PageUserDone, PageDeclined, PageWrongTenant, PageFailed, PageSuperseded, PageNotPrivate, PageExpired, PageStranger, PageReceived,
	}
	if want := []Page{
		"admin-done", "user-done", "declined", "wrong-tenant", "failed", "superseded", "not-private", "expired", "stranger", "received",
	}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestCloudsFileErrorText(t *testing.T) {
	for want, e := range map[string]CloudsFileError{
		"c.toml: it is empty":              {Path: "c.toml", Reason: "it is empty"},
		"c.toml, line 7: a key":            {Path: "c.toml", Line: 7, Reason: "a key"},
		"c.toml, line 1: login: not https": {Path: "c.toml", Line: 1, Key: "login", Reason: "not https"},
	} {
		if got := e.Error(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestCodesThatSayWhatIsWrong holds them to the letter: with any other one the probe says that it does not know.
func TestCodesThatSayWhatIsWrong(t *testing.T) {
	if want := []int{700016, 700038, 7000112, 50011, 500113, 900971, 90002, 50194, 9002325}; !slices.Equal(wrongAppCodes, want) {
		t.Errorf("of the app: %v", wrongAppCodes)
	}
	if want := []int{7000215, 7000222, 700027, 700030, 700025, 7000218, 7000216}; !slices.Equal(wrongProofCodes, want) {
		t.Errorf("of the proof: %v", wrongProofCodes)
	}
}

// TestOnlyTheProofOfTheKindIsSent: what was entered before the kind was changed is nobody's proof.
func TestOnlyTheProofOfTheKindIsSent(t *testing.T) {
	text := NewSecret("x")
	for _, c := range []struct {
		app  App
		want bool
	}{
		{App{ClientKind: PublicClient, Secret: text, Certificate: text}, false},
		{App{ClientKind: SecretClient, Secret: text}, true},
		{App{ClientKind: SecretClient, Certificate: text}, false},
		{App{ClientKind: CertificateClient, Certificate: text}, true},
		{App{ClientKind: CertificateClient, Secret: text}, false},
	} {
		if got := hasProof(c.app); got != c.want {
			t.Errorf("%+v: %v", c.app, got)
		}
	}
}

// TestReachIsLimited: a cloud that says nothing is given up after ten seconds, and the others' answers are there.
func TestReachIsLimited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clouds := []lateCloud{late("one", 0, silent), late("two", 9*time.Second, knows), late("three", 11*time.Second, knows)}
		var all []Cloud
		for _, l := range clouds {
			all = append(all, l.cloud)
			useTransport(l.cloud, l)
		}
		began := time.Now()
		got := NewDirectory(all).Reach(context.Background())
		if took := time.Since(began); took != 10*time.Second || len(got) != 3 {
			t.Fatalf("%+v after %v", got, took)
		}
		for i, want := range []error{ErrTimeout, nil, ErrTimeout} {
			if got[i].Cloud != clouds[i].cloud.Name || !errors.Is(got[i].Err, want) || want == nil && got[i].Err != nil {
				t.Errorf("%+v, want %s: %v", got[i], clouds[i].cloud.Name, want)
			}
		}
	})
}

// TestClaimsAreACopy: who changes what Claims returned changes nothing for the next one.
func TestClaimsAreACopy(t *testing.T) {
	e := newEntra(t)
	e.claims = map[string]any{"wids": []string{"role"}}
	s := e.mustRedeem(t, publicApp())
	s.Claims().Roles[0] = "another"
	if got := s.Claims().Roles[0]; got != "role" {
		t.Errorf("%q", got)
	}
}

func TestAtMostFiveCodesAreKept(t *testing.T) {
	list := `{"error":"invalid_grant","error_codes":[1,"2",3,4,5,6,7]}`
	sentence := `{"error":"invalid_grant","error_description":"AADSTS50011 AADSTS50012 AADSTS50013 AADSTS50014 AADSTS50015 AADSTS50016"}`
	for body, want := range map[string][]int{list: {1, 2, 3, 4, 5}, sentence: {50011, 50012, 50013, 50014, 50015}} {
		if got := readFailure(400, http.Header{}, []byte(body), nil).Codes; !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
	}
}

func TestTokenTypes(t *testing.T) {
	for kind, good := range map[string]bool{"": true, `"token_type":"Bearer",`: true, `"token_type":"bearer",`: true, `"token_type":"pop",`: false} {
		body := "{" + kind + `"access_token":"a","expires_in":3600}`
		answer, pass := readTokenAnswer(200, http.Header{}, []byte(body), nil, clientInfo{})
		if (answer.failed == nil) != good || strings.Contains(string(pass), "access_token") != good {
			t.Errorf("%s: %v, MSAL gets %s", body, answer.failed, pass)
		}
	}
}
