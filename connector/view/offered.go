package view

import (
	"slices"

	"partner-center-connector/connector/wizard"
)

// offered asks the machine about every control of a screen: one that it would refuse is disabled with the reason, and what is no button,
// a key, a row or a step of the rail, does nothing. So no control can be used that does nothing, whoever made it.
func offered(s wizard.State, v View) View {
	for i := range v.Blocks {
		v.Blocks[i] = offeredBlock(s, v.Blocks[i])
	}
	v.BannerButton, v.Tools = offeredPointer(s, v.BannerButton), offeredButtons(s, v.Tools)
	v.Footer = offeredFooter(s, v.Footer)
	for i := range v.Rail {
		v.Rail[i].Go = offeredEvent(s, v.Rail[i].Go)
	}
	v.Escape, v.Return = offeredEvent(s, v.Escape), offeredEvent(s, v.Return)
	return v
}

func offeredBlock(s wizard.State, block Block) Block {
	switch b := block.(type) {
	case Notice:
		b.Buttons = offeredButtons(s, b.Buttons)
		return b
	case Problem:
		return offeredProblem(s, b)
	case Input:
		return offeredInput(s, b)
	case Choice:
		if r := s.Refuses(wizard.Chosen{Field: b.Field}); r != "" && !b.Locked {
			b.Locked, b.Reason = true, reasonText(r)
		}
		b.Buttons = offeredButtons(s, b.Buttons)
		return b
	case Listing:
		b.Buttons = offeredButtons(s, b.Buttons)
		return b
	case Actions:
		b.Buttons, b.More = offeredButtons(s, b.Buttons), offeredButtons(s, b.More)
		return b
	case Fold:
		b.Blocks = slices.Clone(b.Blocks)
		for i := range b.Blocks {
			b.Blocks[i] = offeredBlock(s, b.Blocks[i])
		}
		return b
	case Wait:
		b.Buttons = offeredButtons(s, b.Buttons)
		return b
	case Checks:
		b.Rows = slices.Clone(b.Rows)
		for i, row := range b.Rows {
			if row.Problem != nil {
				p := offeredProblem(s, *row.Problem)
				b.Rows[i].Problem = &p
			}
		}
		return b
	case Row:
		b.Buttons, b.More, b.Open = offeredButtons(s, b.Buttons), offeredButtons(s, b.More), offeredEvent(s, b.Open)
		return b
	default:
		return block
	}
}

func offeredInput(s wizard.State, in Input) Input {
	var change wizard.Event = wizard.Edited{Field: in.Field}
	if in.Secret {
		change = wizard.SecretEntered{Field: in.Field}
	}
	if r := s.Refuses(change); r != "" && !in.Locked {
		in.Locked, in.Reason = true, reasonText(r)
	}
	in.Buttons = offeredButtons(s, in.Buttons)
	return in
}

func offeredProblem(s wizard.State, p Problem) Problem {
	p.Button, p.Others = offeredPointer(s, p.Button), offeredButtons(s, p.Others)
	return p
}

// offeredFooter shows the reason of the main button beside it, where there is room for it.
func offeredFooter(s wizard.State, f Footer) Footer {
	f.Back, f.Main = offeredPointer(s, f.Back), offeredPointer(s, f.Main)
	if f.Main != nil && f.Main.Disabled && f.Reason.Empty() {
		main := *f.Main
		f.Reason, main.Reason = counted(s.Wizard, main.Reason), Text{}
		f.Main = &main
	}
	return f
}

func offeredPointer(s wizard.State, b *Button) *Button {
	if b == nil {
		return nil
	}
	made := offeredButton(s, *b)
	return &made
}

func offeredButtons(s wizard.State, buttons []Button) []Button {
	made := slices.Clone(buttons)
	for i := range made {
		made[i] = offeredButton(s, made[i])
	}
	return made
}

func offeredButton(s wizard.State, b Button) Button {
	if b.Event == nil || b.Disabled {
		return b
	}
	return unless(reasonText(s.Refuses(b.Event)), b)
}

func offeredEvent(s wizard.State, e wizard.Event) wizard.Event {
	if e == nil || s.Refuses(e) != "" {
		return nil
	}
	return e
}
