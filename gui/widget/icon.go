package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"partner-center-connector/assets"
)

// Icon is one of our icons in a colour of the theme. Without a name it is hidden.
type Icon struct {
	fynewidget.BaseWidget
	name  string
	color fyne.ThemeColorName
	size  float32
	// line is the height of the first line of text beside it, on which it is centred; 0 for none.
	line  float32
	image *canvas.Image
}

// NewIcon makes an icon of a size.
func NewIcon(name string, c fyne.ThemeColorName, size float32) *Icon {
	i := &Icon{name: name, color: c, size: size}
	i.Hidden = name == ""
	i.ExtendBaseWidget(i)
	return i
}

// Beside centres the icon on the first line of a text of the style beside it, and returns it.
func (i *Icon) Beside(s Style) *Icon {
	i.line = s.LineHeight()
	return i
}

// Name is the icon's name; empty for none.
func (i *Icon) Name() string { return i.name }

// Color is the name of its colour.
func (i *Icon) Color() fyne.ThemeColorName { return i.color }

// Set shows another icon, or the same one in another colour.
func (i *Icon) Set(name string, c fyne.ThemeColorName) {
	i.Hidden = name == ""
	if i.name == name && i.color == c {
		return
	}
	i.name, i.color = name, c
	i.Refresh()
}

// NaturalWidth is its size.
func (i *Icon) NaturalWidth() float32 { return i.size }

// MinSize is its size, or the height of the line of text beside it.
func (i *Icon) MinSize() fyne.Size { return fyne.NewSize(i.size, max(i.size, i.line)) }

// CreateRenderer makes the icon's renderer.
func (i *Icon) CreateRenderer() fyne.WidgetRenderer {
	i.image = &canvas.Image{FillMode: canvas.ImageFillContain}
	r := &iconRenderer{icon: i}
	r.apply()
	return r
}

type iconRenderer struct{ icon *Icon }

func (r *iconRenderer) apply() {
	i := r.icon
	i.image.Resource = nil
	if i.name != "" {
		i.image.Resource = iconResource(i.name, i.color)
	}
}

func (r *iconRenderer) Destroy() {}

func (r *iconRenderer) MinSize() fyne.Size { return r.icon.MinSize() }

func (r *iconRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.icon.image} }

func (r *iconRenderer) Layout(size fyne.Size) {
	i := r.icon
	y := (max(i.line, i.size) - i.size) / 2
	if i.line == 0 {
		y = (size.Height - i.size) / 2
	}
	Place(i.image, 0, y, i.size, i.size)
}

func (r *iconRenderer) Refresh() {
	r.apply()
	r.icon.image.Refresh()
}

// iconResource is an icon of ours in a colour of the theme.
func iconResource(name string, c fyne.ThemeColorName) fyne.Resource {
	svg, err := assets.Icon(name)
	if err != nil {
		fyne.LogError("icon", err)
		return nil
	}
	return theme.NewColoredResource(fyne.NewStaticResource(name+".svg", svg), c)
}
