package widget

import (
	"math"
	"time"

	"fyne.io/fyne/v2"
)

// NewReadOnly makes an entry for a text as a service gave it: it can be read, selected and copied, but not changed. It is one stop
// for Tab.
func NewReadOnly(id string, h Host, now func() time.Time) *Entry {
	e := NewEntry(id, h, now, false, true)
	e.ReadOnly = true
	e.TextStyle = fyne.TextStyle{Monospace: true}
	return e
}

// NewReadOnlyField makes a container with such an entry, its ring, and the height that its text needs.
func NewReadOnlyField(e *Entry) *fyne.Container {
	f := NewField(e)
	f.Layout = &textHeight{entry: e}
	return f
}

// textHeight is a layout that gives an entry the height of its text.
type textHeight struct {
	entry *Entry
	last  float32
}

func (h *textHeight) rows(width float32) int {
	letter := fyne.MeasureText("0", sizeOf(sizeBody), h.entry.TextStyle).Width
	columns := max(1, int((width-4*EntryPad)/letter))
	rows := 0
	for _, line := range wrap(h.entry.Text, unlimited, StyleBody.Measure) {
		rows += max(1, int(math.Ceil(float64(len([]rune(line)))/float64(columns))))
	}
	return rows
}

func (h *textHeight) HeightFor(_ []fyne.CanvasObject, width float32) float32 {
	line := fyne.MeasureText("0", sizeOf(sizeBody), h.entry.TextStyle).Height
	return float32(h.rows(width))*line + 2*EntryPad + 2*lineFocus
}

func (h *textHeight) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if rows := h.rows(size.Width); h.last != size.Width {
		h.last = size.Width
		h.entry.SetMinRowsVisible(rows)
	}
	for _, o := range objects {
		Place(o, 0, 0, size.Width, size.Height)
	}
}

func (h *textHeight) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, h.HeightFor(objects, h.last))
}
