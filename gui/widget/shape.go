package widget

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"
)

// ShapeLook is how a shape looks. An empty colour is none. Line is the width of the stroke; Height is the least height, for lines.
type ShapeLook struct {
	Fill, Stroke fyne.ThemeColorName
	Line, Radius float32
	Height       float32
}

// Shape is a rectangle whose colours follow the theme: the backdrop of a card, a line, a bar, the ring around what has the focus.
type Shape struct {
	fynewidget.BaseWidget
	look ShapeLook
	rect *canvas.Rectangle
	flat *canvas.Raster
}

// NewShape makes a shape.
func NewShape(o ShapeLook) *Shape {
	s := &Shape{look: o}
	s.ExtendBaseWidget(s)
	return s
}

// NewCard makes the backdrop of a card.
func NewCard(fill, stroke fyne.ThemeColorName) *Shape {
	return NewShape(ShapeLook{Fill: fill, Stroke: stroke, Line: LineThin, Radius: RadiusCard})
}

// NewLine makes a line from left to right.
func NewLine() *Shape { return NewShape(ShapeLook{Fill: ColorBorder, Height: LineThin}) }

// newRing is the ring around what has the focus; it is hidden at first.
func newRing() *Shape {
	r := NewShape(ShapeLook{Stroke: ColorAccent, Line: lineFocus, Radius: RadiusControl + focusGap + lineFocus/2})
	r.Hidden = true
	return r
}

// placeRing puts a ring around an object that fills size.
func placeRing(ring *Shape, size fyne.Size) {
	out := focusGap + lineFocus
	Place(ring, -out, -out, size.Width+2*out, size.Height+2*out)
}

// Look is how it looks now.
func (s *Shape) Look() ShapeLook { return s.look }

// SetColors gives it other colours.
func (s *Shape) SetColors(fill, stroke fyne.ThemeColorName) {
	if s.look.Fill == fill && s.look.Stroke == stroke {
		return
	}
	s.look.Fill, s.look.Stroke = fill, stroke
	s.Refresh()
}

// MinSize is its least height.
func (s *Shape) MinSize() fyne.Size { return fyne.NewSize(0, s.look.Height) }

// isFlat reports whether the shape is an area of one colour with nothing round.
func (s *Shape) isFlat() bool { return s.look.Radius == 0 && s.look.Stroke == "" }

// CreateRenderer makes the shape's renderer. A flat shape is one pixel, drawn large by the GPU program that draws text: before the first
// rectangle without round corners the driver has to compile one more, which takes a fiftieth of a second where there is no GPU.
func (s *Shape) CreateRenderer() fyne.WidgetRenderer {
	if s.isFlat() {
		s.flat = canvas.NewRaster(func(int, int) image.Image { return pixel(Color(s.look.Fill)) })
		return &flatRenderer{WidgetRenderer: fynewidget.NewSimpleRenderer(s.flat), shape: s}
	}
	s.rect = canvas.NewRectangle(nil)
	r := &shapeRenderer{WidgetRenderer: fynewidget.NewSimpleRenderer(s.rect), shape: s}
	r.apply()
	return r
}

// pixel is a picture of one pixel. An image.Uniform would do for the GPU; the software painter, which draws the tests' and the documents' pictures,
// takes its endless bounds for its size.
func pixel(c color.Color) image.Image {
	p := image.NewRGBA(image.Rect(0, 0, 1, 1))
	p.Set(0, 0, c)
	return p
}

type flatRenderer struct {
	fyne.WidgetRenderer
	shape *Shape
}

func (r *flatRenderer) MinSize() fyne.Size { return r.shape.MinSize() }

func (r *flatRenderer) Refresh() { r.shape.flat.Refresh() }

type shapeRenderer struct {
	fyne.WidgetRenderer
	shape *Shape
}

func (r *shapeRenderer) apply() {
	s, rect := r.shape, r.shape.rect
	rect.FillColor, rect.StrokeColor = Color(s.look.Fill), Color(s.look.Stroke)
	rect.StrokeWidth, rect.CornerRadius = 0, s.look.Radius
	if s.look.Stroke != "" {
		rect.StrokeWidth = s.look.Line
	}
}

func (r *shapeRenderer) MinSize() fyne.Size { return r.shape.MinSize() }

func (r *shapeRenderer) Refresh() {
	r.apply()
	r.shape.rect.Refresh()
}
