package viewtest

import (
	"time"

	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// ProductClientID is the client ID of the other product's app registration.
const ProductClientID = "14f38d7d-c4fc-448a-b2df-0fc60e75465a"

// keptLink is one of the two links of a product, read a month ago, opened and told of minutes later.
func keptLink(kind link.Kind) *connector.ProductLink {
	read := Now.AddDate(0, -1, 0)
	return &connector.ProductLink{
		Facts: link.Facts{
			Kind: kind, Cloud: "global", Host: "login.microsoftonline.com", Tenant: TenantID, ClientID: ProductClientID,
			Redirect: "https://service.billing.example/consent/" + string(kind) + "/success",
		},
		Read: read, Started: read.Add(time.Minute), Reported: read.Add(4 * time.Minute),
	}
}

// Kept is a connector that another product keeps. Its user link was opened in a private window, and what it brought about was checked with a
// connector of our own.
func Kept() connector.Connector {
	admin, user := keptLink(link.Admin), keptLink(link.User)
	user.Private, user.Browser, user.Ended = true, "Microsoft Edge", user.Started.Add(2*time.Minute)
	user.Scopes = []string{"openid", "offline_access", "https://api.partnercenter.microsoft.com/user_impersonation"}
	user.ResponseType, user.Prompt, user.LoginHint, user.HasPrompt, user.HasLoginHint = "code id_token", "login", UPN, true, true
	return connector.Connector{
		ID: "kept-by-another", Name: "Contoso Billing", Origin: connector.OriginLink, Tenant: Tenant(), ClientID: ProductClientID,
		User: connector.Identity{TenantID: TenantID, UPN: UPN}, Role: connector.RoleAdminAgent,
		Admin: connector.Admin{Status: connector.AdminTold, At: admin.Reported}, Consented: user.Reported, Saved: user.Reported.Add(time.Minute),
		Health: connector.HealthKept, Checks: keptChecks(), Checked: Now.AddDate(0, 0, -1),
		Links: &connector.Links{Product: "example", Name: "Example Billing", Admin: admin, User: user, Finished: user.Reported},
	}
}

func keptSo(change func(*connector.Connector)) connector.Connector {
	c := Kept()
	change(&c)
	return c
}

func evidence(key string, args map[string]string) connector.Fact {
	return connector.Fact{Key: key, Args: args}
}

// keptChecks have found everything in the tenant's directory, and no call yet.
func keptChecks() []connector.Check {
	own := evidence("link-own", map[string]string{"Name": "Contoso"})
	partner := map[string]string{"API": "Microsoft Partner Center", "Scopes": "user_impersonation"}
	at := Now.AddDate(0, 0, -1)
	return []connector.Check{
		{ID: connector.CheckLinkApp, State: connector.CheckPassed, At: at, Evidence: []connector.Fact{
			evidence("link-app", map[string]string{"Name": "Example Billing", "ClientID": ProductClientID}),
			evidence("link-app-publisher", map[string]string{"Publisher": "Example Ltd"}), own,
		}},
		{ID: connector.CheckLinkAdmin, State: connector.CheckPassed, At: at, Evidence: []connector.Fact{
			evidence("link-asks-unnamed", nil), evidence("link-grant-tenant", partner),
		}},
		{ID: connector.CheckLinkUser, State: connector.CheckPassed, At: at, Evidence: []connector.Fact{
			evidence("link-asks", map[string]string{"Scopes": "user_impersonation"}), evidence("link-grant-effective", partner), evidence("link-grant-limits", nil),
		}},
		{ID: connector.CheckLinkMFA, State: connector.CheckUnknown, At: at, Evidence: []connector.Fact{evidence("link-mfa-no-calls", nil), own}},
	}
}

// keptUnlooked are the checks where there is no connector of our own to look with.
func keptUnlooked() []connector.Check {
	list := []connector.Check{}
	for _, c := range keptChecks() {
		c.State, c.Evidence = connector.CheckUnknown, []connector.Fact{evidence("link-no-connector", map[string]string{"Tenant": Tenant().Domain})}
		list = append(list, c)
	}
	list[0].Problem = problem(connector.KindLinkNoConnector, connector.NoStep, connector.ActorYou, "")
	return list
}

// keptWithoutMFA are the checks where the product's calls carry no MFA.
func keptWithoutMFA() []connector.Check {
	list := keptChecks()
	list[3].State, list[3].Weight = connector.CheckFailed, connector.WeightAttention
	list[3].Evidence[0] = evidence("link-mfa-calls-since", map[string]string{"Total": "14", "With": "0", "Day": "2026-10-23"})
	list[3].Problem = problem(connector.KindLinkNoMFA, connector.StepLinkUser, connector.ActorAdmin, "")
	return list
}

func keptStates() []Named {
	unknown := keptSo(func(c *connector.Connector) {
		c.ID, c.Name, c.Checks, c.Checked = "kept-unknown", "Fabrikam", nil, time.Time{}
		user := *c.Links.User
		user.Reported, c.Consented = time.Time{}, time.Time{}
		c.Links = &connector.Links{User: &user}
		c.Admin = connector.Admin{Status: connector.AdminNotConfirmed}
	})
	remind := func(days int) connector.Connector {
		return keptSo(func(c *connector.Connector) {
			links := *c.Links
			links.Remind = day(0, 0, days)
			c.Links = &links
			if days > 0 {
				c.ID, c.Name = "kept-remind-later", "Adatum"
			}
		})
	}
	withoutMFA := keptSo(func(c *connector.Connector) { c.Health, c.Checks = connector.HealthAttention, keptWithoutMFA() })
	return []Named{
		{"home-kept", home(func(h *wizard.Home) {
			h.Connectors = []connector.Connector{Saved(), unknown, remind(20), remind(-1)}
		})},
		{"detail-kept", detail(Kept())},
		{"detail-kept-unknown", detail(unknown)},
		{"detail-kept-remind", detail(remind(-1))},
		{"detail-kept-unlooked", detail(keptSo(func(c *connector.Connector) { c.Checks = keptUnlooked() }))},
		{"detail-kept-no-mfa", detail(withoutMFA)},
	}
}
