package connector

import (
	"context"
	"slices"
	"testing"
	"time"

	"partner-center-connector/auth"
)

// row is one cell of the table of checks: what is arranged, and what has to come out of one check.
type row struct {
	name    string
	check   CheckID
	arrange func(*script)
	state   CheckState
	weight  Weight
	kind    Kind // of the problem; empty for none
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
			kind := Kind("")
			if got.Problem != nil {
				kind = got.Problem.Kind
			}
			if got.State != r.state || got.Weight != r.weight || kind != r.kind {
				t.Errorf("got %s, weight %q, kind %q; want %s, %q, %q", got.State, got.Weight, kind, r.state, r.weight, r.kind)
			}
			if len(got.Evidence) == 0 && r.check != CheckKeychain {
				t.Error("no evidence")
			}
			if got.State == CheckFailed && got.Problem == nil {
				t.Error("failed without a problem")
			}
			if got.Problem != nil && (got.Problem.Actor == "" || got.Problem.Step < NoStep || got.Problem.At.IsZero()) {
				t.Errorf("problem without actor, step or time: %+v", got.Problem)
			}
		})
	}
}

func TestEverythingRight(t *testing.T) {
	s := newScript()
	for id, c := range s.make(t.Context()) {
		if c.State != CheckPassed || c.Weight != WeightNone || c.Problem != nil {
			t.Errorf("%s: %s, weight %q, problem %v", id, c.State, c.Weight, c.Problem)
		}
	}
}

