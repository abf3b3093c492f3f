package rehearsal_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"partner-center-connector/rehearsal"
	"partner-center-connector/rehearsal/visitor"
)

func options() rehearsal.Options { return rehearsal.Options{} }

func TestGoodFlow(t *testing.T) {
	for _, kind := range []string{"public", "secret", "certificate"} {
		t.Run(kind, func(t *testing.T) {
			clock := newClock()
			c := start(t, rehearsal.Options{Now: clock.Now})
			p := newProgram(t, c)
			p.kind = kind
			answer, page := p.walk(visitor.New(), p.adminURL())
			if answer.Get("admin_consent") != "True" || answer.Get("tenant") != p.facts.TenantID || answer.Get("state") != p.state || answer.Has("error") {
				t.Fatalf("admin consent: %v", answer)
			}
			if page.Body != "done" || answer.Get("scope") != p.scopes() {
				t.Errorf("last page %q, scope %q", page.Body, answer.Get("scope"))
			}
			answer, _ = p.walk(visitor.New(), p.userURL())
			if answer.Get("code") == "" || answer.Get("state") != p.state {
				t.Fatalf("user consent: %v", answer)
			}
			tokens := p.redeem(answer.Get("code"))
			if tokens.status != http.StatusOK {
				t.Fatal(tokens.raw)
			}
			checkTokens(t, p, tokens)
			checkAPIs(t, p, tokens)
			checkRefresh(t, p, tokens, clock)
			checkJournal(t, c.Journal(), tokens, answer.Get("code"), kind)
		})
	}
}

func checkTokens(t *testing.T, p *program, tokens reply) {
	t.Helper()
	id := claims(t, tokens.text("id_token"))
	for name, want := range map[string]any{
		"nonce": p.nonce, "aud": p.clientID(), "tid": p.facts.TenantID, "iss": p.facts.BackChannel + "/" + p.facts.TenantID + "/v2.0",
		"preferred_username": p.facts.IntegrationUPN, "ver": "2.0",
	} {
		if id[name] != want {
			t.Errorf("id_token %s = %v, want %v", name, id[name], want)
		}
	}
	if _, ok := id["amr"]; ok {
		t.Error("a v2 ID token has no amr")
	}
	access := claims(t, tokens.text("access_token"))
	if access["ver"] != "1.0" || access["aud"] != "https://partnercenter.rehearsal.invalid" || access["scp"] != "user_impersonation" {
		t.Errorf("access token: %v", access)
	}
	if amr, _ := access["amr"].([]any); !slices.Contains(amr, any("mfa")) {
		t.Errorf("amr = %v", amr)
	}
	scope := strings.Fields(tokens.text("scope"))
	if !slices.Contains(scope, partnerScope) || slices.Contains(scope, "offline_access") || tokens.text("client_info") == "" {
		t.Errorf("scope %v, client_info %q", scope, tokens.text("client_info"))
	}
}

func checkAPIs(t *testing.T, p *program, tokens reply) {
	t.Helper()
	partner := tokens.text("access_token")
	organization := p.api("/v1/profiles/organization", partner)
	if organization.status != 200 || organization.text("tenantId") != p.facts.TenantID || organization.header.Get("isMfaCompliant") != "true" {
		t.Errorf("organization: %d %s", organization.status, organization.raw)
	}
	if organization.header.Get("MS-CorrelationId") != "5e0a11c0-0000-4000-8000-00000000c0de" || organization.header.Get("MS-RequestId") == "" {
		t.Error("the correlation ID does not come back")
	}
	if got := p.api("/v1/customers?size=1", partner); got.status != 200 || got.body["totalCount"] != 1.0 {
		t.Errorf("customers: %d %s", got.status, got.raw)
	}
	if got := p.api("/v1/customers", partner); got.status != 200 || got.body["totalCount"] != 1.0 {
		t.Errorf("customers without size: %d %s", got.status, got.raw)
	}
	for _, path := range []string{"/v1/customers?size=0", "/v1/nothing"} {
		if got := p.api(path, partner); got.status < 400 || got.header.Get("MS-CorrelationId") != "5e0a11c0-0000-4000-8000-00000000c0de" || got.header.Get("MS-RequestId") == "" {
			t.Errorf("%s: %d %v", path, got.status, got.header)
		}
	}
	graph := p.refresh(tokens.text("refresh_token"), p.graphScope("User.Read")+" "+p.graphScope("GroupMember.Read.All")).text("access_token")
	if got := p.api("/v1.0/me?$select=id,userPrincipalName", graph); got.text("userPrincipalName") != p.facts.IntegrationUPN || got.body["displayName"] != nil {
		t.Errorf("me: %s", got.raw)
	}
	if names := p.groupNames("/v1.0/me/transitiveMemberOf?$select=displayName", graph); !slices.Contains(names, "AdminAgents") || len(names) != 4 {
		t.Errorf("transitive groups: %v", names)
	}
	if names := p.groupNames("/v1.0/me/memberOf", graph); slices.Contains(names, "AdminAgents") {
		t.Errorf("direct groups: %v", names)
	}
	little := p.refresh(tokens.text("refresh_token"), p.graphScope("User.Read")).text("access_token")
	if names := p.groupNames("/v1.0/me/transitiveMemberOf", little); len(names) != 0 {
		t.Errorf("names without GroupMember.Read.All: %v", names)
	}
	// Each API refuses the other's token.
	if got := p.api("/v1/profiles/organization", graph); got.status != 401 || got.code() != "900420" {
		t.Errorf("Graph's token at Partner Center: %d %s", got.status, got.raw)
	}
	if got := p.api("/v1.0/me", partner); got.status != 401 || got.code() != "InvalidAuthenticationToken" {
		t.Errorf("Partner Center's token at Graph: %d %s", got.status, got.raw)
	}
	if got := p.api("/v1/profiles/organization", "made-up"); got.status != 401 || got.code() != "800001" {
		t.Errorf("no token at Partner Center: %d %s", got.status, got.raw)
	}
}

