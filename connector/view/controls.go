package view

import "slices"

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
}

// Controls lists the controls of a screen from top to bottom, the banner and the rail first and the footer last.
func (v View) Controls() []Control {
	list := []Control{}
	if v.BannerButton != nil {
		list = append(list, buttonControl(*v.BannerButton))
	}
	for _, item := range v.Rail {
		if item.Go != nil {
			list = append(list, Control{ID: item.ID, Role: StepRole, Label: item.Label})
		}
	}
	section := Text{}
	for _, block := range v.Blocks {
		if p, ok := block.(Paragraph); ok && p.Role == Heading {
			section = p.Text
		}
		list = append(list, inSection(section, blockControls(block))...)
	}
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
		return buttonControls(b.Buttons)
	case Wait:
		return within(b.Text, buttonControls(b.Buttons))
	case Checks:
		return checkControls(b)
	case Row:
		return rowControls(b)
	}
	return nil
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
	list := within(name, buttonControls(r.Buttons))
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
	return Control{ID: b.ID, Role: role, Label: b.Label, Disabled: b.Disabled, Reason: b.Reason}
}

// focusOn returns the first of the wanted controls that is there and can be used, else the main button, else Back, else any other.
func (v View) focusOn(wanted ...string) string {
	usable, others := map[string]bool{}, []string{}
	for _, c := range v.Controls() {
		if usable[c.ID] = !c.Disabled; usable[c.ID] {
			others = append(others, c.ID)
		}
	}
	for _, id := range slices.Concat(wanted, []string{"main", "back"}, others) {
		if usable[id] {
			return id
		}
	}
	return ""
}