func TestIdentityChecks(t *testing.T) {
	runRows(t, []row{
		{"nonce", CheckOurs, func(s *script) { s.verify = &auth.Error{Stage: auth.StageRedeem, Cause: auth.ErrNonce} }, CheckFailed, WeightNever, KindNotOurs},
		{"clock", CheckOurs, func(s *script) { s.verify = &auth.Error{Stage: auth.StageRedeem, Cause: auth.ErrExpired} }, CheckFailed, WeightNever, KindClock},

		{"other than found", CheckTenant, func(s *script) { s.claims.TenantID = testOther }, CheckFailed, WeightNever, KindWrongTenant},
		{"none", CheckTenant, func(s *script) { s.claims.TenantID = "" }, CheckFailed, WeightNever, KindWrongTenant},
		{"other than the admin's", CheckTenant, func(s *script) { s.in.AdminTenant = testOther }, CheckFailed, WeightNever, KindWrongTenant},
		{"no admin answer", CheckTenant, func(s *script) { s.in.AdminTenant = "" }, CheckPassed, WeightNone, ""},
		{"case", CheckTenant, func(s *script) {
			s.in.Tenant.ID = "11111111-1111-4111-8111-11111111111A"
			s.claims.TenantID = "11111111-1111-4111-8111-11111111111a"
			s.in.AdminTenant = ""
		}, CheckPassed, WeightNone, ""},
		{"other than saved", CheckTenant, func(s *script) { s.saved(); s.in.Saved.User.TenantID = testOther }, CheckFailed, WeightNever, KindWrongTenant},

		{"case folded", CheckUser, func(s *script) { s.in.UPN = " Integration@CONTOSO.onmicrosoft.com" }, CheckPassed, WeightNone, ""},
		{"by mail", CheckUser, func(s *script) { s.in.UPN = "Integration@contoso.example" }, CheckPassed, WeightNone, ""},
		{"another", CheckUser, func(s *script) { s.me.UPN, s.me.Mail = "admin@contoso.example", "" }, CheckFailed, WeightNever, KindWrongUser},
		{"accepted", CheckUser, func(s *script) { s.me.UPN = "svc@contoso.example"; s.in.Accepted = "SVC@contoso.example" }, CheckPassed, WeightNone, ""},
		{"accepted another", CheckUser, func(s *script) { s.me.UPN, s.me.Mail = "svc@contoso.example", ""; s.in.Accepted = "x@contoso.example" }, CheckFailed, WeightNever, KindWrongUser},
		{"graph down, token names it", CheckUser, func(s *script) { s.meErr = noNetwork() }, CheckPassed, WeightNone, ""},
		{"graph down, token names another", CheckUser, func(s *script) { s.meErr = noNetwork(); s.claims.PreferredUsername = "x@contoso.example" }, CheckFailed, WeightNever, KindWrongUser},
		{"graph down, token silent", CheckUser, func(s *script) { s.meErr = noNetwork(); s.claims.PreferredUsername = "" }, CheckUnknown, WeightAttention, KindNoNetwork},
		{"no graph token, token silent", CheckUser, func(s *script) {
			s.tokenErrs[auth.Graph] = []error{refreshError("invalid_grant", 65001)}
			s.claims.PreferredUsername = ""
		}, CheckUnknown, WeightAttention, KindUserUnknown},
		{"nobody named at all", CheckUser, func(s *script) { s.me, s.claims.PreferredUsername = Me{ID: testObject}, "" }, CheckUnknown, WeightAttention, KindUserUnknown},
		{"two accounts", CheckUser, func(s *script) { s.me.ID = testOther }, CheckFailed, WeightNever, KindWrongUser},
		{"empty names never match", CheckUser, func(s *script) { s.in.UPN, s.me.Mail = "", "" }, CheckFailed, WeightNever, KindWrongUser},
		{"pinned, renamed since", CheckUser, func(s *script) { s.saved(); s.in.UPN = "old@contoso.example" }, CheckPassed, WeightNone, ""},
		{"pinned, another with the name", CheckUser, func(s *script) { s.saved(); s.in.Saved.User.ObjectID = testOther }, CheckFailed, WeightNever, KindOtherAccount},
		{"pinned, no object ID", CheckUser, func(s *script) { s.saved(); s.claims.ObjectID = "" }, CheckUnknown, WeightAttention, KindUserUnknown},

		{"other home tenant", CheckMember, func(s *script) { s.claims.HomeTenant = testOther }, CheckFailed, WeightNever, KindGuest},
		{"acct says guest", CheckMember, func(s *script) { s.claims.Acct = "1" }, CheckFailed, WeightNever, KindGuest},
		{"external name", CheckMember, func(s *script) { s.me.UPN = "x_fabrikam.example#EXT#@contoso.example" }, CheckFailed, WeightNever, KindGuest},
		{"other provider", CheckMember, func(s *script) { s.claims.HomeTenant, s.claims.IdentityProvider = "", "https://sts.example/x" }, CheckFailed, WeightNever, KindGuest},
		{"acct says member", CheckMember, func(s *script) { s.claims.HomeTenant, s.claims.Acct = "", "0" }, CheckPassed, WeightNone, ""},
		{"nothing told", CheckMember, func(s *script) { s.claims.HomeTenant = "" }, CheckUnknown, WeightWarning, KindMemberUnknown},

		{"wids with a role", CheckNotAdmin, func(s *script) { s.claims.Roles = []string{"62E90394-69f5-4237-9190-012177145e10"} }, CheckFailed, WeightAttention, KindIsAdmin},
		{"wids without", CheckNotAdmin, func(s *script) {
			s.claims.Roles = []string{"b79fbf4d-3ef9-4689-8143-76b194e85509"}
			s.membership.Administrator = nil
		}, CheckPassed, WeightNone, ""},
		{"graph says so", CheckNotAdmin, func(s *script) { s.membership.Administrator = new(true) }, CheckFailed, WeightAttention, KindIsAdmin},
		{"not readable", CheckNotAdmin, func(s *script) { s.membership.Administrator = nil }, CheckUnknown, WeightWarning, KindAdminUnknown},
		{"graph down", CheckNotAdmin, func(s *script) { s.groupsErr = noNetwork() }, CheckUnknown, WeightWarning, KindNoNetwork},
		{"graph forbids it", CheckNotAdmin, func(s *script) {
			s.groupsErr = &APIError{Service: auth.Graph, Status: 403, Code: "Authorization_RequestDenied"}
		}, CheckUnknown, WeightWarning, KindAdminUnknown},
		{"no token", CheckNotAdmin, func(s *script) { s.tokenErrs[auth.Graph] = []error{refreshError("invalid_grant")} }, CheckUnknown, WeightWarning, KindAdminUnknown},
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
		{"short names", CheckPermissions, without(auth.Graph, "user.read", "GroupMember.Read.All", "openid"), CheckPassed, WeightNone, ""},
		{"partner center by its app ID", CheckPermissions, without(auth.PartnerCenter, partnerCenterApp+"/user_impersonation"), CheckPassed, WeightNone, ""},
		{"double slash", CheckPermissions, without(auth.PartnerCenter, "https://api.partnercenter.microsoft.com//user_impersonation"), CheckPassed, WeightNone, ""},
		{"another resource's", CheckPermissions, without(auth.PartnerCenter, "https://management.azure.com/user_impersonation"), CheckFailed, WeightNever, KindMissingScopes},
		{"nothing relevant granted", CheckPermissions, without(auth.PartnerCenter, "openid"), CheckFailed, WeightNever, KindMissingScopes},
		{"an empty list says nothing", CheckPermissions, without(auth.PartnerCenter), CheckUnknown, WeightAttention, KindScopesUnknown},
		{"graph lacks User.Read", CheckPermissions, without(auth.Graph, "GroupMember.Read.All"), CheckFailed, WeightNever, KindMissingScopes},
		{"only the optional one lacks", CheckPermissions, without(auth.Graph, "User.Read"), CheckWarning, WeightWarning, KindMissingScopes},
		{"optional one not asked for", CheckPermissions, func(s *script) { s.in.WithGroups = false; without(auth.Graph, "User.Read")(s) }, CheckPassed, WeightNone, ""},
		{"not told", CheckPermissions, func(s *script) { s.tokens[auth.Graph] = auth.Token{} }, CheckUnknown, WeightAttention, KindScopesUnknown},
		{"not told, other one lacks", CheckPermissions, func(s *script) { s.tokens[auth.Graph] = auth.Token{}; without(auth.PartnerCenter, "openid")(s) }, CheckFailed, WeightNever, KindMissingScopes},
		{"no token for want of consent", CheckPermissions, func(s *script) { s.tokenErrs[auth.Graph] = []error{refreshError("invalid_grant", 65001)} }, CheckFailed, WeightNever, KindConsentMissing},
		{"no token for another reason", CheckPermissions, func(s *script) { s.tokenErrs[auth.Graph] = []error{&auth.Error{Cause: auth.ErrDNS}} }, CheckUnknown, WeightAttention, KindDNS},

		{"revoked", CheckRefresh, func(s *script) { s.tokenErrs[auth.PartnerCenter] = []error{refreshError("invalid_grant", 50173)} }, CheckFailed, WeightNever, KindSignInAgain},
		{"unknown number", CheckRefresh, func(s *script) { s.tokenErrs[auth.PartnerCenter] = []error{refreshError("invalid_grant", 99999)} }, CheckFailed, WeightNever, KindSignInAgain},
		{"no refresh token", CheckRefresh, func(s *script) { s.tokenErrs[auth.PartnerCenter] = []error{&auth.Error{Cause: auth.ErrNoRefresh}} }, CheckFailed, WeightNever, KindNoRefreshToken},
		{"secret expired", CheckRefresh, func(s *script) { s.tokenErrs[auth.PartnerCenter] = []error{refreshError("invalid_client", 7000222)} }, CheckFailed, WeightNever, KindSecretExpired},
		{"network", CheckRefresh, func(s *script) { s.tokenErrs[auth.PartnerCenter] = []error{&auth.Error{Cause: auth.ErrTimeout}} }, CheckUnknown, WeightNever, KindNoNetwork},
		{"fault at Microsoft", CheckRefresh, func(s *script) { s.tokenErrs[auth.PartnerCenter] = []error{&auth.Error{Status: 503}} }, CheckUnknown, WeightNever, KindTransient},
		{"not stored", CheckRefresh, func(s *script) { s.tokenErrs[auth.PartnerCenter] = []error{&auth.Error{Cause: auth.ErrNotStored}} }, CheckWarning, WeightAttention, KindNotStored},
		{"cached", CheckRefresh, func(s *script) { s.tokens[auth.PartnerCenter] = auth.Token{Cached: true} }, CheckUnknown, WeightNever, ""},

		{"just signed in", CheckLasts, func(s *script) { s.in.Consented = testNow.Add(-LastsAfter + time.Second) }, CheckUnknown, WeightNone, ""},
		{"no time given", CheckLasts, func(s *script) { s.in.Consented = time.Time{} }, CheckUnknown, WeightNone, ""},
		{"old enough", CheckLasts, func(s *script) { s.in.Consented = testNow.Add(-LastsAfter) }, CheckPassed, WeightNone, ""},
		{"sign-in frequency", CheckLasts, func(s *script) { s.tokenErrs[auth.PartnerCenter] = []error{refreshError("invalid_grant", 70043)} }, CheckFailed, WeightAttention, KindNotLasting},
		{"ended, reason unknown", CheckLasts, func(s *script) { s.tokenErrs[auth.PartnerCenter] = []error{refreshError("invalid_grant")} }, CheckFailed, WeightAttention, KindNotLasting},
		{"ended after it had lasted", CheckLasts, func(s *script) {
			s.saved()
			s.in.Saved.Checks = []Check{{ID: CheckLasts, State: CheckPassed}}
			s.tokenErrs[auth.PartnerCenter] = []error{refreshError("invalid_grant")}
		}, CheckFailed, WeightAttention, KindSignInAgain},
		{"network", CheckLasts, func(s *script) { s.tokenErrs[auth.PartnerCenter] = []error{&auth.Error{Cause: auth.ErrNetwork}} }, CheckUnknown, WeightNone, KindNoNetwork},

		{"locked", CheckKeychain, func(s *script) { s.keychain = ErrKeychainLocked }, CheckFailed, WeightNever, KindKeychainLocked},
		{"full", CheckKeychain, func(s *script) { s.keychain = ErrKeychainFull }, CheckFailed, WeightNever, KindKeychainFull},
		{"no test", CheckKeychain, func(s *script) { s.in.KeychainTest = nil }, CheckUnknown, WeightNever, ""},
	})
}

func TestPartnerChecks(t *testing.T) {
	org := func(err error) func(*script) { return func(s *script) { s.orgErrs = []error{err} } }
	cust := func(err error) func(*script) { return func(s *script) { s.custErr = err } }
	withMFA := func(e *APIError, mfa bool) *APIError { e.MFA = &mfa; return e }
	noPartnerToken := func(s *script) { s.tokenErrs[auth.PartnerCenter] = []error{refreshError("invalid_grant")} }
	runRows(t, []row{
		{"header says no", CheckMFA, func(s *script) { s.organization.MFA = new(false) }, CheckFailed, WeightNever, KindNoMFA},
		{"header absent, though amr has it", CheckMFA, func(s *script) { s.organization.MFA = nil }, CheckUnknown, WeightAttention, KindMFAUnknown},
		{"header says yes, though amr lacks it", CheckMFA, func(s *script) { s.tokens[auth.PartnerCenter] = auth.Token{AMR: []string{"pwd"}} }, CheckPassed, WeightNone, ""},
		{"900421", CheckMFA, org(apiError(401, "900421", "")), CheckFailed, WeightNever, KindNoMFA},
		{"10001", CheckMFA, org(apiError(401, "10001", "Authentication failed. MFA required.")), CheckFailed, WeightNever, KindNoMFA},
		{"words only", CheckMFA, org(apiError(401, "", "Unauthorized - MFA required")), CheckFailed, WeightNever, KindNoMFA},
		{"refused with the header", CheckMFA, org(withMFA(apiError(401, "", ""), false)), CheckFailed, WeightNever, KindNoMFA},
		{"forbidden, header says yes", CheckMFA, org(withMFA(apiError(403, "2032", ""), true)), CheckPassed, WeightNone, ""},
		{"plain 401", CheckMFA, org(apiError(401, "", "")), CheckUnknown, WeightAttention, KindPartnerRefused},
		{"second call refused", CheckMFA, cust(apiError(401, "900421", "")), CheckFailed, WeightNever, KindNoMFA},
		{"network", CheckMFA, org(noNetwork()), CheckUnknown, WeightAttention, KindNoNetwork},
		{"no token", CheckMFA, noPartnerToken, CheckUnknown, WeightAttention, KindMFAUnknown},
		{"federated", CheckMFA, func(s *script) { s.claims.Federated = true; s.organization.MFA = new(false) }, CheckFailed, WeightNever, KindFederated},

		{"another partner", CheckPartner, func(s *script) { s.organization.TenantID = testOther }, CheckFailed, WeightAttention, KindOtherPartner},
		{"no tenant named", CheckPartner, func(s *script) { s.organization.TenantID = "" }, CheckUnknown, WeightAttention, KindBadAnswer},
		{"refused", CheckPartner, org(apiError(403, "", "Access denied")), CheckFailed, WeightAttention, KindPartnerRefused},
		{"not found", CheckPartner, org(apiError(404, "60003", "")), CheckFailed, WeightAttention, KindNotPartner},
		{"not found, no code", CheckPartner, org(apiError(404, "", "")), CheckFailed, WeightAttention, KindNotPartner},
		{"agreement", CheckPartner, org(apiError(403, "900124", "")), CheckFailed, WeightAttention, KindAgreementMissing},
		{"programme", CheckPartner, org(apiError(403, "800039", "")), CheckFailed, WeightAttention, KindProgramInactive},
		{"policy", CheckPartner, org(apiError(403, "900309", "")), CheckFailed, WeightAttention, KindCondAccess},
		{"MFA stands in the way", CheckPartner, org(apiError(401, "900421", "")), CheckUnknown, WeightAttention, ""},
		{"network", CheckPartner, org(noNetwork()), CheckUnknown, WeightAttention, KindNoNetwork},
		{"fault", CheckPartner, org(apiError(500, "", "")), CheckUnknown, WeightAttention, KindTransient},
		{"gibberish", CheckPartner, org(&APIError{Status: 200, Cause: auth.ErrBadAnswer}), CheckUnknown, WeightAttention, KindBadAnswer},
		{"no token", CheckPartner, noPartnerToken, CheckUnknown, WeightAttention, ""},

		{"another agent", CheckRole, func(s *script) { s.membership.AdminAgents = new(false) }, CheckFailed, WeightAttention, KindNoRole},
		{"groups not readable", CheckRole, func(s *script) { s.membership.AdminAgents = nil }, CheckWarning, WeightWarning, KindRoleUnknown},
		{"graph down", CheckRole, func(s *script) { s.groupsErr = noNetwork() }, CheckWarning, WeightWarning, KindNoNetwork},
		{"graph forbids it", CheckRole, func(s *script) {
			s.groupsErr = &APIError{Service: auth.Graph, Status: 403, Code: "Authorization_RequestDenied"}
		}, CheckWarning, WeightWarning, KindRoleUnknown},
		{"no role", CheckRole, cust(apiError(403, "", "The supplied role does not have the rights to perform the requested operation.")), CheckFailed, WeightAttention, KindNoRole},
		{"2032", CheckRole, cust(apiError(403, "2032", "Access denied")), CheckFailed, WeightAttention, KindNoRole},
		{"plain 403 where the profile answers", CheckRole, cust(apiError(403, "", "")), CheckFailed, WeightAttention, KindNoRole},
		{"plain 403 everywhere", CheckRole, func(s *script) { org(apiError(403, "", ""))(s); cust(apiError(403, "", ""))(s) }, CheckFailed, WeightAttention, KindPartnerRefused},
		{"MFA stands in the way", CheckRole, cust(apiError(401, "10001", "")), CheckUnknown, WeightAttention, ""},
		{"network", CheckRole, cust(noNetwork()), CheckUnknown, WeightAttention, KindNoNetwork},
		{"no token", CheckRole, noPartnerToken, CheckUnknown, WeightAttention, ""},
	})
}

func TestChecksAreEmittedInOrderAsRunningAndThenWithTheirOutcome(t *testing.T) {
	s := newScript()
	emitted := []Check{}
	made := MakeChecks(t.Context(), s.in, func(c Check) { emitted = append(emitted, c) })
	if len(made) != len(CheckOrder) || len(emitted) != 2*len(CheckOrder) {
		t.Fatalf("made %d, emitted %d", len(made), len(emitted))
	}
	for i, id := range CheckOrder {
		running, done := emitted[2*i], emitted[2*i+1]
		if running.ID != id || running.State != CheckRunning || done.ID != id || done.State != made[i].State || made[i].ID != id {
			t.Errorf("%s: emitted %v, then %v", id, running, done)
		}
	}
}

func TestChecksRedeemEachTokenOnceAndFresh(t *testing.T) {
	s := newScript()
	s.make(t.Context())
	if want := []string{"graph fresh", "partnercenter fresh"}; !slices.Equal(s.tokenLog, want) {
		t.Errorf("token calls: %v", s.tokenLog)
	}
	if !s.verifed.Equal(s.in.Consented) {
		t.Errorf("ID token verified at %v, not at the sign-in", s.verifed)
	}
}

// A refresh minutes before the sign-in was old enough proves nothing about its lasting.
func TestLastsRefreshesAgainWhenTheFirstOneWasTooEarly(t *testing.T) {
	s := newScript()
	s.in.Consented = testNow.Add(-LastsAfter + time.Minute)
	s.in.KeychainTest = nil
	inner := s.in.PartnerCenter
	s.in.PartnerCenter = slowPartner{inner, s}
	s.tokenErrs[auth.PartnerCenter] = []error{nil, refreshError("interaction_required", 70043)}
	made := s.make(t.Context())
	if made[CheckRefresh].State != CheckPassed || made[CheckLasts].State != CheckFailed || made[CheckLasts].Problem.Kind != KindNotLasting {
		t.Errorf("refresh %v, lasts %v", made[CheckRefresh], made[CheckLasts])
	}
	if HealthOf([]Check{made[CheckRefresh], made[CheckLasts]}) != HealthSignIn {
		t.Error("a sign-in that did not last needs a new one")
	}
}

