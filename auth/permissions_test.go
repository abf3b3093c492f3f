package auth

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

func TestPermissions(t *testing.T) {
	names := func(list []Permission) string {
		all := []string{}
		for _, p := range list {
			all = append(all, p.Name)
		}
		return strings.Join(all, " ")
	}
	needed := "user_impersonation openid profile offline_access User.Read"
	if got := names(Permissions(false)); got != needed {
		t.Errorf("needed: %s", got)
	}
	if got := names(Permissions(true, ScopeGrants, ScopePartnerBilling)); got != needed+" GroupMember.Read.All PartnerBilling.Read.All DelegatedPermissionGrant.Read.All" {
		t.Errorf("chosen: %s", got)
	}
	all := Permissions(true, MoreScopes()...)
	if len(all) != 11 {
		t.Errorf("%d permissions", len(all))
	}
	ids := map[string]bool{}
	for _, p := range all {
		if ids[p.ID] || len(p.ID) != 36 {
			t.Errorf("%s has the ID %s", p.Name, p.ID)
		}
		ids[p.ID] = true
	}
}

func TestFurtherScopesAreGraphsAlone(t *testing.T) {
	c := globalCloud()
	if got := strings.Join(c.Scopes(PartnerCenter, true, ScopeGrants), " "); got != "https://api.partnercenter.microsoft.com/user_impersonation" {
		t.Errorf("Partner Center: %s", got)
	}
	want := "https://graph.microsoft.com/User.Read https://graph.microsoft.com/GroupMember.Read.All https://graph.microsoft.com/PartnerBilling.Read.All"
	if got := strings.Join(c.Scopes(Graph, true, ScopePartnerBilling), " "); got != want {
		t.Errorf("Graph: %s", got)
	}
	if got := c.ConsentScopes(false, ScopeGrants); !slices.Contains(got, "https://graph.microsoft.com/DelegatedPermissionGrant.Read.All") || len(got) != 6 {
		t.Errorf("both consents: %v", got)
	}
}

// TestTheGraphTokenHasTheFurtherScopes checks that they are asked for, and that there is a token without them where one is refused.
func TestTheGraphTokenHasTheFurtherScopes(t *testing.T) {
	e := newEntra(t)
	app := publicApp()
	app.Scopes = []string{ScopeApplications, ScopeGrants}
	s := e.mustRedeem(t, app)
	if _, err := s.Token(t.Context(), Graph, true); err != nil {
		t.Fatal(err)
	}
	asked := e.form(-1).Get("scope")
	for _, want := range []string{"/User.Read", "/GroupMember.Read.All", "/Application.Read.All", "/DelegatedPermissionGrant.Read.All"} {
		if !strings.Contains(asked, e.cloud.Graph+want) {
			t.Errorf("%s is not in %s", want, asked)
		}
	}
	if _, err := s.Token(t.Context(), PartnerCenter, true); err != nil || strings.Contains(e.form(-1).Get("scope"), "Application") {
		t.Errorf("Partner Center: %s, %v", e.form(-1).Get("scope"), err)
	}
	e.set(func() {
		e.token = func(w http.ResponseWriter, form url.Values) bool {
			if strings.Contains(form.Get("scope"), ScopeGrants) {
				refuse(w, "invalid_grant", 65001, "consent_required")
				return true
			}
			return false
		}
	})
	if _, err := s.Token(t.Context(), Graph, true); err != nil {
		t.Errorf("no token where a further scope is refused: %v", err)
	}
	if asked := e.form(-1).Get("scope"); strings.Contains(asked, "Read.All") {
		t.Errorf("%s", asked)
	}
}
