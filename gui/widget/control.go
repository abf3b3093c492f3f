package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Control is what everything that can be pressed has in common: an ID, the keys, the pointer, and a ring while it has the focus.
// A widget embeds it and calls Extend.
type Control struct {
	fynewidget.BaseWidget
	id       string
	host     Host
	disabled bool
	hovered  bool
	ring     *Shape
	// OnPressed is what Space and a click do, and Enter too if PressedByEnter is set.
	OnPressed      func()
	PressedByEnter bool
	// self is the widget that this control is part of.
	self TabStop
}

// Extend makes the control part of the widget self, known by id, in the window of h. It takes the place of ExtendBaseWidget.
func (c *Control) Extend(self interface {
	TabStop
	fyne.Widget
}, id string, h Host,
) {
	c.id, c.host, c.self, c.ring = id, h, self, newRing()
	c.ExtendBaseWidget(self)
}

// ID is what the control is known by from one view to the next.
func (c *Control) ID() string { return c.id }

// Usable reports whether it can have the focus now.
func (c *Control) Usable() bool { return !c.disabled && c.Visible() }

// Disabled reports whether it can't be used now; Tab passes it by.
func (c *Control) Disabled() bool { return c.disabled }

// Enable makes it usable.
func (c *Control) Enable() { c.SetDisabled(false) }

// Disable makes it unusable. It keeps the focus if it has it.
func (c *Control) Disable() { c.SetDisabled(true) }

// SetDisabled disables or enables it.
func (c *Control) SetDisabled(disabled bool) {
	if c.disabled == disabled {
		return
	}
	c.disabled = disabled
	c.Refresh()
}

// Hovered reports whether the pointer is over it and a click would press it.
func (c *Control) Hovered() bool { return c.hovered && !c.disabled }

// Ring is the ring that shows while the control has the focus. The renderer draws it last, over everything else.
func (c *Control) Ring() *Shape { return c.ring }

// SetRingRadius fits the ring to a control whose corners have this radius. It is RadiusControl at first.
func (c *Control) SetRingRadius(radius float32) { c.ring.look.Radius = radius + focusGap }

// PlaceRing lays the ring around the control, which has the size.
func (c *Control) PlaceRing(size fyne.Size) { placeRing(c.ring, size) }

// FocusGained shows the ring.
func (c *Control) FocusGained() {
	c.ring.Show()
	c.Refresh()
	c.host.FocusGained(c.self)
}

// FocusLost hides the ring.
func (c *Control) FocusLost() {
	c.ring.Hide()
	c.Refresh()
}

// TypedRune does nothing: none of these controls takes text.
func (c *Control) TypedRune(rune) {}

// TypedKey presses on Space, and on Enter if PressedByEnter is set. Every other key goes to the Host.
func (c *Control) TypedKey(key *fyne.KeyEvent) {
	if key.Name != fyne.KeySpace && (!c.PressedByEnter || !isEnter(key.Name)) {
		c.host.TypedKey(key)
		return
	}
	if !c.host.IgnoresKey(c.self) {
		c.pressed()
	}
}

// Tapped presses and takes the focus.
func (c *Control) Tapped(*fyne.PointEvent) {
	if c.disabled {
		return
	}
	c.host.Focus(c.self)
	c.pressed()
}

func (c *Control) pressed() {
	if !c.disabled && c.OnPressed != nil {
		c.OnPressed()
	}
}

// MouseIn shows that the pointer is over it.
func (c *Control) MouseIn(*desktop.MouseEvent) { c.hover(true) }

// MouseMoved does nothing.
func (c *Control) MouseMoved(*desktop.MouseEvent) {}

// MouseOut shows that the pointer has left it.
func (c *Control) MouseOut() { c.hover(false) }

func (c *Control) hover(on bool) {
	c.hovered = on
	c.Refresh()
}

// Cursor is a hand over what can be pressed.
func (c *Control) Cursor() desktop.Cursor {
	if c.disabled {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

func isEnter(name fyne.KeyName) bool { return name == fyne.KeyReturn || name == fyne.KeyEnter }
