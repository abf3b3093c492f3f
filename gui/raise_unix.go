//go:build !windows

package gui

import "fyne.io/fyne/v2/driver"

// raiseNative reports whether Fyne's request for the focus reaches the person: Wayland lets no program come to the front by
// itself.
func raiseNative(context any) bool {
	_, wayland := context.(driver.WaylandWindowContext)
	return !wayland
}
