package rehearsal_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"partner-center-connector/rehearsal/visitor"
)

// read signs the integration user in with the permissions to read the directory, and returns a token for Graph.
func read(t *testing.T) (*program, string) {
	t.Helper()
	p := newProgram(t, start(t, options()))
	scopes := p.scopes() + " " + p.graphScope("Application.Read.All") + " " + p.graphScope("DelegatedPermissionGrant.Read.All")
	p.walk(visitor.New(), p.adminURL("scope", scopes))
	answer, _ := p.walk(visitor.New(), p.userURL("scope", scopes))
	want := p.graphScope("Application.Read.All") + " " + p.graphScope("DelegatedPermissionGrant.Read.All")
	return p, p.redeem(answer.Get("code"), "scope", want).text("access_token")
}

func TestServicePrincipals(t *testing.T) {
	p, token := read(t)
	app := func(id string) string { return "/v1.0/servicePrincipals(appId='" + id + "')" }
	found := p.api(app(p.clientID())+"?$select=id,appId,displayName,accountEnabled", token)
	if found.status != 200 || found.text("appId") != p.clientID() || found.body["accountEnabled"] != true || found.body["appDisplayName"] != nil {
		t.Errorf("%d %s", found.status, found.raw)
	}
	if again := p.api("/v1.0/servicePrincipals/"+found.text("id"), token); again.text("appId") != p.clientID() {
		t.Errorf("%d %s", again.status, again.raw)
	}
	if partner := p.api(app("fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd"), token); partner.text("displayName") != "Microsoft Partner Center" {
		t.Errorf("%d %s", partner.status, partner.raw)
	}
	// Another registration of the tenant, which nobody has consented to.
	if other := p.api(app(p.facts.Clients.Certificate), token); other.status != 404 || other.code() != "Request_ResourceNotFound" {
		t.Errorf("%d %s", other.status, other.raw)
	}
	if none := p.api("/v1.0/servicePrincipals(name='x')", token); none.status != 400 {
		t.Errorf("%d %s", none.status, none.raw)
	}
	plain := p.redeem(p.newCode(), "scope", p.graphScope("User.Read")).text("access_token")
	if refused := p.api(app(p.clientID()), plain); refused.status != 403 || refused.code() != "Authorization_RequestDenied" {
		t.Errorf("%d %s", refused.status, refused.raw)
	}
}

// TestPermissionGrants: a consent for the whole tenant has a grant for each API.
func TestPermissionGrants(t *testing.T) {
	p, token := read(t)
	id := p.api("/v1.0/servicePrincipals(appId='"+p.clientID()+"')", token).text("id")
	partner := p.api("/v1.0/servicePrincipals(appId='fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd')", token).text("id")
	list := func(filter string) []any {
		got := p.api("/v1.0/oauth2PermissionGrants?$filter="+url.PathEscape(filter), token)
		values, ok := got.body["value"].([]any)
		if got.status != 200 || !ok {
			t.Errorf("%s: %d %s", filter, got.status, got.raw)
		}
		return values
	}
	byResource := map[string]map[string]any{}
	for _, v := range list("clientId eq '" + id + "'") {
		grant, _ := v.(map[string]any)
		if grant["consentType"] == "AllPrincipals" {
			byResource[fmt.Sprint(grant["resourceId"])] = grant
		}
		if grant["clientId"] != id {
			t.Errorf("%v", grant)
		}
	}
	if g := byResource[partner]; len(byResource) != 2 || g["principalId"] != nil || g["scope"] != "user_impersonation" {
		t.Errorf("%v", byResource)
	}
	for resource, g := range byResource {
		if resource != partner && !strings.Contains(fmt.Sprint(g["scope"]), "Application.Read.All") {
			t.Errorf("%v", g)
		}
	}
	if none := list("clientId eq '5e0a11c0-0000-4000-8000-00000000ffff'"); len(none) != 0 {
		t.Errorf("%v", none)
	}
	if got := p.api("/v1.0/oauth2PermissionGrants?$filter=scope%20eq%20'x'", token); got.status != 400 {
		t.Errorf("%d %s", got.status, got.raw)
	}
}

// TestMFAReport counts the calls of an app in the name of people.
func TestMFAReport(t *testing.T) {
	p, clock := consented(t)
	token := p.redeem(p.newCode()).text("access_token")
	p.api("/v1/profiles/organization", token)
	got := p.send("GET", "/v1/applicationmfaadoptionstatus", nil, map[string][]string{"Authorization": {"Bearer " + token}})
	want := `[{"loginDate":"` + clock.Now().UTC().Format(time.DateOnly) + `","mfaCompliantRequestCount":2,"totalRequestCount":2,"applicationId":"` + p.clientID() + `","applicationName":""}]`
	if got.status != 200 || strings.TrimSpace(got.raw) != want {
		t.Errorf("%d %s, want %s", got.status, got.raw, want)
	}
}