// groupNames reads all pages of a collection and returns the names that are filled in.
func (p *program) groupNames(path, token string) []string {
	p.t.Helper()
	names := []string{}
	for range 10 {
		got := p.api(path, token)
		list, _ := got.body["value"].([]any)
		if got.status != 200 || len(list) > 2 {
			p.t.Fatalf("%s: %d %s", path, got.status, got.raw)
		}
		for _, o := range list {
			if name, ok := o.(map[string]any)["displayName"].(string); ok {
				names = append(names, name)
			}
		}
		next := got.text("@odata.nextLink")
		if next == "" {
			return names
		}
		path = strings.TrimPrefix(next, p.facts.BackChannel)
	}
	p.t.Fatal("the pages have no end")
	return nil
}

func checkRefresh(t *testing.T, p *program, tokens reply, clock *clock) {
	t.Helper()
	first := tokens.text("refresh_token")
	again := p.refresh(first, partnerScope)
	second := again.text("refresh_token")
	if again.status != 200 || second == "" || second == first || again.text("access_token") == tokens.text("access_token") {
		t.Fatalf("refresh: %d %s", again.status, again.raw)
	}
	if got := p.refresh(first, partnerScope); got.status != 200 {
		t.Errorf("the old refresh token is refused: %s", got.raw)
	}
	clock.forward(2 * time.Hour)
	if got := p.api("/v1/profiles/organization", again.text("access_token")); got.status != 401 {
		t.Errorf("an expired access token: %d", got.status)
	}
	clock.forward(91 * 24 * time.Hour)
	if p.kind == "certificate" {
		return // the assertion goes by the real time
	}
	if got := p.refresh(second, partnerScope); got.code() != "AADSTS700082" || got.text("error") != "invalid_grant" {
		t.Errorf("a refresh token of 91 days: %s", got.raw)
	}
}

func checkJournal(t *testing.T, j rehearsal.Journal, tokens reply, code, kind string) {
	t.Helper()
	if j.AdminCookieSeenAtUserConsent {
		t.Error("two visitors share no cookies")
	}
	if len(j.Consents) != 1 || !j.Consents[0].Admin || j.Consents[0].Role != rehearsal.RoleAdmin {
		t.Errorf("consents: %+v", j.Consents)
	}
	if j.Tokens["code"] != 1 || j.Tokens["id_token"] < 2 || j.Refreshes < 3 || j.Count("authorize") != 1 || j.Count("adminconsent") != 1 {
		t.Errorf("%s: tokens %v, refreshes %d", kind, j.Tokens, j.Refreshes)
	}
	issued := j.Issued()
	for _, secret := range []string{code, tokens.text("access_token"), tokens.text("refresh_token"), tokens.text("id_token")} {
		if !slices.Contains(issued, secret) {
			t.Error("a secret is not in the journal")
		}
	}
}

func TestSharedCookiesAreSeen(t *testing.T) {
	c := start(t, options())
	p := newProgram(t, c)
	same := visitor.New()
	p.walk(same, p.adminURL())
	// Without prompt=login the administrator's sign-in is taken, whoever was hinted at.
	answer, _ := p.walk(same, p.userURL("prompt", ""))
	id := claims(t, p.redeem(answer.Get("code")).text("id_token"))
	if !strings.HasPrefix(id["preferred_username"].(string), "ada@") || !c.Journal().AdminCookieSeenAtUserConsent {
		t.Errorf("%v, %v", id["preferred_username"], c.Journal().AdminCookieSeenAtUserConsent)
	}
	// With it, the pages ask again; the shared jar is seen all the same.
	answer, _ = p.walk(same, p.userURL())
	id = claims(t, p.redeem(answer.Get("code")).text("id_token"))
	if id["preferred_username"] != p.facts.IntegrationUPN {
		t.Errorf("prompt=login let %v through", id["preferred_username"])
	}
	signedIn := 0
	for _, r := range c.Journal().Requests {
		if r.Endpoint == "authorize" && r.SignedInAs == rehearsal.RoleAdmin && slices.Contains(r.Cookies, "rehearsal-sign-in") {
			signedIn++
		}
	}
	if signedIn != 2 {
		t.Errorf("the admin's cookie came %d times", signedIn)
	}
}
