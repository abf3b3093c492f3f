package gui

import (
	"fyne.io/fyne/v2"

	"partner-center-connector/gui/widget"
)

// below says, at the lower edge of the page, that the page goes on below it. It stands over the page and takes no room of it.
type below struct {
	fade *widget.Fade
	icon *widget.Icon
	text *widget.Label
	sign *fyne.Container
	box  *fyne.Container
}

func newBelow() *below {
	b := &below{fade: widget.NewFade(widget.ColorBackground), text: widget.NewLabel(widget.StyleCaption)}
	b.icon = widget.NewIcon("chevron-down", widget.ColorMuted, widget.IconSmall).Beside(widget.StyleCaption)
	words := widget.Box(&widget.Leading{Gap: widget.SpaceSmall}, b.icon, b.text)
	back := widget.NewShape(widget.ShapeLook{Fill: widget.ColorCard, Stroke: widget.ColorBorder, Line: widget.LineThin, Radius: belowHeight / 2})
	b.sign = widget.Box(&widget.Padded{X: widget.SpaceLarge, Y: (belowHeight - widget.StyleCaption.LineHeight()) / 2}, back, words)
	b.box = widget.Box(b, b.fade, b.sign)
	b.box.Hidden = true
	return b
}

// show shows it or hides it.
func (b *below) show(on bool) {
	if b.box.Hidden == on {
		b.box.Hidden = !on
		b.fade.Refresh()
	}
}

// HeightFor is that of the fade.
func (b *below) HeightFor([]fyne.CanvasObject, float32) float32 { return fadeHeight }

// Layout puts the sign into the middle of the fade, without words where there is little room.
func (b *below) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	widget.Place(objects[0], 0, 0, size.Width, size.Height)
	width := widget.IconSmall + 2*widget.SpaceLarge
	if b.text.Hidden = size.Width < pageNarrow; !b.text.Hidden {
		width += widget.SpaceSmall + b.text.NaturalWidth() + widget.WrapSlack
	}
	widget.Place(objects[1], (size.Width-width)/2, size.Height-belowHeight-widget.SpaceSmall, width, belowHeight)
}

// MinSize is for Fyne.
func (b *below) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }
