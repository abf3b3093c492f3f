package gui

import (
	"slices"

	"fyne.io/fyne/v2"
)

// focusedID is the ID of the control that has the focus; empty for none.
func (s *screen) focusedID() string {
	if f, ok := s.window.Canvas().Focused().(stop); ok {
		return f.stopID()
	}
	return ""
}

// focusInView reports whether the control that has the focus can be seen.
func (s *screen) focusInView() bool {
	c, ok := s.window.Canvas().Focused().(stop)
	return ok && s.page.inView(c)
}

// order is the controls in the order of Tab.
func (s *screen) order() []stop {
	stops := []stop{}
	s.visit(s.root, func(o fyne.CanvasObject) {
		if c, ok := o.(stop); ok && c.usable() {
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
func (s *screen) refocus(fresh bool, id, closed string, before []stop) {
	wanted := s.pool.find(s.view.Focus)
	if !fresh && s.staysFocused(id, wanted, before) {
		return
	}
	if opener := s.pool.find(closed); !fresh && opener != nil && opener.usable() {
		wanted = opener
	}
	canvas, now := s.window.Canvas(), s.order()
	switch {
	case wanted != nil && wanted.usable():
		s.focus(wanted)
	case len(now) == 0:
		canvas.Unfocus()
	case fresh:
		s.focus(s.firstInPage(now))
	default:
		s.focus(now[min(indexOf(before, id), len(now)-1)])
	}
}

// staysFocused reports whether the focus can stay where it is, and moves it along with its control if need be. It does not
// stay on a button whose press brought up the control that the view wants it on.
func (s *screen) staysFocused(id string, wanted stop, before []stop) bool {
	focused, _ := s.window.Canvas().Focused().(stop)
	if focused == nil || !s.onScreen(focused) {
		c := s.pool.find(id)
		if c == nil || !c.usable() {
			return focused == nil && id == ""
		}
		s.focus(c)
		focused = c
	}
	return !isPressed(focused) || wanted == nil || !wanted.usable() || slices.Contains(before, wanted)
}

// isPressed reports whether a control is one that is pressed, and not one that holds something.
func isPressed(c stop) bool {
	switch c.(type) {
	case *button, *opener:
		return true
	}
	return false
}

// onScreen reports whether a control is part of what is shown, be it usable or not.
func (s *screen) onScreen(c stop) bool {
	found := false
	s.visit(s.root, func(o fyne.CanvasObject) { found = found || o == c })
	return found
}

// firstInPage is the first control that is not in the rail.
func (s *screen) firstInPage(stops []stop) stop {
	for _, c := range stops {
		if _, ok := c.(*railItem); !ok {
			return c
		}
	}
	return stops[0]
}

func indexOf(stops []stop, id string) int {
	for i, c := range stops {
		if c.stopID() == id {
			return i
		}
	}
	return 0
}

// gained scrolls the control that has the focus now into view. Whoever came to it by Tab let go of Enter and Space before.
func (s *screen) gained(c stop) {
	if !s.giving {
		s.entered = false
	}
	s.page.reveal(c, s.giving)
}

// leadTo gives the control of the ID the focus, and selects what stands in it.
func (s *screen) leadTo(id string) {
	c := s.pool.find(id)
	if c == nil || !c.usable() {
		return
	}
	s.focus(c)
	if e, ok := c.(*entry); ok {
		e.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// focus gives a control the focus.
func (s *screen) focus(c stop) {
	s.giving = true
	s.window.Canvas().Focus(c)
	s.giving = false
}
