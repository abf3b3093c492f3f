package viewtest

import (
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

func opensAdmin(c wizard.Consent) func(*wizard.State) {
	return inWizard(func(w *wizard.Wizard) { w.Admin = c })
}

func opensUser(c wizard.Consent) func(*wizard.State) {
	return inWizard(func(w *wizard.Wizard) { w.User = c })
}

func linkAdminStates() []Named {
	page := connector.StepLinkAdmin
	with := func(changes ...func(*connector.ProductLink)) []*connector.ProductLink {
		return []*connector.ProductLink{productLink(link.Admin, changes...)}
	}
	noStart := underWay(wizard.PhaseWaiting, wizard.WayDefault)
	noStart.Started, noStart.NoStart = false, true
	failed := func(kind connector.ProblemKind, step connector.Step, actor connector.Actor, code string) func(*wizard.State) {
		return opensAdmin(wizard.Consent{Attempt: 7, Way: wizard.WayDefault, Problem: problem(kind, step, actor, code)})
	}
	return []Named{
		{"link-admin-missing", links(page, nil)},
		{"link-admin-missing-unknown-product", links(page, nil, noProduct)},
		{"link-admin-finding", links(page, with(), form(func(f *wizard.LinkForm) { f.Held = nil }))},
		{"link-admin-paste-again", links(page, with(), form(func(f *wizard.LinkForm) { f.Held = map[link.Kind]bool{} }))},
		{"link-admin-other", links(page, []*connector.ProductLink{productLink(link.User)}, form(func(f *wizard.LinkForm) { f.Other = link.User }))},
		{"link-admin-refused", links(page, nil, form(func(f *wizard.LinkForm) {
			f.Refused = []connector.Problem{refused("http", "login.microsoftonline.com", "")}
		}))},
		{"link-admin-start", links(page, with())},
		{"link-admin-differ", links(page, with(elsewhere))},
		{"link-admin-common", links(page, with(inCommon))},
		{"link-admin-copied", links(page, with(), form(func(f *wizard.LinkForm) { f.Copied = link.Admin }), linkCopied)},
		{"link-admin-handed-on", links(page, with(), linkCopied)},
		{"link-admin-copy-problem", links(page, with(), form(func(f *wizard.LinkForm) {
			f.CopyProblem = problem(connector.KindUnknown, connector.NoStep, connector.ActorYou, "")
		}))},
		{"link-admin-probing", links(page, with(), form(func(f *wizard.LinkForm) { f.Probe = wizard.Probe{Work: wizard.Work{Attempt: 4, Running: true}} }))},
		{"link-admin-probe-retry", links(page, with(), form(func(f *wizard.LinkForm) {
			f.Probe = wizard.Probe{Work: wizard.Work{Attempt: 4, Running: true}, Retry: retry()}
		}))},
		{"link-admin-probe-fine", links(page, with(), form(func(f *wizard.LinkForm) { f.Probe = wizard.Probe{Result: connector.ProbeFine} }))},
		{"link-admin-probe-unknown", links(page, with(), form(func(f *wizard.LinkForm) { f.Probe = wizard.Probe{Result: connector.ProbeUnknown} }))},
		{"link-admin-probe-wrong", links(page, with(), form(func(f *wizard.LinkForm) {
			f.Probe = wizard.Probe{
				Result: connector.ProbeWrong, Problem: problem(connector.KindRedirectURI, connector.StepConnector, connector.ActorYou, "AADSTS50011"),
			}
		}))},
		{"link-admin-opening", links(page, with(), opensAdmin(underWay(wizard.PhaseOpening, wizard.WayDefault)))},
		{"link-admin-waiting", links(page, with(opened), opensAdmin(underWay(wizard.PhaseWaiting, wizard.WayDefault)))},
		{"link-admin-waiting-common", links(page, with(opened, inCommon), opensAdmin(underWay(wizard.PhaseWaiting, wizard.WayDefault)))},
		{"link-admin-waiting-isolated", links(page, with(opened), opensAdmin(underWay(wizard.PhaseWaiting, wizard.WayIsolated)))},
		{"link-admin-waiting-link", links(page, with(opened), opensAdmin(underWay(wizard.PhaseWaiting, wizard.WayLink)))},
		{"link-admin-no-start", links(page, with(), opensAdmin(noStart))},
		{"link-admin-told", links(page, with(opened), opensAdmin(underWay(wizard.PhaseWaiting, wizard.WayDefault)),
			told("AADSTS90094: The grant requires admin permission.", problem(connector.KindNeedAdmin, connector.StepAdmin, connector.ActorAdmin, "AADSTS90094")))},
		{"link-admin-told-registration", links(page, with(opened), opensAdmin(underWay(wizard.PhaseWaiting, wizard.WayDefault)),
			told("AADSTS50011", problem(connector.KindRedirectURI, connector.StepConnector, connector.ActorYou, "AADSTS50011")))},
		{"link-admin-asked", links(page, with(opened))},
		{"link-admin-closed", links(page, with(closed))},
		{"link-admin-closed-told", links(page, with(closed), told("AADSTS90094", problem(connector.KindNeedAdmin, connector.StepAdmin, connector.ActorAdmin, "AADSTS90094")))},
		{"link-admin-timed-out", links(page, with(opened), failed(connector.KindTimedOut, connector.StepAdmin, connector.ActorYou, ""))},
		{"link-admin-browser-failed", links(page, with(), failed(connector.KindBrowserFailed, connector.StepAdmin, connector.ActorYou, ""))},
		{"link-admin-reported", links(page, with(reportedAt))},
		{"link-admin-not-confirmed", links(page, with(), func(s *wizard.State) { confirmless(s, link.Admin) })},
		{"link-admin-renewal", links(page, with(), renewsLinks)},
	}
}

// linkCopied says when the link was put on the clipboard.
func linkCopied(s *wizard.State) { s.Wizard.Draft.Links.Admin.Copied = Now }

func confirmless(s *wizard.State, kind link.Kind) {
	l := s.Wizard.Draft.Links.Confirm(kind, false)
	s.Wizard.Draft.Links = &l
}

func linkUserStates() []Named {
	page := connector.StepLinkUser
	with := func(changes ...func(*connector.ProductLink)) []*connector.ProductLink {
		return []*connector.ProductLink{productLink(link.Admin, reportedAt), productLink(link.User, changes...)}
	}
	private := underWay(wizard.PhaseWaiting, wizard.WayPrivate)
	lookedAt := func(k browser.Kept) wizard.Consent {
		c := private
		c.Kept = k
		return c
	}
	noStart := private
	noStart.Started, noStart.NoStart = false, true
	whole := func(l *connector.ProductLink) {
		l.LoginHint, l.Prompt, l.HasLoginHint, l.HasPrompt = UPN, "login", true, true
	}
	failed := opensUser(wizard.Consent{
		Attempt: 8, Way: wizard.WayPrivate, Browser: Browsers()[0], Mode: browser.ModePrivate,
		Problem: problem(connector.KindNotPrivate, connector.StepUser, connector.ActorYou, ""),
	})
	policy := func(p browser.Policy) func(*wizard.State) {
		return inWizard(func(w *wizard.Wizard) {
			w.Ready.Browsers = Browsers()
			w.Ready.Browsers[0].Policy = p
		})
	}
	ticked := draft(func(d *connector.Draft) {
		d.Ticks = map[connector.Field]bool{connector.TickAddHint: true, connector.TickAddPrompt: true, connector.TickLinkDefault: true}
	})
	return []Named{
		{"link-user-missing", links(page, with()[:1])},
		{"link-user-missing-rehearsal", links(page, with()[:1], func(s *wizard.State) {
			s.Rehearsal = &connector.Rehearsal{Scenario: "links-good", Product: Product().ID, ProductPage: "http://127.0.0.1:49733/"}
		})},
		{"link-user-missing-unknown-product", links(page, with()[:1], noProduct)},
		{"link-user-other", links(page, with()[:1], form(func(f *wizard.LinkForm) { f.Other = link.Admin }))},
		{"link-user-start", links(page, with())},
		{"link-user-ticked", links(page, with(), ticked)},
		{"link-user-whole", links(page, with(whole))},
		{"link-user-resource", links(page, with(func(l *connector.ProductLink) {
			l.Scopes, l.Resource, l.ResponseType = nil, "https://api.partnercenter.microsoft.com", "code"
		}))},
		{"link-user-other-hint", links(page, with(func(l *connector.ProductLink) { l.LoginHint, l.HasLoginHint = "alex@contoso.onmicrosoft.com", true }))},
		{"link-user-guest", links(page, with(), policy(browser.PolicyForbidsPrivate))},
		{"link-user-no-browser", links(page, with(), inWizard(func(w *wizard.Wizard) {
			w.Ready.Browsers, w.Ready.NoBrowser = nil, problem(connector.KindNoBrowser, connector.StepBefore, connector.ActorYou, "")
		}))},
		{"link-user-unreported", links(page, []*connector.ProductLink{productLink(link.Admin), productLink(link.User)})},
		{"link-user-common", links(page, with(inCommon))},
		{"link-user-waiting", links(page, with(opened), opensUser(private))},
		{"link-user-waiting-proven", links(page, with(opened), opensUser(lookedAt(browser.KeptNothing)))},
		{"link-user-waiting-not-private", links(page, with(opened), opensUser(lookedAt(browser.KeptPages)))},
		{"link-user-waiting-link", links(page, with(opened), opensUser(underWay(wizard.PhaseWaiting, wizard.WayLink)))},
		{"link-user-waiting-default", links(page, with(opened), ticked, opensUser(underWay(wizard.PhaseWaiting, wizard.WayDefault)))},
		{"link-user-no-start", links(page, with(), opensUser(noStart))},
		{"link-user-tell", links(page, with(opened), opensUser(private), inWizard(func(w *wizard.Wizard) { w.Told.Open = true }))},
		{"link-user-told", links(page, with(opened), opensUser(private),
			told("Need admin approval", problem(connector.KindNeedAdmin, connector.StepAdmin, connector.ActorAdmin, "")))},
		{"link-user-leaving", links(page, with(opened), opensUser(private), inWizard(func(w *wizard.Wizard) { w.Leaving = true }))},
		{"link-user-quitting", links(page, with(), inWizard(func(w *wizard.Wizard) {
			w.Leaving, w.QuitAfter, w.Links.Unkept = true, true, problem(connector.KindKeychainLocked, connector.StepBefore, connector.ActorYou, "")
		}))},
		{"link-user-closed", links(page, with(closed))},
		{"link-user-closed-told-nothing", links(page, with(closed), told("Something went wrong", nil))},
		{"link-user-not-private", links(page, with(), failed)},
		{"link-user-timed-out", links(page, with(opened), opensUser(wizard.Consent{
			Attempt: 7, Way: wizard.WayPrivate, Mode: browser.ModePrivate, Problem: problem(connector.KindTimedOut, connector.StepUser, connector.ActorYou, ""),
		}))},
		{"link-user-reported", links(page, with(closed, reportedAt))},
	}
}

func linkFinishStates() []Named {
	page := connector.StepLinkFinish
	all := []*connector.ProductLink{productLink(link.Admin, reportedAt), productLink(link.User, closed, reportedAt)}
	done := draft(func(d *connector.Draft) { d.Ticks = map[connector.Field]bool{connector.TickLinkSaved: true} })
	finished := func(s *wizard.State) { s.Wizard.Draft.Links.Finished = Now.Add(-2 * time.Minute) }
	ours := func(s *wizard.State) {
		s.Home.Connectors = append(s.Home.Connectors, saved(func(c *connector.Connector) { c.ID, c.Name = "ours", "Contoso" }))
	}
	checking := inWizard(func(w *wizard.Wizard) { w.Checking = wizard.Work{Attempt: 9, Running: true} })
	saving := inWizard(func(w *wizard.Wizard) { w.Saving = wizard.Work{Attempt: 10, Running: true} })
	isSaved := inWizard(func(w *wizard.Wizard) {
		c := Kept()
		w.Saved = &c
	})
	inList := func(s *wizard.State) { s.Home.Connectors = []connector.Connector{Kept()} }
	return []Named{
		{"link-finish-open", links(page, all)},
		{"link-finish-unknown-product", links(page, all, noProduct)},
		{"link-finish-half", links(page, []*connector.ProductLink{productLink(link.Admin, opened)}, func(s *wizard.State) {
			confirmless(s, link.Admin)
			confirmless(s, link.User)
		})},
		{"link-finish-done", links(page, all, done, finished)},
		{"link-finish-own", links(page, all, done, finished, ours)},
		{"link-finish-checking", links(page, all, done, finished, ours, checking)},
		{"link-finish-remind", links(page, all, done, finished, func(s *wizard.State) { s.Wizard.Draft.Links.Remind = day(0, 0, 60) })},
		{"link-finish-reminded", links(page, all, done, finished, func(s *wizard.State) { s.Wizard.Draft.Links.Remind = day(0, 0, 45) })},
		{"link-finish-saving", links(page, all, done, finished, saving)},
		{"link-finish-save-problem", links(page, all, done, finished, inWizard(func(w *wizard.Wizard) {
			w.Problem = problem(connector.KindDisk, connector.StepCheck, connector.ActorYou, "")
		}))},
		{"link-finish-renewal", links(page, all, done, finished, renewsLinks)},
		{"link-finish-renewal-leaving", links(page, all, done, finished, renewsLinks, inWizard(func(w *wizard.Wizard) { w.Leaving = true }))},
		{"link-finish-saved", links(page, all, done, finished, isSaved, inList)},
	}
}

// linkHomeStates are other screens with a draft for links, and with a link that was pasted where it does not belong.
func linkHomeStates() []Named {
	known := func(s wizard.State) wizard.State {
		s.Products = []connector.Product{Product()}
		return s
	}
	linkDraft := inStep(connector.StepLinkUser, linksDraft(connector.StepLinkUser, both()...)).Wizard.Draft
	handedOn := inStep(connector.StepLinkAdmin, linksDraft(connector.StepLinkAdmin, both()...), linkCopied).Wizard.Draft
	offered := func(s wizard.State, f connector.Field) wizard.State {
		s.LinkOffer = wizard.LinkOffer{Field: f, Text: auth.NewSecret("https://login.microsoftonline.com/contoso.com/adminconsent?client_id=pasted")}
		return s
	}
	return []Named{
		{"home-links-draft", known(home(func(h *wizard.Home) { h.Drafts = []connector.Draft{linkDraft} }))},
		{"home-links-handed-on", known(home(func(h *wizard.Home) { h.Drafts = []connector.Draft{handedOn} }))},
		{"home-links-discard", known(home(func(h *wizard.Home) { h.Drafts, h.Discard = []connector.Draft{linkDraft}, linkDraft.ID }))},
		{"detail-kept-remove", detail(Kept(), func(d *wizard.Detail) { d.Removing = true })},
		{"before-link-offer", offered(inStep(connector.StepBefore), connector.FieldTenant)},
		{"connector-link-offer", offered(inStep(connector.StepConnector), connector.FieldClientID)},
		{"home-link-offer", offered(home(), connector.FieldSearch)},
	}
}
