package view

// Control is anything on a screen that can be used, as its drawer needs to know it: for the order of focus and for tests.
type Control struct {
	ID       string
	Label    Text
	Disabled bool
	// Reason is set for each one that is disabled.
	Reason Text
}

// Controls lists the controls of a screen from top to bottom, the rail first and the footer last.
func (v View) Controls() []Control {
	list := []Control{}
	for _, item := range v.Rail {
		if item.Go != nil {
			list = append(list, Control{ID: item.ID, Label: item.Label})
		}
	}
	for _, block := range v.Blocks {
		list = append(list, blockControls(block)...)
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

func blockControls(block Block) []Control {
	switch b := block.(type) {
	case Notice:
		return buttonControls(b.Buttons)
	case Problem:
		return problemControls(b)
	case Input:
		return fieldControls(b.ID, b.Label, b.Locked, b.Buttons)
	case Tick:
		return []Control{{ID: b.ID, Label: b.Label}}
	case Choice:
		return fieldControls(b.ID, b.Label, b.Locked, b.Buttons)
	case Facts:
		return factControls(b)
	case Actions:
		return buttonControls(b.Buttons)
	case Wait:
		return buttonControls(b.Buttons)
	case Checks:
		return checkControls(b)
	case Row:
		return rowControls(b)
	}
	return nil
}

func fieldControls(id string, label Text, locked bool, buttons []Button) []Control {
	if locked {
		return buttonControls(buttons)
	}
	return append([]Control{{ID: id, Label: label}}, buttonControls(buttons)...)
}

func problemControls(p Problem) []Control {
	list := []Control{}
	if p.Button != nil {
		list = append(list, buttonControl(*p.Button))
	}
	return append(list, buttonControls(p.Others)...)
}

func factControls(f Facts) []Control {
	list := []Control{}
	for _, item := range f.Items {
		if item.Copy {
			list = append(list, Control{ID: item.ID, Label: item.Label})
		}
	}
	return list
}

func checkControls(c Checks) []Control {
	list := []Control{}
	for _, row := range c.Rows {
		if row.Problem != nil {
			list = append(list, problemControls(*row.Problem)...)
		}
	}
	return list
}

func rowControls(r Row) []Control {
	list := buttonControls(r.Buttons)
	if r.Open == nil {
		return list
	}
	return append([]Control{{ID: r.ID, Label: r.Word}}, list...)
}

func buttonControls(buttons []Button) []Control {
	list := []Control{}
	for _, b := range buttons {
		list = append(list, buttonControl(b))
	}
	return list
}

func buttonControl(b Button) Control {
	return Control{ID: b.ID, Label: b.Label, Disabled: b.Disabled, Reason: b.Reason}
}

// focusOn returns the first of the wanted controls that is there and can be used, else the main button, else Back.
func (v View) focusOn(wanted ...string) string {
	usable := map[string]bool{}
	for _, c := range v.Controls() {
		usable[c.ID] = !c.Disabled
	}
	for _, id := range append(wanted, "main", "back") {
		if usable[id] {
			return id
		}
	}
	return ""
}
