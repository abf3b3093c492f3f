package widget

import (
	"fyne.io/fyne/v2"
)

// Parts are what a widget is drawn of.
type Parts struct {
	Objects []fyne.CanvasObject
	Layout  func(fyne.Size)
	MinSize func() fyne.Size
	// Apply gives the objects what the widget's state asks for. It is called at first and at each refresh.
	Apply func()
}

// NewRenderer makes the renderer of a widget from its parts.
func NewRenderer(p Parts) fyne.WidgetRenderer {
	p.Apply()
	return &renderer{p}
}

type renderer struct{ parts Parts }

func (r *renderer) Destroy() {}

func (r *renderer) Objects() []fyne.CanvasObject { return r.parts.Objects }

func (r *renderer) Layout(size fyne.Size) { r.parts.Layout(size) }

func (r *renderer) MinSize() fyne.Size { return r.parts.MinSize() }

func (r *renderer) Refresh() {
	r.parts.Apply()
	for _, o := range r.parts.Objects {
		o.Refresh()
	}
}
