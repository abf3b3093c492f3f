package view

import (
	"slices"

	"partner-center-connector/connector/wizard"
)

// ControlRole is what a control is for a person who cannot see it.
type ControlRole string

// The roles.
const (
	ButtonRole ControlRole = "button"
	LinkRole   ControlRole = "link"
	TextRole   ControlRole = "text"
	SecretRole ControlRole = "secret"
	TickRole   ControlRole = "tick"
	ChoiceRole ControlRole = "choice"
	StepRole   ControlRole = "step"
)

// Control is anything on a screen that can be used, as its drawer needs to know it: for the order of focus, for assistive technology
// and for tests.
type Control struct {
	ID   string
	Role ControlRole
	// Label is what it is called, Within the card or section that it is in; empty for one outside of any. Both together are its
	// name, which no other control of the screen has.
	Label    Text
	Within   Text
	Disabled bool
	// Reason is set for each one that is disabled.
	Reason Text
	// Folded reports whether it is in a part of the page that does not show at first.
	Folded bool
	// Final reports whether nothing takes back what it does: it gets the focus by nobody but the person, unless the page is about it.
	Final bool
}

// Controls lists the controls of a screen from top to bottom, the tools, the banner and the rail first and the footer last.
func (v View) Controls() []Control {
	list := buttonControls(v.Tools)
	if v.BannerButton != nil {
		list = append(list, buttonControl(*v.BannerButton))
	}
	for _, item := range v.Rail {
		if item.Go != nil {
			list = append(list, Control{ID: item.ID, Role: StepRole, Label: item.Label})
		}
	}
	list = append(list, controlsIn(Text{}, v.Blocks)...)
	if v.Footer.Back != nil {
		list = append(list, buttonControl(*v.Footer.Back))
	}
	if v.Footer.Main != nil {
		main := buttonControl(*v.Footer.Main)
		main.Reason = v.Footer.Reason
		list = append(list, main)
	}
	return list
}

// controlsIn are those of blocks in the section of the title, or under their own headings.
func controlsIn(section Text, blocks []Block) []Control {
	list := []Control{}
	for _, block := range blocks {
		if p, ok := block.(Paragraph); ok && p.Role == Heading {
			section = p.Text
		}
		list = append(list, inSection(section, blockControls(block))...)
	}
	return list
}

// inSection notes under which heading the controls are that are in no card.
func inSection(heading Text, list []Control) []Control {
	for i := range list {
		if list[i].Within.Empty() {
			list[i].Within = heading
		}
	}
	return list
}

func blockControls(block Block) []Control {
	switch b := block.(type) {
	case Notice:
		return within(b.Title, buttonControls(b.Buttons))
	case Problem:
		return problemControls(b)
	case Input:
		return inputControls(b)
	case Tick:
		return []Control{{ID: b.ID, Role: TickRole, Label: b.Label}}
	case Choice:
		return fieldControls(Control{ID: b.ID, Role: ChoiceRole, Label: b.Label}, b.Locked, b.Buttons)
	case Facts:
		return factControls(b)
	case Listing:
		return within(b.Label, buttonControls(b.Buttons))
	case Actions:
		return append(buttonControls(b.Buttons), foldedAway(buttonControls(b.More))...)
	case Fold:
		return foldControls(b)
	case Wait:
		return within(b.Text, buttonControls(b.Buttons))
	case Checks:
		return checkControls(b)
	case Row:
		return rowControls(b)
	}
	return nil
}

// foldControls are those of what is folded away.
func foldControls(f Fold) []Control {
	list := controlsIn(f.Title, f.Blocks)
	if f.Open {
		return list
	}
	return foldedAway(list)
}

// foldedAway notes that controls do not show at first.
func foldedAway(list []Control) []Control {
	for i := range list {
		list[i].Folded = true
	}
	return list
}

// within notes in which card controls are.
func within(card Text, list []Control) []Control {
	for i := range list {
		list[i].Within = card
	}
	return list
}

func inputControls(in Input) []Control {
	c := Control{ID: in.ID, Role: TextRole, Label: in.Label}
	if in.Secret {
		c.Role = SecretRole
	}
	return fieldControls(c, in.Locked, in.Buttons)
}

func fieldControls(field Control, locked bool, buttons []Button) []Control {
	own := within(field.Label, buttonControls(buttons))
	if locked {
		return own
	}
	return append([]Control{field}, own...)
}

func problemControls(p Problem) []Control {
	list := []Control{}
	if p.Button != nil {
		list = append(list, buttonControl(*p.Button))
	}
	return within(p.Title, append(list, buttonControls(p.Others)...))
}

func factControls(f Facts) []Control {
	list := []Control{}
	for _, item := range f.Items {
		if item.Copy {
			list = append(list, Control{ID: item.ID, Role: ButtonRole, Label: text("common.copy-fact", "Label", item.Label)})
		}
	}
	return list
}

func checkControls(c Checks) []Control {
	list := []Control{}
	for _, row := range c.Rows {
		if row.Problem != nil {
			list = append(list, within(row.Title, problemControls(*row.Problem))...)
		}
	}
	return list
}

func rowControls(r Row) []Control {
	name := r.TitleText
	if name.Empty() {
		name = text("common.name", "Name", r.Title)
	}
	list := within(name, append(buttonControls(r.Buttons), foldedAway(buttonControls(r.More))...))
	if r.Open == nil {
		return list
	}
	return append([]Control{{ID: r.ID, Role: ButtonRole, Label: text("common.row-name", "Name", name, "Word", r.Word)}}, list...)
}

func buttonControls(buttons []Button) []Control {
	list := []Control{}
	for _, b := range buttons {
		list = append(list, buttonControl(b))
	}
	return list
}

func buttonControl(b Button) Control {
	role := ButtonRole
	if b.URL != "" {
		role = LinkRole
	}
	final := b.Danger || b.Event != nil && wizard.Final(b.Event)
	return Control{ID: b.ID, Role: role, Label: b.Label, Disabled: b.Disabled, Reason: b.Reason, Final: final}
}

// focusOn returns the first of the wanted controls that shows and can be used, else the main button. Where none of these can be used, the focus
// waits for one: on what can be taken back, on the page first, and on Back or what can't be taken back only where there is nothing else.
func (v View) focusOn(wanted ...string) string {
	usable := map[string]bool{}
	for _, c := range v.Controls() {
		usable[c.ID] = !c.Disabled && !c.Folded
	}
	for _, id := range slices.Concat(wanted, []string{"main"}, v.harmless(), []string{"back"}) {
		if usable[id] {
			return id
		}
	}
	for _, c := range v.Controls() {
		if usable[c.ID] {
			return c.ID
		}
	}
	return ""
}

// harmless are the controls of a page, and then the tools with help before the others, that do nothing that can't be taken back.
func (v View) harmless() []string {
	tools := buttonControls(v.Tools)
	slices.Reverse(tools)
	found := []string{}
	for _, c := range slices.Concat(controlsIn(Text{}, v.Blocks), tools) {
		if !c.Final {
			found = append(found, c.ID)
		}
	}
	return found
}
