package gui

import (
	"testing"

	"fyne.io/fyne/v2"

	"partner-center-connector/connector/view"
)

// TestWhatGoesOnBelowIsHintedAt until the page's end is in view, by the mouse and by keys.
func TestWhatGoesOnBelowIsHintedAt(t *testing.T) {
	b := newKeyBench(t)
	b.resize(windowMinW, windowMinH)
	b.show(projected(t, "check-attention"))
	below, header := b.w.screen.page.below, b.w.screen.header
	b.canvas().Unfocus()
	b.key(fyne.KeyHome)
	if !below.box.Visible() || header.line.Visible() {
		t.Errorf("at the top: below %v, above %v", below.box.Visible(), header.line.Visible())
	}
	b.key(fyne.KeyPageDown)
	if !below.box.Visible() || !header.line.Visible() {
		t.Errorf("in the middle: below %v, above %v", below.box.Visible(), header.line.Visible())
	}
	b.key(fyne.KeyEnd)
	if below.box.Visible() || !header.line.Visible() {
		t.Errorf("at the end: below %v, above %v", below.box.Visible(), header.line.Visible())
	}
	b.w.screen.page.wheel.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 60)})
	if !below.box.Visible() {
		t.Error("scrolled up again it shows nothing")
	}
	b.show(view.View{Page: "short", Blocks: []view.Block{view.Paragraph{Role: view.Body, Text: say("line")}}})
	if below.box.Visible() || header.line.Visible() {
		t.Errorf("on a short page: below %v, above %v", below.box.Visible(), header.line.Visible())
	}
}
