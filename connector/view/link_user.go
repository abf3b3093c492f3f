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
		anyTenant(w, link.User), linkSteps(s, link.User), pasteLink(s, link.User), userLinkWays(s), readHeld(s, link.User), withoutReport(s, link.User),
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

// userLinkWays are the ways to open the link: each rung of the ladder, a link, and the default browser where it is agreed to.
func userLinkWays(s wizard.State) []Block {
	w := s.Wizard
	if !held(w, link.User) {
		return nil
	}
	again := reportedLink(w, link.User) || askedOf(w, link.User)
	first := !again && w.User.Problem == nil
	b := w.PrivateBrowser()
	modes := b.Modes()
	buttons := []Button{}
	for i, m := range modes {
		buttons = append(buttons, Button{ID: "start-" + string(m), Label: openLabel(m, b), Event: startPrivate(m), Primary: i == 0 && first})
	}
	buttons = append(buttons, Button{
		ID: "start-link", Label: text("common.make-link"), Event: wizard.StartUser{Way: wizard.WayLink}, Primary: len(modes) == 0 && first,
	})
	key := "page.link-user.ways"
	if again {
		key = "page.link-user.again"
	}
	return blocksOf(
		startBlocked(s, wizard.StartUser{Way: wizard.WayLink}), upnFact(w), additions(w),
		heading(key), policyNotice(b), Actions{Buttons: buttons}, caption(text("page.link-user.link-hint")), ladder(w),
		browserChoice(connector.FieldUserBrowser, w.Ready.Browsers, b.ID, false), inDefault(w),
	)
}

// additions offer what is missing in the link, and say that nothing else of it is changed.
func additions(w wizard.Wizard) []Block {
	l := w.Draft.Links.User
	blocks := otherHint(w, *l)
	if !l.HasLoginHint {
		t := tick(w, connector.TickAddHint)
		t.Label = text("field.tick-add-hint", "UPN", w.Draft.UPN)
		blocks = append(blocks, t)
	}
	if !l.HasPrompt {
		blocks = append(blocks, tick(w, connector.TickAddPrompt))
	}
	if l.HasLoginHint && l.HasPrompt {
		return append(blocks, caption(text("page.link.unchanged")))
	}
	return append(blocks, caption(text("page.link-user.added")))
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
