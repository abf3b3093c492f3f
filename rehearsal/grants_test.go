package rehearsal_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"partner-center-connector/rehearsal/visitor"
)

// The names that many tenants share are no way to a single-tenant app.
func TestSharedNamesAtTheTokenEndpoint(t *testing.T) {
	p, _ := consented(t)
	for _, test := range []struct{ name, grant, code string }{
		{"common", "refresh_token", "AADSTS50194"},
		{"organizations", "refresh_token", "AADSTS50194"},
		{"consumers", "refresh_token", "AADSTS9002332"},
		{"common", "client_credentials", "AADSTS50059"},
		{"common", "password", "AADSTS9001023"},
		{"organizations", "password", "AADSTS50194"},
	} {
		form := url.Values{"client_id": {p.clientID()}, "grant_type": {test.grant}}
		if got := p.send(http.MethodPost, "/"+test.name+"/oauth2/v2.0/token", form, nil); got.code() != test.code || got.text("error") != "invalid_request" {
			t.Errorf("%s, %s: %s", test.name, test.grant, got.raw)
		}
	}
}

// PKCE is optional; with it the verifier must fit.
func TestRedeemWithOtherChallenges(t *testing.T) {
	p, _ := consented(t)
	for _, test := range []struct {
		name, text, method, verifier, code string
	}{
		{"none", "", "", "", ""},
		{"none, but a verifier", "", "", p.verifier, "AADSTS501481"},
		{"plain", p.verifier, "plain", p.verifier, ""},
		{"plain by default", p.verifier, "", p.verifier, ""},
		{"plain, other verifier", p.verifier, "plain", strings.Repeat("w", 50), "AADSTS501481"},
	} {
		answer, _ := p.walk(visitor.New(), p.userURL("code_challenge", test.text, "code_challenge_method", test.method))
		if got := p.redeem(answer.Get("code"), "code_verifier", test.verifier); got.code() != test.code {
			t.Errorf("%s: %s", test.name, got.raw)
		}
	}
}

// What a token tells depends on the scopes of the sign-in.
func TestClaimsByScope(t *testing.T) {
	p, _ := consented(t)
	for _, test := range []struct {
		scope string
		want  map[string]bool
	}{
		{"openid", map[string]bool{"oid": false, "name": false, "preferred_username": false, "email": false, "acct": false, "wids": false, "sub": true, "tid": true}},
		{"openid profile", map[string]bool{"oid": true, "name": true, "preferred_username": true, "email": false, "acct": false, "wids": false}},
	} {
		answer, _ := p.walk(visitor.New(), p.userURL("scope", test.scope+" "+p.graphScope("User.Read")))
		tokens := p.redeem(answer.Get("code"), "scope", p.graphScope("User.Read"))
		found := claims(t, tokens.text("id_token"))
		info := p.api("/oidc/userinfo", tokens.text("access_token"))
		for name, want := range test.want {
			if _, ok := found[name]; ok != want {
				t.Errorf("%s: %s is there: %v", test.scope, name, ok)
			}
		}
		if info.status != 200 || info.text("sub") != found["sub"] || (info.text("name") != "") != test.want["name"] || info.text("email") != "" {
			t.Errorf("%s: userinfo %d %s", test.scope, info.status, info.raw)
		}
	}
	partner := p.redeem(p.newCode()).text("access_token")
	if got := p.api("/oidc/userinfo", partner); got.status != http.StatusUnauthorized {
		t.Errorf("userinfo for another API's token: %d", got.status)
	}
}

