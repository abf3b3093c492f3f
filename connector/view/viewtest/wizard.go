package viewtest

import (
	"maps"
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
	"partner-center-connector/connector/wizard"
)

func draft(change func(*connector.Draft)) func(*wizard.State) {
	return func(s *wizard.State) { change(&s.Wizard.Draft) }
}

func inWizard(change func(*wizard.Wizard)) func(*wizard.State) {
	return func(s *wizard.State) { change(&s.Wizard) }
}

// noTenant makes the draft one for which no tenant was found yet.
func noTenant(input string) func(*wizard.State) {
	return inWizard(func(w *wizard.Wizard) {
		w.Draft.TenantInput, w.Draft.Tenant = input, nil
		w.Lookup = wizard.Lookup{Work: wizard.Work{Attempt: 1}, Input: input}
	})
}

func inTenant(t auth.Tenant) func(*wizard.State) {
	return inWizard(func(w *wizard.Wizard) {
		w.Draft.Tenant = &t
		w.Lookup.Found = []auth.Tenant{t}
	})
}

func lookupProblem(input string, p *connector.Problem) wizard.State {
	return inStep(connector.StepBefore, noTenant(input), inWizard(func(w *wizard.Wizard) { w.Lookup.Problem = p }))
}

// typed is what was typed into a field of the page, around the value that the draft has.
func typed(f connector.Field, text string) func(*wizard.State) {
	return inWizard(func(w *wizard.Wizard) {
		all := map[connector.Field]string{f: text}
		maps.Copy(all, w.Typed)
		w.Typed = all
	})
}

func beforeStates() []Named {
	newDraft := inWizard(func(w *wizard.Wizard) {
		*w = wizard.Wizard{
			Open:  true,
			Draft: connector.Draft{ID: DraftID, Created: Now, Step: connector.StepBefore, ClientKind: auth.SecretClient, RedirectPath: "/consent"},
			Ready: wizard.Readiness{Work: wizard.Work{Attempt: 1, Running: true}},
		}
	})
	notReady := func(kind connector.ProblemKind, set func(*wizard.Readiness, *connector.Problem)) wizard.State {
		return inStep(connector.StepBefore, inWizard(func(w *wizard.Wizard) {
			set(&w.Ready, problem(kind, connector.StepBefore, connector.ActorYou, ""))
		}))
	}
	return []Named{
		{"before-new", inStep(connector.StepBefore, newDraft)},
		{"before-looking-up", inStep(connector.StepBefore, noTenant("contoso.com"), inWizard(func(w *wizard.Wizard) { w.Lookup.Running = true }))},
		{"before-two-clouds", inStep(connector.StepBefore, noTenant("contoso.com"), inWizard(func(w *wizard.Wizard) {
			w.Lookup.Found = []auth.Tenant{Tenant(), tenantIn("china", "AS", "")}
		}))},
		{"before-two-clouds-chosen", inStep(connector.StepBefore, inWizard(func(w *wizard.Wizard) {
			w.Lookup.Found = []auth.Tenant{Tenant(), tenantIn("china", "AS", "")}
		}))},
		{"before-bad-input", lookupProblem("not a domain", problem(connector.KindBadTenantInput, connector.StepBefore, connector.ActorYou, ""))},
		{"before-microsoft", lookupProblem("https://partner.microsoft.com/dashboard", problem(
			connector.KindBadTenantInput, connector.StepBefore, connector.ActorYou, "").With("Address", "partner.microsoft.com"))},
		{"before-cleaned", inStep(connector.StepBefore, typed(connector.FieldTenant, "Tenant: \u201c"+Tenant().Domain+"\u201d"))},
		{"before-unknown-tenant", lookupProblem("cntoso.com", problem(connector.KindUnknownTenant, connector.StepBefore, connector.ActorYou, "AADSTS90002"))},
		{"before-no-network", lookupProblem("contoso.com", problem(connector.KindNoNetwork, connector.StepBefore, connector.ActorYou, ""))},
		{"before-clock", inStep(connector.StepBefore, inWizard(func(w *wizard.Wizard) {
			w.Lookup.Attempt, w.Lookup.Clock = 1, problem(connector.KindClock, connector.StepBefore, connector.ActorYou, "")
		}))},
		{"before-no-ticks", inStep(connector.StepBefore, draft(func(d *connector.Draft) { d.Ticks = nil }))},
		{"before-done", inStep(connector.StepBefore)},
		{"before-gcc", inStep(connector.StepBefore, inTenant(tenantIn("global", "NA", "GCC")))},
		{"before-gcc-high", inStep(connector.StepBefore, inTenant(tenantIn("usgov", "USGov", "DODCON")))},
		{"before-no-region", inStep(connector.StepBefore, inTenant(tenantIn("global", "", "")))},
		{"before-other-region", inStep(connector.StepBefore, inTenant(tenantIn("global", "OC", "")))},
		{"before-from-file", inStep(connector.StepBefore, inTenant(tenantFromFile()))},
		{"before-keychain-missing", notReady(connector.KindKeychainMissing, func(r *wizard.Readiness, p *connector.Problem) { r.Keychain = p })},
		{"before-no-browser", notReady(connector.KindNoBrowser, func(r *wizard.Readiness, p *connector.Problem) {
			r.NoBrowser, r.Browsers = p, Browsers()[2:]
		})},
		{"before-elevated", notReady(connector.KindElevated, func(r *wizard.Readiness, p *connector.Problem) { r.Elevated = p })},
		{"before-keychain-waits", inStep(connector.StepBefore, newDraft, inWizard(func(w *wizard.Wizard) {
			w.Ready.Running, w.Ready.Done, w.Ready.KeychainWaits = true, false, true
		}))},
		{"before-checking-again", inStep(connector.StepBefore, inWizard(func(w *wizard.Wizard) { w.Ready.Running = true }))},
		{"before-locked", inStep(connector.StepBefore, draft(reported))},
		{"before-change", inStep(connector.StepBefore, draft(reported), inWizard(func(w *wizard.Wizard) { w.Change = connector.FieldTenant }))},
		{"before-draft-not-kept", inStep(connector.StepBefore, inWizard(func(w *wizard.Wizard) {
			w.Problem = problem(connector.KindDisk, connector.NoStep, connector.ActorYou, "")
		}))},
	}
}

