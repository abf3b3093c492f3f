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
		s.Focus(wanted)
	case len(now) == 0:
		canvas.Unfocus()
	case fresh:
		s.Focus(s.firstInPage(now))
	default:
		s.Focus(now[min(indexOf(before, id), len(now)-1)])
	}
}

// staysFocused reports whether the focus can stay where it is, and moves it along with its control if need be. It does not
// stay on a button whose press brought up the control that the view wants it on.
func (s *screen) staysFocused(id string, wanted widget.TabStop, before []widget.TabStop) bool {
	focused, _ := s.window.Canvas().Focused().(widget.TabStop)
	if focused == nil || !s.onScreen(focused) {
		c := s.pool.find(id)
		if c == nil || !c.Usable() {
			return focused == nil && id == ""
		}
		s.Focus(c)
		focused = c
	}
	return !isPressed(focused) || wanted == nil || !wanted.Usable() || slices.Contains(before, wanted)
}

// isPressed reports whether a control is one that is pressed, and not one that holds something.
func isPressed(c widget.TabStop) bool {
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

// firstInPage is the first control that is not in the rail.
func (s *screen) firstInPage(stops []widget.TabStop) widget.TabStop {
	for _, c := range stops {
		if _, ok := c.(*railItem); !ok {
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
// pointer, so that neither Enter nor Space is held down.
func (s *screen) FocusGained(c widget.TabStop) {
	if !s.movingFocus {
		s.pressed = false
	}
	s.page.reveal(c, s.movingFocus)
}

// focusAndSelect gives the control of the ID the focus, and selects what stands in it.
func (s *screen) focusAndSelect(id string) {
	c := s.pool.find(id)
	if c == nil || !c.Usable() {
		return
	}
	s.Focus(c)
	if e, ok := c.(*widget.Entry); ok {
		e.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// Focus gives a control the focus.
func (s *screen) Focus(c widget.TabStop) {
	s.movingFocus = true
	s.window.Canvas().Focus(c)
	s.movingFocus = false
}
