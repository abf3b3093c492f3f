// Package viewtest has named states of the whole program, for the tests of everything that shows one.
package viewtest

import (
	"strings"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// Named is a state with a name that is fit for a file.
type Named struct {
	Name  string
	State wizard.State
}

// Now is the time at which the states were taken: a Monday morning.
var Now = time.Date(2026, time.November, 23, 9, 30, 0, 0, time.UTC)

// day is a day so many years, months and days after Now.
func day(years, months, days int) connector.Day {
	return connector.DayOf(Now.AddDate(years, months, days))
}

// The identifiers that the states use.
const (
	TenantID  = "3f0c9a52-7b1e-4d84-9c36-5e2a1d7f8b90"
	ClientID  = "8d2b6f14-0a5c-4e3d-b7f9-6c1e2d3a4b58"
	DraftID   = "c7a1e9d2-4f60-4b8e-9a35-0d1c2b3e4f56"
	SavedID   = "5b9d3c71-2e84-4f0a-8c6d-7a1b9e0f2c34"
	UPN       = "pc-integration@contoso.onmicrosoft.com"
	LongName  = "Contoso Deutschland Vertriebsgesellschaft, Nordwest und Mitte, Rechnungslauf 02"
	LongUPN   = "partner-center-integration.rechnungslauf-nordwest-und-mitte@contoso-deutschland-vertriebsgesellschaft.onmicrosoft.com"
	StartLink = "http://localhost:49731/start/ticket-of-a-test"
)

// States returns all of them: every page, phase and question, the problems, and texts as long as they get.
func States() []Named {
	all := [][]Named{
		homeStates(), beforeStates(), accountStates(), mfaStates(), connectorStates(),
		adminStates(), userStates(), checkStates(), lastingStates(), detailStates(), rehearsalStates(), presetStates(), practiceStates(), cloudStates(),
		settingsStates(), scheduleStates(), reportStates(), registrationStates(), linksStates(), linkHomeStates(), keptStates(), keyVaultStates(),
	}
	states := []Named{}
	for _, some := range all {
		states = append(states, some...)
	}
	return append(states, saidStates(states)...)
}

// State returns the state of a name. It panics for a name that there is not: a mistake in a test.
func State(name string) wizard.State {
	return stateOf(States(), name)
}

func stateOf(states []Named, name string) wizard.State {
	for _, n := range states {
		if n.Name == name {
			return n.State
		}
	}
	panic("viewtest: no state " + name)
}

// Tenant is a partner tenant in the global cloud, found by its domain.
func Tenant() auth.Tenant {
	login := "https://login.microsoftonline.com/" + TenantID
	return auth.Tenant{
		ID: TenantID, Domain: "contoso.onmicrosoft.com", Cloud: "global", Region: "EU",
		Issuer: login + "/v2.0", Authorize: login + "/oauth2/v2.0/authorize", Token: login + "/oauth2/v2.0/token",
	}
}

func tenantIn(cloud, region, sub string) auth.Tenant {
	t := Tenant()
	t.Cloud, t.Region, t.SubScope = cloud, region, sub
	return t
}

func tenantFromFile() auth.Tenant {
	t := tenantIn("sovereign-fr", "EU", "")
	t.CloudFromFile = true
	return t
}

// Browsers are three installed ones, the recommended one first; the last can open no private window for us.
func Browsers() []browser.Browser {
	return []browser.Browser{
		{ID: "edge", Name: "Microsoft Edge", Family: browser.Chromium, Packaging: browser.Native, Default: true, Policy: browser.PolicyUnknown},
		{ID: "firefox", Name: "Firefox", Family: browser.Firefox, Packaging: browser.Native, Policy: browser.PolicyUnknown},
		{ID: "safari", Name: "Safari", Family: browser.Other, Packaging: browser.Native, Policy: browser.PolicyUnknown},
	}
}

// Draft is a draft that has everything that pages 1 to 4 ask for and stands on step.
func Draft(step connector.Step) connector.Draft {
	tenant := Tenant()
	return connector.Draft{
		ID: DraftID, Created: Now.Add(-2 * time.Hour), Step: step, Seen: connector.StepCheck,
		TenantInput: tenant.Domain, Tenant: &tenant,
		Ticks: map[connector.Field]bool{
			connector.TickDirectBill: true, connector.TickAccess: true, connector.TickConsentRight: true, connector.TickMFA: true,
		},
		UPN: UPN, Role: connector.RoleAdminAgent, Name: "Contoso", ClientID: ClientID, ClientKind: auth.SecretClient, RedirectPath: auth.DefaultRedirectPath,
		HasSecret: true, SecretExpires: day(1, 0, 0),
	}
}

// wizard is a state whose wizard stands on step, changed by the given functions.
func inStep(step connector.Step, changes ...func(*wizard.State)) wizard.State {
	s := wizard.State{Screen: wizard.ScreenWizard, Home: wizard.Home{Loaded: true, Now: Now}}
	s.Wizard = wizard.Wizard{
		Open: true, Draft: Draft(step),
		Ready: wizard.Readiness{Done: true, Browsers: Browsers()},
		Probe: wizard.Probe{Result: connector.ProbeFine},
	}
	s.Wizard.Lookup.Attempt, s.Wizard.Lookup.Input = 1, s.Wizard.Draft.TenantInput
	s.Wizard.Lookup.Found = []auth.Tenant{Tenant()}
	for _, change := range changes {
		change(&s)
	}
	if renews := s.Wizard.Draft.Renews; renews != "" && len(s.Home.Connectors) == 0 {
		s.Home.Connectors = []connector.Connector{saved(func(c *connector.Connector) { c.ID = renews })}
	}
	return s
}

// problem is a problem with everything that one can have.
func problem(kind connector.ProblemKind, step connector.Step, actor connector.Actor, code string) *connector.Problem {
	return &connector.Problem{
		Kind: kind, Step: step, Actor: actor, Code: code,
		Raw:           strings.TrimPrefix(code+": the service's own sentence about what went wrong, as it was received.", ": "),
		CorrelationID: "0c4f2b8e-91d7-4a63-8e52-b3f6a7c8d901", TraceID: "7e15a3c9-2d48-4b06-9f81-a2c4e6d80b00",
		At: Now.Add(-time.Minute),
		Args: map[string]string{
			"Tenant": "contoso.onmicrosoft.com", "TenantID": TenantID, "Expected": UPN, "Actual": "alex@contoso.onmicrosoft.com",
			"UPN": UPN, "ClientID": ClientID, "RedirectURI": "http://localhost/consent", "Domain": "contoso.onmicrosoft.com",
			"Code": code, "Browser": "Microsoft Edge", "Name": "Contoso",
		},
	}
}

// identity is the integration user as it signed in.
func identity(upn string) *connector.Identity {
	return &connector.Identity{
		TenantID: TenantID, ObjectID: "1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d", UPN: upn,
		Name: "Partner Center integration", HomeAccountID: "1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d." + TenantID,
	}
}

func reported(d *connector.Draft) {
	d.Admin = connector.Admin{Status: connector.AdminReported, Tenant: TenantID, At: Now.Add(-20 * time.Minute)}
}

func handover(since time.Time) *connector.Handover {
	return &connector.Handover{
		State: "a-state-of-a-test", Since: since,
		Link: "https://login.microsoftonline.com/" + TenantID + "/v2.0/adminconsent?client_id=" + ClientID +
			"&redirect_uri=http%3A%2F%2Flocalhost%3A49731%2Fconsent&scope=openid+profile+offline_access" +
			"+https%3A%2F%2Fgraph.microsoft.com%2FUser.Read+https%3A%2F%2Fapi.partnercenter.microsoft.com%2Fuser_impersonation" +
			"&state=a-state-of-a-test",
	}
}
