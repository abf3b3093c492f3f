package auth

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"partner-center-connector/auth/codes"
)

// TestBuiltinCloudsAreMicrosofts holds every address to the letter: a wrong one sends people, or their secrets, elsewhere.
func TestBuiltinCloudsAreMicrosofts(t *testing.T) {
	want := []Cloud{
		{
			Name: "global", Login: "https://login.microsoftonline.com", InstanceName: "microsoftonline.com",
			PartnerCenter: "https://api.partnercenter.microsoft.com", PartnerCenterResource: "https://api.partnercenter.microsoft.com",
			PartnerCenterPortal: "https://partner.microsoft.com/dashboard", EntraPortal: "https://entra.microsoft.com", Graph: "https://graph.microsoft.com",
			VaultSuffix: "vault.azure.net",
		},
		{
			Name: "usgov", Login: "https://login.microsoftonline.us", InstanceName: "microsoftonline.us",
			PartnerCenter: "https://api.partnercenter.microsoft.com", PartnerCenterResource: "https://api.partnercenter.microsoft.com",
			EntraPortal: "https://entra.microsoft.us", Graph: "https://graph.microsoft.us", VaultSuffix: "vault.usgovcloudapi.net", RolesInEntra: true, MFAOptional: true,
		},
		{
			Name: "china", Login: "https://login.partner.microsoftonline.cn", InstanceName: "partner.microsoftonline.cn",
			PartnerCenter: "https://partner.partnercenterapi.microsoftonline.cn", PartnerCenterResource: "https://partner.partnercenterapi.microsoftonline.cn",
			EntraPortal: "https://entra.microsoftonline.cn", Graph: "https://microsoftgraph.chinacloudapi.cn", VaultSuffix: "vault.azure.cn",
			RolesInEntra: true,
		},
	}
	if got := BuiltinClouds(); !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
}

// TestLoginAliasesAreMicrosofts: a link to one of these is opened, so that none may be anybody else's.
func TestLoginAliasesAreMicrosofts(t *testing.T) {
	for _, c := range BuiltinClouds() {
		want := map[string]string{
			"global": "login.windows.net login.microsoft.com sts.windows.net", "usgov": "login.usgovcloudapi.net", "china": "login.chinacloudapi.cn",
		}[c.Name]
		if got := strings.Join(c.LoginAliases(), " "); got != want {
			t.Errorf("%s: %s, want %s", c.Name, got, want)
		}
		c.FromFile = true
		if got := c.LoginAliases(); got != nil {
			t.Errorf("%s from a file: %v", c.Name, got)
		}
	}
	if got := (Cloud{Name: "other"}).LoginAliases(); got != nil {
		t.Errorf("%v", got)
	}
}

