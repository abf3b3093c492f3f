package checks

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// TestRoles compares what an account has with what was chosen for it: the chosen role is enough, another one besides is a remark, and what could
// not be read is never passed.
func TestRoles(t *testing.T) {
	const admin, sales, helpdesk, billing = connector.RoleAdminAgent, connector.RoleSalesAgent, connector.RoleHelpdeskAgent, connector.RoleBillingAdmin
	held := func(yes ...connector.Role) map[connector.Role]bool {
		roles := map[connector.Role]bool{admin: false, sales: false, helpdesk: false, billing: false}
		for _, r := range yes {
			roles[r] = true
		}
		return roles
	}
	hiding := func(roles map[connector.Role]bool, hidden ...connector.Role) map[connector.Role]bool {
		maps.DeleteFunc(roles, func(r connector.Role, _ bool) bool { return slices.Contains(hidden, r) })
		return roles
	}
	for _, tc := range []struct {
		name   string
		chosen connector.Role
		held   map[connector.Role]bool
		state  connector.CheckState
		kind   connector.ProblemKind
		about  connector.Role
		facts  string
	}{
		{"Admin agent", admin, held(admin), connector.CheckPassed, "", "", "admin-agent-yes"},
		{"Admin agent, and another agent too", admin, held(admin, sales, helpdesk), connector.CheckPassed, "", "", "admin-agent-yes role-yes:sales-agent role-yes:helpdesk-agent"},
		{"Admin agent and Billing admin", admin, held(admin, billing), connector.CheckWarning, connector.KindRoleMore, billing, "admin-agent-yes role-yes:billing-admin"},
		{"Sales agent for Admin agent", admin, held(sales), connector.CheckFailed, connector.KindNoRole, admin, "admin-agent-no role-yes:sales-agent"},
		{"nothing readable for Admin agent", admin, nil, connector.CheckWarning, connector.KindRoleUnknown, admin, "admin-agent-unread"},
		{"Sales agent", sales, held(sales), connector.CheckPassed, "", "", "role-yes:sales-agent"},
		{"Sales agent, directory roles hidden", sales, hiding(held(sales), billing), connector.CheckPassed, "", "", "role-yes:sales-agent"},
		{"Admin agent for Sales agent", sales, held(admin), connector.CheckWarning, connector.KindRoleMore, admin, "admin-agent-yes role-no:sales-agent"},
		{"Admin agent besides Sales agent", sales, held(admin, sales), connector.CheckWarning, connector.KindRoleMore, admin, "admin-agent-yes role-yes:sales-agent"},
		{"Helpdesk agent for Sales agent", sales, held(helpdesk), connector.CheckFailed, connector.KindNoRole, sales, "role-no:sales-agent role-yes:helpdesk-agent"},
		{"nothing readable for Sales agent", sales, nil, connector.CheckWarning, connector.KindRoleUnknown, sales, "role-unread:sales-agent"},
		{"Sales agent and Billing admin", connector.RoleSalesAndBilling, held(sales, billing), connector.CheckPassed, "", "", "role-yes:sales-agent role-yes:billing-admin"},
		{"Billing admin is missing", connector.RoleSalesAndBilling, held(sales), connector.CheckFailed, connector.KindNoRole, connector.RoleSalesAndBilling, "role-yes:sales-agent role-no:billing-admin"},
		{"Billing admin is hidden", connector.RoleSalesAndBilling, hiding(held(sales), billing), connector.CheckWarning, connector.KindRoleUnknown, billing, "role-yes:sales-agent role-unread:billing-admin"},
		{"Helpdesk agent", helpdesk, held(helpdesk), connector.CheckPassed, "", "", "role-yes:helpdesk-agent"},
		{"Billing admin with access to customers", billing, held(billing), connector.CheckPassed, "", "", "role-yes:billing-admin"},
		{"any", connector.RoleAny, held(admin, billing), connector.CheckPassed, "", "", "role-any admin-agent-yes role-yes:billing-admin"},
		{"any, nothing readable", connector.RoleAny, nil, connector.CheckPassed, "", "", "role-any"},
		{"saved before there was a choice", "", held(sales), connector.CheckPassed, "", "", "role-not-recorded role-yes:sales-agent"},
	} {
		s := newScript()
		s.in.Role, s.membership.Roles = tc.chosen, tc.held
		got := s.make(t.Context())[connector.CheckRole]
		kind, about := connector.ProblemKind(""), connector.Role("")
		if got.Problem != nil {
			kind, about = got.Problem.Kind, connector.Role(got.Problem.Args[connector.RoleArg])
		}
		if facts := roleFactsOf(got); got.State != tc.state || kind != tc.kind || about != tc.about || facts != tc.facts {
			t.Errorf("%s: %s %s about %q, %q; want %s %s about %q, %q", tc.name, got.State, kind, about, facts, tc.state, tc.kind, tc.about, tc.facts)
		}
		if healthy := healthOf(definition{id: connector.CheckRole}, got) == connector.HealthGood; healthy != (tc.state != connector.CheckFailed) {
			t.Errorf("%s: healthy is %v with %s", tc.name, healthy, got.State)
		}
	}
}