func TestDeviceCode(t *testing.T) {
	p := newProgram(t, start(t, options()))
	post := func(tenant string, form url.Values) reply {
		return p.send(http.MethodPost, "/"+tenant+"/oauth2/v2.0/devicecode", form, nil)
	}
	form := url.Values{"client_id": {p.clientID()}, "scope": {"openid"}}
	got := post(p.facts.TenantID, form)
	if got.status != 200 || got.text("device_code") == "" || got.text("user_code") == "" || got.text("verification_uri") != p.facts.Pages+"/device" {
		t.Fatalf("%d %s", got.status, got.raw)
	}
	redeemed := p.token(url.Values{"grant_type": {"urn:ietf:params:oauth:grant-type:device_code"}, "device_code": {got.text("device_code")}})
	if redeemed.status != http.StatusUnauthorized || redeemed.text("error") != "invalid_client" || redeemed.code() != "AADSTS7000218" {
		t.Errorf("%d %s", redeemed.status, redeemed.raw)
	}
	for tenant, code := range map[string]string{"common": "AADSTS50059", "organizations": "AADSTS50059", "consumers": "AADSTS90133", "nobody.example": "AADSTS90002"} {
		if got := post(tenant, form); got.code() != code {
			t.Errorf("%s: %s", tenant, got.raw)
		}
	}
	for _, test := range []struct{ id, scope, code string }{
		{"", "openid", "AADSTS900144"},
		{"5e0a11c0-a000-4000-8000-00000000dead", "openid", "AADSTS700016"},
		{p.clientID(), " ", "AADSTS900144"},
		{p.clientID(), "Mail.Rule", "AADSTS650053"},
	} {
		if got := post(p.facts.TenantID, url.Values{"client_id": {test.id}, "scope": {test.scope}}); got.code() != test.code {
			t.Errorf("%v: %s", test, got.raw)
		}
	}
}

func TestPasswords(t *testing.T) {
	p := newProgram(t, start(t, options()))
	p.kind = "secret"
	right := p.facts.People[0]
	for _, test := range []struct{ user, password, code, suberror string }{
		{"nobody@" + p.facts.Domain, "x", "AADSTS50034", ""},
		{right.UPN, "x", "AADSTS50126", ""},
		{right.UPN, right.Password, "AADSTS50076", "basic_action"},
	} {
		got := p.token(url.Values{"grant_type": {"password"}, "username": {test.user}, "password": {test.password}, "scope": {"openid"}})
		if got.code() != test.code || got.text("error") != "invalid_grant" || got.text("suberror") != test.suberror {
			t.Errorf("%v: %s", test, got.raw)
		}
	}
}

// The paths of version 1 refuse what is meant for version 2.
func TestVersionOne(t *testing.T) {
	p := newProgram(t, start(t, options()))
	path := "/" + p.facts.TenantID + "/oauth2/token"
	for _, test := range []struct{ id, resource, code string }{
		{"", "", "AADSTS900144"},
		{p.clientID(), "", "AADSTS900144"},
		{p.clientID(), "https://graph.microsoft.com", "AADSTS90023"},
	} {
		form := url.Values{"grant_type": {"client_credentials"}, "client_id": {test.id}, "resource": {test.resource}}
		if got := p.send(http.MethodPost, path, form, nil); got.status != 400 || got.code() != test.code {
			t.Errorf("%v: %d %s", test, got.status, got.raw)
		}
	}
	if got := p.send(http.MethodGet, path, nil, nil); got.code() != "AADSTS900561" {
		t.Errorf("GET: %s", got.raw)
	}
	if got := p.send(http.MethodPost, "/common/oauth2/devicecode", url.Values{"client_id": {p.clientID()}, "scope": {"openid"}}, nil); got.code() != "AADSTS900144" {
		t.Errorf("device code: %s", got.raw)
	}
	if got := p.send(http.MethodGet, "/common/discovery/keys", nil, nil); got.raw != p.send(http.MethodGet, "/common/discovery/v2.0/keys", nil, nil).raw {
		t.Errorf("keys: %s", got.raw)
	}
	document := p.send(http.MethodGet, "/"+p.facts.Domain+"/.well-known/openid-configuration", nil, nil)
	if left, err := visitor.New().Open(t.Context(), document.text("end_session_endpoint")); err != nil || left.Status != http.StatusOK {
		t.Errorf("sign-out at %s: %v", document.text("end_session_endpoint"), err)
	}
	if document.text("token_endpoint") != p.facts.BackChannel+path || document.text("issuer") != p.facts.BackChannel+"/sts/"+p.facts.TenantID+"/" {
		t.Errorf("discovery: %s", document.raw)
	}
	page, err := visitor.New().Open(t.Context(), strings.Replace(p.userURL(), "/v2.0/", "/", 1))
	if err != nil || number(page.ErrorText()) != "AADSTS900144" || !strings.Contains(page.ErrorText(), "'resource'") {
		t.Errorf("authorize: %v %s", err, page.Body)
	}
	answer, _ := p.walk(visitor.New(), strings.Replace(p.adminURL("scope", ""), "/v2.0/", "/", 1))
	if answer.Get("admin_consent") != "True" || answer.Get("tenant") != p.facts.TenantID || !strings.Contains(answer.Get("scope"), partnerScope) {
		t.Errorf("admin consent: %v", answer)
	}
}
