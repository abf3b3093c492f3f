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
		anyTenant(w, link.Admin), linkSteps(s, link.Admin), pasteLink(s, link.Admin), adminLinkWays(s), adminLinkForOther(s), linkProbe(w), readHeld(s, link.Admin), withoutReport(s, link.Admin),
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

// adminLinkWays are the ways to open the link, the usual one first.
func adminLinkWays(s wizard.State) []Block {
	w := s.Wizard
	if !held(w, link.Admin) {
		return nil
	}
	open, again := "page.admin.open", reportedLink(w, link.Admin) || askedOf(w, link.Admin)
	if again {
		open = "page.admin.open-again"
	}
	start := wizard.StartAdmin{Way: wizard.WayDefault}
	return blocksOf(
		startBlocked(s, start),
		heading("page.link-admin.ways"),
		Actions{Buttons: []Button{
			{ID: "start-default", Label: text(open, "Browser", adminBrowserText(w)), Event: start, Primary: !again && w.Admin.Problem == nil},
			isolatedButton("start-isolated"),
			{ID: "start-link", Label: text("common.make-link"), Event: wizard.StartAdmin{Way: wizard.WayLink}},
		}},
		caption(text("page.admin.isolated-hint")),
		caption(text("page.link.unchanged")),
		browserChoice(connector.FieldAdminBrowser, w.Ready.Browsers, w.Draft.AdminBrowser, true),
		draftProduct(s).heading("page.link.reminder"),
		List{Items: []Text{draftProduct(s).says("page.link.reminder.last"), draftProduct(s).says("page.link.reminder.no-save")}},
	)
}

// adminLinkForOther is for another person: a text, and the link. That is not in the text, which passes through the state of this program.
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
	blocks := blocksOf(heading("page.admin.handover"), body(said))
	if l := w.Draft.Links.Admin; l != nil && !l.Copied.IsZero() {
		blocks = append(blocks, caption(text("page.link-admin.handed-on", "At", l.Copied)))
	}
	return append(blocks, blocksOf(Actions{Buttons: buttons}, copiedLink(w))...)
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
