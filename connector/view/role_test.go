package view_test

import (
	"strings"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
)

// TestWhereARoleIsGiven says of a problem about a role where that is mended: in Partner Center, or by a group in Entra.
func TestWhereARoleIsGiven(t *testing.T) {
	tr := translators(t)["en"]
	for _, tc := range []struct {
		kind   connector.ProblemKind
		args   map[string]string
		title  string
		do     string
		hasNot string
	}{
		{
			connector.KindNoRole,
			map[string]string{"Role": "admin-agent"},
			"The integration user lacks the role Admin agent in Partner Center.",
			"In Partner Center, Account settings, User management, give the integration user its role: “Assists your customers as”: Admin agent.", "Entra",
		},
		{
			connector.KindNoRole,
			map[string]string{"Role": "admin-agent", "InEntra": "yes"},
			"The integration user lacks the role Admin agent in Partner Center.",
			"In the Entra admin center, give the integration user its role: membership in the group AdminAgents.", "User management",
		},
		{
			connector.KindNoRole,
			map[string]string{"Role": "sales-agent-and-billing-admin", "InEntra": "yes"},
			"The integration user lacks the role Sales agent and Billing admin in Partner Center.",
			"membership in the group SalesAgents and the Entra role Billing Administrator.", "Assists",
		},
		{
			connector.KindNoRole,
			map[string]string{"Role": "any"},
			"The integration user lacks the necessary role in Partner Center.",
			"“Assists your customers as”: the agent role that the product needs.", "Entra",
		},
		{connector.KindNoRole, nil, "The integration user lacks the necessary role in Partner Center.", "Partner Center may need an hour to know about it", "Entra"},
		{
			connector.KindRoleUnknown,
			map[string]string{"Role": "billing-admin"},
			"Could not check whether the user has the role Billing admin.",
			"“Manages your organization's account as”: Billing admin.", "GroupMember.Read.All",
		},
		{
			connector.KindRoleUnknown,
			map[string]string{"Role": "billing-admin", "Billing": "yes"},
			"Could not check whether the user has the role Billing admin.",
			"only a new sign-in shows it. The app registration must ask for directory roles (wids).", "GroupMember",
		},
		{
			connector.KindRoleUnknown,
			map[string]string{"Role": "sales-agent"},
			"Could not check whether the user has the role Sales agent.",
			"With the optional permission GroupMember.Read.All this program can read agent roles.", "wids",
		},
		{
			connector.KindGuest,
			map[string]string{"Actual": "x@contoso.example"},
			"x@contoso.example is a guest in this tenant.",
			"Create one in Partner Center, Account settings, User management, with an onmicrosoft.com name.", "Entra",
		},
		{
			connector.KindGuest,
			map[string]string{"Actual": "x@contoso.example", "InEntra": "yes"},
			"x@contoso.example is a guest in this tenant.",
			"Create one in the Entra admin center, Users, New user.", "onmicrosoft.com",
		},
		{
			connector.KindRoleMore,
			map[string]string{"Role": "admin-agent", "InEntra": "yes"},
			"The integration user has a second role in Partner Center: Admin agent.", "in the Entra admin center.", "User management",
		},
		{
			connector.KindPartnerRefused,
			map[string]string{"Role": "admin-agent", "InEntra": "yes"},
			"Partner Center does not accept this account.",
			"Check that the integration user has its role in the Entra admin center: membership in the group AdminAgents.", "Assists",
		},
	} {
		p := problems.New(tc.kind, "")
		p.Args = tc.args
		card := view.ProblemCard(p)
		title, do := card.Title.Render(tr), card.Do.Render(tr)
		if title != tc.title || !strings.Contains(do, tc.do) || strings.Contains(do, tc.hasNot) {
			t.Errorf("%s %v: %q, %q", tc.kind, tc.args, title, do)
		}
	}
}

