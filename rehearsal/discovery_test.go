package rehearsal_test

import (
	"crypto/rsa"
	"crypto/sha1"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"partner-center-connector/rehearsal/visitor"
)

func TestDiscovery(t *testing.T) {
	p := newProgram(t, start(t, options()))
	for _, name := range []string{p.facts.Domain, p.facts.TenantID, strings.ToUpper(p.facts.TenantID)} {
		got := p.send(http.MethodGet, "/"+name+"/v2.0/.well-known/openid-configuration", nil, nil)
		if got.text("tenant_region_scope") != "EU" || got.header.Get("x-ms-request-id") == "" {
			t.Errorf("%s: %s", name, got.raw)
		}
		p.expectDocument(got, p.facts.TenantID, p.facts.TenantID)
	}
	for name, tenant := range map[string]string{"common": "{tenantid}", "organizations": "{tenantid}", "consumers": "9188040d-6c67-4c5b-b112-36a304b66dad"} {
		got := p.send(http.MethodGet, "/"+name+"/v2.0/.well-known/openid-configuration", nil, nil)
		if region, told := got.body["tenant_region_scope"]; !told || region != nil {
			t.Errorf("%s: %s", name, got.raw)
		}
		p.expectDocument(got, name, tenant)
	}
	for _, path := range []string{"/v2.0/.well-known/openid-configuration", "/discovery/v2.0/keys"} {
		got := p.send(http.MethodGet, "/nobody.example"+path, nil, nil)
		if got.status != 400 || got.text("error") != "invalid_tenant" || got.code() != "AADSTS90002" {
			t.Errorf("unknown tenant: %d %s", got.status, got.raw)
		}
	}
	for path, want := range map[string]int{"/": 404, "/v1/nothing": 404, "/v1.0/nothing": 400, "/" + p.facts.TenantID + "/v2.0/adminconsent": 404} {
		if got := p.send(http.MethodGet, path, nil, nil); got.status != want {
			t.Errorf("%s: %d", path, got.status)
		}
	}
}

// expectDocument holds what a discovery document names, by the name in its addresses and the tenant in its issuer.
func (p *program) expectDocument(got reply, name, tenant string) {
	p.t.Helper()
	for key, want := range map[string]string{
		"issuer":                        p.facts.BackChannel + "/" + tenant + "/v2.0",
		"authorization_endpoint":        p.facts.Pages + "/" + name + "/oauth2/v2.0/authorize",
		"token_endpoint":                p.facts.BackChannel + "/" + name + "/oauth2/v2.0/token",
		"device_authorization_endpoint": p.facts.BackChannel + "/" + name + "/oauth2/v2.0/devicecode",
		"end_session_endpoint":          p.facts.Pages + "/" + name + "/oauth2/v2.0/logout",
		"userinfo_endpoint":             p.facts.BackChannel + "/oidc/userinfo",
	} {
		if got.text(key) != want {
			p.t.Errorf("%s: %s is %q", name, key, got.text(key))
		}
	}
	p.expectKeys(p.send(http.MethodGet, strings.TrimPrefix(got.text("jwks_uri"), p.facts.BackChannel), nil, nil), got.text("issuer"))
}

// expectKeys holds what a key set says of its key, and that the certificate in it is the key's.
func (p *program) expectKeys(got reply, issuer string) {
	p.t.Helper()
	list, _ := got.body["keys"].([]any)
	if len(list) != 1 {
		p.t.Fatalf("keys: %d %s", got.status, got.raw)
	}
	key := list[0].(map[string]any)
	chain, _ := key["x5c"].([]any)
	if len(chain) != 1 || key["kty"] != "RSA" || key["use"] != "sig" || key["alg"] != nil || key["x5t"] != key["kid"] || key["issuer"] != issuer {
		p.t.Fatalf("key: %s", got.raw)
	}
	der, err := base64.StdEncoding.DecodeString(chain[0].(string))
	if err != nil {
		p.t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		p.t.Fatal(err)
	}
	thumb := sha1.Sum(der)
	public := certificate.PublicKey.(*rsa.PublicKey)
	if key["x5t"] != base64.RawURLEncoding.EncodeToString(thumb[:]) || key["n"] != base64.RawURLEncoding.EncodeToString(public.N.Bytes()) {
		p.t.Errorf("the certificate is another key's: %s", got.raw)
	}
}

