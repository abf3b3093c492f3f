package viewtest

import (
	"slices"
	"strings"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// LinksClientID is the app registration of the product whose links the states have.
const LinksClientID = "c1d5e7a9-3b2f-4c68-8e0d-9f7a6b5c4d32"

// Product is a product of which everything is known.
func Product() connector.Product {
	return connector.Product{
		ID: "fabrikam", Name: "Fabrikam Billing", Path: []string{"Administration", "Integrations", "Add New", "Partner Center", "Create"},
		AdminButton: "Generate Admin Link", UserButton: "Generate User Link", SaveButton: "Save", EditButton: "Edit",
		RedirectHosts: []string{"*.fabrikam.example"}, Version: "4.5", AppRole: "Fabrikam Admin", Role: connector.RoleAdminAgent, MFAEnforced: true,
		GovernmentGuide: "Partner Center for GCC", Support: "https://support.fabrikam.example/partner-center",
	}
}

// productLink is a link as it was read.
func productLink(kind link.Kind, changes ...func(*connector.ProductLink)) *connector.ProductLink {
	l := &connector.ProductLink{
		Facts: link.Facts{
			Kind: kind, Cloud: "global", Host: "login.microsoftonline.com", Tenant: TenantID, ClientID: LinksClientID,
			Redirect: "https://service-us01.fabrikam.example/consent/" + string(kind) + "/success",
			Scopes:   []string{"https://api.partnercenter.microsoft.com/user_impersonation", "offline_access"},
		},
		Read: Now.Add(-40 * time.Minute),
	}
	if kind == link.User {
		l.ResponseType = "code id_token"
	}
	for _, change := range changes {
		change(l)
	}
	return l
}

func opened(l *connector.ProductLink) {
	l.Started, l.Browser = Now.Add(-20*time.Minute), "Microsoft Edge"
}

func closed(l *connector.ProductLink) {
	opened(l)
	l.Private, l.Ended = true, Now.Add(-17*time.Minute)
}

func reportedAt(l *connector.ProductLink) {
	opened(l)
	l.Reported = Now.Add(-15 * time.Minute)
}

func inCommon(l *connector.ProductLink) { l.Tenant = "common" }

// linksDraft is a draft for two links on a page, with those that are given, each of them held.
func linksDraft(step connector.Step, read ...*connector.ProductLink) func(*wizard.State) {
	return func(s *wizard.State) {
		s.Products = []connector.Product{Product()}
		tenant := Tenant()
		l := &connector.Links{Product: Product().ID}
		held := map[link.Kind]bool{}
		for _, one := range read {
			held[one.Kind] = true
			if one.Kind == link.Admin {
				l.Admin = one
			} else {
				l.User = one
			}
		}
		s.Wizard.Draft = connector.Draft{
			ID: DraftID, Created: Now.Add(-2 * time.Hour), Step: step, Seen: connector.StepLinkFinish, TenantInput: tenant.Domain, Tenant: &tenant, UPN: UPN,
			Name: "Contoso in Fabrikam", Links: l,
		}
		s.Wizard.Links = wizard.LinkForm{Held: held}
		s.Wizard.Probe = wizard.Probe{}
	}
}

func links(step connector.Step, read []*connector.ProductLink, changes ...func(*wizard.State)) wizard.State {
	return inStep(step, append([]func(*wizard.State){linksDraft(step, read...)}, changes...)...)
}

// both are the two links as they were read.
func both() []*connector.ProductLink {
	return []*connector.ProductLink{productLink(link.Admin), productLink(link.User)}
}

func form(change func(*wizard.LinkForm)) func(*wizard.State) {
	return inWizard(func(w *wizard.Wizard) { change(&w.Links) })
}

// elsewhere sends the answer to a host that is not the product's.
func elsewhere(l *connector.ProductLink) {
	l.Redirect = "https://service.fabrikam.example.net/consent/admin/success"
}

// byDomain are both links with a domain in the place of the tenant's ID.
func byDomain() []*connector.ProductLink {
	named := func(l *connector.ProductLink) { l.Tenant = "contoso.com" }
	return []*connector.ProductLink{productLink(link.Admin, named), productLink(link.User, named)}
}

// noProduct makes the draft one for a product that the program does not know.
func noProduct(s *wizard.State) { s.Wizard.Draft.Links.Product = "" }

// refused is a link that can't be opened.
func refused(fault, host, parameter string) connector.Problem {
	p := problem(connector.KindLink, connector.StepLinks, connector.ActorYou, "")
	p.Raw = "link refused: " + fault
	p.Args = map[string]string{"Fault": fault, "Host": host, "Parameter": parameter}
	return *p
}

func linksStates() []Named {
	fresh := func(s *wizard.State) {
		d := &s.Wizard.Draft
		d.TenantInput, d.Tenant, d.UPN, d.Name, d.Seen = "", nil, "", "", connector.StepLinks
		s.Wizard.Lookup = wizard.Lookup{}
	}
	one := both()[:1]
	all := []Named{
		{"links-empty", links(connector.StepLinks, nil, fresh)},
		{"links-practised", links(connector.StepLinks, nil, func(s *wizard.State) {
			s.Rehearsal = &connector.Rehearsal{Scenario: "good", Product: Product().ID, ProductPage: "http://127.0.0.1:4711/"}
		})},
		{"links-unknown-product", links(connector.StepLinks, nil, fresh, noProduct)},
		{"links-no-products", links(connector.StepLinks, nil, fresh, noProduct, func(s *wizard.State) { s.Products = nil })},
		{"links-tenant", links(connector.StepLinks, nil)},
		{"links-gcc", links(connector.StepLinks, nil, inTenant(tenantIn("global", "NA", "GCC")))},
		{"links-gcc-unknown-product", links(connector.StepLinks, nil, inTenant(tenantIn("global", "NA", "GCC")), noProduct)},
		{"links-typed", links(connector.StepLinks, nil, form(func(f *wizard.LinkForm) {
			f.Text = auth.NewSecret("https://login.microsoftonline.com/contoso.com/adminconsent?client_id=typed")
		}))},
		{"links-reading", links(connector.StepLinks, nil, form(func(f *wizard.LinkForm) {
			f.Text, f.Reading = auth.NewSecret("https://login.microsoftonline.com/contoso.com/adminconsent?client_id=typed"), wizard.Work{Attempt: 5, Running: true}
		}))},
		{"links-finding", links(connector.StepLinks, both(), form(func(f *wizard.LinkForm) { f.Held = nil }))},
		{"links-one-unknown-product", links(connector.StepLinks, one, noProduct)},
		{"links-one", links(connector.StepLinks, one)},
		{"links-user-first", links(connector.StepLinks, []*connector.ProductLink{productLink(link.User)})},
		{"links-both", links(connector.StepLinks, both())},
		{"links-common", links(connector.StepLinks, []*connector.ProductLink{productLink(link.Admin, inCommon), productLink(link.User, inCommon)})},
		{"links-refused", links(connector.StepLinks, one, form(func(f *wizard.LinkForm) {
			f.Refused = []connector.Problem{refused("host", "login.microsoftonline.com.evil.example", ""), refused("twice", "login.microsoftonline.com", "redirect_uri")}
		}))},
		{"links-differ", links(connector.StepLinks, []*connector.ProductLink{productLink(link.Admin), productLink(link.User, func(l *connector.ProductLink) {
			l.ClientID, l.Tenant = ClientID, "0b7e6d5c-4a39-4f28-9817-06f5e4d3c2b1"
		})})},
		{"links-other-redirect", links(connector.StepLinks, []*connector.ProductLink{productLink(link.Admin, elsewhere)})},
		{"links-lookup", links(connector.StepLinks, byDomain(), form(func(f *wizard.LinkForm) {
			f.Tenants = map[string]wizard.Lookup{"contoso.com": {Work: wizard.Work{Attempt: 6, Running: true}, Input: "contoso.com"}}
		}))},
		{"links-lookup-problem", links(connector.StepLinks, byDomain(), form(func(f *wizard.LinkForm) {
			f.Tenants = map[string]wizard.Lookup{"contoso.com": {
				Work: wizard.Work{Attempt: 6}, Input: "contoso.com", Problem: problem(connector.KindNoNetwork, connector.StepBefore, connector.ActorYou, ""),
			}}
		}))},
		{"links-nothing", links(connector.StepLinks, nil, form(func(f *wizard.LinkForm) { f.Nothing = true }))},
		{"links-unkept", links(connector.StepLinks, both(), form(func(f *wizard.LinkForm) {
			f.Unkept = problem(connector.KindKeychainMissing, connector.NoStep, connector.ActorYou, "")
		}))},
		{"links-paste-again", links(connector.StepLinks, both(), form(func(f *wizard.LinkForm) { f.Held = map[link.Kind]bool{} }))},
		{"links-long", links(connector.StepLinks, []*connector.ProductLink{productLink(link.Admin, func(l *connector.ProductLink) {
			l.Redirect = "https://service-us01.fabrikam.example/" + strings.Repeat("consent-", 20) + "success"
		})}, draft(func(d *connector.Draft) { d.UPN, d.Name = LongUPN, LongName }))},
		{"links-renewal", links(connector.StepLinks, both(), renewsLinks)},
		{"links-elevated", links(connector.StepLinks, nil, inWizard(func(w *wizard.Wizard) {
			w.Ready.Elevated = problem(connector.KindElevated, connector.StepBefore, connector.ActorYou, "")
		}))},
		{"links-keychain-missing", links(connector.StepLinks, nil, inWizard(func(w *wizard.Wizard) {
			w.Ready.Keychain = problem(connector.KindKeychainMissing, connector.StepBefore, connector.ActorYou, "")
		}))},
	}
	return slices.Concat(all, linkAdminStates(), linkUserStates(), linkFinishStates(), trialStates())
}

// renewsLinks makes the draft a renewal of the connector that the product keeps.
func renewsLinks(s *wizard.State) {
	s.Wizard.Draft.Renews = Kept().ID
	s.Home.Connectors = []connector.Connector{Kept()}
}
