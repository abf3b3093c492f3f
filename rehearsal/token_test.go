package rehearsal_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"partner-center-connector/rehearsal"
	"partner-center-connector/rehearsal/visitor"
)

// consented returns a program after its admin consent, and its clock.
func consented(t *testing.T) (*program, *clock) {
	t.Helper()
	clock := newClock()
	p := newProgram(t, start(t, rehearsal.Options{Now: clock.Now}))
	if answer, _ := p.walk(visitor.New(), p.adminURL()); answer.Has("error") {
		t.Fatal(answer)
	}
	return p, clock
}

func (p *program) newCode() string {
	p.t.Helper()
	answer, _ := p.walk(visitor.New(), p.userURL())
	if answer.Get("code") == "" {
		p.t.Fatal(answer)
	}
	return answer.Get("code")
}

func TestRedeemRefusals(t *testing.T) {
	p, clock := consented(t)
	other := "/" + p.facts.OtherTenantID + "/oauth2/v2.0/token"
	for _, test := range []struct {
		name    string
		changes []string
		code    string
		oauth   string
	}{
		{"wrong verifier", []string{"code_verifier", strings.Repeat("w", 50)}, "AADSTS501481", "invalid_grant"},
		{"no verifier", []string{"code_verifier", ""}, "AADSTS501481", "invalid_grant"},
		{"other redirect URI", []string{"redirect_uri", "http://localhost:1/consent"}, "AADSTS500112", "invalid_grant"},
		{"two APIs", []string{"scope", partnerScope + " " + p.graphScope("User.Read")}, "AADSTS700022", "invalid_request"},
		{".default and more", []string{"scope", p.graphScope(".default") + " " + p.graphScope("User.Read")}, "AADSTS70011", "invalid_scope"},
		{"more and .default", []string{"scope", p.graphScope("User.Read") + " openid " + p.graphScope(".default")}, "AADSTS70011", "invalid_scope"},
		{"another API's and .default", []string{"scope", p.graphScope("User.Read") + " " + "https://partnercenter.rehearsal.invalid/.default"}, "AADSTS70011", "invalid_scope"},
		{"not consented", []string{"scope", p.graphScope("Directory.Read.All")}, "AADSTS65001", "invalid_grant"},
		{"no code", []string{"code", ""}, "AADSTS900144", "invalid_request"},
		{"made-up code", []string{"code", "1.2.3"}, "AADSTS70000", "invalid_grant"},
		{"grant", []string{"grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"}, "AADSTS70003", "unsupported_grant_type"},
		{"password", []string{"grant_type", "password"}, "AADSTS7000218", "invalid_client"},
		{"device code", []string{"grant_type", "urn:ietf:params:oauth:grant-type:device_code"}, "AADSTS7000218", "invalid_client"},
		{"no grant", []string{"grant_type", ""}, "AADSTS900144", "invalid_request"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := p.redeem(p.newCode(), test.changes...)
			if got.code() != test.code || got.text("error") != test.oauth || got.status < 400 {
				t.Errorf("%d %s", got.status, got.raw)
			}
			for _, key := range []string{"error_description", "timestamp", "trace_id", "correlation_id", "error_uri"} {
				if got.text(key) == "" {
					t.Errorf("no %s in %s", key, got.raw)
				}
			}
			if !strings.Contains(got.text("error_description"), got.text("trace_id")) {
				t.Error("the description has another trace ID")
			}
		})
	}
	code := p.newCode()
	if got := p.redeem(code); got.status != 200 {
		t.Fatal(got.raw)
	}
	if got := p.redeem(code); got.code() != "AADSTS54005" {
		t.Errorf("a code used twice: %s", got.raw)
	}
	code = p.newCode()
	clock.forward(2 * time.Minute)
	if got := p.redeem(code); got.code() != "AADSTS70008" {
		t.Errorf("an old code: %s", got.raw)
	}
	if got := p.send(http.MethodPost, other, url.Values{"client_id": {p.clientID()}}, nil); got.code() != "AADSTS700016" {
		t.Errorf("at another tenant: %s", got.raw)
	}
	code = p.newCode()
	p.kind = "secret"
	if got := p.redeem(code); got.code() != "AADSTS70000" {
		t.Errorf("another client's code: %s", got.raw)
	}
}

