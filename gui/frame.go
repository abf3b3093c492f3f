package gui

import (
	"fyne.io/fyne/v2"

	"partner-center-connector/connector/view"
	"partner-center-connector/gui/widget"
)

// frame lays out a window: rail at the left or folded into the header, the header on top, the banner under it, the page, the
// footer at the bottom.
type frame struct{ screen *screen }

func (f *frame) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(windowMinW, windowMinH) }

func (f *frame) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	s := f.screen
	x := float32(0)
	railed, narrow := len(s.rail.items) > 0, size.Width < railFold
	s.rail.box.Hidden, s.rail.back.Hidden = !railed || narrow, !railed || narrow
	if !s.rail.box.Hidden {
		x = railWidth
		widget.Place(s.rail.back, 0, 0, x, size.Height)
		widget.Place(s.rail.box, 0, 0, x, size.Height)
	}
	s.header.fold(railed, size.Width)
	y := f.strip(s.header.box, x, 0, size.Width-x)
	if below := f.strip(s.banner.box, x, y, size.Width-x); below > y {
		y = below + widget.SpaceMedium
	}
	bottom := size.Height
	if !s.footer.box.Hidden {
		height := widget.HeightOf(s.footer.box, size.Width-x)
		bottom -= height
		widget.Place(s.footer.box, x, bottom, size.Width-x, height)
	}
	s.page.place(x, y, size.Width-x, max(0, bottom-y), railed)
}

// strip puts an object over the whole width at y and returns where it ends.
func (f *frame) strip(o *fyne.Container, x, y, width float32) float32 {
	if o.Hidden {
		return y
	}
	height := widget.HeightOf(o, width)
	widget.Place(o, x, y, width, height)
	return y + height
}

// footer holds Back, the main button, and why it is disabled. It never scrolls away.
type footer struct {
	screen *screen
	back   *fyne.Container
	reason *widget.Label
	main   *fyne.Container
	box    *fyne.Container
}

func newFooter(s *screen) *footer {
	f := &footer{screen: s, reason: widget.NewLabel(widget.StyleCaption)}
	f.back, f.main = widget.Box(&widget.Row{}), widget.Box(&widget.Row{})
	bar := widget.Box(&footerLayout{}, f.back, f.reason, f.main)
	back := widget.NewShape(widget.ShapeLook{Fill: widget.ColorBackground})
	inner := widget.Box(&widget.Padded{X: widget.SpaceBlock, Y: widget.SpaceLarge}, back, bar)
	f.box = widget.Box(&widget.Column{}, widget.NewLine(), inner)
	return f
}

func (f *footer) set(v view.Footer) {
	f.back.Objects, f.main.Objects = nil, nil
	if v.Back != nil {
		f.back.Objects = f.screen.pool.row([]view.Button{*v.Back})
	}
	reason := v.Reason
	if v.Main != nil {
		f.main.Objects = f.screen.pool.row([]view.Button{*v.Main})
		if reason.Empty() && v.Main.Disabled {
			reason = v.Main.Reason
		}
	}
	f.reason.SetText(f.screen.text(reason))
	f.box.Hidden = v.Back == nil && v.Main == nil
}

// footerLayout puts its first object to the left, its last to the right and the middle one, the reason, before the last; where
// the reason is too long for that it stands above both.
type footerLayout struct{ last float32 }

func (l *footerLayout) sides(objects []fyne.CanvasObject, width float32) (left, right float32) {
	left, right = widget.NaturalWidth(objects[0]), widget.NaturalWidth(objects[2])
	if left+right+widget.SpaceMedium > width {
		left = min(left, (width-widget.SpaceMedium)/2)
		right = width - left - widget.SpaceMedium
	}
	return left, right
}

// above reports whether the reason is too long for the room between the buttons.
func (l *footerLayout) above(objects []fyne.CanvasObject, width float32) bool {
	if !widget.Shown(objects[1]) {
		return false
	}
	_, room := l.middle(objects, width)
	if room < min(reasonNarrow, widget.NaturalWidth(objects[1])) {
		return true
	}
	return widget.HeightOf(objects[1], room) > reasonLines*widget.StyleCaption.LineHeight()+widget.WrapSlack
}

func (l *footerLayout) middle(objects []fyne.CanvasObject, width float32) (x, room float32) {
	left, right := l.sides(objects, width)
	wanted := min(max(0, width-left-right-2*widget.SpaceLarge), widget.NaturalWidth(objects[1])+widget.WrapSlack)
	return width - right - widget.SpaceLarge - wanted, wanted
}

func (l *footerLayout) HeightFor(objects []fyne.CanvasObject, width float32) float32 {
	left, right := l.sides(objects, width)
	height := max(widget.HeightOf(objects[0], left), widget.HeightOf(objects[2], right))
	if l.above(objects, width) {
		return height + widget.SpaceMedium + widget.HeightOf(objects[1], width)
	}
	if widget.Shown(objects[1]) {
		_, room := l.middle(objects, width)
		height = max(height, widget.HeightOf(objects[1], room))
	}
	return height
}

func (l *footerLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.last = size.Width
	left, right := l.sides(objects, size.Width)
	y, height := float32(0), size.Height
	if l.above(objects, size.Width) {
		first := widget.HeightOf(objects[1], size.Width)
		widget.Place(objects[1], 0, 0, size.Width, first)
		y, height = first+widget.SpaceMedium, size.Height-first-widget.SpaceMedium
	} else if widget.Shown(objects[1]) {
		x, room := l.middle(objects, size.Width)
		first := widget.HeightOf(objects[1], room)
		widget.Place(objects[1], x, (height-first)/2, room, first)
	}
	for i, side := range []struct{ x, width float32 }{{0, left}, {size.Width - right, right}} {
		o := objects[2*i]
		h := widget.HeightOf(o, side.width)
		widget.Place(o, side.x, y+(height-h)/2, side.width, h)
	}
}

func (l *footerLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, l.HeightFor(objects, l.last))
}
