package viewtest

import (
	"strings"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

func draft(change func(*connector.Draft)) func(*connector.State) {
	return func(s *connector.State) { change(&s.Wizard.Draft) }
}

func inWizard(change func(*connector.Wizard)) func(*connector.State) {
	return func(s *connector.State) { change(&s.Wizard) }
}

// noTenant makes the draft one for which no tenant was found yet.
func noTenant(input string) func(*connector.State) {
	return inWizard(func(w *connector.Wizard) {
		w.Draft.TenantInput, w.Draft.Tenant = input, nil
		w.Lookup = connector.Lookup{Work: connector.Work{Attempt: 1}, Input: input}
	})
}

func inTenant(t auth.Tenant) func(*connector.State) {
	return inWizard(func(w *connector.Wizard) {
		w.Draft.Tenant = &t
		w.Lookup.Found = []auth.Tenant{t}
	})
}

func lookupProblem(input string, p *connector.Problem) connector.State {
	return wizard(connector.StepBefore, noTenant(input), inWizard(func(w *connector.Wizard) { w.Lookup.Problem = p }))
}

func beforeStates() []Named {
	newDraft := inWizard(func(w *connector.Wizard) {
		*w = connector.Wizard{
			Open:  true,
			Draft: connector.Draft{ID: DraftID, Created: Now, Step: connector.StepBefore, Kind: auth.SecretClient, RedirectPath: "/consent"},
			Ready: connector.Readiness{Work: connector.Work{Attempt: 1, Running: true}},
		}
	})
	notReady := func(kind connector.Kind, set func(*connector.Readiness, *connector.Problem)) connector.State {
		return wizard(connector.StepBefore, inWizard(func(w *connector.Wizard) {
			set(&w.Ready, problem(kind, connector.StepBefore, connector.ActorYou, ""))
		}))
	}
	return []Named{
		{"before-new", wizard(connector.StepBefore, newDraft)},
		{"before-looking-up", wizard(connector.StepBefore, noTenant("contoso.com"), inWizard(func(w *connector.Wizard) { w.Lookup.Running = true }))},
		{"before-two-clouds", wizard(connector.StepBefore, noTenant("contoso.com"), inWizard(func(w *connector.Wizard) {
			w.Lookup.Found = []auth.Tenant{Tenant(), tenantIn("china", "AS", "")}
		}))},
		{"before-two-clouds-chosen", wizard(connector.StepBefore, inWizard(func(w *connector.Wizard) {
			w.Lookup.Found = []auth.Tenant{Tenant(), tenantIn("china", "AS", "")}
		}))},
		{"before-bad-input", lookupProblem("not a domain", problem(connector.KindBadTenantInput, connector.StepBefore, connector.ActorYou, ""))},
		{"before-unknown-tenant", lookupProblem("cntoso.com", problem(connector.KindUnknownTenant, connector.StepBefore, connector.ActorYou, "AADSTS90002"))},
		{"before-no-network", lookupProblem("contoso.com", problem(connector.KindNoNetwork, connector.StepBefore, connector.ActorYou, ""))},
		{"before-clock", wizard(connector.StepBefore, inWizard(func(w *connector.Wizard) {
			w.Lookup.Attempt, w.Lookup.Clock = 1, problem(connector.KindClock, connector.StepBefore, connector.ActorYou, "")
		}))},
		{"before-no-ticks", wizard(connector.StepBefore, draft(func(d *connector.Draft) { d.Ticks = nil }))},
		{"before-done", wizard(connector.StepBefore)},
		{"before-gcc", wizard(connector.StepBefore, inTenant(tenantIn("global", "NA", "GCC")))},
		{"before-gcc-high", wizard(connector.StepBefore, inTenant(tenantIn("usgov", "USGov", "DODCON")))},
		{"before-no-region", wizard(connector.StepBefore, inTenant(tenantIn("global", "", "")))},
		{"before-other-region", wizard(connector.StepBefore, inTenant(tenantIn("global", "OC", "")))},
		{"before-from-file", wizard(connector.StepBefore, inTenant(tenantFromFile()))},
		{"before-keychain-missing", notReady(connector.KindKeychainMissing, func(r *connector.Readiness, p *connector.Problem) { r.Keychain = p })},
		{"before-no-browser", notReady(connector.KindNoBrowser, func(r *connector.Readiness, p *connector.Problem) {
			r.NoBrowser, r.Browsers = p, Browsers()[2:]
		})},
		{"before-elevated", notReady(connector.KindElevated, func(r *connector.Readiness, p *connector.Problem) { r.Elevated = p })},
		{"before-keychain-waits", wizard(connector.StepBefore, newDraft, inWizard(func(w *connector.Wizard) {
			w.Ready.Running, w.Ready.Done, w.Ready.KeychainWaits = true, false, true
		}))},
		{"before-checking-again", wizard(connector.StepBefore, inWizard(func(w *connector.Wizard) { w.Ready.Running = true }))},
		{"before-locked", wizard(connector.StepBefore, draft(reported))},
		{"before-change", wizard(connector.StepBefore, draft(reported), inWizard(func(w *connector.Wizard) { w.Change = connector.FieldTenant }))},
		{"before-draft-not-kept", wizard(connector.StepBefore, inWizard(func(w *connector.Wizard) {
			w.Problem = problem(connector.KindDisk, connector.NoStep, connector.ActorYou, "")
		}))},
	}
}

func accountStates() []Named {
	upn := func(upn string) func(*connector.State) { return draft(func(d *connector.Draft) { d.UPN = upn }) }
	signedIn := inWizard(func(w *connector.Wizard) { reported(&w.Draft); w.SignedIn = identity(UPN) })
	return []Named{
		{"account-empty", wizard(connector.StepAccount, upn(""))},
		{"account-invalid", wizard(connector.StepAccount, upn("pc-integration"))},
		{"account-done", wizard(connector.StepAccount)},
		{"account-other-domain", wizard(connector.StepAccount, upn("pc-integration@contoso.com"))},
		{"account-guest", wizard(connector.StepAccount, upn("alex_fabrikam.com#EXT#@contoso.onmicrosoft.com"))},
		{"account-tenant-by-id", wizard(connector.StepAccount, draft(func(d *connector.Draft) {
			tenant := Tenant()
			tenant.Domain = ""
			d.Tenant, d.TenantInput = &tenant, tenant.ID
		}))},
		{"account-long", wizard(connector.StepAccount, upn(LongUPN))},
		{"account-usgov", wizard(connector.StepAccount, inTenant(tenantIn("usgov", "USGov", "DOD")))},
		{"account-china", wizard(connector.StepAccount, inTenant(tenantIn("china", "AS", "")))},
		{"account-from-file", wizard(connector.StepAccount, inTenant(tenantFromFile()))},
		{"account-locked", wizard(connector.StepAccount, signedIn)},
		{"account-change", wizard(connector.StepAccount, signedIn, inWizard(func(w *connector.Wizard) { w.Change = connector.FieldUPN }))},
	}
}

func mfaStates() []Named {
	return []Named{
		{"mfa-open", wizard(connector.StepMFA, draft(func(d *connector.Draft) { d.Ticks = nil }))},
		{"mfa-done", wizard(connector.StepMFA)},
		{"mfa-from-file", wizard(connector.StepMFA, inTenant(tenantFromFile()))},
	}
}

func connectorStates() []Named {
	kind := func(k auth.ClientKind, has bool) func(*connector.State) {
		return draft(func(d *connector.Draft) { d.Kind, d.HasSecret, d.SecretExpires = k, has, time.Time{} })
	}
	probe := func(p connector.Probe) connector.State {
		return wizard(connector.StepConnector, inWizard(func(w *connector.Wizard) { w.Probe = p }))
	}
	secretProblem := func(k connector.Kind) func(*connector.State) {
		return inWizard(func(w *connector.Wizard) {
			w.SecretProblem = problem(k, connector.Sample(k).Step, connector.ActorYou, "")
		})
	}
	locked := draft(reported)
	return []Named{
		{"connector-empty", wizard(connector.StepConnector, draft(func(d *connector.Draft) {
			d.Name, d.ClientID, d.HasSecret, d.SecretExpires = "", "", false, time.Time{}
		}), inWizard(func(w *connector.Wizard) { w.Probe = connector.Probe{} }))},
		{"connector-invalid", wizard(connector.StepConnector, draft(func(d *connector.Draft) {
			d.Name, d.ClientID, d.RedirectPath = strings.Repeat("Contoso ", 12), "8d2b6f14", "consent page"
		}), inWizard(func(w *connector.Wizard) { w.Probe = connector.Probe{} }))},
		{"connector-secret-missing", wizard(connector.StepConnector, kind(auth.SecretClient, false))},
		{"connector-secret-storing", wizard(connector.StepConnector, kind(auth.SecretClient, false), inWizard(func(w *connector.Wizard) {
			w.StoringSecret = connector.Work{Attempt: 2, Running: true}
		}))},
		{"connector-secret-problem", wizard(connector.StepConnector, kind(auth.SecretClient, false), secretProblem(connector.KindKeychainLocked))},
		{"connector-secret-end-unread", wizard(connector.StepConnector, draft(func(d *connector.Draft) {
			d.SecretExpires, d.SecretExpiresInput = time.Time{}, "30.11.2027"
		}))},
		{"connector-secret-done", wizard(connector.StepConnector)},
		{"connector-certificate-missing", wizard(connector.StepConnector, kind(auth.CertificateClient, false))},
		{"connector-certificate-problem", wizard(connector.StepConnector, kind(auth.CertificateClient, false), secretProblem(connector.KindCertificate))},
		{"connector-certificate-done", wizard(connector.StepConnector, kind(auth.CertificateClient, true), draft(func(d *connector.Draft) {
			d.SecretExpires = Now.AddDate(2, 0, 0)
		}))},
		{"connector-public", wizard(connector.StepConnector, kind(auth.PublicClient, false))},
		{"connector-groups", wizard(connector.StepConnector, draft(func(d *connector.Draft) { d.WithGroups = true }))},
		{"connector-bare-redirect", wizard(connector.StepConnector, draft(func(d *connector.Draft) { d.RedirectPath = "" }))},
		{"connector-probe-running", probe(connector.Probe{Work: connector.Work{Attempt: 2, Running: true}})},
		{"connector-probe-retry", probe(connector.Probe{Work: connector.Work{Attempt: 2, Running: true}, Retry: retry()})},
		{"connector-probe-unknown", probe(connector.Probe{Result: connector.ProbeUnknown})},
		{"connector-probe-wrong", probe(connector.Probe{
			Result: connector.ProbeWrong, Problem: problem(connector.KindRedirectURI, connector.StepConnector, connector.ActorPublisher, "AADSTS50011"),
		})},
		{"connector-name-taken", wizard(connector.StepConnector, func(s *connector.State) { s.Home.Connectors = []connector.Connector{Saved()} })},
		{"connector-duplicate", wizard(connector.StepConnector, inWizard(func(w *connector.Wizard) {
			w.Draft.Name, w.Duplicate = "Contoso 2", "Contoso"
		}))},
		{"connector-locked", wizard(connector.StepConnector, locked)},
		{"connector-change-kind", wizard(connector.StepConnector, locked, inWizard(func(w *connector.Wizard) { w.Change = connector.FieldKind }))},
		{"connector-change-client-id", wizard(connector.StepConnector, locked, inWizard(func(w *connector.Wizard) { w.Change = connector.FieldClientID }))},
		{"connector-unlocked", wizard(connector.StepConnector, locked, inWizard(func(w *connector.Wizard) {
			w.Unlocked = map[connector.Field]bool{connector.FieldClientID: true}
		}))},
		{"connector-renewal", wizard(connector.StepConnector, locked, draft(func(d *connector.Draft) { d.Renews = SavedID }))},
		{"connector-usgov", wizard(connector.StepConnector, inTenant(tenantIn("usgov", "USGov", "DODCON")))},
		{"connector-china", wizard(connector.StepConnector, inTenant(tenantIn("china", "AS", "")))},
		{"connector-from-file", wizard(connector.StepConnector, inTenant(tenantFromFile()))},
	}
}
