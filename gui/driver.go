package gui

import (
	"fmt"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
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
		if tappable, ok := c.(fyne.Tappable); ok && c.ID() == id {
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

// X11ID is the window's number on an X11 display, as other programs there name it ("0x2a00004"); empty elsewhere. It waits for the
// UI thread, so it must not be called on it.
func (w *Window) X11ID() string {
	done := make(chan string, 1)
	w.options.Dispatch(func() {
		id := ""
		if n, ok := w.native.(driver.NativeWindow); ok {
			n.RunNative(func(context any) {
				if x11, ok := context.(driver.X11WindowContext); ok {
					id = fmt.Sprintf("%#x", x11.WindowHandle)
				}
			})
		}
		done <- id
	})
	return <-done
}
