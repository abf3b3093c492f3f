package checks

import (
	"slices"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

const (
	globalAdmin = "62e90394-69f5-4237-9190-012177145e10"
	plainUser   = "b79fbf4d-3ef9-4689-8143-76b194e85509"
)

// What only the sign-in told is no news at a later check.
func TestLaterChecksDoNotGoByTheSignIn(t *testing.T) {
	unreadable := func(s *script) { s.membership = connector.Membership{} }
	runRows(t, []row{
		{"became an administrator", connector.CheckNotAdmin, func(s *script) {
			s.saved()
			s.claims.Roles, s.membership.Administrator = []string{plainUser}, new(true)
		}, connector.CheckFailed, connector.WeightAttention, connector.KindIsAdmin},
		{"is none any more", connector.CheckNotAdmin, func(s *script) { s.saved(); s.claims.Roles = []string{globalAdmin} }, connector.CheckPassed, connector.WeightNone, ""},
		{"roles of now not readable", connector.CheckNotAdmin, func(s *script) { s.saved(); unreadable(s); s.claims.Roles = []string{plainUser} }, connector.CheckUnknown, connector.WeightWarning, connector.KindAdminUnknown},
		{"graph down", connector.CheckNotAdmin, func(s *script) { s.saved(); s.groupsErr = noNetwork(); s.claims.Roles = []string{plainUser} }, connector.CheckUnknown, connector.WeightWarning, connector.KindNoNetwork},
		{"not readable, one at the sign-in", connector.CheckNotAdmin, func(s *script) { s.saved(); unreadable(s); s.claims.Roles = []string{globalAdmin} }, connector.CheckUnknown, connector.WeightAttention, connector.KindAdminUnknown},
		{"not readable, sign-in silent", connector.CheckNotAdmin, func(s *script) { s.saved(); unreadable(s) }, connector.CheckUnknown, connector.WeightWarning, connector.KindAdminUnknown},
		{"renewed just now, not readable", connector.CheckNotAdmin, func(s *script) { s.renewed(); unreadable(s); s.claims.Roles = []string{plainUser} }, connector.CheckPassed, connector.WeightNone, ""},
		{"renewed just now, the token names a role", connector.CheckNotAdmin, func(s *script) { s.renewed(); s.claims.Roles = []string{globalAdmin} }, connector.CheckFailed, connector.WeightAttention, connector.KindIsAdmin},
		{"first sign-in, Graph knows better", connector.CheckNotAdmin, func(s *script) { s.claims.Roles, s.membership.Administrator = []string{plainUser}, new(true) }, connector.CheckFailed, connector.WeightAttention, connector.KindIsAdmin},

		{"graph refuses", connector.CheckUser, func(s *script) {
			s.saved()
			s.meErr = &connector.APIError{Service: auth.Graph, Status: 403, Code: "Authorization_RequestDenied"}
		}, connector.CheckUnknown, connector.WeightWarning, connector.KindUserUnknown},
		{"graph down", connector.CheckUser, func(s *script) { s.saved(); s.meErr = noNetwork() }, connector.CheckUnknown, connector.WeightWarning, connector.KindNoNetwork},
		{"graph names nobody", connector.CheckUser, func(s *script) { s.saved(); s.me = connector.Me{} }, connector.CheckUnknown, connector.WeightWarning, connector.KindUserUnknown},
		{"graph down, nobody pinned", connector.CheckUser, func(s *script) { s.saved(); s.in.Saved.User.ObjectID = ""; s.meErr = noNetwork() }, connector.CheckUnknown, connector.WeightWarning, connector.KindNoNetwork},
		{"graph down, another account pinned", connector.CheckUser, func(s *script) { s.saved(); s.in.Saved.User.ObjectID = testOther; s.meErr = noNetwork() }, connector.CheckFailed, connector.WeightNever, connector.KindOtherAccount},
		{"graph answers", connector.CheckUser, func(s *script) { s.saved() }, connector.CheckPassed, connector.WeightNone, ""},
		{"renewed just now, graph down", connector.CheckUser, func(s *script) { s.renewed(); s.meErr = noNetwork() }, connector.CheckPassed, connector.WeightNone, ""},

		{"home tenant", connector.CheckMember, func(s *script) { s.saved() }, connector.CheckPassed, connector.WeightNone, ""},
		{"acct said member", connector.CheckMember, func(s *script) { s.saved(); s.claims.HomeTenant, s.claims.Acct = "", "0" }, connector.CheckUnknown, connector.WeightWarning, connector.KindMemberUnknown},
		{"became external", connector.CheckMember, func(s *script) { s.saved(); s.me.UPN = "x_fabrikam.example#EXT#@contoso.example" }, connector.CheckFailed, connector.WeightNever, connector.KindGuest},

		{"no admin answer, another tenant", connector.CheckTenant, func(s *script) { s.in.AdminTenant, s.claims.TenantID = "", testOther }, connector.CheckFailed, connector.WeightNever, connector.KindWrongTenant},
		{"no admin answer, no tenant", connector.CheckTenant, func(s *script) { s.in.AdminTenant, s.claims.TenantID = "", "" }, connector.CheckFailed, connector.WeightNever, connector.KindWrongTenant},

		{"cached token", connector.CheckLasts, func(s *script) { s.tokens[auth.PartnerCenter] = auth.Token{Cached: true} }, connector.CheckUnknown, connector.WeightNone, ""},
	})
}

// A cached token proves nothing at any distance from the sign-in, be it the first one or one that was asked for once more.
func TestACachedTokenIsNoProofThatTheSignInLasts(t *testing.T) {
	s := newScript()
	s.in.Consented = testNow.Add(-5 * time.Minute)
	s.in.PartnerCenter = slowPartner{s.in.PartnerCenter, s}
	s.tokens[auth.PartnerCenter] = auth.Token{Cached: true}
	if got := s.make(t.Context())[connector.CheckLasts]; got.State != connector.CheckUnknown || got.Evidence[0].Key != "refresh-cached" {
		t.Errorf("%s by %v", got.State, got.Evidence)
	}
	if want := []string{"graph fresh", "partnercenter fresh", "partnercenter fresh"}; !slices.Equal(s.tokenLog, want) {
		t.Errorf("token calls: %v", s.tokenLog)
	}
}

func TestEvidenceOfTheSignInCarriesItsTime(t *testing.T) {
	s := newScript()
	for id, c := range s.make(t.Context()) {
		for _, f := range c.Evidence {
			if !f.At.IsZero() {
				t.Errorf("%s: %s of this very sign-in is dated %v", id, f.Key, f.At)
			}
		}
	}
	s = newScript()
	s.in.Consented = time.Date(2026, time.July, 8, 10, 0, 0, 0, time.UTC)
	s.saved()
	s.membership, s.claims.Roles, s.meErr = connector.Membership{}, []string{plainUser}, noNetwork()
	dated := []string{}
	for _, c := range Run(t.Context(), s.in, nil) {
		for _, f := range c.Evidence {
			if f.At.Equal(time.Date(2026, time.July, 8, 10, 0, 0, 0, time.UTC)) {
				dated = append(dated, f.Key)
			}
		}
	}
	if want := []string{"id-token", "tenant-token", "user-token", "home-tenant-same", "roles-token"}; !slices.Equal(dated, want) {
		t.Errorf("dated: %v, want %v", dated, want)
	}
}
