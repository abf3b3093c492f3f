package gui

import (
	"testing"

	"fyne.io/fyne/v2"

	"partner-center-connector/assets"
	"partner-center-connector/gui/widget"
)

// TestHomeShowsWhatThereIs holds that four connectors, and that there are drafts below them, show in a window of the usual size, each connector in
// two lines besides its name.
func TestHomeShowsWhatThereIs(t *testing.T) {
	for _, lang := range []string{"en", "de"} {
		b := newBench(t, lang)
		b.resize(windowStartW, windowStartH)
		b.show(projected(t, "home-few"))
		tr, s := assets.NewTranslator(lang), b.w.screen
		rows := rowListsOf(s.page.order)[0]
		if len(rows.rows) != 4 {
			t.Fatalf("%d connectors", len(rows.rows))
		}
		for _, r := range rows.made {
			if n := len(r.lines.Lines(r.lines.Size().Width)); n > 2 {
				t.Errorf("%s: %q takes %d lines", lang, r.lines.Text(), n)
			}
		}
		heading := labelOf(s, tr.Text("draft.title", map[string]any{"Count": 1}))
		y, _ := yIn(s.page.content, heading)
		if end, room := y+heading.Size().Height, s.page.scroll.Size().Height; y == 0 || end > room {
			t.Errorf("%s: the drafts' heading ends at %.0f of %.0f", lang, end, room)
		}
		for _, id := range []string{"check-all", "new-links"} {
			if !s.page.fitsAtTop(s.pool.find(id)) {
				t.Errorf("%s: %s does not show", lang, id)
			}
		}
	}
}

// labelOf is the label with a text; nil for none.
func labelOf(s *screen, text string) fyne.CanvasObject {
	var found fyne.CanvasObject
	walk(s, s.root, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
		if l, ok := o.(*widget.Label); ok && l.Text() == text {
			found = o
		}
	})
	return found
}