// roleFactsOf is the evidence about roles, in short.
func roleFactsOf(c connector.Check) string {
	facts := []string{}
	for _, f := range c.Evidence {
		if strings.HasPrefix(f.Key, "role-") || strings.HasPrefix(f.Key, "admin-agent-") {
			facts = append(facts, strings.TrimSuffix(f.Key+":"+f.Args["Role"], ":"))
		}
	}
	return strings.Join(facts, " ")
}

// TestABillingAdminNeedsNoCustomers checks that a refused list of customers is no fault of an account that has no agent role to have.
func TestABillingAdminNeedsNoCustomers(t *testing.T) {
	s := newScript()
	s.in.Role, s.custErr = connector.RoleBillingAdmin, apiError(403, "2032", "Access denied")
	s.membership.Roles = map[connector.Role]bool{connector.RoleBillingAdmin: true}
	if got := s.make(t.Context())[connector.CheckRole]; got.State != connector.CheckPassed {
		t.Errorf("%+v", got)
	}
	s.in.Role = connector.RoleAny
	got := s.make(t.Context())[connector.CheckRole]
	if got.State != connector.CheckFailed || got.Problem.Kind != connector.KindNoRole || got.Problem.Args[connector.RoleArg] != "any" {
		t.Errorf("any: %+v", got)
	}
}

// TestTheTokenTellsOfBillingAdmin checks that wids count right after the sign-in only, and that Billing Administrator is no administrator.
func TestTheTokenTellsOfBillingAdmin(t *testing.T) {
	for later, want := range map[bool]connector.CheckState{false: connector.CheckPassed, true: connector.CheckWarning} {
		s := newScript()
		if later {
			s.saved()
		}
		s.in.Role, s.membership.Roles = connector.RoleSalesAndBilling, map[connector.Role]bool{connector.RoleAdminAgent: false, connector.RoleSalesAgent: true}
		s.claims.Roles, s.membership.Administrator = []string{"B0F54661-2D74-4C50-AFA3-1EC803F12EFE"}, nil
		made := s.make(t.Context())
		if got := made[connector.CheckRole].State; got != want {
			t.Errorf("later %v: %s, want %s", later, got, want)
		}
		if got := made[connector.CheckNotAdmin]; !later && got.State != connector.CheckPassed {
			t.Errorf("a Billing Administrator: %+v", got)
		}
	}
}

// TestRolesThatAreGivenInEntra says so in the problem, for the words.
func TestRolesThatAreGivenInEntra(t *testing.T) {
	for _, inEntra := range []bool{false, true} {
		for name, arrange := range map[string]func(*script){
			"another agent": func(s *script) { s.membership.Roles[connector.RoleAdminAgent] = false },
			"refused":       func(s *script) { s.custErr = apiError(403, "2032", "") },
			"unread":        func(s *script) { s.membership.Roles = nil },
		} {
			s := newScript()
			s.in.Cloud.RolesInEntra = inEntra
			arrange(s)
			want := map[string]string{"Role": "admin-agent"}
			if inEntra {
				want["InEntra"] = "yes"
			}
			if got := s.make(t.Context())[connector.CheckRole].Problem; got == nil || !maps.Equal(got.Args, want) {
				t.Errorf("%s, in Entra %v: %+v", name, inEntra, got)
			}
		}
	}
}

// TestRefusalsByOtherChecks: a refusal of the account names its role and where that is given, whichever check meets it, and so does a guest.
func TestRefusalsByOtherChecks(t *testing.T) {
	refused := func(s *script) { s.orgErrs = []error{apiError(403, "", "Forbidden")} }
	for _, tc := range []struct {
		name    string
		arrange func(*script)
		check   connector.CheckID
		kind    connector.ProblemKind
		want    map[string]string
	}{
		{"MFA", refused, connector.CheckMFA, connector.KindPartnerRefused, map[string]string{"Role": "admin-agent"}},
		{"partner", refused, connector.CheckPartner, connector.KindPartnerRefused, map[string]string{"Role": "admin-agent"}},
		{"a role's code", func(s *script) { s.orgErrs = []error{apiError(403, "900308", "")} }, connector.CheckMFA, connector.KindNoRole, map[string]string{"Role": "admin-agent"}},
		{"guest", func(s *script) { s.claims.Acct = "1" }, connector.CheckMember, connector.KindGuest, map[string]string{"Actual": testUPN}},
	} {
		for _, inEntra := range []bool{false, true} {
			s := newScript()
			s.in.Cloud.RolesInEntra = inEntra
			tc.arrange(s)
			want := maps.Clone(tc.want)
			if inEntra {
				want["InEntra"] = "yes"
			}
			if got := s.make(t.Context())[tc.check].Problem; got == nil || got.Kind != tc.kind || !maps.Equal(got.Args, want) {
				t.Errorf("%s, in Entra %v: %+v, want %s %v", tc.name, inEntra, got, tc.kind, want)
			}
		}
	}
}