func accountStates() []Named {
	upn := func(upn string) func(*wizard.State) { return draft(func(d *connector.Draft) { d.UPN = upn }) }
	signedIn := inWizard(func(w *wizard.Wizard) { reported(&w.Draft); w.SignedIn = identity(UPN) })
	states := []Named{
		{"account-empty", inStep(connector.StepAccount, upn(""))},
		{"account-invalid", inStep(connector.StepAccount, upn("pc-integration"))},
		{"account-cleaned", inStep(connector.StepAccount, typed(connector.FieldUPN, "Alex <\u200b"+UPN+">,"))},
		{"account-strange", inStep(connector.StepAccount, upn("pc-integr\u0430tion@contoso.onmicrosoft.com"))},
		{"account-done", inStep(connector.StepAccount)},
		{"account-other-domain", inStep(connector.StepAccount, upn("pc-integration@contoso.com"))},
		{"account-guest", inStep(connector.StepAccount, upn("alex_fabrikam.com#EXT#@contoso.onmicrosoft.com"))},
		{"account-tenant-by-id", inStep(connector.StepAccount, draft(func(d *connector.Draft) {
			tenant := Tenant()
			tenant.Domain = ""
			d.Tenant, d.TenantInput = &tenant, tenant.ID
		}))},
		{"account-long", inStep(connector.StepAccount, upn(LongUPN))},
		{"account-usgov", inStep(connector.StepAccount, inTenant(tenantIn("usgov", "USGov", "DOD")))},
		{"account-china", inStep(connector.StepAccount, inTenant(tenantIn("china", "AS", "")))},
		{"account-from-file", inStep(connector.StepAccount, inTenant(tenantFromFile()))},
		{"account-locked", inStep(connector.StepAccount, signedIn)},
		{"account-guest-found", inStep(connector.StepAccount, signedIn, inWizard(func(w *wizard.Wizard) { w.Checks = guestChecks() }))},
		{"account-change", inStep(connector.StepAccount, signedIn, inWizard(func(w *wizard.Wizard) { w.Change = connector.FieldUPN }))},
	}
	for _, r := range connector.Roles[1:] {
		chosen := draft(func(d *connector.Draft) { d.Role = r })
		states = append(states,
			Named{"account-" + string(r), inStep(connector.StepAccount, chosen)},
			Named{"account-usgov-" + string(r), inStep(connector.StepAccount, chosen, inTenant(tenantIn("usgov", "USGov", "DOD")))})
	}
	return states
}

