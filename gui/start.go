package gui

import (
	"errors"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
)

// ErrNoDisplay means that there is no screen to open a window on.
var ErrNoDisplay = errors.New("gui: no display")

// ErrNoOpenGL means that there is a screen, but that no window came up: Fyne needs OpenGL 2.1.
var ErrNoOpenGL = errors.New("gui: no window, OpenGL 2.1 may be missing")

// Run makes the app and its window, opens it and runs until it is closed. It must be called on the main goroutine.
// Without a display Fyne panics, and without OpenGL it hangs with no window and no word; instead of that, the error is
// ErrNoDisplay or ErrNoOpenGL, for SayNatively. newApp is fyne.io/fyne/v2/app.NewWithID.
func Run(newApp func() fyne.App, build func(fyne.App) *Window) error {
	if !hasDisplay() {
		return ErrNoDisplay
	}
	app, err := open(newApp, build)
	if err != nil {
		return err
	}
	go endEventsWithoutLoop(app.Lifecycle(), Do)
	app.Run()
	return nil
}

func open(newApp func() fyne.App, build func(fyne.App) *Window) (app fyne.App, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			app, err = nil, fmt.Errorf("%w: %v", ErrNoOpenGL, cause)
		}
	}()
	app = newApp()
	w := build(app)
	w.Open()
	if !hasWindow(w.native) {
		return nil, ErrNoOpenGL
	}
	return app, nil
}

// hasWindow reports whether a window of the system stands behind ours. Fyne's driver for tests has none and needs none.
func hasWindow(w fyne.Window) bool {
	n, ok := w.(driver.NativeWindow)
	if !ok {
		return true
	}
	there := true
	n.RunNative(func(context any) {
		switch c := context.(type) {
		case driver.X11WindowContext:
			there = c.WindowHandle != 0
		case driver.WaylandWindowContext:
			there = c.WaylandSurface != 0
		case driver.WindowsWindowContext:
			there = c.HWND != 0
		case driver.MacWindowContext:
			there = c.NSWindow != 0
		}
	})
	return there
}
