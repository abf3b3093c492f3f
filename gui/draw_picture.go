package gui

import (
	"fyne.io/fyne/v2"

	"partner-center-connector/connector/view"
	"partner-center-connector/gui/widget"
)

// picture draws a view.Picture: a drawing in the theme's colours, and its words, each centred on its part of the drawing.
type picture struct {
	screen  *screen
	drawing *drawing
	labels  []*widget.Label
	box     *fyne.Container
}

func newPicture(s *screen) drawn {
	p := &picture{screen: s, drawing: newDrawing()}
	p.box = widget.Box(&captionLayout{})
	return p
}

func (p *picture) object() fyne.CanvasObject { return p.box }

func (p *picture) update(b view.Block) {
	v := b.(view.Picture)
	p.drawing.set(v.Name, p.screen.text(v.Alt))
	for len(p.labels) < len(v.Labels) {
		p.labels = append(p.labels, widget.NewLabel(widget.StyleCaption.In(widget.ColorText).Centered()))
	}
	p.box.Objects = []fyne.CanvasObject{p.drawing}
	for i, label := range v.Labels {
		p.labels[i].SetText(p.screen.text(label))
		p.box.Objects = append(p.box.Objects, p.labels[i])
	}
}

// captionLayout puts words under the parts of a drawing, which is divided evenly from left to right; two stand under the
// outer thirds.
type captionLayout struct{ last float32 }

func (c *captionLayout) drawingSize(width float32) fyne.Size {
	width = min(width, pictureMax)
	return fyne.NewSize(width, width*pictureHeight/pictureWidth)
}

func (c *captionLayout) slot(i, n int, width float32) (x, room float32) {
	if n == 2 {
		i, n = 2*i, 3
	}
	part := width / float32(n)
	return float32(i)*part + widget.SpaceSmall, part - 2*widget.SpaceSmall
}

func (c *captionLayout) HeightFor(objects []fyne.CanvasObject, width float32) float32 {
	size := c.drawingSize(width)
	height := float32(0)
	for i, label := range objects[1:] {
		_, room := c.slot(i, len(objects)-1, size.Width)
		height = max(height, widget.HeightOf(label, room))
	}
	return size.Height + widget.SpaceSmall + height
}

func (c *captionLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	c.last = size.Width
	d := c.drawingSize(size.Width)
	left := (size.Width - d.Width) / 2
	widget.Place(objects[0], left, 0, d.Width, d.Height)
	for i, label := range objects[1:] {
		x, room := c.slot(i, len(objects)-1, d.Width)
		widget.Place(label, left+x, d.Height+widget.SpaceSmall, room, widget.HeightOf(label, room))
	}
}

func (c *captionLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, c.HeightFor(objects, c.last))
}