// TestBillingAdminThatNobodyToldOf is said beside the first role that could not be read, since no permission shows it.
func TestBillingAdminThatNobodyToldOf(t *testing.T) {
	for _, tc := range []struct {
		chosen connector.Role
		held   map[connector.Role]bool
		want   map[string]string
	}{
		{connector.RoleBillingAdmin, nil, map[string]string{"Role": "billing-admin", "Billing": "yes"}},
		{connector.RoleSalesAndBilling, nil, map[string]string{"Role": "sales-agent", "Billing": "yes"}},
		{connector.RoleSalesAndBilling, map[connector.Role]bool{connector.RoleSalesAgent: true}, map[string]string{"Role": "billing-admin", "Billing": "yes"}},
		{connector.RoleSalesAndBilling, map[connector.Role]bool{connector.RoleBillingAdmin: true}, map[string]string{"Role": "sales-agent"}},
		{connector.RoleSalesAgent, nil, map[string]string{"Role": "sales-agent"}},
	} {
		s := newScript()
		s.in.Role, s.membership.Roles = tc.chosen, tc.held
		if got := s.make(t.Context())[connector.CheckRole].Problem; got == nil || got.Kind != connector.KindRoleUnknown || !maps.Equal(got.Args, tc.want) {
			t.Errorf("%s with %v: %+v, want %v", tc.chosen, tc.held, got, tc.want)
		}
	}
}

// TestMFAThatACloudDoesNotAskFor: where Partner Center need not say anything of it, its silence is a warning alone.
func TestMFAThatACloudDoesNotAskFor(t *testing.T) {
	for optional, want := range map[bool]connector.Weight{false: connector.WeightAttention, true: connector.WeightWarning} {
		s := newScript()
		s.in.Cloud.MFAOptional, s.organization.MFA = optional, nil
		got := s.make(t.Context())[connector.CheckMFA]
		told := slices.ContainsFunc(got.Evidence, func(f connector.Fact) bool { return f.Key == "mfa-not-required" })
		if got.State != connector.CheckUnknown || got.Weight != want || told != optional {
			t.Errorf("optional %v: %s, weight %s, told %v", optional, got.State, got.Weight, told)
		}
		if healthy := healthOf(definition{id: connector.CheckMFA, unknown: connector.WeightAttention}, got) == connector.HealthGood; healthy != optional {
			t.Errorf("optional %v: healthy is %v", optional, healthy)
		}
		s.organization.MFA = new(false)
		if got := s.make(t.Context())[connector.CheckMFA]; got.State != connector.CheckFailed {
			t.Errorf("optional %v, and Partner Center says that there was none: %s", optional, got.State)
		}
	}
}

// TestGraphsNotFound is no word on the account but for the account itself, with the code that says so.
func TestGraphsNotFound(t *testing.T) {
	notFound := func(call connector.APICall, code string) error {
		return &connector.APIError{Service: auth.Graph, Call: call, Status: 404, Code: code}
	}
	s := newScript()
	s.groupsErr = notFound("", "Request_ResourceNotFound")
	if p := s.make(t.Context())[connector.CheckRole].Problem; p == nil || p.Kind != connector.KindRoleUnknown {
		t.Errorf("groups: %+v", p)
	}
	for code, want := range map[string]connector.ProblemKind{"Request_ResourceNotFound": connector.KindAccountUnknown, "": connector.KindUserUnknown} {
		s := newScript()
		s.meErr, s.claims.PreferredUsername = notFound(connector.CallMe, code), ""
		if p := s.make(t.Context())[connector.CheckUser].Problem; p == nil || p.Kind != want {
			t.Errorf("%q: %+v, want %s", code, p, want)
		}
	}
}

// TestARefusedCertificateIsCalledOne in the words of a check.
func TestARefusedCertificateIsCalledOne(t *testing.T) {
	s := newScript()
	s.in.ClientKind = auth.CertificateClient
	s.tokenErrs[auth.PartnerCenter] = []error{&auth.Error{Stage: auth.StageRefresh, OAuth: "invalid_client", Status: 401}}
	if p := s.make(t.Context())[connector.CheckRefresh].Problem; p == nil || p.Kind != connector.KindCertificate {
		t.Errorf("%+v", p)
	}
}