func mfaStates() []Named {
	return []Named{
		{"mfa-open", inStep(connector.StepMFA, draft(func(d *connector.Draft) { d.Ticks = nil }))},
		{"mfa-done", inStep(connector.StepMFA)},
		{"mfa-from-file", inStep(connector.StepMFA, inTenant(tenantFromFile()))},
		{"mfa-for-product", inStep(connector.StepMFA, usedBy("fabrikam"))},
		{"mfa-for-plain-product", inStep(connector.StepMFA, usedBy("contosolinks"))},
		{"mfa-for-other", inStep(connector.StepMFA, usedBy(connector.ForOther))},
		{"mfa-preset", inStep(connector.StepMFA, usedBy(connector.ForOwn), withPreset(true, func(*connector.Preset) {}))},
	}
}

func connectorStates() []Named {
	kind := func(k auth.ClientKind, has bool) func(*wizard.State) {
		return draft(func(d *connector.Draft) { d.ClientKind, d.HasSecret, d.SecretExpires = k, has, connector.Day{} })
	}
	probe := func(p wizard.Probe) wizard.State {
		return inStep(connector.StepConnector, inWizard(func(w *wizard.Wizard) { w.Probe = p }))
	}
	secretProblem := func(k connector.ProblemKind) func(*wizard.State) {
		return inWizard(func(w *wizard.Wizard) {
			w.SecretProblem = problem(k, problems.Sample(k).Step, connector.ActorYou, "")
		})
	}
	locked := draft(reported)
	signedIn := inWizard(func(w *wizard.Wizard) { w.SignedIn = identity(UPN) })
	return []Named{
		{"connector-empty", inStep(connector.StepConnector, draft(func(d *connector.Draft) {
			d.Name, d.ClientID, d.HasSecret, d.SecretExpires = "", "", false, connector.Day{}
		}), inWizard(func(w *wizard.Wizard) { w.Probe = wizard.Probe{} }))},
		{"connector-invalid", inStep(connector.StepConnector, draft(func(d *connector.Draft) {
			d.Name, d.ClientID, d.RedirectPath = strings.Repeat("Contoso ", 12), "8d2b6f14", "consent page"
		}), inWizard(func(w *wizard.Wizard) { w.Probe = wizard.Probe{} }))},
		{"connector-cleaned", inStep(connector.StepConnector, typed(connector.FieldRedirectPath, "http://127.0.0.1:8400/consent"),
			typed(connector.FieldClientID, "{"+ClientID+"}"), typed(connector.FieldName, "Con\u00adtoso"), inWizard(func(w *wizard.Wizard) {
				w.SecretCleaned = wizard.SecretCleaned{Unseen: []rune{0xfeff}, Replaced: []rune{0x2011}, Around: true}
			}))},
		{"connector-redirect-https", inStep(connector.StepConnector, draft(func(d *connector.Draft) { d.RedirectPath = "https://localhost/consent" }))},
		{"connector-redirect-elsewhere", inStep(connector.StepConnector, draft(func(d *connector.Draft) {
			d.RedirectPath = "https://login.microsoftonline.com/common/oauth2/nativeclient"
		}))},
		{"connector-secret-missing", inStep(connector.StepConnector, kind(auth.SecretClient, false))},
		{"connector-secret-refused", inStep(connector.StepConnector, kind(auth.SecretClient, false), inWizard(func(w *wizard.Wizard) {
			w.SecretRefused = connector.ReasonSecretID
		}))},
		{"connector-secret-storing", inStep(connector.StepConnector, kind(auth.SecretClient, false), inWizard(func(w *wizard.Wizard) {
			w.StoringSecret = wizard.Work{Attempt: 2, Running: true}
		}))},
		{"connector-secret-problem", inStep(connector.StepConnector, kind(auth.SecretClient, false), secretProblem(connector.KindKeychainLocked))},
		{"connector-secret-end-unread", inStep(connector.StepConnector, draft(func(d *connector.Draft) {
			d.SecretExpires, d.SecretExpiresInput = connector.Day{}, "30.11.2027"
		}))},
		{"connector-secret-done", inStep(connector.StepConnector)},
		{"connector-secret-signed-in", inStep(connector.StepConnector, signedIn)},
		{"connector-certificate-missing", inStep(connector.StepConnector, kind(auth.CertificateClient, false))},
		{"connector-certificate-problem", inStep(connector.StepConnector, kind(auth.CertificateClient, false), secretProblem(connector.KindCertificate))},
		{"connector-certificate-done", inStep(connector.StepConnector, kind(auth.CertificateClient, true), draft(func(d *connector.Draft) {
			d.SecretExpires = day(2, 0, 0)
		}))},
		{"connector-certificate-signed-in", inStep(connector.StepConnector, kind(auth.CertificateClient, true), signedIn)},
		{"connector-public", inStep(connector.StepConnector, kind(auth.PublicClient, false))},
		{"connector-groups", inStep(connector.StepConnector, draft(func(d *connector.Draft) { d.WithGroups = true }))},
		{"connector-bare-redirect", inStep(connector.StepConnector, draft(func(d *connector.Draft) { d.RedirectPath = "" }))},
		{"connector-probe-running", probe(wizard.Probe{Work: wizard.Work{Attempt: 2, Running: true}})},
		{"connector-probe-retry", probe(wizard.Probe{Work: wizard.Work{Attempt: 2, Running: true}, Retry: retry()})},
		{"connector-probe-unknown", probe(wizard.Probe{Result: connector.ProbeUnknown})},
		{"connector-probe-wrong", probe(wizard.Probe{
			Result: connector.ProbeWrong, Problem: problem(connector.KindRedirectURI, connector.StepConnector, connector.ActorPublisher, "AADSTS50011"),
		})},
		{"connector-name-taken", inStep(connector.StepConnector, func(s *wizard.State) { s.Home.Connectors = []connector.Connector{Saved()} })},
		{"connector-duplicate", inStep(connector.StepConnector, inWizard(func(w *wizard.Wizard) {
			w.Draft.Name, w.Duplicate = "Contoso 2", "Contoso"
		}))},
		{"connector-locked", inStep(connector.StepConnector, locked)},
		{"connector-change-kind", inStep(connector.StepConnector, locked, inWizard(func(w *wizard.Wizard) { w.Change = connector.FieldClientKind }))},
		{"connector-change-client-id", inStep(connector.StepConnector, locked, inWizard(func(w *wizard.Wizard) { w.Change = connector.FieldClientID }))},
		{"connector-unlocked", inStep(connector.StepConnector, locked, inWizard(func(w *wizard.Wizard) {
			w.Unlocked = map[connector.Field]bool{connector.FieldClientID: true}
		}))},
		{"connector-renewal", inStep(connector.StepConnector, locked, draft(func(d *connector.Draft) { d.Renews = SavedID }))},
		{"connector-renewal-ended", inStep(connector.StepConnector, locked, draft(func(d *connector.Draft) {
			d.Renews, d.HasSecret, d.SecretExpires, d.EndedOn = SavedID, false, connector.Day{}, day(0, 0, -3)
		}))},
		{"connector-usgov", inStep(connector.StepConnector, inTenant(tenantIn("usgov", "USGov", "DODCON")))},
		{"connector-china", inStep(connector.StepConnector, inTenant(tenantIn("china", "AS", "")))},
		{"connector-from-file", inStep(connector.StepConnector, inTenant(tenantFromFile()))},
	}
}

// usedBy has a draft for a connector that a product uses, with those that there are words for.
func usedBy(id string) func(*wizard.State) {
	return func(s *wizard.State) {
		s.Products = Products()
		s.Wizard.Draft.For = id
	}
}
