package view

import (
	"slices"

	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

func userPage(s wizard.State) page {
	w := s.Wizard
	p := page{
		answers: map[string]any{"Tenant": tenantName(w.Draft.Tenant), "UPN": w.Draft.UPN, "Browser": userBrowserText(w)},
		focus:   slices.Concat(toldFocus(w), []string{"ready-problem-retry"}, cardButtons("user-problem")),
	}
	if w.SignedIn != nil && !otherSignedIn(w) && !notAccepted(w) {
		p.focus = append(p.focus, "main")
	}
	p.focus = append(p.focus, "start-private", "start-guest", "start-plain", "start-link")
	if w.User.Busy() {
		p.blocks = blocksOf(userUnderWay(w), upnFact(w), tellingOf(w, w.User), ladder(w))
		return p
	}
	p.blocks = blocksOf(
		userProblem(w), signedIn(w), unconfirmedWarning(w), startBlocked(s, wizard.StartUser{Way: wizard.WayLink}), policyNotice(w.PrivateBrowser()),
		upnFact(w), userWays(s), ladder(w), twoIdentities(),
	)
	return p
}

// userBrowserText names the window that the user consent uses, or will use.
func userBrowserText(w wizard.Wizard) Text {
	if c := w.User; c.Busy() && c.Way == wizard.WayPrivate && c.Mode != "" {
		return consentBrowser(c)
	}
	b := w.PrivateBrowser()
	if modes := b.Modes(); len(modes) > 0 {
		return text("browser-mode.window."+string(modes[0]), "Browser", b.Name)
	}
	return text("browser-mode.window.link")
}

func twoIdentities() Picture {
	return Picture{
		Name:   "two-identities",
		Labels: []Text{text("page.user.picture.admin"), text("page.user.picture.tenant"), text("page.user.picture.user")},
		Alt:    text("page.user.picture.alt"),
	}
}

func upnFact(w wizard.Wizard) Facts {
	return Facts{Items: []FactItem{
		{ID: "user-upn", Label: text("page.user.upn"), Value: w.Draft.UPN, Copy: true},
		{ID: "user-tenant", Label: text("field.tenant"), Value: tenantName(w.Draft.Tenant)},
	}}
}

func unconfirmedWarning(w wizard.Wizard) []Block {
	if w.Draft.Admin.Status != connector.AdminNotConfirmed {
		return nil
	}
	return []Block{Notice{
		ID: "user-unconfirmed", Severity: Warning, Title: text("page.user.unconfirmed"), Text: text("page.user.unconfirmed.text"),
		Buttons: []Button{{ID: "user-unconfirmed-go", Label: goLabel(connector.StepAdmin), Event: wizard.GoTo{Step: connector.StepAdmin}}},
	}}
}

func signedIn(w wizard.Wizard) []Block {
	if w.SignedIn == nil {
		return nil
	}
	if otherSignedIn(w) {
		return []Block{Notice{
			ID: "signed-in", Severity: Bad, Title: text("page.check.mismatch"),
			Text: apart("page.user.other-account", w),
		}}
	}
	if notAccepted(w) {
		return []Block{Notice{
			ID: "signed-in", Severity: Warning, Title: text("page.user.signed-in", "UPN", w.SignedIn.UPN), Text: text("page.user.not-accepted"),
		}}
	}
	return []Block{Notice{
		ID: "signed-in", Severity: Good, Title: text("page.user.signed-in", "UPN", w.SignedIn.UPN), Text: text("page.user.signed-in.text"),
	}}
}

// otherSignedIn reports whether page 7 found that another account signed in than the one that was named.
func otherSignedIn(w wizard.Wizard) bool {
	return w.SignedIn != nil && failed(w.Checks, connector.CheckUser)
}

// notAccepted reports whether page 7 found that the second factor was missing: once that is mended, the same account has to sign in again.
func notAccepted(w wizard.Wizard) bool {
	return w.SignedIn != nil && slices.ContainsFunc(w.Checks, func(c connector.Check) bool {
		return c.State == connector.CheckFailed && c.Problem != nil && c.Problem.Step == connector.StepMFA
	})
}

// userProblem is the card of what went wrong; trying again goes the same way as before.
func userProblem(w wizard.Wizard) []Block {
	p := w.User.Problem
	if p == nil {
		return nil
	}
	var retry wizard.Event = startPrivate(userMode(w))
	if w.User.Way == wizard.WayLink || len(w.PrivateBrowser().Modes()) == 0 {
		retry = wizard.StartUser{Way: wizard.WayLink}
	}
	others := []Button{}
	switch p.Kind {
	case connector.KindDevice, connector.KindCondAccess:
		if userMode(w) != browser.ModePlain && len(w.PrivateBrowser().Modes()) > 0 {
			others = append(others, Button{
				ID: "user-problem-plain", Label: openLabel(browser.ModePlain, w.PrivateBrowser()), Event: startPrivate(browser.ModePlain),
			})
		}
	case connector.KindNotPrivate, connector.KindTicketSpent, connector.KindBrowserFailed, connector.KindNoStart, connector.KindNoBrowser:
		others = append(others, Button{
			ID: "user-problem-link", Label: text("common.make-link"), Event: wizard.StartUser{Way: wizard.WayLink},
		})
	default:
	}
	return []Block{wizardCard(w, "user-problem", p, retry, others...)}
}

func startPrivate(m browser.Mode) wizard.StartUser {
	return wizard.StartUser{Way: wizard.WayPrivate, Mode: m}
}

// userWays are the ways to the consent. The first rung of the ladder is the main one; the further ones are folded away, each a button of its
// own, so that nobody goes down it without knowing. Once somebody has signed in for good, all of them are.
func userWays(s wizard.State) []Block {
	w := s.Wizard
	shown, rare := privateWays(w)
	signedIn := w.SignedIn != nil && !otherSignedIn(w) && !notAccepted(w)
	if signedIn {
		shown, rare = nil, append(shown, rare...)
	} else {
		shown[0].Primary = w.User.Problem == nil
	}
	modes := w.PrivateBrowser().Modes()
	if federated(w) && len(modes) > 0 {
		start := startPrivate(modes[0])
		start.PlainPrompt = true
		rare = append(rare, Button{ID: "start-plain-prompt", Label: text("page.user.plain-prompt"), Event: start})
	}
	ways := otherWays(
		anotherBrowserMends(w.User.Problem) || federated(w) || len(modes) == 0,
		actionsOf(rare), caption(text("page.user.link-hint")),
		browserChoice(w, connector.FieldUserBrowser, w.PrivateBrowser().ID, false),
	)
	if signedIn {
		ways.Title = text("page.user.again")
	}
	return blocksOf(actionsOf(shown), ways)
}

// privateWays are the best way to a window of its own, and the others: the further modes of the browser, and a link.
func privateWays(w wizard.Wizard) (best, others []Button) {
	b := w.PrivateBrowser()
	ways := []Button{}
	for _, m := range b.Modes() {
		ways = append(ways, Button{ID: "start-" + string(m), Label: openLabel(m, b), Event: startPrivate(m)})
	}
	ways = append(ways, Button{ID: "start-link", Label: text("common.make-link"), Event: wizard.StartUser{Way: wizard.WayLink}})
	return ways[:1:1], ways[1:]
}

// actionsOf are buttons, each on a row of its own.
func actionsOf(buttons []Button) []Block {
	rows := []Block{}
	for _, b := range buttons {
		rows = append(rows, Actions{Buttons: []Button{b}})
	}
	return rows
}

// federated reports whether the account was found to sign in at another identity provider, for which a sign-in without the demand
// for new credentials is worth a try.
func federated(w wizard.Wizard) bool {
	if w.User.Problem != nil && w.User.Problem.Kind == connector.KindFederated {
		return true
	}
	return slices.ContainsFunc(w.Checks, func(c connector.Check) bool {
		return c.Problem != nil && c.Problem.Kind == connector.KindFederated
	})
}

func openLabel(m browser.Mode, b browser.Browser) Text {
	return text("browser-mode.open."+string(m), "Browser", b.Name)
}

// policyNotice says it where the ladder does not begin at its top.
func policyNotice(b browser.Browser) []Block {
	modes := b.Modes()
	switch {
	case len(modes) == 0:
		return []Block{Notice{
			ID: "ladder-link", Severity: Warning, Title: text("page.user.only-link"), Text: text("page.user.only-link.text"),
		}}
	case modes[0] == browser.ModePrivate:
		return nil
	}
	return []Block{Notice{
		ID: "ladder-" + string(modes[0]), Severity: Warning, Title: text("page.user.no-private", "Browser", b.Name),
		Text: text("page.user.no-private." + string(modes[0])),
	}}
}

func userUnderWay(w wizard.Wizard) []Block {
	c := w.User
	if c.Phase != wizard.PhaseWaiting {
		return underWay("user", c)
	}
	details := []Text{text("wait.user.sign-in", "UPN", w.Draft.UPN), text("wait.user.accept")}
	switch {
	case c.Way == wizard.WayLink:
		details = append([]Text{text("wait.link.user")}, details...)
	case c.Mode == browser.ModePlain:
		details = append(details, text("wait.user.plain"))
	}
	details = append(details, privacy(c)...)
	others := []Button{{ID: "no-start-link", Label: text("common.make-link"), Event: wizard.StartUser{Way: wizard.WayLink}}}
	if c.Way == wizard.WayLink {
		others = nil
	}
	return blocksOf(noStart(c, others...), notPrivate("user", c), waiting("user", text("wait.user", "Browser", consentBrowser(c)), c, details), waitLink("user", c))
}
