package widget

import (
	"fyne.io/fyne/v2"
)

// TabStop is a control at which the Tab key stops.
type TabStop interface {
	fyne.CanvasObject
	fyne.Focusable
	// ID is what the control is known by from one view to the next.
	ID() string
	// Usable reports whether it can have the focus now.
	Usable() bool
}

// Host is the window that a control stands in: it is told about focus and keys. Fyne's own widgets swallow the keys that they
// don't use; ours pass them on to the Host.
type Host interface {
	// FocusGained says that the control has the focus now.
	FocusGained(s TabStop)
	// Focus gives the control the focus.
	Focus(s TabStop)
	// TypedKey takes a key that the control does not use.
	TypedKey(key *fyne.KeyEvent)
	// Shortcut takes a shortcut and reports whether it is one of the window's.
	Shortcut(s fyne.Shortcut) bool
	// IgnoresKey reports whether Enter or Space on the control must not count: it is being held down, or the person can't have seen yet what
	// it would do.
	IgnoresKey(s TabStop) bool
}
