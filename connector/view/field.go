package view

import (
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// input makes a text field of the wizard, with its label and hint by its name.
func input(f connector.Field, value string) Input {
	return Input{ID: string(f), Field: f, Label: text("field." + string(f)), Value: value, Hint: text("field." + string(f) + ".hint")}
}

// entered makes a text field of the wizard that shows what was typed into it, as long as that is what its value comes from, and says what of that
// is not used.
func entered(w wizard.Wizard, f connector.Field, value string) Input {
	in := input(f, value)
	typed, ok := w.Typed[f]
	if c := connector.Clean(f, typed); ok && strings.EqualFold(c.Value, value) {
		in.Value, in.Cleaned = typed, CleanedText(f, c)
	}
	return in
}

// CleanedText says what of an entry is not used, and what is; empty where there is nothing to say.
func CleanedText(f connector.Field, c connector.Cleaned) Text {
	if !c.Touched() {
		return Text{}
	}
	value := c.Value
	if f == connector.FieldRedirectPath && connector.ValidRedirectPath(value) {
		value = auth.App{RedirectPath: value}.RegisteredRedirectURI()
	}
	said := text("common.cleaned", "Value", value, "Around", c.Around(), "Unseen", connector.Codes(c.Unseen), "Replaced", connector.Codes(c.Replaced))
	if f == connector.FieldRedirectPath && c.OtherHost() {
		return text("field.redirect-path.loopback", "Cleaned", said)
	}
	return said
}

// SecretCleanedText says the same of a client secret, without its text.
func SecretCleanedText(c wizard.SecretCleaned) Text {
	if !c.Around && len(c.Unseen) == 0 && len(c.Replaced) == 0 {
		return Text{}
	}
	return text("field.secret.cleaned", "Around", c.Around, "Unseen", connector.Codes(c.Unseen), "Replaced", connector.Codes(c.Replaced))
}

// UPNReasonText says why upn can't be a user name, with the characters that are not what they seem; empty if it can.
func UPNReasonText(upn string) Text {
	reason := connector.UPNReason(upn)
	if reason != connector.ReasonUPNStrange {
		return reasonText(reason)
	}
	return text("reason."+string(reason), "Characters", connector.Codes(connector.StrangeIn(upn)))
}

// lock locks the field if a change of it would undo a consent, and gives it the button that asks for the change.
func (i Input) lock(w wizard.Wizard) Input {
	if !w.Locked(i.Field) {
		return i
	}
	i.Locked, i.Good, i.Error, i.Hint, i.Cleaned = true, Text{}, Text{}, Text{}, Text{}
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