type slowPartner struct {
	PartnerCenter
	s *script
}

func (p slowPartner) Organization(ctx context.Context, token auth.Secret) (Organization, error) {
	p.s.now = p.s.now.Add(2 * time.Minute)
	return p.PartnerCenter.Organization(ctx, token)
}

func TestRetries(t *testing.T) {
	busy := func(after time.Duration) error { return &APIError{Status: 429, RetryAfter: after} }
	tests := []struct {
		name  string
		errs  []error
		state CheckState
		calls int
		slept []time.Duration
	}{
		{"once", []error{busy(5 * time.Second), nil}, CheckPassed, 2, []time.Duration{5 * time.Second}},
		{"without being told how long", []error{apiError(503, "", ""), apiError(500, "", ""), nil}, CheckPassed, 3, []time.Duration{2 * time.Second, 4 * time.Second}},
		{"no more than three", []error{busy(0)}, CheckUnknown, 3, []time.Duration{2 * time.Second, 4 * time.Second}},
		{"no longer than a minute", []error{busy(57 * time.Second)}, CheckUnknown, 2, []time.Duration{57 * time.Second}},
		{"not at all when asked to wait too long", []error{busy(2 * time.Minute)}, CheckUnknown, 1, nil},
		{"no retry of a refusal", []error{apiError(403, "", "")}, CheckFailed, 1, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newScript()
			s.orgErrs = tt.errs
			got := s.make(t.Context())[CheckPartner]
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
	if got := s.make(t.Context())[CheckRefresh]; got.State != CheckPassed {
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
	for _, c := range MakeChecks(ctx, s.in, nil) {
		if c.State != CheckUnknown {
			t.Errorf("%s: %s", c.ID, c.State)
		}
	}
	if h := HealthOf(MakeChecks(ctx, s.in, nil)); h != HealthUnknown {
		t.Errorf("health %q", h)
	}
}

func TestIdentify(t *testing.T) {
	s := newScript()
	s.me.Name = "Graph's name"
	got := Identify(t.Context(), s.in.Session, s.in.Graph)
	want := Identity{TenantID: testTenant, ObjectID: testObject, UPN: testUPN, Mail: s.me.Mail, Name: "Graph's name", HomeAccountID: "home"}
	if got != want {
		t.Errorf("got %+v", got)
	}
	if !slices.Equal(s.tokenLog, []string{"graph"}) {
		t.Errorf("token calls: %v", s.tokenLog)
	}
	for name, arrange := range map[string]func(*script){
		"no token": func(s *script) { s.tokenErrs[auth.Graph] = []error{refreshError("invalid_grant")} },
		"no graph": func(s *script) { s.me, s.meErr = Me{}, noNetwork() },
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
		want    Health
	}{
		{"all right", func(*script) {}, HealthGood},
		{"new", func(s *script) { s.in.Consented = testNow }, HealthNew},
		{"only warnings", func(s *script) { s.membership = Membership{} }, HealthGood},
		{"warnings and new", func(s *script) { s.membership = Membership{}; s.in.Consented = testNow }, HealthNew},
		{"MFA not told", func(s *script) { s.organization.MFA = nil }, HealthAttention},
		{"MFA missing", func(s *script) { s.organization.MFA = new(false) }, HealthAttention},
		{"administrator", func(s *script) { s.membership.Administrator = new(true) }, HealthAttention},
		{"revoked", func(s *script) { s.tokenErrs[auth.PartnerCenter] = []error{refreshError("invalid_grant", 50173)} }, HealthSignIn},
		{"interaction", func(s *script) {
			s.tokenErrs[auth.PartnerCenter] = []error{refreshError("interaction_required", 50076)}
		}, HealthSignIn},
		{"secret expired", func(s *script) { s.tokenErrs[auth.PartnerCenter] = []error{refreshError("invalid_client", 7000222)} }, HealthAttention},
		{"not stored", func(s *script) { s.tokenErrs[auth.PartnerCenter] = []error{&auth.Error{Cause: auth.ErrNotStored}} }, HealthAttention},
		{"no network at all", func(s *script) {
			down := []error{&auth.Error{Stage: auth.StageRefresh, Cause: auth.ErrNetwork}}
			s.tokenErrs[auth.PartnerCenter], s.tokenErrs[auth.Graph] = down, down
		}, HealthUnknown},
		{"wrong user", func(s *script) { s.me.UPN, s.me.Mail = "x@contoso.example", "" }, HealthAttention},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newScript()
			tt.arrange(s)
			if got := HealthOf(MakeChecks(t.Context(), s.in, nil)); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestHealthIsUnknownWithoutAllChecks(t *testing.T) {
	s := newScript()
	made := MakeChecks(t.Context(), s.in, nil)
	for i, c := range made {
		fewer := slices.Delete(slices.Clone(made), i, i+1)
		if got := HealthOf(fewer); got != HealthUnknown {
			t.Errorf("without %s: %q", c.ID, got)
		}
		pending := slices.Clone(made)
		pending[i].State = CheckRunning
		if got := HealthOf(pending); got != HealthUnknown {
			t.Errorf("with %s running: %q", c.ID, got)
		}
	}
	if HealthOf(nil) != HealthUnknown {
		t.Error("no checks at all are no health")
	}
}

func TestEveryCheckHasItsColumnsAndMaker(t *testing.T) {
	for _, id := range CheckOrder {
		if _, ok := columnsOf[id]; !ok {
			t.Errorf("%s has no columns", id)
		}
		if makers[id] == nil {
			t.Errorf("%s has no maker", id)
		}
	}
}
