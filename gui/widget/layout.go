package widget

import (
	"fyne.io/fyne/v2"
)

// Flowing is an object whose height depends on its width. Everything on a page is laid out by asking for the height at a width, so
// that one pass settles it.
type Flowing interface {
	HeightFor(width float32) float32
}

// Layout is a layout that can tell how high its objects are at a width.
type Layout interface {
	fyne.Layout
	HeightFor(objects []fyne.CanvasObject, width float32) float32
}

// HeightOf is how high an object is at a width.
func HeightOf(o fyne.CanvasObject, width float32) float32 {
	switch o := o.(type) {
	case Flowing:
		return o.HeightFor(width)
	case *fyne.Container:
		if l, ok := o.Layout.(Layout); ok {
			return l.HeightFor(o.Objects, width)
		}
	}
	return o.MinSize().Height
}

// NaturalWidth is how wide an object is where nothing in it wraps.
func NaturalWidth(o fyne.CanvasObject) float32 {
	switch o := o.(type) {
	case interface{ NaturalWidth() float32 }:
		return o.NaturalWidth()
	case *fyne.Container:
		if l, ok := o.Layout.(interface {
			NaturalWidth([]fyne.CanvasObject) float32
		}); ok {
			return l.NaturalWidth(o.Objects)
		}
	}
	return o.MinSize().Width
}

// Place gives an object its position and size.
func Place(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}

// nowhere is for measuring without placing.
func nowhere(fyne.CanvasObject, float32, float32, float32, float32) {}

// Relayout lays out an object and everything in it again, after something in it has become higher or lower.
func Relayout(o fyne.CanvasObject) {
	c, ok := o.(*fyne.Container)
	if !ok {
		return
	}
	if c.Layout != nil {
		c.Layout.Layout(c.Objects, c.Size())
	}
	for _, child := range c.Objects {
		Relayout(child)
	}
}

// Box makes a container with a layout of this package or one like it.
func Box(l Layout, objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: l, Objects: objects}
}

// Column is a layout that stacks objects from top to bottom, each as wide as the column.
type Column struct {
	Gap float32
	// Gaps, where there are any, are the gaps above each object.
	Gaps []float32
	last float32
}

// above is the gap over the object at i, which is not the first one.
func (c *Column) above(i int) float32 {
	if i < len(c.Gaps) {
		return c.Gaps[i]
	}
	return c.Gap
}

// walk calls at for every visible object with its place and returns the height of all.
func (c *Column) walk(objects []fyne.CanvasObject, width float32, at func(o fyne.CanvasObject, x, y, w, h float32)) float32 {
	y, first := float32(0), true
	for i, o := range objects {
		if !Shown(o) {
			continue
		}
		if !first {
			y += c.above(i)
		}
		height := HeightOf(o, width)
		at(o, 0, y, width, height)
		y, first = y+height, false
	}
	return y
}

// HeightFor is the height of all objects and the gaps between them.
func (c *Column) HeightFor(objects []fyne.CanvasObject, width float32) float32 {
	return c.walk(objects, width, nowhere)
}

// NaturalWidth is that of the widest object.
func (c *Column) NaturalWidth(objects []fyne.CanvasObject) float32 {
	width := float32(0)
	for _, o := range objects {
		if Shown(o) {
			width = max(width, NaturalWidth(o))
		}
	}
	return width
}

// Layout places the objects.
func (c *Column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	c.last = size.Width
	c.walk(objects, size.Width, Place)
}

// MinSize is the height at the width of the last Layout.
func (c *Column) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, c.HeightFor(objects, c.last))
}

// Shown reports whether an object takes room: it is visible and, if it is a container, so is something in it that is not only
// its backdrop.
func Shown(o fyne.CanvasObject) bool {
	if !o.Visible() {
		return false
	}
	c, ok := o.(*fyne.Container)
	if !ok {
		return true
	}
	if _, drawn := c.Layout.(*Bar); drawn {
		return true
	}
	for _, child := range c.Objects {
		if _, backdrop := child.(*Shape); !backdrop && Shown(child) {
			return true
		}
	}
	return false
}

// Leading is a layout of two objects: the first stands at the left at its natural width, the second takes the rest.
type Leading struct {
	Gap  float32
	last float32
}

func (l *Leading) parts(objects []fyne.CanvasObject, width float32) (lead, rest float32) {
	if !Shown(objects[0]) {
		return 0, width
	}
	lead = NaturalWidth(objects[0])
	return lead, max(0, width-lead-l.Gap)
}

// HeightFor is the height of the higher one.
func (l *Leading) HeightFor(objects []fyne.CanvasObject, width float32) float32 {
	lead, rest := l.parts(objects, width)
	height := HeightOf(objects[1], rest)
	if lead > 0 {
		height = max(height, HeightOf(objects[0], lead))
	}
	return height
}

// NaturalWidth is the width of both and the gap.
func (l *Leading) NaturalWidth(objects []fyne.CanvasObject) float32 {
	return NaturalWidth(objects[0]) + l.Gap + NaturalWidth(objects[1])
}

// Layout places the objects.
func (l *Leading) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.last = size.Width
	lead, rest := l.parts(objects, size.Width)
	if lead > 0 {
		Place(objects[0], 0, 0, lead, HeightOf(objects[0], lead))
	}
	Place(objects[1], size.Width-rest, 0, rest, HeightOf(objects[1], rest))
}

// MinSize is the height at the width of the last Layout.
func (l *Leading) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, l.HeightFor(objects, l.last))
}

// Padded is a layout of two objects: the first is the backdrop of the second, which keeps X and Y away from the edges.
type Padded struct {
	X, Y float32
	last float32
}

// HeightFor is the height of the second object and the padding.
func (p *Padded) HeightFor(objects []fyne.CanvasObject, width float32) float32 {
	return HeightOf(objects[1], max(0, width-2*p.X)) + 2*p.Y
}

// Layout places the objects.
func (p *Padded) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	p.last = size.Width
	Place(objects[0], 0, 0, size.Width, size.Height)
	Place(objects[1], p.X, p.Y, max(0, size.Width-2*p.X), max(0, size.Height-2*p.Y))
}

// MinSize is the height at the width of the last Layout.
func (p *Padded) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, p.HeightFor(objects, p.last))
}
