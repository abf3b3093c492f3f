package view

import (
	"slices"
	"strings"

	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// presetProblem is the card of a preset that can't be used; here is the page that it is on.
func presetProblem(s wizard.State, here connector.Step) []Block {
	if s.Preset.Problem == nil || s.Wizard.Draft.Renews != "" {
		return nil
	}
	return []Block{PresetProblem(s.Preset, here)}
}

// PresetProblem is the card of a preset that can't be used.
func PresetProblem(p connector.Preset, here connector.Step) Problem {
	c := card{id: "preset-problem", problem: p.Problem, here: here}.show()
	if p.Problem.Actor == connector.ActorYou {
		return c
	}
	c.CopyForActor = text("preset.for-publisher", "Title", c.Title, "Do", c.Do, "Raw", c.Raw)
	return c
}

// presetFault says what is wrong with the file.
func presetFault(args map[string]string) Text {
	return text("preset.fault."+args[connector.PresetFaultArg], "Key", args["Key"], "Value", args["Value"], "Known", args["Known"])
}

// presetNotice says on the page of the app registration where its values come from.
func presetNotice(s wizard.State) []Block {
	p := s.Preset
	if p.Path == "" || p.Problem != nil || s.Wizard.Draft.Renews != "" {
		return nil
	}
	n := Notice{ID: "preset", Severity: Info, Title: text("page.connector.preset"), Text: text(presetKey(s), "Path", p.Path, "Policy", p.Policy)}
	if p.Product != "" {
		n.Title = text("page.connector.preset.for", "Product", p.Product)
	}
	if p.Support != "" {
		n.Buttons = []Button{supportButton("preset", p)}
	}
	return []Block{n}
}

// presetKey is the sentence for how much of the preset is on this page, and whether that can be changed.
func presetKey(s wizard.State) string {
	p, given, agrees, fixed := s.Preset, 0, 0, 0
	for _, f := range p.Given {
		switch {
		case f == connector.FieldRole: // it is on the page of the account
			continue
		case p.Agrees(s.Wizard.Draft, f):
			agrees++
		}
		given++
		if s.Wizard.Fixed[f] {
			fixed++
		}
	}
	loose := slices.ContainsFunc(p.Locked, func(f connector.Field) bool { return f != connector.FieldRole && p.Loosened(f) })
	switch {
	case given == 0:
		return "page.connector.preset.no-values"
	case agrees == 0:
		return "page.connector.preset.differs"
	case loose:
		return "page.connector.preset.loose"
	case fixed > 0:
		return "page.connector.preset.locked"
	}
	return "page.connector.preset.open"
}

// presetHint says of a field that can be changed what the preset has for it; otherwise the field's own hint.
func presetHint(s wizard.State, f connector.Field, own Text) Text {
	p, w := s.Preset, s.Wizard
	switch {
	case !p.Gives(f) || w.Fixed[f] || w.Draft.Renews != "":
		return own
	case p.Agrees(w.Draft, f):
		return text("page.connector.preset.from", "Policy", p.Policy)
	}
	return text("page.connector.preset.other", "Value", presetValue(p, f), "Policy", p.Policy)
}

// presetValue is what the preset has for a field.
func presetValue(p connector.Preset, f connector.Field) Text {
	switch f {
	case connector.FieldClientKind:
		return kindText(p.ClientKind)
	case connector.FieldWithGroups:
		if len(p.Scopes) == 0 {
			return yesOrNo(p.WithGroups)
		}
		return text("page.connector.preset.scopes", "Groups", yesOrNo(p.WithGroups), "Scopes", strings.Join(p.Scopes, ", "))
	case connector.FieldRole:
		return roleText(p.Role)
	case connector.FieldRedirectPath:
		return text("page.connector.preset.value", "Value", redirectURI(connector.Draft{RedirectPath: p.RedirectPath}))
	default:
		return text("page.connector.preset.value", "Value", p.ClientID)
	}
}

// PresetValue is what the preset has for a field, with the field's name, where the field itself is not shown.
func PresetValue(p connector.Preset, f connector.Field) Text {
	return text("preset.value", "Label", text("field."+string(f)), "Value", presetValue(p, f))
}

func yesOrNo(yes bool) Text {
	if yes {
		return text("common.yes")
	}
	return text("common.no")
}

// givenApp reports whether the app registration is the preset's, so that nobody has to make one.
func givenApp(s wizard.State) bool {
	return s.Preset.Agrees(s.Wizard.Draft, connector.FieldClientID)
}

func supportButton(id string, p connector.Preset) Button {
	return Button{ID: id + "-support", Label: text("preset.support", "Product", p.Product), URL: p.Support}
}

// withSupport gives each problem that the publisher has to solve the way to the publisher's support, if the app registration on the
// screen is the preset's.
func withSupport(s wizard.State, blocks []Block) []Block {
	if s.Preset.Support == "" || !s.Preset.Answers(shownApp(s)) {
		return blocks
	}
	return onProblems(blocks, func(p Problem) Problem { return p.supported(s.Preset) })
}

func (p Problem) supported(preset connector.Preset) Problem {
	if p.Actor.Key != "actor."+string(connector.ActorPublisher) {
		return p
	}
	p.Others = append(p.Others[:len(p.Others):len(p.Others)], supportButton(p.ID, preset))
	return p
}

// shownApp is the client ID of the app registration that the screen is about; empty for none.
func shownApp(s wizard.State) string {
	switch s.Screen {
	case wizard.ScreenWizard:
		return s.Wizard.Draft.ClientID
	case wizard.ScreenConnector:
		if c := s.Shown(); c != nil {
			return c.ClientID
		}
	default:
	}
	return ""
}

// presetHelp leads to the publisher's support.
func presetHelp(p connector.Preset) []Block {
	if p.Support == "" {
		return nil
	}
	return blocksOf(
		heading("help.preset"), body(text("help.preset.text", "Product", p.Product)), Actions{Buttons: []Button{supportButton("help", p)}},
	)
}
