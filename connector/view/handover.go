package view

import (
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// handoverPart is "someone else is the administrator": a link for another person, and the place for the answer.
func handoverPart(w wizard.Wizard) []Block {
	h := w.Draft.Admin.Handover
	if !w.HandoverOpen {
		return handoverClosed(h)
	}
	blocks := blocksOf(heading("page.admin.handover"), body(text("page.admin.handover.text")))
	if h == nil {
		if w.Admin.Problem == nil {
			blocks = append(blocks, Busy{ID: "handover-making", Text: text("page.admin.handover.making")})
		}
		return append(blocks, Actions{Buttons: []Button{closeHandover()}})
	}
	blocks = append(blocks, blocksOf(
		Actions{Buttons: []Button{
			{ID: "handover-copy", Label: text("page.admin.handover.copy"), CopyText: handoverText(w.Draft), Primary: w.PasteProblem == nil},
			closeHandover(),
		}},
		Facts{Items: []FactItem{
			{ID: "handover-link", Label: text("page.admin.handover.link"), Value: h.Link, Copy: true},
			{ID: "handover-since", Label: text("page.admin.handover.since"), Text: text("common.at", "At", h.Since)},
		}},
		Fold{ID: "handover-steps", Title: text("page.admin.handover.sees"), Blocks: blocksOf(List{Items: items("page.admin.handover.see", 3)})},
		pasteField(w.Paste),
		pasteProblem(w, w.PasteProblem),
		Actions{Buttons: []Button{takePaste()}},
	)...)
	if w.Draft.Admin.Status == connector.AdminReported {
		return blocks
	}
	return append(blocks, unconfirmed())
}

// handoverClosed reminds of a link that was made before.
func handoverClosed(h *connector.Handover) []Block {
	if h == nil {
		return nil
	}
	return []Block{Notice{
		ID: "handover-waiting", Severity: Info, Title: text("page.admin.handover.waiting", "Since", h.Since),
		Text: text("page.admin.handover.waiting.text"),
	}}
}

func closeHandover() Button {
	return Button{ID: "handover-close", Label: text("page.admin.handover.close"), Event: wizard.CloseHandover{}}
}

// handoverText is what is sent to the administrator. It is complete without this window.
func handoverText(d connector.Draft) Text {
	return text("page.admin.handover.letter", "Tenant", tenantName(d.Tenant), "TenantID", d.Tenant.ID,
		"ClientID", d.ClientID, "Link", d.Admin.Handover.Link)
}

func pasteField(value string) Input {
	in := input(connector.FieldPaste, value)
	in.Placeholder, in.Multiline = text("field.paste.placeholder"), true
	return in
}

func takePaste() Button {
	return Button{ID: "take-paste", Label: text("page.admin.handover.take"), Event: wizard.TakePaste{}}
}

func pasteProblem(w wizard.Wizard, p *connector.Problem) []Block {
	if p == nil {
		return nil
	}
	return []Block{pasteAgain(wizardCard(w, "paste-problem", p, wizard.TakePaste{}))}
}

// pasteAgain lets a card about a pasted address lead back to the field, instead of trying the same address again, which would
// say the same again.
func pasteAgain(made Problem) Problem {
	if _, retries := made.Button.Event.(wizard.TakePaste); retries {
		made.Button = &Button{
			ID: made.Button.ID, Label: text("page.admin.handover.paste-again"), Command: CommandFocus, Topic: string(connector.FieldPaste), Primary: true,
		}
	}
	return made
}

// unconfirmed is the way on without the answer, with what it may cost.
func unconfirmed() Notice {
	return Notice{
		ID: "unconfirmed", Severity: Warning, Title: text("page.admin.unconfirmed"), Text: text("page.admin.unconfirmed.text"),
		Buttons: []Button{{ID: "go-unconfirmed", Label: text("page.admin.unconfirmed.go"), Event: wizard.GoUnconfirmed{}}},
	}
}
