package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Fade is the edge behind which something goes on: from nothing at its top to a colour of the theme at its bottom.
type Fade struct {
	fynewidget.BaseWidget
	color    fyne.ThemeColorName
	gradient *canvas.LinearGradient
}

// NewFade makes a fade to a colour.
func NewFade(c fyne.ThemeColorName) *Fade {
	f := &Fade{color: c, gradient: canvas.NewVerticalGradient(nil, nil)}
	f.ExtendBaseWidget(f)
	return f
}

// MinSize is nothing: the layout gives it its size.
func (f *Fade) MinSize() fyne.Size { return fyne.Size{} }

// CreateRenderer makes the fade's renderer.
func (f *Fade) CreateRenderer() fyne.WidgetRenderer {
	return NewRenderer(Parts{
		Objects: []fyne.CanvasObject{f.gradient},
		Layout:  func(size fyne.Size) { Place(f.gradient, 0, 0, size.Width, size.Height) },
		MinSize: f.MinSize,
		Apply:   f.apply,
	})
}

func (f *Fade) apply() {
	end := color.NRGBAModel.Convert(Color(f.color)).(color.NRGBA)
	begin := end
	begin.A = 0
	f.gradient.StartColor, f.gradient.EndColor = begin, end
	f.gradient.Refresh()
}
