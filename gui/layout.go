package gui

import "fyne.io/fyne/v2"

// flowing is an object whose height depends on its width. Everything on a page is laid out by asking for the height at a
// width, so that one pass settles it.
type flowing interface {
	heightFor(width float32) float32
}

// flowLayout is a layout that can say how high its objects are at a width.
type flowLayout interface {
	fyne.Layout
	heightFor(objects []fyne.CanvasObject, width float32) float32
}

// heightOf is how high an object is at a width.
func heightOf(o fyne.CanvasObject, width float32) float32 {
	switch o := o.(type) {
	case flowing:
		return o.heightFor(width)
	case *fyne.Container:
		if l, ok := o.Layout.(flowLayout); ok {
			return l.heightFor(o.Objects, width)
		}
	}
	return o.MinSize().Height
}

// naturalWidth is how wide an object is without wrapping.
func naturalWidth(o fyne.CanvasObject) float32 {
	switch o := o.(type) {
	case interface{ natural() float32 }:
		return o.natural()
	case *fyne.Container:
		if l, ok := o.Layout.(interface {
			natural([]fyne.CanvasObject) float32
		}); ok {
			return l.natural(o.Objects)
		}
	}
	return o.MinSize().Width
}

func place(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}

// nowhere is for measuring without placing.
func nowhere(fyne.CanvasObject, float32, float32, float32, float32) {}

// relayout lays an object and everything in it out again, after something in it became higher or lower.
func relayout(o fyne.CanvasObject) {
	c, ok := o.(*fyne.Container)
	if !ok {
		return
	}
	if c.Layout != nil {
		c.Layout.Layout(c.Objects, c.Size())
	}
	for _, child := range c.Objects {
		relayout(child)
	}
}

// flow makes a container of a flowLayout.
func flow(l flowLayout, objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: l, Objects: objects}
}

// column stacks objects from top to bottom, each as wide as the column.
type column struct {
	gap float32
	// gaps, where there are any, are the gaps above each object.
	gaps []float32
	last float32
}

// above is the gap over the object at i, which is not the first one.
func (c *column) above(i int) float32 {
	if i < len(c.gaps) {
		return c.gaps[i]
	}
	return c.gap
}

// walk calls at for every visible object with its place and returns the height of all.
func (c *column) walk(objects []fyne.CanvasObject, width float32, at func(o fyne.CanvasObject, x, y, w, h float32)) float32 {
	y, first := float32(0), true
	for i, o := range objects {
		if !shown(o) {
			continue
		}
		if !first {
			y += c.above(i)
		}
		height := heightOf(o, width)
		at(o, 0, y, width, height)
		y, first = y+height, false
	}
	return y
}

func (c *column) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return c.walk(objects, width, nowhere)
}

func (c *column) natural(objects []fyne.CanvasObject) float32 {
	width := float32(0)
	for _, o := range objects {
		if shown(o) {
			width = max(width, naturalWidth(o))
		}
	}
	return width
}

func (c *column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	c.last = size.Width
	c.walk(objects, size.Width, place)
}

func (c *column) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, c.heightFor(objects, c.last))
}

// shown reports whether an object takes room: it is visible and, for a container, something in it is that is not only its
// backdrop.
func shown(o fyne.CanvasObject) bool {
	if !o.Visible() {
		return false
	}
	c, ok := o.(*fyne.Container)
	if !ok {
		return true
	}
	if _, drawn := c.Layout.(*bar); drawn {
		return true
	}
	for _, child := range c.Objects {
		if _, backdrop := child.(*shape); !backdrop && shown(child) {
			return true
		}
	}
	return false
}

// beside puts the first object at its natural size to the left and gives the second the rest.
type beside struct {
	gap  float32
	last float32
}

func (b *beside) parts(objects []fyne.CanvasObject, width float32) (lead, rest float32) {
	if !shown(objects[0]) {
		return 0, width
	}
	lead = naturalWidth(objects[0])
	return lead, max(0, width-lead-b.gap)
}

func (b *beside) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	lead, rest := b.parts(objects, width)
	height := heightOf(objects[1], rest)
	if lead > 0 {
		height = max(height, heightOf(objects[0], lead))
	}
	return height
}

func (b *beside) natural(objects []fyne.CanvasObject) float32 {
	return naturalWidth(objects[0]) + b.gap + naturalWidth(objects[1])
}

func (b *beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	b.last = size.Width
	lead, rest := b.parts(objects, size.Width)
	if lead > 0 {
		place(objects[0], 0, 0, lead, heightOf(objects[0], lead))
	}
	place(objects[1], size.Width-rest, 0, rest, heightOf(objects[1], rest))
}

func (b *beside) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, b.heightFor(objects, b.last))
}

// padded draws its first object as a backdrop under the second, which keeps a distance from the edges.
type padded struct {
	x, y float32
	last float32
}

func (p *padded) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return heightOf(objects[1], max(0, width-2*p.x)) + 2*p.y
}

func (p *padded) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	p.last = size.Width
	place(objects[0], 0, 0, size.Width, size.Height)
	place(objects[1], p.x, p.y, max(0, size.Width-2*p.x), max(0, size.Height-2*p.y))
}

func (p *padded) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, p.heightFor(objects, p.last))
}