func TestPagesHaveTheNamesOfTheirWords(t *testing.T) {
	got := []Page{
		PageAdminDone, PageUserDone, PageDeclined, PageWrongTenant, PageFailed, PageSuperseded, PageNotPrivate, PageTicketSpent, PageExpired, PageStranger, PageReceived,
	}
	if want := []Page{
		"admin-done", "user-done", "declined", "wrong-tenant", "failed", "superseded", "not-private", "ticket-spent", "expired", "stranger", "received",
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
	ofApp := []int{
		50011, 50029, 50059, 50128, 50194, 65002, 70001, 70004, 90002, 90019, 90112, 500111, 500113, 500117, 700011, 700016, 700038, 700084, 900021,
		900023, 900971, 1000031, 5000224, 5000225, 7000112, 9002325, 9002326, 9002327,
	}
	ofProof := []int{50012, 70002, 700025, 700027, 700030, 1000502, 7000213, 7000214, 7000215, 7000216, 7000218, 7000219, 7000222}
	for kinds, want := range map[*[]string][]int{&wrongAppKinds: ofApp, &wrongProofKinds: ofProof} {
		got := []int{}
		for code := range codes.All() {
			number, err := strconv.Atoi(strings.TrimPrefix(code, "AADSTS"))
			if err != nil || !strings.HasPrefix(code, "AADSTS") {
				continue
			}
			if answer, _ := judged(&Error{Codes: []int{number}}, *kinds); answer == AppWrong {
				got = append(got, number)
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%v: %v", *kinds, got)
		}
	}
	if answer, _ := judged(&Error{Codes: []int{50058, 700016}}, wrongAppKinds); answer != AppWrong {
		t.Error("the second number was not looked at")
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

// TestReachIsLimited: a cloud that says nothing is abandoned after ten seconds, and the others' answers are there.
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

// TestWhatIsNoTokenAnswer: a success without a token, or without its lifetime, is none.
func TestWhatIsNoTokenAnswer(t *testing.T) {
	for body, good := range map[string]bool{
		`{"access_token":"a","expires_in":1}`: true, `{"expires_in":1}`: false, `{"access_token":"","expires_in":1}`: false, `{"access_token":"a"}`: false,
		`{"access_token":"a","expires_in":315360000}`: true, `{"access_token":"a","expires_in":315360001}`: false, `{"access_token":"a","expires_in":-1}`: false,
	} {
		answer, _ := readTokenAnswer(200, http.Header{}, []byte(body), nil, clientInfo{})
		if (answer.failed == nil) != good {
			t.Errorf("%s: %v", body, answer.failed)
		}
	}
}

// TestSecretsOfARequest are those of the documented parameters, however they are written.
// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#request-an-access-token-with-a-client_secret
func TestSecretsOfARequest(t *testing.T) {
	for _, name := range []string{"code", "code_verifier", "client_secret", "client_assertion", "refresh_token"} {
		const value = "word"
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://login.example/t", strings.NewReader(name+"="+value+"&scope=openid"))
		if err != nil {
			t.Fatal(err)
		}
		hidden := requestSecrets(r)
		if got := cleanDescription("the word is said", hidden); got != "the [redacted] is said" {
			t.Errorf("%s: %q", name, got)
		}
		if slices.Contains(hidden, "openid") {
			t.Error("a scope is taken for a secret")
		}
	}
}

func TestErrorText(t *testing.T) {
	for want, e := range map[string]Error{
		"redeem: invalid_grant (basic_action) AADSTS50076 HTTP 400": {
			Stage: StageRedeem, OAuth: "invalid_grant", Suberror: "basic_action", Codes: []int{50076, 50079}, Status: 400, Description: "never shown",
		},
		"refresh: the time limit passed": {Stage: StageRefresh, Cause: ErrTimeout},
		"probe AADSTS50011":              {Stage: StageProbe, Codes: []int{50011}},
	} {
		if got := e.Error(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestTraceFactsAreWords: what is not in the form of an ID or a time is not taken for one.
func TestTraceFactsAreWords(t *testing.T) {
	e := readFailure(400, http.Header{}, []byte(`{"error":"x","correlation_id":"two words","trace_id":"a<b","timestamp":"soon"}`), nil)
	if e.CorrelationID != "" || e.TraceID != "" || e.Timestamp != "" {
		t.Errorf("%+v", *e)
	}
	e = readFailure(400, http.Header{}, []byte(`{"error":"x","correlation_id":"c-1","trace_id":"t-1","timestamp":"2026-11-23 09:41:07Z"}`), nil)
	if e.CorrelationID != "c-1" || e.TraceID != "t-1" || e.Timestamp != "2026-11-23 09:41:07Z" {
		t.Errorf("%+v", *e)
	}
}

// TestAppSecretsOfACredential: a renewal takes the app's secret or certificate out of what was saved.
func TestAppSecretsOfACredential(t *testing.T) {
	e := newEntra(t)
	certified := certificateApp(t)
	for name, app := range map[string]App{"public": publicApp(), "secret": secretApp(), "certificate": certified} {
		credential := e.mustRedeem(t, app).Credential()
		secret, certificate, err := e.service().AppSecrets(credential)
		if err != nil || secret != app.Secret || certificate != app.Certificate {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, damaged := range []string{"", "{", `{"version":0}`, "[]"} {
		if _, _, err := e.service().AppSecrets(NewSecret(damaged)); !errors.Is(err, ErrCredentialDamaged) {
			t.Errorf("%q: %v", damaged, err)
		}
	}
}

// TestTheLargestCloudsFile: 64 KiB are read, and not a byte more.
func TestTheLargestCloudsFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clouds.toml")
	const text = "[[cloud]]\nname = \"x\"\nlogin = \"https://login.x.example\"\ninstance_name = \"x.example\"\npartner_center = \"https://api.x.example\"\n" +
		"partner_center_resource = \"api://x\"\ngraph = \"https://graph.x.example\"\n#"
	for size, good := range map[int]bool{64 << 10: true, 64<<10 + 1: false} {
		if err := os.WriteFile(path, []byte(text+strings.Repeat("x", size-len(text))), 0o600); err != nil {
			t.Fatal(err)
		}
		if clouds, err := LoadClouds(path); (err == nil) != good || good && len(clouds) != 1 {
			t.Errorf("%d bytes: %v, %v", size, clouds, err)
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
