package view

import (
	"strings"

	"partner-center-connector/auth/browser"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

func linkUserPage(s wizard.State) page {
	w := s.Wizard
	p := linkPage(s, link.User, userBrowserText(w), "start-private", "start-guest", "start-plain", "start-link")
	if w.User.Busy() {
		p.blocks = blocksOf(anyTenant(w, link.User), userLinkWait(s), upnFact(w), ladder(w))
		return p
	}
	p.blocks = blocksOf(
		linkProblem(w, link.User, linkInstead(w)...), linksCompared(s), linkResult(s, link.User), asksWhatItShowed(s, link.User), adminUnreported(s),
		notConfirmed(s, link.User), anyTenant(w, link.User), linkSteps(s, link.User), pasteLink(s, link.User), userLinkWays(s), readHeld(s, link.User),
	)
	return p
}

// linkInstead is the lesser way on where a browser was the trouble.
func linkInstead(w wizard.Wizard) []Button {
	if p := w.User.Problem; p == nil || w.User.Way == wizard.WayLink || p.Kind == connector.KindTimedOut {
		return nil
	}
	return []Button{{ID: "user-problem-link", Label: text("common.make-link"), Event: wizard.StartUser{Way: wizard.WayLink}}}
}

// adminUnreported says that nobody has told of the first link: without its consent the second one may end at "Need admin approval".
func adminUnreported(s wizard.State) []Block {
	if reportedLink(s.Wizard, link.Admin) {
		return nil
	}
	return []Block{Notice{
		ID: "admin-unreported", Severity: Warning, Title: text("page.link-user.admin-unreported"), Text: text("page.link-user.admin-unreported.text"),
		Buttons: []Button{{ID: "admin-unreported-go", Label: goLabel(connector.StepLinkAdmin), Event: wizard.GoTo{Step: connector.StepLinkAdmin}}},
	}}
}

// userLinkWays are the ways to open the link: the best rung of the ladder, and, folded away, the others, a link, and the default browser where
// it is agreed to. Once it was opened, all of them are.
func userLinkWays(s wizard.State) []Block {
	w := s.Wizard
	if !held(w, link.User) {
		return withoutReport(s, link.User)
	}
	used, b := usedLink(w, link.User), w.PrivateBrowser()
	shown, rare := privateWays(w)
	if used {
		shown, rare = nil, append(shown, rare...)
	} else {
		shown[0].Primary = w.User.Problem == nil
	}
	ways := otherWays(
		anotherBrowserMends(w.User.Problem) || len(b.Modes()) == 0,
		actionsOf(rare), caption(text("page.link-user.link-hint")), browserChoice(w, connector.FieldUserBrowser, b.ID, false), inDefault(w),
		withoutReport(s, link.User),
	)
	if used {
		ways.Title = text("page.link-user.again")
	}
	return blocksOf(
		startBlocked(s, wizard.StartUser{Way: wizard.WayLink}), otherHint(w, *w.Draft.Links.User), policyNotice(b), upnFact(w), actionsOf(shown), additions(w), ways,
		ladder(w),
	)
}

// additions offer what is missing in the link, and say that nothing else of it is changed.
func additions(w wizard.Wizard) []Block {
	l, missing := w.Draft.Links.User, []Block{}
	if !l.HasLoginHint {
		t := tick(w, connector.TickAddHint)
		t.Label = text("field.tick-add-hint", "UPN", w.Draft.UPN)
		missing = append(missing, t)
	}
	if !l.HasPrompt {
		missing = append(missing, tick(w, connector.TickAddPrompt))
	}
	if len(missing) == 0 {
		return nil
	}
	return []Block{Fold{ID: "additions", Title: text("page.link-user.additions"), Blocks: append(missing, caption(text("page.link-user.added")))}}
}

// otherHint warns of a link that proposes another account.
func otherHint(w wizard.Wizard, l connector.ProductLink) []Block {
	if l.LoginHint == "" || strings.EqualFold(l.LoginHint, w.Draft.UPN) {
		return nil
	}
	expected, actual := connector.Apart(w.Draft.UPN, l.LoginHint)
	return []Block{Notice{
		ID: "other-hint", Severity: Warning, Title: text("page.link-user.other-hint"),
		Text: text("page.link-user.other-hint.text", "Expected", expected, "Actual", actual),
	}}
}

// inDefault is the way without a window of its own, which somebody has to agree to.
func inDefault(w wizard.Wizard) []Block {
	return blocksOf(
		heading("page.link-user.default"), tick(w, connector.TickLinkDefault),
		Actions{Buttons: []Button{{
			ID: "start-default", Label: text("page.admin.open", "Browser", defaultBrowserText(w)), Event: wizard.StartUser{Way: wizard.WayDefault},
		}}},
	)
}

func userLinkWait(s wizard.State) []Block {
	w := s.Wizard
	details := []Text{text("wait.user.sign-in", "UPN", w.Draft.UPN), text("wait.user.accept"), draftProduct(s).says("page.link.reminder.last")}
	switch {
	case w.User.Way == wizard.WayLink:
		return linkWait(s, link.User, append([]Text{text("wait.link.user")}, details...))
	case w.User.Mode == browser.ModePlain, w.User.Way == wizard.WayDefault:
		details = append(details, text("wait.user.plain"))
	}
	return linkWait(s, link.User, details, Button{
		ID: "no-start-link", Label: text("common.make-link"), Event: wizard.StartUser{Way: wizard.WayLink},
	})
}
