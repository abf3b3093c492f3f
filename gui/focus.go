package gui

import (
	"slices"

	"fyne.io/fyne/v2"

	"partner-center-connector/gui/widget"
)

// focusedID is the ID of the control that has the focus; empty for none.
func (s *screen) focusedID() string {
	if f, ok := s.window.Canvas().Focused().(widget.TabStop); ok {
		return f.ID()
	}
	return ""
}

// focusInView reports whether the control that has the focus can be seen.
func (s *screen) focusInView() bool {
	c, ok := s.window.Canvas().Focused().(widget.TabStop)
	return ok && s.page.inView(c)
}

// order is the controls in the order of Tab.
func (s *screen) order() []widget.TabStop {
	stops := []widget.TabStop{}
	s.visit(s.root, func(o fyne.CanvasObject) {
		if c, ok := o.(widget.TabStop); ok && c.Usable() {
			stops = append(stops, c)
		}
	})
	return stops
}

func (s *screen) visit(o fyne.CanvasObject, each func(fyne.CanvasObject)) {
	if !o.Visible() {
		return
	}
	if o == s.page.scroll {
		o = s.page.content
	}
	each(o)
	if c, ok := o.(*fyne.Container); ok {
		for _, child := range c.Objects {
			s.visit(child, each)
		}
	}
}

// refocus puts the focus where it belongs after a view was drawn: on arrival where the view says; later it stays on its
// control, or, where that is gone, goes to the button that opened what was closed now, if any, where the view says, or else to the
// control that took its place.
func (s *screen) refocus(fresh bool, id, closed string, before []widget.TabStop) {
	wanted := s.pool.find(s.view.Focus)
	if !fresh && s.staysFocused(id, wanted, before) {
		return
	}
	if opener := s.pool.find(closed); !fresh && opener != nil && opener.Usable() {
		wanted = opener
	}
	canvas, now := s.window.Canvas(), s.order()
	switch {
	case wanted != nil && wanted.Usable():
		s.place(wanted)
	case len(now) == 0:
		canvas.Unfocus()
	case fresh:
		s.place(s.firstInPage(now))
	default:
		s.place(s.inPlaceOf(id, before, now))
	}
}

// inPlaceOf is the control that took the place of one that is gone, or the next one where nothing would take back what that does.
func (s *screen) inPlaceOf(id string, before, now []widget.TabStop) widget.TabStop {
	i := min(indexOf(before, id), len(now)-1)
	for _, c := range slices.Concat(now[i:], now[:i]) {
		if !s.sights.kept[c.ID()].final() {
			return c
		}
	}
	return now[i]
}

// staysFocused reports whether the focus can stay where it is, and moves it along with its control if need be. Where a control comes up that the
// view wants it on, it does not stay on a button whose press brought that up, nor where the program has put it meanwhile; but always in a field.
func (s *screen) staysFocused(id string, wanted widget.TabStop, before []widget.TabStop) bool {
	focused, _ := s.window.Canvas().Focused().(widget.TabStop)
	if focused == nil || !s.onScreen(focused) {
		c := s.pool.find(id)
		if c == nil || !c.Usable() {
			return focused == nil && id == ""
		}
		s.moveFocus(c)
		focused = c
	}
	if wanted == nil || !wanted.Usable() || slices.Contains(before, wanted) {
		return true
	}
	if _, typing := focused.(*widget.Entry); typing {
		return true
	}
	return focused.ID() != s.placed && (focused.ID() != s.acted || !isButton(focused))
}

// isButton reports whether a control is one that is pressed, and not one that holds something.
func isButton(c widget.TabStop) bool {
	switch c.(type) {
	case *widget.Button, *opener:
		return true
	}
	return false
}

// onScreen reports whether a control is part of what is shown, be it usable or not.
func (s *screen) onScreen(c widget.TabStop) bool {
	found := false
	s.visit(s.root, func(o fyne.CanvasObject) { found = found || o == c })
	return found
}

// firstInPage is the first control that is neither in the rail nor one of the tools.
func (s *screen) firstInPage(stops []widget.TabStop) widget.TabStop {
	for _, c := range stops {
		_, step := c.(*railItem)
		if _, tool := yIn(s.header.box, c); !step && !tool {
			return c
		}
	}
	return stops[0]
}

func indexOf(stops []widget.TabStop, id string) int {
	for i, c := range stops {
		if c.ID() == id {
			return i
		}
	}
	return 0
}

// FocusGained scrolls a control that has just got the focus into view. If it was the person who moved it there, then by Tab or the
// pointer, so that neither Enter nor Space is held down. A window that comes to the front gives the focus to the control that had it,
// and that is nobody's choice.
func (s *screen) FocusGained(c widget.TabStop) {
	if !s.movingFocus {
		s.pressed = false
		if c != s.gained {
			s.placed, s.acted = "", ""
		}
	}
	s.gained = c
	s.page.reveal(c, s.movingFocus)
}

// focusAndSelect gives the control of the ID the focus, and selects what stands in it. What it is folded away in is opened.
func (s *screen) focusAndSelect(id string) {
	c := s.pool.find(id)
	if c == nil && s.unfold(id) {
		c = s.pool.find(id)
	}
	if c == nil || !c.Usable() {
		return
	}
	s.Focus(c)
	if e, ok := c.(*widget.Entry); ok {
		e.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// Focus gives the focus to a control that was clicked.
func (s *screen) Focus(c widget.TabStop) {
	s.moveFocus(c)
	s.placed, s.acted = "", c.ID()
}

// place gives a control the focus without anybody having asked for it.
func (s *screen) place(c widget.TabStop) {
	s.moveFocus(c)
	if s.placed != c.ID() {
		s.placed, s.placedAt = c.ID(), s.now()
	}
}

func (s *screen) moveFocus(c widget.TabStop) {
	s.movingFocus = true
	s.window.Canvas().Focus(c)
	s.movingFocus = false
}
