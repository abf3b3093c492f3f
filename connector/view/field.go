package view

import (
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// input makes a text field of the wizard, with its label and hint by its name.
func input(f connector.Field, value string) Input {
	return Input{ID: string(f), Field: f, Label: text("field." + string(f)), Value: value, Hint: text("field." + string(f) + ".hint")}
}

// lock locks the field if a change of it would undo a consent, and gives it the button that asks for the change.
func (i Input) lock(w wizard.Wizard) Input {
	if !w.Locked(i.Field) {
		return i
	}
	i.Locked, i.Good, i.Error, i.Hint = true, Text{}, Text{}, Text{}
	i.Reason, i.Buttons = reasonText(w.LockReason(i.Field)), changeButton(w, i.Field)
	return i
}

// lock does the same with a choice.
func (c Choice) lock(w wizard.Wizard) Choice {
	if !w.Locked(c.Field) {
		return c
	}
	c.Locked, c.Reason, c.Buttons = true, reasonText(w.LockReason(c.Field)), changeButton(w, c.Field)
	return c
}

// changeButton is absent where the preset locks, in a renewal, which is for the same tenant, app and account by its nature, and
// after Save.
func changeButton(w wizard.Wizard, f connector.Field) []Button {
	if w.Saved != nil || w.LockReason(f) != wizard.ReasonLocked {
		return nil
	}
	label := text("common.change", "Field", text("field."+string(f)))
	return []Button{{ID: "change-" + string(f), Label: label, Event: wizard.AskChange{Field: f}}}
}

// change says what the change of a field undoes, if it is this field that is being asked about.
func change(w wizard.Wizard, f connector.Field) []Block {
	if w.Change != f {
		return nil
	}
	undoes := text("common.change.both")
	switch f {
	case connector.FieldUPN:
		undoes = text("common.change.user")
	case connector.FieldCloud:
		undoes = text("common.change.cloud")
	default:
	}
	return []Block{Notice{
		ID: "change", Severity: Warning, Title: text("common.change.title", "Field", text("field."+string(f))), Text: undoes,
		Buttons: []Button{
			{ID: "change-keep", Label: text("common.change.keep"), Event: wizard.KeepField{}, Primary: true},
			{ID: "change-agree", Label: text("common.change.agree"), Event: wizard.AgreeChange{}, Danger: true},
		},
	}}
}

// changing is where the focus goes on a page with locked fields: to the question before a change, then to the field that was
// unlocked by it, else to the others.
func changing(w wizard.Wizard, others ...string) []string {
	focus := []string{"change-keep"}
	for _, f := range []connector.Field{connector.FieldTenant, connector.FieldCloud, connector.FieldUPN, connector.FieldClientID, connector.FieldClientKind, connector.FieldWithGroups} {
		if w.Unlocked[f] {
			focus = append(focus, string(f))
		}
	}
	return append(focus, others...)
}

// blocksOf joins blocks and runs of blocks; nil ones are left out.
func blocksOf(parts ...any) []Block {
	blocks := []Block{}
	for _, part := range parts {
		switch p := part.(type) {
		case []Block:
			blocks = append(blocks, p...)
		case Block:
			blocks = append(blocks, p)
		}
	}
	return blocks
}

func heading(key string) Paragraph { return Paragraph{Role: Heading, Text: text(key)} }

func body(t Text) Paragraph { return Paragraph{Role: Body, Text: t} }

func caption(t Text) Paragraph { return Paragraph{Role: Caption, Text: t} }

// items makes the texts of a list: key with the numbers from 1 to count behind it.
func items(key string, count int, pairs ...any) []Text {
	list := make([]Text, count)
	for i := range list {
		list[i] = text(key+"."+string(rune('1'+i)), pairs...)
	}
	return list
}
