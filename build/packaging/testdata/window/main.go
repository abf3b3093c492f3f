// Command window is the smallest window with the modules of the window program, to compare sizes with.
package main

import (
	"context"
	"os"

	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/widget"

	"partner-center-connector/build/packaging/testdata/floor"
)

func main() {
	a := app.NewWithID("example.window")
	w := a.NewWindow("Window")
	w.SetContent(widget.NewButton("Use", func() {
		if floor.Use(context.Background(), os.Args[0]) != nil {
			a.Quit()
		}
	}))
	w.ShowAndRun()
}