func TestTokenEndpointRequests(t *testing.T) {
	p, _ := consented(t)
	path := "/" + p.facts.TenantID + "/oauth2/v2.0/token"
	if got := p.send(http.MethodGet, path, nil, nil); got.status != 405 || got.code() != "AADSTS900561" {
		t.Errorf("GET: %d %s", got.status, got.raw)
	}
	if got := p.send(http.MethodPost, path, nil, http.Header{"Content-Type": {"application/json"}}); got.code() != "AADSTS9002313" {
		t.Errorf("JSON: %s", got.raw)
	}
	if got := p.send(http.MethodPost, "/nobody.example/oauth2/v2.0/token", url.Values{}, nil); got.code() != "AADSTS90002" {
		t.Errorf("unknown tenant: %s", got.raw)
	}
	if got := p.send(http.MethodPost, path, url.Values{"client_id": {strings.Repeat("x", 100<<10)}}, nil); got.code() != "AADSTS9002313" {
		t.Errorf("too long: %s", got.raw)
	}
	if got := p.send(http.MethodPost, path, url.Values{}, nil); got.code() != "AADSTS900144" {
		t.Errorf("nothing: %s", got.raw)
	}
	id := "5e0a11c0-0000-4000-8000-0000000c0de5"
	header := http.Header{"Client-Request-Id": {id}, "Return-Client-Request-Id": {"true"}}
	for name, got := range map[string]reply{
		"header": p.send(http.MethodPost, path, url.Values{}, header),
		"query":  p.send(http.MethodPost, path+"?client-request-id="+id, url.Values{}, nil),
		"body":   p.send(http.MethodPost, path, url.Values{"client-request-id": {id}}, http.Header{"Return-Client-Request-Id": {"true"}}),
	} {
		if got.text("correlation_id") != id || got.header.Get("x-ms-request-id") != got.text("trace_id") || got.text("trace_id") == "" {
			t.Errorf("by its %s: %s, %v", name, got.raw, got.header)
		}
		if back := got.header.Get("client-request-id"); (back == id) == (name == "query") {
			t.Errorf("by its %s: %q comes back", name, back)
		}
	}
}

func TestScopesOfATokenCall(t *testing.T) {
	p, _ := consented(t)
	token := p.redeem(p.newCode()).text("refresh_token")
	for _, test := range []struct{ name, scope, want string }{
		{".default", "https://partnercenter.rehearsal.invalid/.default", partnerScope},
		{".default with a double slash", "https://partnercenter.rehearsal.invalid//.default", partnerScope},
		{"short names are Graph's", "User.Read", "User.Read"},
		{"in small letters", "user.read", "User.Read"},
		{"Microsoft's name of Graph", "https://graph.microsoft.com/User.Read", "https://graph.microsoft.com/User.Read"},
		{"Graph's ID", "00000003-0000-0000-c000-000000000000/.default", "00000003-0000-0000-c000-000000000000/User.Read"},
		{"Microsoft's name of Partner Center", "https://api.partnercenter.microsoft.com/user_impersonation", "https://api.partnercenter.microsoft.com/user_impersonation"},
		{"Partner Center's ID", "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd/.default", "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd/.default"},
		{"none: the first API", "", p.graphScope("User.Read")},
	} {
		got := p.refresh(token, test.scope)
		if got.status != 200 || !strings.Contains(got.text("scope"), test.want) {
			t.Errorf("%s: %d %s", test.name, got.status, got.text("scope"))
		}
	}
	if got := p.refresh("made-up", partnerScope); got.text("error") != "invalid_grant" {
		t.Errorf("a made-up refresh token: %s", got.raw)
	}
	p.kind = "secret"
	if got := p.refresh(token, partnerScope); got.text("suberror") != "client_mismatch" {
		t.Errorf("another client's refresh token: %s", got.raw)
	}
}

// TestARefreshTokenThatCountsOnce: another use is refused, but for one that failed for another reason.
func TestARefreshTokenThatCountsOnce(t *testing.T) {
	p, _ := consented(t)
	token := p.redeem(p.newCode()).text("refresh_token")
	for range 2 {
		if got := p.refresh(token, partnerScope); got.status != 200 {
			t.Fatalf("usually: %s", got.raw)
		}
	}
	if err := p.cloud.SetScenario("refresh-once"); err != nil {
		t.Fatal(err)
	}
	if got := p.refresh(token, p.graphScope("Directory.Read.All")); got.code() != "AADSTS65001" {
		t.Errorf("without consent: %s", got.raw)
	}
	first := p.refresh(token, partnerScope)
	if again := p.refresh(token, partnerScope); first.status != 200 || again.code() != "AADSTS70000" || again.text("error") != "invalid_grant" {
		t.Errorf("%s, then %s", first.raw, again.raw)
	}
	if got := p.refresh(first.text("refresh_token"), partnerScope); got.status != 200 {
		t.Errorf("the new one: %s", got.raw)
	}
}

func TestWithoutOfflineAccess(t *testing.T) {
	p, _ := consented(t)
	answer, _ := p.walk(visitor.New(), p.userURL("scope", partnerScope))
	got := p.redeem(answer.Get("code"))
	if got.status != 200 || got.text("refresh_token") != "" || got.text("id_token") != "" {
		t.Errorf("%s", got.raw)
	}
}

// An app may not read tenant-wide consents with what the connector asks for.
func TestPermissionGrantsAreClosed(t *testing.T) {
	p, _ := consented(t)
	token := p.redeem(p.newCode(), "scope", p.graphScope("User.Read")).text("access_token")
	if got := p.api("/v1.0/oauth2PermissionGrants", token); got.status != 403 || got.code() != "Authorization_RequestDenied" {
		t.Errorf("%d %s", got.status, got.raw)
	}
}
