package gui

import (
	"runtime"

	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"
)

// wheel lies over the page and takes the mouse wheel for it: Fyne's text fields would keep it for themselves, so that a
// page would stop scrolling as soon as one of them came under the pointer. Clicks go through it.
type wheel struct {
	fynewidget.BaseWidget
	page *page
}

func newWheel(p *page) *wheel {
	w := &wheel{page: p}
	w.ExtendBaseWidget(w)
	return w
}

// Scrolled scrolls the page. Fyne moves 25 units for a notch of the wheel, a third of what people are used to; macOS
// tells distances, which are right as they are.
func (w *wheel) Scrolled(event *fyne.ScrollEvent) {
	turned := *event
	if runtime.GOOS != "darwin" {
		turned.Scrolled.DY *= wheelFactor
	}
	w.page.scroll.Scrolled(&turned)
}

// CreateRenderer is for Fyne.
func (w *wheel) CreateRenderer() fyne.WidgetRenderer {
	return fynewidget.NewSimpleRenderer(&fyne.Container{})
}
