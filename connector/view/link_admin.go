package view

import (
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

func linkAdminPage(s wizard.State) page {
	w := s.Wizard
	p := linkPage(s, link.Admin, adminBrowserText(w), "start-default")
	if w.Admin.Busy() {
		p.blocks = blocksOf(anyTenant(w, link.Admin), adminLinkWait(s))
		return p
	}
	p.blocks = blocksOf(
		linkProblem(w, link.Admin, isolatedButton("admin-problem-isolated")), linksCompared(s), linkResult(s, link.Admin), asksWhatItShowed(s, link.Admin),
		notConfirmed(s, link.Admin), anyTenant(w, link.Admin), linkSteps(s, link.Admin), pasteLink(s, link.Admin), linkProbe(w), adminLinkWays(s),
		adminLinkForOther(s), adminLinkOthers(s), readHeld(s, link.Admin),
	)
	return p
}

// readHeld shows what was read of a link on its own page, once it is there.
func readHeld(s wizard.State, kind link.Kind) []Block {
	if s.Wizard.Draft.Links.Of(kind) == nil {
		return nil
	}
	return readLink(s, kind)
}

func isolatedButton(id string) Button {
	return Button{ID: id, Label: text("page.admin.open-isolated"), Event: wizard.StartAdmin{Way: wizard.WayIsolated}}
}

// usedLink reports whether the link was opened, or what came of it was told: the ways to open it are folded away then.
func usedLink(w wizard.Wizard, kind link.Kind) bool { return reportedLink(w, kind) || askedOf(w, kind) }

// adminLinkWays is the usual way to open the link, and what to do afterwards.
func adminLinkWays(s wizard.State) []Block {
	w, start := s.Wizard, wizard.StartAdmin{Way: wizard.WayDefault}
	if !held(w, link.Admin) {
		return nil
	}
	blocks := startBlocked(s, start)
	if !usedLink(w, link.Admin) {
		open := Button{ID: "start-default", Label: text("page.admin.open", "Browser", adminBrowserText(w)), Event: start, Primary: w.Admin.Problem == nil}
		blocks = append(blocks, Actions{Buttons: []Button{open}})
	}
	return append(blocks, List{Items: []Text{draftProduct(s).says("page.link.reminder.last"), draftProduct(s).says("page.link.reminder.no-save")}})
}

// adminLinkOthers are the other ways to open the link, and the way on without a report.
func adminLinkOthers(s wizard.State) []Block {
	w := s.Wizard
	if !held(w, link.Admin) {
		return withoutReport(s, link.Admin)
	}
	ways := []Button{isolatedButton("start-isolated"), {ID: "start-link", Label: text("common.make-link"), Event: wizard.StartAdmin{Way: wizard.WayLink}}}
	if usedLink(w, link.Admin) {
		again := Button{ID: "start-default", Label: text("page.admin.open-again", "Browser", adminBrowserText(w)), Event: wizard.StartAdmin{Way: wizard.WayDefault}}
		ways = append([]Button{again}, ways...)
	}
	return []Block{otherWays(anotherBrowserMends(w.Admin.Problem),
		actionsOf(ways),
		caption(text("page.admin.isolated-hint")),
		browserChoice(w, connector.FieldAdminBrowser, w.Draft.AdminBrowser, true),
		withoutReport(s, link.Admin),
	)}
}

// adminLinkForOther is for another person: a text, and the link. That is not in the text, which passes through the state of this program. It
// stays open once the link was copied for that person.
func adminLinkForOther(s wizard.State) []Block {
	w := s.Wizard
	if w.Draft.Tenant == nil || reportedLink(w, link.Admin) {
		return nil
	}
	p := draftProduct(s)
	letter := p.says("page.link-admin.letter", "Tenant", tenantName(w.Draft.Tenant), "TenantID", w.Draft.Tenant.ID, "ClientID", w.Draft.Links.ClientID())
	buttons := []Button{{ID: "handover-copy", Label: text("page.admin.handover.copy"), CopyText: letter}}
	said := p.says("page.link-admin.other-missing")
	if held(w, link.Admin) {
		said = text("page.link-admin.other")
		buttons = append(buttons, Button{ID: "copy-link", Label: text("page.link-admin.copy"), Event: wizard.CopyLink{Kind: link.Admin}})
	}
	if w.Draft.Links.Admin != nil && !askedOf(w, link.Admin) {
		report := reportButton(s, link.Admin)
		report.Label, report.Primary = text("page.link-admin.report-other"), false
		buttons = append(buttons, report)
	}
	other := Fold{ID: "handover", Title: text("page.admin.handover"), Blocks: blocksOf(body(said)), Open: w.Links.CopyProblem != nil || w.Links.Copied == link.Admin}
	if l := w.Draft.Links.Admin; l != nil && !l.Copied.IsZero() {
		other.Open = true
		other.Blocks = append(other.Blocks, caption(text("page.link-admin.handed-on", "At", l.Copied)))
	}
	other.Blocks = blocksOf(other.Blocks, Actions{Buttons: buttons}, copiedLink(w))
	return []Block{other}
}

// copiedLink says that the link is on the clipboard, or why not.
func copiedLink(w wizard.Wizard) []Block {
	switch {
	case w.Links.CopyProblem != nil:
		return []Block{wizardCard(w, "copy-problem", w.Links.CopyProblem, wizard.CopyLink{Kind: link.Admin})}
	case w.Links.Copied == link.Admin:
		return []Block{Notice{
			ID: "link-copied", Severity: Good, Title: text("page.link-admin.copied"), Text: text("page.link-admin.copied.text"),
			Buttons: []Button{{ID: "clear-clipboard", Label: text("common.clear-clipboard"), Command: "clear-clipboard"}},
		}}
	}
	return nil
}

func adminLinkWait(s wizard.State) []Block {
	w := s.Wizard
	details := []Text{
		text("wait.admin.sign-in", "Tenant", tenantName(w.Draft.Tenant)), text("wait.admin.accept"), draftProduct(s).says("page.link.reminder.last"),
	}
	switch w.Admin.Way {
	case wizard.WayLink:
		return linkWait(s, link.Admin, append([]Text{text("wait.link.admin")}, details...))
	case wizard.WayIsolated:
		return linkWait(s, link.Admin, append(details, text("wait.admin.isolated")))
	default:
		return linkWait(s, link.Admin, details, isolatedButton("no-start-isolated"))
	}
}
