package gui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"partner-center-connector/assets"
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

// drawing is one of the pictures in assets, filled with the theme's colours.
type drawing struct {
	fynewidget.BaseWidget
	name, alt string
	image     *canvas.Image
}

func newDrawing() *drawing {
	d := &drawing{image: &canvas.Image{FillMode: canvas.ImageFillContain}}
	d.ExtendBaseWidget(d)
	return d
}

func (d *drawing) set(name, alt string) {
	d.alt = alt
	if d.name == name {
		return
	}
	d.name = name
	d.Refresh()
}

func (d *drawing) MinSize() fyne.Size { return fyne.Size{} }

// AccessibilityLabel says what the picture shows.
func (d *drawing) AccessibilityLabel() string { return d.alt }

// AccessibilityRole says that this is to be read.
func (d *drawing) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer makes the drawing's renderer.
func (d *drawing) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewRenderer(widget.Parts{
		Objects: []fyne.CanvasObject{d.image},
		Layout:  func(size fyne.Size) { widget.Place(d.image, 0, 0, size.Width, size.Height) },
		MinSize: d.MinSize,
		Apply:   func() { d.image.Resource = pictureOf(d.name) },
	})
}

// pictureOf is a picture in the colours of the theme and variant in use; nil for none.
func pictureOf(name string) fyne.Resource {
	if name == "" {
		return nil
	}
	template, err := assets.Picture(name)
	if err != nil {
		fyne.LogError("picture", err)
		return nil
	}
	variant := "light"
	if widget.IsDark() {
		variant = "dark"
	}
	return fyne.NewStaticResource(name+"-"+variant+".svg", []byte(fillPicture(string(template))))
}

// fillPicture puts the theme's colours where a picture's template names them.
func fillPicture(template string) string {
	for name, c := range pictureColors {
		template = strings.ReplaceAll(template, "@"+name+"@", hexOf(c))
	}
	return template
}

// pictureColors are the names that a picture's template may use.
var pictureColors = map[string]fyne.ThemeColorName{
	"background": widget.ColorBackground,
	"card":       widget.ColorCard,
	"border":     widget.ColorBorder,
	"muted":      widget.ColorMuted,
	"text":       widget.ColorText,
	"accent":     widget.ColorAccent,
	"onAccent":   widget.ColorOnAccent,
	"tint":       widget.ColorTint,
	"good":       widget.ColorGood,
	"warning":    widget.ColorWarning,
}

// hexOf is a colour of the theme as SVG writes it.
func hexOf(name fyne.ThemeColorName) string {
	r, g, b, _ := widget.Color(name).RGBA()
	return fmt.Sprintf("#%02X%02X%02X", r>>8, g>>8, b>>8)
}
