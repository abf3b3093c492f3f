package gui

import (
	"math"

	"fyne.io/fyne/v2"
)

// newRaw makes an entry for a text as a service gave it: it can be read, selected and copied, but not changed. It is as
// high as its text and one stop for Tab.
func newRaw(id string, s *screen) *entry {
	e := newEntry(id, s, s.now, false, true)
	e.fixed = true
	e.TextStyle = fyne.TextStyle{Monospace: true}
	return e
}

// raw puts a raw line's entry into the height that its text needs.
type raw struct {
	entry *entry
	last  float32
}

func (r *raw) rows(width float32) int {
	letter := fyne.MeasureText("0", sizeOf(sizeBody), r.entry.TextStyle).Width
	columns := max(1, int((width-4*entryPad)/letter))
	rows := 0
	for _, line := range wrap(r.entry.Text, unlimited, styleBody.measure) {
		rows += max(1, int(math.Ceil(float64(len([]rune(line)))/float64(columns))))
	}
	return rows
}

func (r *raw) heightFor(_ []fyne.CanvasObject, width float32) float32 {
	line := fyne.MeasureText("0", sizeOf(sizeBody), r.entry.TextStyle).Height
	return float32(r.rows(width))*line + 2*entryPad + 2*lineFocus
}

func (r *raw) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if rows := r.rows(size.Width); r.last != size.Width {
		r.last = size.Width
		r.entry.SetMinRowsVisible(rows)
	}
	for _, o := range objects {
		place(o, 0, 0, size.Width, size.Height)
	}
}

func (r *raw) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, r.heightFor(objects, r.last))
}
