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
		"body":   p.send(http.MethodPost, path, url.Values{"client-request-id": {id}}, nil),
	} {
		if got.text("correlation_id") != id || got.header.Get("x-ms-request-id") != got.text("trace_id") || got.text("trace_id") == "" {
			t.Errorf("by its %s: %s, %v", name, got.raw, got.header)
		}
		if back := got.header.Get("client-request-id"); (back == id) != (name == "header") {
			t.Errorf("by its %s: %q comes back", name, back)
		}
	}
}

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
	page, err := visitor.New().Open(t.Context(), strings.Replace(p.userURL(), "/v2.0/", "/", 1))
	if err != nil || number(page.ErrorText()) != "AADSTS900144" || !strings.Contains(page.ErrorText(), "'resource'") {
		t.Errorf("authorize: %v %s", err, page.Body)
	}
	answer, _ := p.walk(visitor.New(), strings.Replace(p.adminURL("scope", ""), "/v2.0/", "/", 1))
	if answer.Get("admin_consent") != "True" || answer.Get("tenant") != p.facts.TenantID || !strings.Contains(answer.Get("scope"), partnerScope) {
		t.Errorf("admin consent: %v", answer)
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

// An app may not read tenant-wide consents with what the connector asks for.
func TestPermissionGrantsAreClosed(t *testing.T) {
	p, _ := consented(t)
	token := p.redeem(p.newCode(), "scope", p.graphScope("User.Read")).text("access_token")
	if got := p.api("/v1.0/oauth2PermissionGrants", token); got.status != 403 || got.code() != "Authorization_RequestDenied" {
		t.Errorf("%d %s", got.status, got.raw)
	}
}
