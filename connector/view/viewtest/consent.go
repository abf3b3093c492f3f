package viewtest

import (
	"strings"
	"time"

	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

func underWay(phase wizard.Phase, way wizard.Way) wizard.Consent {
	c := wizard.Consent{Attempt: 7, Phase: phase, Way: way, Since: Now.Add(-90 * time.Second), Until: Now.Add(13*time.Minute + 30*time.Second)}
	if way != wizard.WayLink {
		c.Browser, c.Mode = Browsers()[0], browser.ModePrivate
	}
	if phase == wizard.PhaseOpening {
		c.Since, c.Until = time.Time{}, time.Time{}
		return c
	}
	c.Link, c.Started = StartLink, true
	return c
}

// told is an error page that was told and explained.
func told(what string, p *connector.Problem) func(*wizard.State) {
	return inWizard(func(w *wizard.Wizard) {
		w.Told = wizard.Told{Open: true, Text: what, Explained: true, Problem: p}
	})
}

// retry is a wait for Microsoft.
func retry() *wizard.Retry {
	return &wizard.Retry{
		Problem: *problem(connector.KindNotReplicated, connector.StepUser, connector.ActorYou, "AADSTS650051"), Since: Now.Add(-4 * time.Second),
		At: Now.Add(8 * time.Second),
	}
}

func retried(c wizard.Consent) wizard.Consent {
	c.Retry = retry()
	return c
}

func admin(c wizard.Consent, changes ...func(*wizard.State)) wizard.State {
	return inStep(connector.StepAdmin, append([]func(*wizard.State){inWizard(func(w *wizard.Wizard) { w.Admin = c })}, changes...)...)
}

func adminProblem(kind connector.ProblemKind, step connector.Step, actor connector.Actor, code string) wizard.State {
	c := wizard.Consent{Attempt: 7, Way: wizard.WayDefault, Problem: problem(kind, step, actor, code)}
	return admin(c)
}

// adminOther is an answer of another tenant than the one that was asked.
func adminOther(changes ...func(*wizard.State)) wizard.State {
	p := problem(connector.KindWrongTenant, connector.StepAdmin, connector.ActorAdmin, "")
	p.With("Expected", Tenant().Label()).With("Actual", "5e0a11c0-7e4a-4c1e-8a11-000000000002")
	return admin(wizard.Consent{Attempt: 7, Way: wizard.WayDefault, Problem: p}, changes...)
}

func adminStates() []Named {
	idle := wizard.Consent{}
	handed := func(since time.Time) func(*wizard.State) {
		return inWizard(func(w *wizard.Wizard) { w.HandoverOpen, w.Draft.Admin.Handover = true, handover(since) })
	}
	noStart := underWay(wizard.PhaseWaiting, wizard.WayDefault)
	noStart.Started, noStart.NoStart = false, true
	done := wizard.Consent{Attempt: 7, Phase: wizard.PhaseDone, Way: wizard.WayDefault}
	return []Named{
		{"admin-start", admin(idle)},
		{"admin-no-browser", admin(idle, inWizard(func(w *wizard.Wizard) {
			w.Ready.Browsers, w.Ready.NoBrowser = nil, problem(connector.KindNoBrowser, connector.StepBefore, connector.ActorYou, "")
		}))},
		{"admin-keychain-gone", admin(idle, inWizard(func(w *wizard.Wizard) {
			w.Ready.Keychain = problem(connector.KindKeychainLocked, connector.StepBefore, connector.ActorYou, "")
		}))},
		{"admin-clock", admin(idle, inWizard(func(w *wizard.Wizard) {
			w.Lookup.Attempt, w.Lookup.Clock = 1, problem(connector.KindClock, connector.StepBefore, connector.ActorYou, "").With("Ahead", "3 h 0 min")
		}))},
		{"admin-secret-gone", admin(idle, draft(func(d *connector.Draft) { d.HasSecret = false }))},
		{"admin-opening", admin(underWay(wizard.PhaseOpening, wizard.WayDefault))},
		{"admin-waiting", admin(underWay(wizard.PhaseWaiting, wizard.WayDefault))},
		{"admin-waiting-isolated", admin(underWay(wizard.PhaseWaiting, wizard.WayIsolated))},
		{"admin-waiting-link", admin(underWay(wizard.PhaseWaiting, wizard.WayLink))},
		{"admin-told", admin(underWay(wizard.PhaseWaiting, wizard.WayDefault), told("AADSTS50011: The redirect URI does not match.",
			problem(connector.KindRedirectURI, connector.StepConnector, connector.ActorYou, "AADSTS50011")))},
		{"admin-no-start", admin(noStart)},
		{"admin-finishing", admin(underWay(wizard.PhaseFinishing, wizard.WayDefault))},
		{"admin-declined", adminProblem(connector.KindDeclined, connector.StepAdmin, connector.ActorAdmin, "access_denied")},
		{"admin-wrong-tenant", adminOther()},
		{"admin-wrong-tenant-again", adminOther(draft(reported))},
		{"admin-timed-out", adminProblem(connector.KindTimedOut, connector.StepAdmin, connector.ActorYou, "")},
		{"admin-unknown-code", adminProblem(connector.KindUnknown, connector.StepAdmin, connector.ActorYou, "AADSTS999999")},
		{"admin-redirect-uri", adminProblem(connector.KindRedirectURI, connector.StepConnector, connector.ActorPublisher, "AADSTS50011")},
		{"admin-handover-making", admin(idle, inWizard(func(w *wizard.Wizard) { w.HandoverOpen = true }))},
		{"admin-handover", admin(idle, handed(Now))},
		{"admin-handover-later", admin(idle, handed(Now.AddDate(0, 0, -6)))},
		{"admin-handover-closed", admin(idle, handed(Now), inWizard(func(w *wizard.Wizard) { w.HandoverOpen = false }))},
		{"admin-handover-paste-problem", admin(idle, handed(Now), inWizard(func(w *wizard.Wizard) {
			w.Paste = "http://localhost:49731/consent?admin_consent=True&tenant=other"
			w.PasteProblem = problem(connector.KindWrongTenant, connector.StepAdmin, connector.ActorAdmin, "")
		}))},
		{"admin-reported", admin(done, draft(reported))},
		{"admin-pasted", admin(idle, draft(reported), draft(func(d *connector.Draft) { d.Admin.Pasted = true }))},
		{"admin-not-confirmed", admin(idle, handed(Now), draft(func(d *connector.Draft) { d.Admin.Status = connector.AdminNotConfirmed }))},
	}
}

func user(c wizard.Consent, changes ...func(*wizard.State)) wizard.State {
	all := []func(*wizard.State){draft(reported), inWizard(func(w *wizard.Wizard) { w.User = c })}
	return inStep(connector.StepUser, append(all, changes...)...)
}

func userProblem(kind connector.ProblemKind, step connector.Step, actor connector.Actor, code string) wizard.State {
	p := problem(kind, step, actor, code)
	return user(wizard.Consent{Attempt: 8, Way: wizard.WayPrivate, Browser: Browsers()[0], Mode: browser.ModePrivate, Problem: p})
}

func userStates() []Named {
	waiting := func(m browser.Mode) wizard.Consent {
		c := underWay(wizard.PhaseWaiting, wizard.WayPrivate)
		c.Mode = m
		return c
	}
	kept := func(k browser.Kept, m browser.Mode) wizard.Consent {
		c := waiting(m)
		c.Kept = k
		return c
	}
	policy := func(p browser.Policy) func(*wizard.State) {
		return inWizard(func(w *wizard.Wizard) {
			w.Ready.Browsers = Browsers()
			w.Ready.Browsers[0].Policy = p
		})
	}
	noStart := waiting(browser.ModePrivate)
	noStart.Started, noStart.NoStart = false, true
	done := wizard.Consent{Attempt: 8, Phase: wizard.PhaseDone, Way: wizard.WayPrivate, Browser: Browsers()[0], Mode: browser.ModePrivate}
	signedIn := inWizard(func(w *wizard.Wizard) { w.SignedIn = identity(UPN) })
	return []Named{
		{"user-start", user(wizard.Consent{})},
		{"user-start-firefox", user(wizard.Consent{}, draft(func(d *connector.Draft) { d.UserBrowser = "firefox" }))},
		{"user-start-safari", user(wizard.Consent{}, draft(func(d *connector.Draft) { d.UserBrowser = "safari" }))},
		{"user-start-guest", user(wizard.Consent{}, policy(browser.PolicyForbidsPrivate))},
		{"user-start-plain", user(wizard.Consent{}, policy(browser.PolicyForbidsBoth))},
		{"user-no-browser", user(wizard.Consent{}, inWizard(func(w *wizard.Wizard) {
			w.Ready.Browsers = nil
			w.Ready.NoBrowser = problem(connector.KindNoBrowser, connector.StepBefore, connector.ActorYou, "")
		}))},
		{"user-not-confirmed", user(wizard.Consent{}, draft(func(d *connector.Draft) {
			d.Admin = connector.Admin{Status: connector.AdminNotConfirmed, Handover: handover(Now)}
		}))},
		{"user-opening", user(underWay(wizard.PhaseOpening, wizard.WayPrivate))},
		{"user-waiting", user(waiting(browser.ModePrivate))},
		{"user-waiting-guest", user(waiting(browser.ModeGuest))},
		{"user-waiting-plain", user(waiting(browser.ModePlain))},
		{"user-waiting-proven", user(kept(browser.KeptNothing, browser.ModePrivate))},
		{"user-waiting-unproven", user(kept(browser.KeptUnknown, browser.ModePrivate))},
		{"user-waiting-not-private", user(kept(browser.KeptPages, browser.ModePlain))},
		{"user-waiting-link", user(underWay(wizard.PhaseWaiting, wizard.WayLink))},
		{"user-tell", user(waiting(browser.ModePrivate), inWizard(func(w *wizard.Wizard) { w.Told.Open = true }))},
		{"user-told-nothing", user(waiting(browser.ModePrivate), told("Something went wrong", nil))},
		{"user-retry", user(retried(underWay(wizard.PhaseFinishing, wizard.WayPrivate)))},
		{"user-no-start", user(noStart)},
		{"user-finishing", user(underWay(wizard.PhaseFinishing, wizard.WayPrivate))},
		{"user-window-closed", userProblem(connector.KindWindowClosed, connector.StepUser, connector.ActorYou, "")},
		{"user-not-private", userProblem(connector.KindNotPrivate, connector.StepUser, connector.ActorYou, "")},
		{"user-ticket-spent", userProblem(connector.KindTicketSpent, connector.StepUser, connector.ActorYou, "")},
		{"user-need-admin", userProblem(connector.KindNeedAdmin, connector.StepAdmin, connector.ActorAdmin, "AADSTS90094")},
		{"user-conditional-access", userProblem(connector.KindCondAccess, connector.StepMFA, connector.ActorAdmin, "AADSTS53003")},
		{"user-account", userProblem(connector.KindPasswordExpired, connector.StepAccount, connector.ActorUser, "AADSTS50055")},
		{"user-no-network", userProblem(connector.KindNoNetwork, connector.StepUser, connector.ActorYou, "")},
		{"user-signed-in", user(done, signedIn)},
		{"user-signed-in-other", user(done, inWizard(func(w *wizard.Wizard) { w.SignedIn = identity("alex@contoso.onmicrosoft.com") }))},
		{"user-other-account", user(done, inWizard(func(w *wizard.Wizard) {
			w.SignedIn, w.Checks = identity("alex@contoso.onmicrosoft.com"), mismatchChecks()
		}))},
		{"user-leaving", user(done, signedIn, inWizard(func(w *wizard.Wizard) { w.Leaving = true }))},
		{"user-federated", user(done, signedIn, inWizard(func(w *wizard.Wizard) { w.Checks = federatedChecks() }))},
		{"user-not-accepted", user(done, signedIn, inWizard(func(w *wizard.Wizard) { w.Checks = neverChecks() }))},
		{"user-quitting", user(done, signedIn, inWizard(func(w *wizard.Wizard) { w.Leaving, w.QuitAfter = true, true }))},
		{"user-keychain-gone", user(wizard.Consent{}, inWizard(func(w *wizard.Wizard) {
			w.Ready.Keychain = problem(connector.KindKeychainLocked, connector.StepBefore, connector.ActorYou, "")
		}))},
		{"user-renewal", user(wizard.Consent{}, draft(func(d *connector.Draft) { d.Renews = SavedID }))},
		{"user-change", user(wizard.Consent{}, draft(changesUser))},
		{"user-long", user(waiting(browser.ModePrivate), draft(func(d *connector.Draft) { d.Name, d.UPN = LongName, LongUPN }))},
	}
}

func check(checks []connector.Check, changes ...func(*wizard.State)) wizard.State {
	all := []func(*wizard.State){draft(reported), inWizard(func(w *wizard.Wizard) {
		w.SignedIn, w.SignedInAt, w.Checks = identity(UPN), Now.Add(-time.Minute), checks
		w.User = wizard.Consent{Attempt: 8, Phase: wizard.PhaseDone, Way: wizard.WayPrivate}
	}), checksByItself}
	return inStep(connector.StepCheck, append(all, changes...)...)
}

// NewUPN is the account that takes the place of the integration user.
const NewUPN = "pc-integration-2@contoso.onmicrosoft.com"

func changesUser(d *connector.Draft) { d.Renews, d.UPN, d.Replaces = SavedID, NewUPN, UPN }

func checkStates() []Named {
	other := inWizard(func(w *wizard.Wizard) { w.SignedIn = identity("alex@contoso.onmicrosoft.com") })
	savedAs := func(c connector.Connector) func(*wizard.State) {
		return func(s *wizard.State) { s.Wizard.Saved, s.Home.Connectors = &c, []connector.Connector{c} }
	}
	attention := saved(func(c *connector.Connector) { c.Health, c.Checks = connector.HealthAttention, attentionChecks() })
	fresh := newConnector()
	return []Named{
		{"check-nobody", check(nil, inWizard(func(w *wizard.Wizard) { w.SignedIn = nil }))},
		{"check-running", check(runningChecks(), inWizard(func(w *wizard.Wizard) { w.Checking = wizard.Work{Attempt: 9, Running: true} }))},
		{"check-new", check(freshChecks())},
		{"check-passed", check(passedChecks())},
		{"check-attention", check(attentionChecks())},
		{"check-unknown", check(unknownChecks())},
		{"check-expired", check(expiredChecks())},
		{"check-sign-in", check(signInChecks())},
		{"check-never", check(neverChecks())},
		{"check-mismatch", check(mismatchChecks(), other)},
		{"check-mismatch-alike", check(mismatchChecks(), inWizard(func(w *wizard.Wizard) {
			w.SignedIn = identity("\u200bpc-integr\u0430tion@contoso.onmicrosoft.com")
		}))},
		{"check-mismatch-retyped", check(mismatchChecks(), other, inWizard(func(w *wizard.Wizard) { w.Retyped = "alex@contoso.onmicrosoft.com" }))},
		{"check-mismatch-retyped-wrong", check(mismatchChecks(), other, inWizard(func(w *wizard.Wizard) { w.Retyped = "alexa@contoso" }))},
		{"check-name-taken", check(freshChecks(), func(s *wizard.State) {
			s.Home.Connectors = []connector.Connector{{ID: "other", Name: strings.ToUpper(s.Wizard.Draft.Name)}}
		})},
		{"check-saving", check(freshChecks(), inWizard(func(w *wizard.Wizard) { w.Saving = wizard.Work{Attempt: 10, Running: true} }))},
		{"check-save-problem", check(freshChecks(), inWizard(func(w *wizard.Wizard) {
			w.Problem = problem(connector.KindKeychainLocked, connector.StepCheck, connector.ActorYou, "")
		}))},
		{"check-unmade", check(allChecks(connector.CheckPending), draft(func(d *connector.Draft) { d.Renews = SavedID }), inWizard(func(w *wizard.Wizard) {
			w.Problem = problem(connector.KindConnectorGone, connector.NoStep, connector.ActorYou, "")
		}))},
		{"check-name-lost", check(freshChecks(), inWizard(func(w *wizard.Wizard) {
			w.Problem = problem(connector.KindNameTaken, connector.StepConnector, connector.ActorYou, "")
		}))},
		{"check-saved", check(freshChecks(), savedAs(fresh))},
		{"check-saved-lasting", check(freshChecks(), savedAs(fresh), lasting(fresh))},
		{"check-saved-unchecked", check(freshChecks(), savedAs(fresh), unlasting(fresh))},
		{"check-saved-attention", check(attentionChecks(), savedAs(attention))},
		{"check-saved-expired", check(freshChecks(), savedAs(saved(func(c *connector.Connector) { c.Health = connector.HealthExpired })))},
		{"check-renewal", check(freshChecks(), draft(func(d *connector.Draft) { d.Renews = SavedID }))},
		{"check-evidence", check(freshEvidence())},
		{"check-problem", check(problemEvidence())},
		{"check-guest", check(guestEvidence())},
		{"check-could-not", check(couldNotChecks())},
		{"check-change-user", check(EvidentChecks(), draft(changesUser), inWizard(func(w *wizard.Wizard) { w.SignedIn = identity(NewUPN) }))},
		{"check-change-user-mismatch", check(mismatchChecks(), draft(changesUser))},
		{"check-saved-record", check(freshChecks(), savedAs(fresh), func(s *wizard.State) {
			s.Record = wizard.RecordForm{Open: true, Path: RecordPath}
		})},
		{"check-saved-recorded", check(freshChecks(), savedAs(fresh), func(s *wizard.State) { s.Said = &wizard.Said{What: wizard.SaidRecord, Path: RecordPath} })},
		{"check-renewal-leaving", check(freshChecks(), draft(func(d *connector.Draft) { d.Renews = SavedID }), inWizard(func(w *wizard.Wizard) { w.Leaving = true }))},
		{"check-saving-leaving", check(freshChecks(), inWizard(func(w *wizard.Wizard) {
			w.Saving, w.Leaving = wizard.Work{Attempt: 10, Running: true}, true
		}))},
		{"check-wanted", check(freshChecks(), func(s *wizard.State) {
			s.Home.Connectors, s.Wanted = []connector.Connector{saved(func(c *connector.Connector) { c.ID, c.Name = "wanted", "Fabrikam" })}, "wanted"
		})},
		{"check-leaving", check(freshChecks(), inWizard(func(w *wizard.Wizard) { w.Leaving = true }))},
		{"check-leaving-unkept", check(freshChecks(), inWizard(func(w *wizard.Wizard) {
			w.Unkept = problem(connector.KindDisk, connector.NoStep, connector.ActorYou, "").With("Full", "-")
			w.Problem, w.Leaving = w.Unkept, true
		}))},
	}
}

func rehearsalStates() []Named {
	practice := func(s wizard.State) wizard.State {
		s.Rehearsal = &connector.Rehearsal{
			Scenario: "good",
			People: []connector.Person{
				{Role: "admin", UPN: "ada@rehearsal.example"},
				{Role: "integration", UPN: "integration@rehearsal.example"},
				{Role: "no-mfa", UPN: "nora@rehearsal.example"},
			},
		}
		return s
	}
	return []Named{
		{"rehearsal-home", practice(home())},
		{"rehearsal-before", practice(inStep(connector.StepBefore, inTenant(tenantFromFile())))},
		{"rehearsal-admin", practice(admin(wizard.Consent{}))},
		{"rehearsal-user", practice(user(wizard.Consent{}))},
		{"rehearsal-settings", practice(settings(func(s *wizard.State) { s.SettingsPage.Schedule = wizard.SchedulePage{} }))},
		{"rehearsal-detail", practice(detail(Saved()))},
	}
}
