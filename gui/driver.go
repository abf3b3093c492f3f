package gui

import (
	"image"

	"fyne.io/fyne/v2"
)

// Press does what a click on the control of that ID does, scrolled into view and focused first; false if no such control
// can be used now. It waits for the UI thread, so it must not be called on it.
func (w *Window) Press(id string) bool {
	done := make(chan bool, 1)
	w.options.Dispatch(func() { done <- w.pressNow(id) })
	return <-done
}

func (w *Window) pressNow(id string) bool {
	if w.closed {
		return false
	}
	for _, c := range w.screen.order() {
		if tappable, ok := c.(fyne.Tappable); ok && c.stopID() == id {
			tappable.Tapped(&fyne.PointEvent{})
			return true
		}
	}
	return false
}

// Picture is what the window shows now. It waits for the UI thread, so it must not be called on it.
func (w *Window) Picture() image.Image {
	done := make(chan image.Image, 1)
	w.options.Dispatch(func() { done <- w.native.Canvas().Capture() })
	return <-done
}
