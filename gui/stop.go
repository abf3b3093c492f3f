package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// stop is a control that Tab stops at.
type stop interface {
	fyne.CanvasObject
	fyne.Focusable
	stopID() string
	// usable reports whether it can have the focus now.
	usable() bool
}

// host is what a control tells about focus and keys. Fyne's own widgets swallow the keys that they don't use; ours hand
// them to the host.
type host interface {
	// gained says that the control has the focus now.
	gained(s stop)
	// focus gives the control the focus.
	focus(s stop)
	// typed takes a key that the control does not use.
	typed(key *fyne.KeyEvent)
	// shortcut takes a shortcut and reports whether it is one of the window's.
	shortcut(s fyne.Shortcut) bool
	// held reports whether Enter or Space is being held down, so that this press must not count again.
	held() bool
}

// control is what our buttons, ticks and options have in common: an ID, a ring while they have the focus, and the keys.
type control struct {
	widget.BaseWidget
	id       string
	host     host
	disabled bool
	focused  bool
	hovered  bool
	ring     *shape
	// press is what Space and a click do; enters says that Enter does it too.
	press  func()
	enters bool
	// self is the widget that this control is part of.
	self stop
}

func (c *control) extend(self interface {
	stop
	fyne.Widget
}, id string, h host,
) {
	c.id, c.host, c.self, c.ring = id, h, self, newRing()
	c.ExtendBaseWidget(self)
}

func (c *control) stopID() string { return c.id }

func (c *control) usable() bool { return !c.disabled && c.Visible() }

// Disabled reports whether it can't be used now; Tab passes it by.
func (c *control) Disabled() bool { return c.disabled }

// Enable makes it usable.
func (c *control) Enable() { c.able(true) }

// Disable makes it unusable. It keeps the focus if it has it.
func (c *control) Disable() { c.able(false) }

func (c *control) able(able bool) {
	if c.disabled == !able {
		return
	}
	c.disabled = !able
	c.Refresh()
}

// FocusGained shows the ring.
func (c *control) FocusGained() {
	c.focused = true
	c.ring.Show()
	c.Refresh()
	c.host.gained(c.self)
}

// FocusLost hides the ring.
func (c *control) FocusLost() {
	c.focused = false
	c.ring.Hide()
	c.Refresh()
}

// TypedRune does nothing: none of these controls takes text.
func (c *control) TypedRune(rune) {}

// TypedKey presses on Space, and on Enter where the control takes it; every other key is the window's.
func (c *control) TypedKey(key *fyne.KeyEvent) {
	if key.Name != fyne.KeySpace && (!c.enters || !isEnter(key.Name)) {
		c.host.typed(key)
		return
	}
	if !c.host.held() {
		c.pressed()
	}
}

// Tapped presses and takes the focus.
func (c *control) Tapped(*fyne.PointEvent) {
	if c.disabled {
		return
	}
	c.host.focus(c.self)
	c.pressed()
}

func (c *control) pressed() {
	if !c.disabled && c.press != nil {
		c.press()
	}
}

// MouseIn, MouseMoved and MouseOut show that the pointer is over it.
func (c *control) MouseIn(*desktop.MouseEvent) { c.hover(true) }

// MouseMoved does nothing.
func (c *control) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the sign of MouseIn back.
func (c *control) MouseOut() { c.hover(false) }

func (c *control) hover(on bool) {
	c.hovered = on
	c.Refresh()
}

// Cursor is a hand over what can be pressed.
func (c *control) Cursor() desktop.Cursor {
	if c.disabled {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

func isEnter(name fyne.KeyName) bool { return name == fyne.KeyReturn || name == fyne.KeyEnter }

// face is the renderer of a control: its objects, how they are laid out, and how they take the control's state on.
type face struct {
	objects []fyne.CanvasObject
	layout  func(fyne.Size)
	least   func() fyne.Size
	apply   func()
}

func newFace(f face) *face {
	f.apply()
	return &f
}

func (f *face) Destroy() {}

func (f *face) Objects() []fyne.CanvasObject { return f.objects }

func (f *face) Layout(size fyne.Size) { f.layout(size) }

func (f *face) MinSize() fyne.Size { return f.least() }

func (f *face) Refresh() {
	f.apply()
	for _, o := range f.objects {
		o.Refresh()
	}
}
