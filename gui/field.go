package gui

import (
	"fyne.io/fyne/v2"
)

// newField puts a ring around an entry, which shows while the entry has the focus.
func newField(e *entry) *fyne.Container {
	ring := newRing()
	ring.radius = radiusControl + lineThin
	e.onRing = func(on bool) {
		ring.Hidden = !on
		ring.Refresh()
	}
	return flow(&ringed{}, e, ring)
}

// ringed lays a ring around its first object.
type ringed struct{ last float32 }

func (r *ringed) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return heightOf(objects[0], width)
}

func (r *ringed) natural([]fyne.CanvasObject) float32 { return entryNarrow }

func (r *ringed) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	r.last = size.Width
	place(objects[0], 0, 0, size.Width, size.Height)
	place(objects[1], -lineThin, -lineThin, size.Width+2*lineThin, size.Height+2*lineThin)
}

func (r *ringed) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, r.heightFor(objects, r.last))
}
