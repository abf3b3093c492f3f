//go:build e2e

// Command barewindow opens a window with nothing but a label in it: `make bench` measures ours beside it.
package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/widget"
)

func main() {
	w := app.NewWithID("io.github.partnercenterconnector.barewindow").NewWindow("Bare window")
	w.SetContent(widget.NewLabel("Nothing is here."))
	w.Resize(fyne.NewSize(1000, 700))
	w.ShowAndRun()
}