func TestInstanceDiscovery(t *testing.T) {
	p := newProgram(t, start(t, options()))
	ask := func(q url.Values) reply {
		return p.send(http.MethodGet, "/common/discovery/instance?"+q.Encode(), nil, nil)
	}
	for _, origin := range []string{p.facts.BackChannel, p.facts.Pages} {
		got := ask(url.Values{"api-version": {"1.1"}, "authorization_endpoint": {origin + "/" + p.facts.TenantID + "/oauth2/v2.0/authorize"}})
		known, _ := got.body["metadata"].([]any)
		if got.status != 200 || len(known) != 1 || got.text("tenant_discovery_endpoint") != p.facts.BackChannel+"/"+p.facts.TenantID+"/v2.0/.well-known/openid-configuration" {
			t.Errorf("%s: %d %s", origin, got.status, got.raw)
		}
	}
	for _, test := range []struct{ version, endpoint, oauth, code string }{
		{"", p.facts.BackChannel + "/common/oauth2/v2.0/authorize", "invalid_request", "AADSTS900144"},
		{"1.1", "", "invalid_request", "AADSTS50050"},
		{"1.1", "https://login.invalid/common/oauth2/v2.0/authorize", "invalid_instance", "AADSTS50049"},
	} {
		got := ask(url.Values{"api-version": {test.version}, "authorization_endpoint": {test.endpoint}})
		if got.status != 400 || got.code() != test.code || got.text("error") != test.oauth {
			t.Errorf("%v: %d %s", test, got.status, got.raw)
		}
	}
}

// TestTokenHeaders: an ID token is of version 2, which names its key by kid alone; the access token of the first version has x5t too.
func TestTokenHeaders(t *testing.T) {
	p, _ := consented(t)
	tokens := p.redeem(p.newCode())
	for name, want := range map[string]int{"id_token": 3, "access_token": 4} {
		first, _, _ := strings.Cut(tokens.text(name), ".")
		text, err := base64.RawURLEncoding.DecodeString(first)
		header := map[string]string{}
		if err := errors.Join(err, json.Unmarshal(text, &header)); err != nil {
			t.Fatal(err)
		}
		if len(header) != want || header["typ"] != "JWT" || header["alg"] != "RS256" || header["kid"] == "" || want == 4 && header["x5t"] != header["kid"] {
			t.Errorf("%s: %v", name, header)
		}
	}
}

func TestSignOut(t *testing.T) {
	p := newProgram(t, start(t, options()))
	v := visitor.New()
	p.walk(v, p.adminURL())
	address := func(q url.Values) string {
		return p.facts.Pages + "/" + p.facts.TenantID + "/oauth2/v2.0/logout?" + q.Encode()
	}
	silent := func() string {
		answer, _ := p.walk(v, p.userURL("prompt", "none"))
		return answer.Get("error")
	}
	if got := silent(); got != "" {
		t.Fatalf("signed in: %s", got)
	}
	page, err := v.Open(t.Context(), address(url.Values{"post_logout_redirect_uri": {"https://evil.example/"}}))
	if err != nil || page.Status != 200 || page.URL.Host != strings.TrimPrefix(p.facts.Pages, "http://") || !strings.Contains(page.Body, "rehearsal.page.signed-out.title") {
		t.Errorf("to a foreign address: %v %s", err, page.URL)
	}
	if got := silent(); got != "login_required" {
		t.Errorf("after the sign-out: %q", got)
	}
	page, err = v.Open(t.Context(), address(url.Values{"post_logout_redirect_uri": {p.origin + "/consent"}, "state": {"s"}}))
	if err != nil || page.URL.String() != p.origin+"/done" {
		t.Errorf("back to the program: %v %s", err, page.URL)
	}
	if answer := p.answer(); answer.Get("state") != "s" {
		t.Errorf("the state: %v", answer)
	}
}