// TestAddressesComeFromTheCloud gives the global cloud's addresses to nobody else.
func TestAddressesComeFromTheCloud(t *testing.T) {
	tr := translators(t)["en"]
	for _, tc := range []struct {
		state string
		kind  connector.ProblemKind
		want  string
	}{
		{"account-done", connector.KindMFARegister, "https://aka.ms/mfasetup"},
		{"account-done", connector.KindMFARegisterBlocked, "https://aka.ms/mfasetup"},
		{"account-done", connector.KindPasswordExpired, "https://myaccount.microsoft.com"},
		{"account-usgov", connector.KindMFARegister, ""},
		{"account-usgov", connector.KindMFARegisterBlocked, ""},
		{"account-usgov", connector.KindPasswordExpired, ""},
		{"account-china", connector.KindMFARegister, ""},
		{"account-from-file", connector.KindPasswordExpired, ""},
	} {
		s := viewtest.State(tc.state)
		s.Wizard.Problem = problems.New(tc.kind, "")
		do := wizardProblem(t, s).Do.Render(tr)
		if strings.Contains(do, "https://") != (tc.want != "") || !strings.Contains(do, tc.want) {
			t.Errorf("%s in %s: %q", tc.kind, tc.state, do)
		}
	}
}

// TestNoCloudIsPointedAtWhereThereIsNone: a problem that is explained without a connector speaks of the tenant's cloud.
func TestNoCloudIsPointedAtWhereThereIsNone(t *testing.T) {
	for lang, words := range map[string]string{"en": "the tenant's cloud", "de": "der Cloud des Mandanten"} {
		for _, kind := range []connector.ProblemKind{connector.KindMFARegister, connector.KindMFARegisterBlocked, connector.KindPasswordExpired} {
			if do := view.ProblemCard(problems.New(kind, "")).Do.Render(translators(t)[lang]); !strings.Contains(do, words) {
				t.Errorf("%s, %s: %q", lang, kind, do)
			}
		}
	}
}

// TestHostsOfACloudsFile names all that a network has to let through; a connector of before knows the sign-in host alone.
func TestHostsOfACloudsFile(t *testing.T) {
	tr := translators(t)["en"]
	c := connector.Connector{Tenant: auth.Tenant{
		Cloud: "example", CloudFromFile: true, Token: "https://login.example:8443/x/oauth2/v2.0/token",
		Graph: "https://graph.example", PartnerCenter: "https://api.example",
	}}
	for _, want := range []string{"login.example:8443, graph.example, api.example", "login.example:8443"} {
		do := view.ConnectorCard(c, problems.New(connector.KindDNS, ""), connector.Preset{}).Do.Render(tr)
		if !strings.HasPrefix(do, "This computer's name resolution (DNS) must know these names: "+want+".") {
			t.Errorf("%q, want the hosts %s", do, want)
		}
		c.Tenant.Graph, c.Tenant.PartnerCenter = "", ""
	}
}

// TestPage2WhereEntraHasTheRoles leads to Entra in the clouds whose Partner Center can't give roles.
func TestPage2WhereEntraHasTheRoles(t *testing.T) {
	tr := translators(t)["en"]
	for state, want := range map[string][]string{
		"account-done":                 {"https://partner.microsoft.com/dashboard/account/v3/usermanagement", "Choose “Assists your customers as”: Admin agent, and no other role."},
		"account-usgov":                {"https://entra.microsoft.us", "Give it membership in the group AdminAgents, and no other role."},
		"account-usgov-helpdesk-agent": {"https://entra.microsoft.us", "Give it membership in the group HelpdeskAgents, and no other role."},
		"account-china":                {"https://entra.microsoftonline.cn", "Give it membership in the group AdminAgents, and no other role."},
	} {
		v := view.Project(viewtest.State(state))
		if got := links(v); len(got) != 1 || got[0] != want[0] {
			t.Errorf("%s leads to %v, want %s", state, got, want[0])
		}
		said := []string{}
		for _, b := range v.Blocks {
			if l, ok := b.(view.List); ok && l.Numbered {
				for _, item := range l.Items {
					said = append(said, item.Render(tr))
				}
			}
		}
		if len(said) != 4 || !strings.HasPrefix(said[1], want[1]) {
			t.Errorf("%s says %q, want %s", state, said, want[1])
		}
	}
}
