package view

import (
	"cmp"
	"slices"

	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// draftRows are the drafts, those first that wait for an administrator.
func draftRows(s wizard.State) []Block {
	h := s.Home
	if len(h.Drafts) == 0 {
		return nil
	}
	drafts := slices.Clone(h.Drafts)
	slices.SortStableFunc(drafts, func(a, b connector.Draft) int { return cmp.Compare(draftRank(a), draftRank(b)) })
	blocks := blocksOf(Paragraph{Role: Heading, Text: text("draft.title", "Count", len(drafts))})
	for _, d := range drafts {
		blocks = append(blocks, draftRow(s, d))
		if h.Discard == d.ID {
			blocks = append(blocks, discardQuestion(d))
		}
		if h.Paste == d.ID {
			blocks = append(blocks, draftPaste(h, d)...)
		}
	}
	return blocks
}

func draftRank(d connector.Draft) int {
	if waits(d) {
		return 0
	}
	return 1
}

// waits reports whether an administrator has been asked and has not answered.
func waits(d connector.Draft) bool {
	return d.Admin.Handover != nil && d.Admin.Status != connector.AdminReported && d.Tenant != nil
}

func draftRow(s wizard.State, d connector.Draft) Row {
	r := Row{ID: "draft-" + d.ID, Severity: Info, Title: draftName(d), Word: text("draft.word.open"), Open: wizard.OpenDraft{ID: d.ID}}
	if r.Title == "" {
		r.TitleText = text("draft.unnamed")
	}
	switch {
	case d.Renews != "":
		r.Word = text("draft.word.renewal")
	case d.Links != nil:
		r.Word = productOf(s.Products, d.Links).says("draft.word.links")
	}
	r.Buttons = []Button{{ID: r.ID + "-open", Label: text("draft.continue"), Event: wizard.OpenDraft{ID: d.ID}}}
	if waits(d) {
		r.Word, r.Severity = text("draft.word.waiting"), Warning
		r.Lines = append(r.Lines, text("draft.waiting", "Since", d.Admin.Handover.Since))
		r.Buttons = append(r.Buttons, waitingButtons(r.ID, d)...)
		r.More = append(r.More, Button{ID: r.ID + "-unconfirmed", Label: text("draft.unconfirmed"), Event: wizard.GoUnconfirmed{ID: d.ID}})
	}
	if d.Links != nil && d.Links.Admin != nil && !d.Links.Admin.Copied.IsZero() && !d.Links.Told(link.Admin) {
		r.Lines = append(r.Lines, text("page.link-admin.handed-on", "At", d.Links.Admin.Copied))
	}
	r.Lines = append(r.Lines, onOneLine([]Text{
		text("draft.step", "Number", d.Step.Place(), "Label", stepText(d.Step)), text("draft.created", "At", d.Created),
	}))
	r.More = append(r.More, Button{ID: r.ID + "-discard", Label: text("draft.discard"), Event: wizard.AskDiscard{ID: d.ID}, Danger: true})
	return r
}

func draftName(d connector.Draft) string {
	return cmp.Or(connector.CleanName(d.Name), tenantName(d.Tenant), d.TenantInput)
}

func waitingButtons(id string, d connector.Draft) []Button {
	return []Button{
		{ID: id + "-paste", Label: text("draft.paste"), Event: wizard.AskPaste{ID: d.ID}},
		{ID: id + "-reminder", Label: text("draft.reminder"), CopyText: reminderText(d)},
	}
}

// reminderText reminds the administrator of the link. Like the first letter it is complete without this window.
func reminderText(d connector.Draft) Text {
	return text("draft.reminder-letter", "Since", localDay(d.Admin.Handover.Since), "Letter", handoverText(d))
}

func discardQuestion(d connector.Draft) Notice {
	question := text("draft.discard.text")
	switch {
	case d.Links != nil:
		question = text("draft.discard.text-links")
	case waits(d):
		question = text("draft.discard.text-waiting")
	}
	return Notice{
		ID: "discard", Severity: Warning, Title: text("draft.discard.title"), Text: question,
		Buttons: []Button{
			{ID: "discard-keep", Label: text("draft.discard.keep"), Event: wizard.AskDiscard{}, Primary: true},
			{ID: "discard-go", Label: text("draft.discard.go"), Event: wizard.Discard{ID: d.ID}, Danger: true},
		},
	}
}

func draftPaste(h wizard.Home, d connector.Draft) []Block {
	blocks := []Block{pasteField(h.PasteText)}
	if h.PasteProblem != nil {
		c := card{id: "paste-problem", problem: h.PasteProblem, here: connector.StepAdmin, retry: wizard.TakePaste{}, about: aboutDraft(d), app: appOf(d)}
		if h.PasteProblem.Step != connector.StepAdmin {
			c.mend = &Button{Label: text("draft.continue"), Event: wizard.OpenDraft{ID: d.ID}}
		}
		blocks = append(blocks, pasteAgain(c.show()))
	}
	return append(blocks, Actions{Buttons: []Button{
		takePaste(),
		{ID: "paste-close", Label: text("draft.paste.close"), Event: wizard.AskPaste{}},
	}})
}
