package checks

import (
	"context"
	"slices"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// row is one cell of the table of checks: what is arranged, and what has to come out of one check.
type row struct {
	name    string
	check   connector.CheckID
	arrange func(*script)
	state   connector.CheckState
	weight  connector.Weight
	kind    connector.ProblemKind // of the problem; empty for none
}

func runRows(t *testing.T, rows []row) {
	t.Helper()
	for _, r := range rows {
		t.Run(string(r.check)+"/"+r.name, func(t *testing.T) {
			s := newScript()
			if r.arrange != nil {
				r.arrange(s)
			}
			got := s.make(t.Context())[r.check]
			kind := connector.ProblemKind("")
			if got.Problem != nil {
				kind = got.Problem.Kind
			}
			if got.State != r.state || got.Weight != r.weight || kind != r.kind {
				t.Errorf("got %s, weight %q, kind %q; want %s, %q, %q", got.State, got.Weight, kind, r.state, r.weight, r.kind)
			}
			if len(got.Evidence) == 0 && r.check != connector.CheckKeychain {
				t.Error("no evidence")
			}
			if got.State == connector.CheckFailed && got.Problem == nil {
				t.Error("failed without a problem")
			}
			if got.Problem != nil && (got.Problem.Actor == "" || got.Problem.Step < connector.NoStep || got.Problem.At.IsZero()) {
				t.Errorf("problem without actor, step or time: %+v", got.Problem)
			}
		})
	}
}

func TestEverythingRight(t *testing.T) {
	s := newScript()
	for id, c := range s.make(t.Context()) {
		if c.State != connector.CheckPassed || c.Weight != connector.WeightNone || c.Problem != nil {
			t.Errorf("%s: %s, weight %q, problem %v", id, c.State, c.Weight, c.Problem)
		}
	}
}

func TestIdentityChecks(t *testing.T) {
	runRows(t, []row{
		{"nonce", connector.CheckOurs, func(s *script) { s.verify = &auth.Error{Stage: auth.StageRedeem, Cause: auth.ErrNonce} }, connector.CheckFailed, connector.WeightNever, connector.KindNotOurs},
		{"clock", connector.CheckOurs, func(s *script) { s.verify = &auth.Error{Stage: auth.StageRedeem, Cause: auth.ErrExpired} }, connector.CheckFailed, connector.WeightNever, connector.KindClock},

		{"other than found", connector.CheckTenant, func(s *script) { s.claims.TenantID = testOther }, connector.CheckFailed, connector.WeightNever, connector.KindWrongTenant},
		{"none", connector.CheckTenant, func(s *script) { s.claims.TenantID = "" }, connector.CheckFailed, connector.WeightNever, connector.KindWrongTenant},
		{"other than the admin's", connector.CheckTenant, func(s *script) { s.in.AdminTenant = testOther }, connector.CheckFailed, connector.WeightNever, connector.KindWrongTenant},
		{"no admin answer", connector.CheckTenant, func(s *script) { s.in.AdminTenant = "" }, connector.CheckPassed, connector.WeightNone, ""},
		{"case", connector.CheckTenant, func(s *script) {
			s.in.Tenant.ID = "11111111-1111-4111-8111-11111111111A"
			s.claims.TenantID = "11111111-1111-4111-8111-11111111111a"
			s.in.AdminTenant = ""
		}, connector.CheckPassed, connector.WeightNone, ""},
		{"other than saved", connector.CheckTenant, func(s *script) { s.saved(); s.in.Saved.User.TenantID = testOther }, connector.CheckFailed, connector.WeightNever, connector.KindWrongTenant},

		{"case folded", connector.CheckUser, func(s *script) { s.in.UPN = " Integration@CONTOSO.onmicrosoft.com" }, connector.CheckPassed, connector.WeightNone, ""},
		{"by mail", connector.CheckUser, func(s *script) { s.in.UPN = "Integration@contoso.example" }, connector.CheckPassed, connector.WeightNone, ""},
		{"another", connector.CheckUser, func(s *script) { s.me.UPN, s.me.Mail = "admin@contoso.example", "" }, connector.CheckFailed, connector.WeightNever, connector.KindWrongUser},
		{"accepted", connector.CheckUser, func(s *script) { s.me.UPN = "svc@contoso.example"; s.in.Accepted = "SVC@contoso.example" }, connector.CheckPassed, connector.WeightNone, ""},
		{"accepted another", connector.CheckUser, func(s *script) { s.me.UPN, s.me.Mail = "svc@contoso.example", ""; s.in.Accepted = "x@contoso.example" }, connector.CheckFailed, connector.WeightNever, connector.KindWrongUser},
		{"graph down, token names it", connector.CheckUser, func(s *script) { s.meErr = noNetwork() }, connector.CheckPassed, connector.WeightNone, ""},
		{"graph down, token names another", connector.CheckUser, func(s *script) { s.meErr = noNetwork(); s.claims.PreferredUsername = "x@contoso.example" }, connector.CheckFailed, connector.WeightNever, connector.KindWrongUser},
		{"graph down, token silent", connector.CheckUser, func(s *script) { s.meErr = noNetwork(); s.claims.PreferredUsername = "" }, connector.CheckUnknown, connector.WeightAttention, connector.KindNoNetwork},
		{"no graph token, token silent", connector.CheckUser, func(s *script) {
			s.tokenErrs[auth.Graph] = []error{refreshError("invalid_grant", 65001)}
			s.claims.PreferredUsername = ""
		}, connector.CheckUnknown, connector.WeightAttention, connector.KindUserUnknown},
		{"nobody named at all", connector.CheckUser, func(s *script) { s.me, s.claims.PreferredUsername = connector.Me{ID: testObject}, "" }, connector.CheckUnknown, connector.WeightAttention, connector.KindUserUnknown},
		{"two accounts", connector.CheckUser, func(s *script) { s.me.ID = testOther }, connector.CheckFailed, connector.WeightNever, connector.KindWrongUser},
		{"empty names never match", connector.CheckUser, func(s *script) { s.in.UPN, s.me.Mail = "", "" }, connector.CheckFailed, connector.WeightNever, connector.KindWrongUser},
		{"pinned, renamed since", connector.CheckUser, func(s *script) { s.saved(); s.in.UPN = "old@contoso.example" }, connector.CheckPassed, connector.WeightNone, ""},
		{"pinned, another with the name", connector.CheckUser, func(s *script) { s.saved(); s.in.Saved.User.ObjectID = testOther }, connector.CheckFailed, connector.WeightNever, connector.KindOtherAccount},
		{"pinned, no object ID", connector.CheckUser, func(s *script) { s.saved(); s.claims.ObjectID = "" }, connector.CheckUnknown, connector.WeightAttention, connector.KindUserUnknown},

		{"other home tenant", connector.CheckMember, func(s *script) { s.claims.HomeTenant = testOther }, connector.CheckFailed, connector.WeightNever, connector.KindGuest},
		{"acct says guest", connector.CheckMember, func(s *script) { s.claims.Acct = "1" }, connector.CheckFailed, connector.WeightNever, connector.KindGuest},
		{"external name", connector.CheckMember, func(s *script) { s.me.UPN = "x_fabrikam.example#EXT#@contoso.example" }, connector.CheckFailed, connector.WeightNever, connector.KindGuest},
		{"other provider", connector.CheckMember, func(s *script) { s.claims.HomeTenant, s.claims.IdentityProvider = "", "https://sts.example/x" }, connector.CheckFailed, connector.WeightNever, connector.KindGuest},
		{"acct says member", connector.CheckMember, func(s *script) { s.claims.HomeTenant, s.claims.Acct = "", "0" }, connector.CheckPassed, connector.WeightNone, ""},
		{"nothing told", connector.CheckMember, func(s *script) { s.claims.HomeTenant = "" }, connector.CheckUnknown, connector.WeightWarning, connector.KindMemberUnknown},

		{"wids with a role", connector.CheckNotAdmin, func(s *script) { s.claims.Roles = []string{"62E90394-69f5-4237-9190-012177145e10"} }, connector.CheckFailed, connector.WeightAttention, connector.KindIsAdmin},
		{"wids without", connector.CheckNotAdmin, func(s *script) {
			s.claims.Roles = []string{"b79fbf4d-3ef9-4689-8143-76b194e85509"}
			s.membership.Administrator = nil
		}, connector.CheckPassed, connector.WeightNone, ""},
		{"graph says so", connector.CheckNotAdmin, func(s *script) { s.membership.Administrator = new(true) }, connector.CheckFailed, connector.WeightAttention, connector.KindIsAdmin},
		{"not readable", connector.CheckNotAdmin, func(s *script) { s.membership.Administrator = nil }, connector.CheckUnknown, connector.WeightWarning, connector.KindAdminUnknown},
		{"graph down", connector.CheckNotAdmin, func(s *script) { s.groupsErr = noNetwork() }, connector.CheckUnknown, connector.WeightWarning, connector.KindNoNetwork},
		{"graph forbids it", connector.CheckNotAdmin, func(s *script) {
			s.groupsErr = &connector.APIError{Service: auth.Graph, Status: 403, Code: "Authorization_RequestDenied"}
		}, connector.CheckUnknown, connector.WeightWarning, connector.KindAdminUnknown},
		{"no token", connector.CheckNotAdmin, func(s *script) { s.tokenErrs[auth.Graph] = []error{refreshError("invalid_grant")} }, connector.CheckUnknown, connector.WeightWarning, connector.KindAdminUnknown},
	})
}

func TestTokenChecks(t *testing.T) {
	without := func(r auth.Resource, scopes ...string) func(*script) {
		return func(s *script) {
			token := s.tokens[r]
			token.Scopes = scopes
			s.tokens[r] = token
		}
	}
	runRows(t, []row{
		{"short names", connector.CheckPermissions, without(auth.Graph, "user.read", "GroupMember.Read.All", "openid"), connector.CheckPassed, connector.WeightNone, ""},
		{"partner center by its app ID", connector.CheckPermissions, without(auth.PartnerCenter, partnerCenterApp+"/user_impersonation"), connector.CheckPassed, connector.WeightNone, ""},
		{"double slash", connector.CheckPermissions, without(auth.PartnerCenter, "https://api.partnercenter.microsoft.com//user_impersonation"), connector.CheckPassed, connector.WeightNone, ""},
		{"another resource's", connector.CheckPermissions, without(auth.PartnerCenter, "https://management.azure.com/user_impersonation"), connector.CheckFailed, connector.WeightNever, connector.KindMissingScopes},
		{"nothing relevant granted", connector.CheckPermissions, without(auth.PartnerCenter, "openid"), connector.CheckFailed, connector.WeightNever, connector.KindMissingScopes},
		{"an empty list says nothing", connector.CheckPermissions, without(auth.PartnerCenter), connector.CheckUnknown, connector.WeightAttention, connector.KindScopesUnknown},
		{"graph lacks User.Read", connector.CheckPermissions, without(auth.Graph, "GroupMember.Read.All"), connector.CheckFailed, connector.WeightNever, connector.KindMissingScopes},
		{"only the optional one lacks", connector.CheckPermissions, without(auth.Graph, "User.Read"), connector.CheckWarning, connector.WeightWarning, connector.KindMissingScopes},
		{"optional one not asked for", connector.CheckPermissions, func(s *script) { s.in.WithGroups = false; without(auth.Graph, "User.Read")(s) }, connector.CheckPassed, connector.WeightNone, ""},
		{"not told", connector.CheckPermissions, func(s *script) { s.tokens[auth.Graph] = auth.Token{} }, connector.CheckUnknown, connector.WeightAttention, connector.KindScopesUnknown},
		{"not told, other one lacks", connector.CheckPermissions, func(s *script) { s.tokens[auth.Graph] = auth.Token{}; without(auth.PartnerCenter, "openid")(s) }, connector.CheckFailed, connector.WeightNever, connector.KindMissingScopes},
		{"no token for want of consent", connector.CheckPermissions, func(s *script) { s.tokenErrs[auth.Graph] = []error{refreshError("invalid_grant", 65001)} }, connector.CheckFailed, connector.WeightNever, connector.KindConsentMissing},
		{"no token for another reason", connector.CheckPermissions, func(s *script) { s.tokenErrs[auth.Graph] = []error{&auth.Error{Cause: auth.ErrDNS}} }, connector.CheckUnknown, connector.WeightAttention, connector.KindDNS},

		{"revoked", connector.CheckRefresh, func(s *script) { s.tokenErrs[auth.PartnerCenter] = []error{refreshError("invalid_grant", 50173)} }, connector.CheckFailed, connector.WeightNever, connector.KindSignInAgain},
		{"unknown number", connector.CheckRefresh, func(s *script) { s.tokenErrs[auth.PartnerCenter] = []error{refreshError("invalid_grant", 99999)} }, connector.CheckFailed, connector.WeightNever, connector.KindSignInAgain},
		{"no refresh token", connector.CheckRefresh, func(s *script) { s.tokenErrs[auth.PartnerCenter] = []error{&auth.Error{Cause: auth.ErrNoRefresh}} }, connector.CheckFailed, connector.WeightNever, connector.KindNoRefreshToken},
		{"secret expired", connector.CheckRefresh, func(s *script) { s.tokenErrs[auth.PartnerCenter] = []error{refreshError("invalid_client", 7000222)} }, connector.CheckFailed, connector.WeightNever, connector.KindSecretExpired},
		{"network", connector.CheckRefresh, func(s *script) { s.tokenErrs[auth.PartnerCenter] = []error{&auth.Error{Cause: auth.ErrTimeout}} }, connector.CheckUnknown, connector.WeightNever, connector.KindNoNetwork},
		{"fault at Microsoft", connector.CheckRefresh, func(s *script) { s.tokenErrs[auth.PartnerCenter] = []error{&auth.Error{Status: 503}} }, connector.CheckUnknown, connector.WeightNever, connector.KindTransient},
		{"not stored", connector.CheckRefresh, func(s *script) { s.keepErr = &auth.Error{Cause: auth.ErrNotStored} }, connector.CheckWarning, connector.WeightAttention, connector.KindNotStored},
		{"cached", connector.CheckRefresh, func(s *script) { s.tokens[auth.PartnerCenter] = auth.Token{Cached: true} }, connector.CheckUnknown, connector.WeightNever, ""},

		{"just signed in", connector.CheckLasts, func(s *script) { s.in.Consented = testNow.Add(-connector.LastsAfter + time.Second) }, connector.CheckUnknown, connector.WeightNone, ""},
		{"no time given", connector.CheckLasts, func(s *script) { s.in.Consented = time.Time{} }, connector.CheckUnknown, connector.WeightNone, ""},
		{"old enough", connector.CheckLasts, func(s *script) { s.in.Consented = testNow.Add(-connector.LastsAfter) }, connector.CheckPassed, connector.WeightNone, ""},
		{"sign-in frequency", connector.CheckLasts, func(s *script) { s.tokenErrs[auth.PartnerCenter] = []error{refreshError("invalid_grant", 70043)} }, connector.CheckFailed, connector.WeightAttention, connector.KindNotLasting},
		{"ended after it had lasted", connector.CheckLasts, func(s *script) {
			s.saved()
			s.in.ClientKind = auth.PublicClient
			s.in.Saved.Checks = []connector.Check{{ID: connector.CheckLasts, State: connector.CheckPassed}}
			s.tokenErrs[auth.PartnerCenter] = []error{refreshError("invalid_grant")}
		}, connector.CheckFailed, connector.WeightAttention, connector.KindSignInAgain},
		{"network", connector.CheckLasts, func(s *script) { s.tokenErrs[auth.PartnerCenter] = []error{&auth.Error{Cause: auth.ErrNetwork}} }, connector.CheckUnknown, connector.WeightNone, connector.KindNoNetwork},

		{"locked", connector.CheckKeychain, func(s *script) { s.keychain = connector.ErrKeychainLocked }, connector.CheckFailed, connector.WeightNever, connector.KindKeychainLocked},
		{"full", connector.CheckKeychain, func(s *script) { s.keychain = connector.ErrKeychainFull }, connector.CheckFailed, connector.WeightNever, connector.KindKeychainFull},
		{"no test", connector.CheckKeychain, func(s *script) { s.in.KeychainTest = nil }, connector.CheckUnknown, connector.WeightNever, ""},
	})
}

func TestPartnerChecks(t *testing.T) {
	org := func(err error) func(*script) { return func(s *script) { s.orgErrs = []error{err} } }
	cust := func(err error) func(*script) { return func(s *script) { s.custErr = err } }
	withMFA := func(e *connector.APIError, mfa bool) *connector.APIError { e.MFA = &mfa; return e }
	noPartnerToken := func(s *script) { s.tokenErrs[auth.PartnerCenter] = []error{refreshError("invalid_grant")} }
	runRows(t, []row{
		{"header says no", connector.CheckMFA, func(s *script) { s.organization.MFA = new(false) }, connector.CheckFailed, connector.WeightNever, connector.KindNoMFA},
		{"header absent, though amr has it", connector.CheckMFA, func(s *script) { s.organization.MFA = nil }, connector.CheckUnknown, connector.WeightAttention, connector.KindMFAUnknown},
		{"header says yes, though amr lacks it", connector.CheckMFA, func(s *script) { s.tokens[auth.PartnerCenter] = auth.Token{AMR: []string{"pwd"}} }, connector.CheckPassed, connector.WeightNone, ""},
		{"900421", connector.CheckMFA, org(apiError(401, "900421", "")), connector.CheckFailed, connector.WeightNever, connector.KindNoMFA},
		{"10001", connector.CheckMFA, org(apiError(401, "10001", "Authentication failed. MFA required.")), connector.CheckFailed, connector.WeightNever, connector.KindNoMFA},
		{"words only", connector.CheckMFA, org(apiError(401, "", "Unauthorized - MFA required")), connector.CheckFailed, connector.WeightNever, connector.KindNoMFA},
		{"refused with the header", connector.CheckMFA, org(withMFA(apiError(401, "", ""), false)), connector.CheckFailed, connector.WeightNever, connector.KindNoMFA},
		{"forbidden, header says yes", connector.CheckMFA, org(withMFA(apiError(403, "2032", ""), true)), connector.CheckPassed, connector.WeightNone, ""},
		{"plain 401", connector.CheckMFA, org(apiError(401, "", "")), connector.CheckUnknown, connector.WeightAttention, connector.KindPartnerRefused},
		{"second call refused", connector.CheckMFA, cust(apiError(401, "900421", "")), connector.CheckFailed, connector.WeightNever, connector.KindNoMFA},
		{"network", connector.CheckMFA, org(noNetwork()), connector.CheckUnknown, connector.WeightAttention, connector.KindNoNetwork},
		{"no token", connector.CheckMFA, noPartnerToken, connector.CheckUnknown, connector.WeightAttention, connector.KindMFAUnknown},
		{"federated", connector.CheckMFA, func(s *script) { s.claims.Federated = true; s.organization.MFA = new(false) }, connector.CheckFailed, connector.WeightNever, connector.KindFederated},

		{"another partner", connector.CheckPartner, func(s *script) { s.organization.TenantID = testOther }, connector.CheckFailed, connector.WeightAttention, connector.KindOtherPartner},
		{"no tenant named", connector.CheckPartner, func(s *script) { s.organization.TenantID = "" }, connector.CheckUnknown, connector.WeightAttention, connector.KindBadAnswer},
		{"refused", connector.CheckPartner, org(apiError(403, "", "Access denied")), connector.CheckFailed, connector.WeightAttention, connector.KindPartnerRefused},
		{"not found", connector.CheckPartner, org(apiError(404, "60003", "")), connector.CheckFailed, connector.WeightAttention, connector.KindNotPartner},
		{"not found, no code", connector.CheckPartner, org(apiError(404, "", "")), connector.CheckFailed, connector.WeightAttention, connector.KindNotPartner},
		{"agreement", connector.CheckPartner, org(apiError(403, "900124", "")), connector.CheckFailed, connector.WeightAttention, connector.KindAgreementMissing},
		{"programme", connector.CheckPartner, org(apiError(403, "800039", "")), connector.CheckFailed, connector.WeightAttention, connector.KindProgramInactive},
		{"policy", connector.CheckPartner, org(apiError(403, "900309", "")), connector.CheckFailed, connector.WeightAttention, connector.KindCondAccess},
		{"MFA stands in the way", connector.CheckPartner, org(apiError(401, "900421", "")), connector.CheckUnknown, connector.WeightAttention, ""},
		{"network", connector.CheckPartner, org(noNetwork()), connector.CheckUnknown, connector.WeightAttention, connector.KindNoNetwork},
		{"fault", connector.CheckPartner, org(apiError(500, "", "")), connector.CheckUnknown, connector.WeightAttention, connector.KindTransient},
		{"gibberish", connector.CheckPartner, org(&connector.APIError{Status: 200, Cause: auth.ErrBadAnswer}), connector.CheckUnknown, connector.WeightAttention, connector.KindBadAnswer},
		{"no token", connector.CheckPartner, noPartnerToken, connector.CheckUnknown, connector.WeightAttention, ""},

		{"another agent", connector.CheckRole, func(s *script) { s.membership.Roles[connector.RoleAdminAgent] = false }, connector.CheckFailed, connector.WeightAttention, connector.KindNoRole},
		{"groups not readable", connector.CheckRole, func(s *script) { s.membership.Roles = nil }, connector.CheckWarning, connector.WeightWarning, connector.KindRoleUnknown},
		{"graph down", connector.CheckRole, func(s *script) { s.groupsErr = noNetwork() }, connector.CheckWarning, connector.WeightWarning, connector.KindNoNetwork},
		{"graph forbids it", connector.CheckRole, func(s *script) {
			s.groupsErr = &connector.APIError{Service: auth.Graph, Status: 403, Code: "Authorization_RequestDenied"}
		}, connector.CheckWarning, connector.WeightWarning, connector.KindRoleUnknown},
		{"no role", connector.CheckRole, cust(apiError(403, "", "The supplied role does not have the rights to perform the requested operation.")), connector.CheckFailed, connector.WeightAttention, connector.KindNoRole},
		{"2032", connector.CheckRole, cust(apiError(403, "2032", "Access denied")), connector.CheckFailed, connector.WeightAttention, connector.KindNoRole},
		{"plain 403 where the profile answers", connector.CheckRole, cust(apiError(403, "", "")), connector.CheckFailed, connector.WeightAttention, connector.KindNoRole},
		{"plain 403 everywhere", connector.CheckRole, func(s *script) { org(apiError(403, "", ""))(s); cust(apiError(403, "", ""))(s) }, connector.CheckFailed, connector.WeightAttention, connector.KindPartnerRefused},
		{"MFA stands in the way", connector.CheckRole, cust(apiError(401, "10001", "")), connector.CheckUnknown, connector.WeightAttention, ""},
		{"network", connector.CheckRole, cust(noNetwork()), connector.CheckUnknown, connector.WeightAttention, connector.KindNoNetwork},
		{"no token", connector.CheckRole, noPartnerToken, connector.CheckUnknown, connector.WeightAttention, ""},
	})
}

func TestChecksAreEmittedInOrderAsRunningAndThenWithTheirOutcome(t *testing.T) {
	s := newScript()
	emitted := []connector.Check{}
	made := Run(t.Context(), s.in, func(c connector.Check) { emitted = append(emitted, c) })
	if len(made) != len(Order()) || len(emitted) != 2*len(Order()) {
		t.Fatalf("made %d, emitted %d", len(made), len(emitted))
	}
	for i, id := range Order() {
		running, done := emitted[2*i], emitted[2*i+1]
		if running.ID != id || running.State != connector.CheckRunning || done.ID != id || done.State != made[i].State || made[i].ID != id {
			t.Errorf("%s: emitted %v, then %v", id, running, done)
		}
	}
}

func TestChecksRedeemEachTokenOnceAndFresh(t *testing.T) {
	s := newScript()
	s.make(t.Context())
	if want := []string{"graph fresh", "partnercenter fresh"}; !slices.Equal(s.tokenLog, want) || s.keeps != 1 {
		t.Errorf("token calls: %v, stored %d times", s.tokenLog, s.keeps)
	}
	if !s.verifed.Equal(s.in.Consented) {
		t.Errorf("ID token verified at %v, not at the sign-in", s.verifed)
	}
}

// A refresh minutes before the sign-in was old enough proves nothing about its lasting.
func TestLastsRefreshesAgainWhenTheFirstOneWasTooEarly(t *testing.T) {
	s := newScript()
	s.in.Consented = testNow.Add(-connector.LastsAfter + time.Minute)
	s.in.KeychainTest = nil
	inner := s.in.PartnerCenter
	s.in.PartnerCenter = slowPartner{inner, s}
	s.tokenErrs[auth.PartnerCenter] = []error{nil, refreshError("interaction_required", 70043)}
	made := s.make(t.Context())
	if made[connector.CheckRefresh].State != connector.CheckPassed || made[connector.CheckLasts].State != connector.CheckFailed || made[connector.CheckLasts].Problem.Kind != connector.KindNotLasting {
		t.Errorf("refresh %v, lasts %v", made[connector.CheckRefresh], made[connector.CheckLasts])
	}
	if HealthOf([]connector.Check{made[connector.CheckRefresh], made[connector.CheckLasts]}) != connector.HealthSignIn {
		t.Error("a sign-in that did not last needs a new one")
	}
}

type slowPartner struct {
	connector.PartnerCenter
	s *script
}

func (p slowPartner) Organization(ctx context.Context, token auth.Secret) (connector.Organization, error) {
	p.s.now = p.s.now.Add(2 * time.Minute)
	return p.PartnerCenter.Organization(ctx, token)
}

func TestRetries(t *testing.T) {
	busy := func(after time.Duration) error { return &connector.APIError{Status: 429, RetryAfter: after} }
	tests := []struct {
		name  string
		errs  []error
		state connector.CheckState
		calls int
		slept []time.Duration
	}{
		{"once", []error{busy(5 * time.Second), nil}, connector.CheckPassed, 2, []time.Duration{5 * time.Second}},
		{"without being told how long", []error{apiError(503, "", ""), apiError(500, "", ""), nil}, connector.CheckPassed, 3, []time.Duration{2 * time.Second, 4 * time.Second}},
		{"no more than three", []error{busy(0)}, connector.CheckUnknown, 3, []time.Duration{2 * time.Second, 4 * time.Second}},
		{"no longer than a minute", []error{busy(57 * time.Second)}, connector.CheckUnknown, 2, []time.Duration{57 * time.Second}},
		{"not at all when asked to wait too long", []error{busy(2 * time.Minute)}, connector.CheckUnknown, 1, nil},
		{"no retry of a refusal", []error{apiError(403, "", "")}, connector.CheckFailed, 1, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newScript()
			s.orgErrs = tt.errs
			got := s.make(t.Context())[connector.CheckPartner]
			if got.State != tt.state || s.orgCalls != tt.calls || !slices.Equal(s.slept, tt.slept) {
				t.Errorf("%s, %d calls, slept %v", got.State, s.orgCalls, s.slept)
			}
		})
	}
}

