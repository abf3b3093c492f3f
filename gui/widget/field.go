package widget

import (
	"fyne.io/fyne/v2"
)

// NewField makes a container with an entry and the ring around it, which shows while the entry has the focus.
func NewField(e *Entry) *fyne.Container {
	ring := newRing()
	ring.look.Radius = RadiusControl + LineThin
	e.onRing = func(on bool) {
		ring.Hidden = !on
		ring.Refresh()
	}
	return Box(&ringed{}, e, ring)
}

// ringed lays a ring around its first object.
type ringed struct{ last float32 }

func (r *ringed) HeightFor(objects []fyne.CanvasObject, width float32) float32 {
	return HeightOf(objects[0], width)
}

func (r *ringed) NaturalWidth([]fyne.CanvasObject) float32 { return EntryNarrow }

func (r *ringed) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	r.last = size.Width
	Place(objects[0], 0, 0, size.Width, size.Height)
	Place(objects[1], -LineThin, -LineThin, size.Width+2*LineThin, size.Height+2*LineThin)
}

func (r *ringed) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, r.HeightFor(objects, r.last))
}
