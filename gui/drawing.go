package gui

import (
	"bytes"
	"image"
	"image/draw"
	"image/png"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"
	scaling "golang.org/x/image/draw"

	"partner-center-connector/assets"
	"partner-center-connector/gui/widget"
)

// drawing is one of the pictures in assets, in the theme's colours.
type drawing struct {
	fynewidget.BaseWidget
	name, alt string
	raster    *canvas.Raster
}

func newDrawing() *drawing {
	d := &drawing{}
	d.raster = canvas.NewRaster(d.pixels)
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
		Objects: []fyne.CanvasObject{d.raster},
		Layout:  func(size fyne.Size) { widget.Place(d.raster, 0, 0, size.Width, size.Height) },
		MinSize: d.MinSize,
		Apply:   func() {},
	})
}

// pixels is the picture at a size in pixels: the bitmap itself where it has that size, as in a window of the usual size and scale,
// else one scaled to it.
func (d *drawing) pixels(width, height int) image.Image {
	theme := themeName()
	one := bitmapOf(d.name, theme, 1)
	if one == nil || one.Bounds().Size() == image.Pt(width, height) {
		return orNothing(one)
	}
	two := bitmapOf(d.name, theme, 2)
	scaled := image.NewRGBA(image.Rect(0, 0, width, height))
	scaling.CatmullRom.Scale(scaled, scaled.Rect, two, two.Bounds(), draw.Src, nil)
	return scaled
}

func orNothing(i image.Image) image.Image {
	if i == nil {
		return image.Transparent
	}
	return i
}

// bitmapOf is a picture at one or two pixels for a unit of the drawing; nil for none.
func bitmapOf(name, theme string, pixels int) image.Image {
	data, err := assets.Picture(name, theme, pixels)
	if err != nil {
		fyne.LogError("picture", err)
		return nil
	}
	bitmap, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		fyne.LogError("picture", err)
		return nil
	}
	return bitmap
}

// themeName is the name of the variant in use, as pictures are called by it.
func themeName() string {
	if widget.IsDark() {
		return "dark"
	}
	return "light"
}
