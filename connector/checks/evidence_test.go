package checks

import (
	"maps"
	"slices"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// TestWhatAProblemNames holds the values that its sentences are made of.
func TestWhatAProblemNames(t *testing.T) {
	for _, tc := range []struct {
		name    string
		check   connector.CheckID
		arrange func(*script)
		want    map[string]string
	}{
		{"another tenant", connector.CheckTenant, func(s *script) { s.claims.TenantID = testOther }, map[string]string{"Expected": testTenant, "Actual": testOther}},
		{"another tenant than the admin's", connector.CheckTenant, func(s *script) { s.in.AdminTenant = testOther }, map[string]string{"Expected": testOther, "Actual": testTenant}},
		{"another partner", connector.CheckPartner, func(s *script) { s.organization.TenantID = testOther }, map[string]string{"Expected": testTenant, "Actual": testOther, "Name": "Contoso"}},
	} {
		s := newScript()
		tc.arrange(s)
		p := s.make(t.Context())[tc.check].Problem
		if p == nil || !maps.Equal(p.Args, tc.want) {
			t.Errorf("%s: %+v, want %v", tc.name, p, tc.want)
		}
	}
}

// TestWhatTheEvidenceNames holds keys and values: a key without its sentence would be shown as it is.
func TestWhatTheEvidenceNames(t *testing.T) {
	noToken := func(s *script) { s.tokenErrs[auth.PartnerCenter] = []error{refreshError("invalid_grant")} }
	for _, tc := range []struct {
		name    string
		check   connector.CheckID
		arrange func(*script)
		key     string
		want    map[string]string
	}{
		{"the tenant", connector.CheckTenant, func(*script) {}, "tenant-admin", map[string]string{"Tenant": testTenant}},
		{"the tenant found", connector.CheckTenant, func(*script) {}, "tenant-found", map[string]string{"Tenant": testTenant, "Domain": "contoso.example"}},
		{"the user", connector.CheckUser, func(*script) {}, "user-graph", map[string]string{"UPN": testUPN, "Name": "Integration"}},
		{"nobody", connector.CheckUser, func(s *script) { s.me, s.claims.PreferredUsername = connector.Me{ID: testObject}, "" }, "user-nameless", nil},
		{"the partner", connector.CheckPartner, func(*script) {}, "organization", map[string]string{"Name": "Contoso", "Tenant": testTenant}},
		{"no token", connector.CheckPartner, noToken, "no-token", map[string]string{"API": "Partner Center"}},
		{"no scopes", connector.CheckPermissions, func(s *script) { s.tokens[auth.Graph] = auth.Token{} }, "scopes-not-told", map[string]string{"API": "Microsoft Graph"}},
	} {
		s := newScript()
		tc.arrange(s)
		evidence := s.make(t.Context())[tc.check].Evidence
		i := slices.IndexFunc(evidence, func(f connector.Fact) bool { return f.Key == tc.key })
		if i < 0 || !maps.Equal(evidence[i].Args, tc.want) {
			t.Errorf("%s: %+v, want %s with %v", tc.name, evidence, tc.key, tc.want)
		}
	}
}

func TestPermissionsOfAnotherResource(t *testing.T) {
	runRows(t, []row{
		{"graph's by Partner Center's app ID", connector.CheckPermissions, func(s *script) {
			token := s.tokens[auth.Graph]
			token.Scopes = []string{partnerCenterApp + "/User.Read", partnerCenterApp + "/GroupMember.Read.All"}
			s.tokens[auth.Graph] = token
		}, connector.CheckFailed, connector.WeightNever, connector.KindMissingScopes},
		{"no token for want of MFA", connector.CheckMFA, func(s *script) {
			s.tokenErrs[auth.PartnerCenter] = []error{refreshError("interaction_required", 50076)}
		}, connector.CheckUnknown, connector.WeightAttention, connector.KindMFAUnknown},
	})
}

// TestATokenThatWasLateEnoughIsNotRedeemedAgain holds the six minutes themselves.
func TestATokenThatWasLateEnoughIsNotRedeemedAgain(t *testing.T) {
	for age, want := range map[time.Duration]connector.CheckState{
		6*time.Minute - 1: connector.CheckUnknown, 6 * time.Minute: connector.CheckPassed,
	} {
		s := newScript()
		s.in.Consented = testNow.Add(-age)
		if got := s.make(t.Context())[connector.CheckLasts].State; got != want {
			t.Errorf("after %v: %s, want %s", age, got, want)
		}
		if want := []string{"graph fresh", "partnercenter fresh"}; !slices.Equal(s.tokenLog, want) {
			t.Errorf("after %v: token calls: %v", age, s.tokenLog)
		}
	}
}
