package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"partner-center-connector/assets"
)

// outline is how a shape looks. Height is the least height, for lines and bars.
type outline struct {
	fill, stroke fyne.ThemeColorName
	line, radius float32
	height       float32
}

// shape is a rectangle whose colours follow the theme: the backdrop of a card, a line, a bar, the ring around what has
// the focus.
type shape struct {
	widget.BaseWidget
	outline
	rect *canvas.Rectangle
}

func newShape(o outline) *shape {
	s := &shape{outline: o}
	s.ExtendBaseWidget(s)
	return s
}

func newCard(fill, stroke fyne.ThemeColorName) *shape {
	return newShape(outline{fill: fill, stroke: stroke, line: lineThin, radius: radiusCard})
}

func newLine() *shape { return newShape(outline{fill: colorBorder, height: lineThin}) }

// newRing is the ring around what has the focus; it is hidden at first.
func newRing() *shape {
	r := newShape(outline{stroke: colorAccent, line: lineFocus, radius: radiusControl + focusGap + lineFocus/2})
	r.Hidden = true
	return r
}

// placeRing puts a ring around an object that fills size.
func placeRing(ring *shape, size fyne.Size) {
	out := focusGap + lineFocus
	place(ring, -out, -out, size.Width+2*out, size.Height+2*out)
}

func (s *shape) set(fill, stroke fyne.ThemeColorName) {
	if s.fill == fill && s.stroke == stroke {
		return
	}
	s.fill, s.stroke = fill, stroke
	s.Refresh()
}

func (s *shape) MinSize() fyne.Size { return fyne.NewSize(0, s.height) }

func (s *shape) CreateRenderer() fyne.WidgetRenderer {
	s.rect = canvas.NewRectangle(nil)
	r := &shapeRenderer{WidgetRenderer: widget.NewSimpleRenderer(s.rect), shape: s}
	r.apply()
	return r
}

type shapeRenderer struct {
	fyne.WidgetRenderer
	shape *shape
}

func (r *shapeRenderer) apply() {
	s, rect := r.shape, r.shape.rect
	rect.FillColor, rect.StrokeColor = paint(s.fill), paint(s.stroke)
	rect.StrokeWidth, rect.CornerRadius = 0, s.radius
	if s.stroke != "" {
		rect.StrokeWidth = s.line
	}
}

func (r *shapeRenderer) MinSize() fyne.Size { return r.shape.MinSize() }

func (r *shapeRenderer) Refresh() {
	r.apply()
	r.shape.rect.Refresh()
}

// glyph is an icon in one of the theme's colours. Without a name it is hidden.
type glyph struct {
	widget.BaseWidget
	name  string
	color fyne.ThemeColorName
	size  float32
	// line is the height of the first line of text beside it, on which it is centred; 0 for none.
	line  float32
	image *canvas.Image
}

func newGlyph(name string, c fyne.ThemeColorName, size float32) *glyph {
	g := &glyph{name: name, color: c, size: size}
	g.Hidden = name == ""
	g.ExtendBaseWidget(g)
	return g
}

// on centres the glyph on the first line of text of a style beside it.
func (g *glyph) on(s style) *glyph {
	g.line = s.lineHeight()
	return g
}

func (g *glyph) set(name string, c fyne.ThemeColorName) {
	g.Hidden = name == ""
	if g.name == name && g.color == c {
		return
	}
	g.name, g.color = name, c
	g.Refresh()
}

func (g *glyph) natural() float32 { return g.size }

func (g *glyph) MinSize() fyne.Size { return fyne.NewSize(g.size, max(g.size, g.line)) }

func (g *glyph) CreateRenderer() fyne.WidgetRenderer {
	g.image = &canvas.Image{FillMode: canvas.ImageFillContain}
	r := &glyphRenderer{glyph: g}
	r.apply()
	return r
}

type glyphRenderer struct{ glyph *glyph }

func (r *glyphRenderer) apply() {
	g := r.glyph
	g.image.Resource = nil
	if g.name != "" {
		g.image.Resource = iconOf(g.name, g.color)
	}
}

func (r *glyphRenderer) Destroy() {}

func (r *glyphRenderer) MinSize() fyne.Size { return r.glyph.MinSize() }

func (r *glyphRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.glyph.image} }

func (r *glyphRenderer) Layout(size fyne.Size) {
	g := r.glyph
	y := (max(g.line, g.size) - g.size) / 2
	if g.line == 0 {
		y = (size.Height - g.size) / 2
	}
	place(g.image, 0, y, g.size, g.size)
}

func (r *glyphRenderer) Refresh() {
	r.apply()
	r.glyph.image.Refresh()
}

// iconOf is an icon of ours in a colour of the theme.
func iconOf(name string, c fyne.ThemeColorName) fyne.Resource {
	svg, err := assets.Icon(name)
	if err != nil {
		fyne.LogError("icon", err)
		return nil
	}
	return theme.NewColoredResource(fyne.NewStaticResource(name+".svg", svg), c)
}