func TestRetriesOfTokensGoByStatusAndOAuthOnly(t *testing.T) {
	s := newScript()
	s.tokenErrs[auth.PartnerCenter] = []error{
		&auth.Error{OAuth: "temporarily_unavailable", Status: 400}, &auth.Error{Status: 429, RetryAfter: time.Second}, nil,
	}
	if got := s.make(t.Context())[connector.CheckRefresh]; got.State != connector.CheckPassed {
		t.Errorf("got %v", got)
	}
	s = newScript()
	s.tokenErrs[auth.PartnerCenter] = []error{refreshError("invalid_grant", 90033), nil}
	if s.make(t.Context()); len(s.slept) != 0 {
		t.Error("retried for the sake of a number")
	}
}

func TestStoppedChecksAreNeverPassed(t *testing.T) {
	s := newScript()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range Run(ctx, s.in, nil) {
		if c.State != connector.CheckUnknown {
			t.Errorf("%s: %s", c.ID, c.State)
		}
	}
	if h := HealthOf(Run(ctx, s.in, nil)); h != connector.HealthUnknown {
		t.Errorf("health %q", h)
	}
}

func TestIdentify(t *testing.T) {
	s := newScript()
	s.me.Name = "Graph's name"
	got := Identify(t.Context(), s.in.Session, s.in.Graph)
	want := connector.Identity{TenantID: testTenant, ObjectID: testObject, UPN: testUPN, Mail: s.me.Mail, Name: "Graph's name", HomeAccountID: "home"}
	if got != want {
		t.Errorf("got %+v", got)
	}
	if !slices.Equal(s.tokenLog, []string{"graph fresh"}) {
		t.Errorf("token calls: %v", s.tokenLog)
	}
	for name, arrange := range map[string]func(*script){
		"no token": func(s *script) { s.tokenErrs[auth.Graph] = []error{refreshError("invalid_grant")} },
		"no graph": func(s *script) { s.me, s.meErr = connector.Me{}, noNetwork() },
	} {
		s := newScript()
		s.claims.PreferredUsername = "token@contoso.example"
		arrange(s)
		if got := Identify(t.Context(), s.in.Session, s.in.Graph); got.UPN != "token@contoso.example" || got.Mail != "" || got.ObjectID != testObject {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

func TestHealth(t *testing.T) {
	tests := []struct {
		name    string
		arrange func(*script)
		want    connector.Health
	}{
		{"all right", func(*script) {}, connector.HealthGood},
		{"its last day is over", func(s *script) { s.in.SecretExpires = connector.Day{Year: 2026, Month: time.November, Day: 22} }, connector.HealthExpired},
		{"ends in 8 days", func(s *script) { s.in.SecretExpires = connector.Day{Year: 2026, Month: time.December, Day: 1} }, connector.HealthGood},
		{"ends in 7 days", func(s *script) { s.in.SecretExpires = connector.Day{Year: 2026, Month: time.November, Day: 30} }, connector.HealthAttention},
		{"end not known", func(s *script) { s.in.SecretExpires = connector.Day{} }, connector.HealthGood},
		{"later, Graph refuses everything", func(s *script) {
			s.saved()
			s.meErr, s.groupsErr = noNetwork(), noNetwork()
			s.claims.Roles = []string{}
		}, connector.HealthGood},
		{"later, Graph refuses, an administrator at the sign-in", func(s *script) {
			s.saved()
			s.groupsErr = noNetwork()
			s.claims.Roles = []string{"62e90394-69f5-4237-9190-012177145e10"}
		}, connector.HealthAttention},
		{"new", func(s *script) { s.in.Consented = testNow }, connector.HealthNew},
		{"only warnings", func(s *script) { s.membership = connector.Membership{} }, connector.HealthGood},
		{"warnings and new", func(s *script) { s.membership = connector.Membership{}; s.in.Consented = testNow }, connector.HealthNew},
		{"MFA not told", func(s *script) { s.organization.MFA = nil }, connector.HealthAttention},
		{"MFA missing", func(s *script) { s.organization.MFA = new(false) }, connector.HealthAttention},
		{"administrator", func(s *script) { s.membership.Administrator = new(true) }, connector.HealthAttention},
		{"revoked", func(s *script) { s.tokenErrs[auth.PartnerCenter] = []error{refreshError("invalid_grant", 50173)} }, connector.HealthSignIn},
		{"interaction", func(s *script) {
			s.tokenErrs[auth.PartnerCenter] = []error{refreshError("interaction_required", 50076)}
		}, connector.HealthSignIn},
		{"secret expired", func(s *script) { s.tokenErrs[auth.PartnerCenter] = []error{refreshError("invalid_client", 7000222)} }, connector.HealthExpired},
		{"not stored", func(s *script) { s.keepErr = &auth.Error{Cause: auth.ErrNotStored} }, connector.HealthAttention},
		{"no network at all", func(s *script) {
			down := []error{&auth.Error{Stage: auth.StageRefresh, Cause: auth.ErrNetwork}}
			s.tokenErrs[auth.PartnerCenter], s.tokenErrs[auth.Graph] = down, down
		}, connector.HealthUnknown},
		{"wrong user", func(s *script) { s.me.UPN, s.me.Mail = "x@contoso.example", "" }, connector.HealthAttention},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newScript()
			tt.arrange(s)
			if got := HealthOf(Run(t.Context(), s.in, nil)); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestHealthIsUnknownWithoutAllChecks(t *testing.T) {
	s := newScript()
	made := Run(t.Context(), s.in, nil)
	for i, c := range made {
		fewer := slices.Delete(slices.Clone(made), i, i+1)
		if got := HealthOf(fewer); got != connector.HealthUnknown {
			t.Errorf("without %s: %q", c.ID, got)
		}
		pending := slices.Clone(made)
		pending[i].State = connector.CheckRunning
		if got := HealthOf(pending); got != connector.HealthUnknown {
			t.Errorf("with %s running: %q", c.ID, got)
		}
	}
	if HealthOf(nil) != connector.HealthUnknown {
		t.Error("no checks at all are no health")
	}
}
