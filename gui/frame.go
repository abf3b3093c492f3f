package gui

import (
	"fyne.io/fyne/v2"
	"partner-center-connector/connector/view"
)

// frame lays out a window: banner on top, rail at the left or folded above the page, the page, the footer at the bottom.
type frame struct{ screen *screen }

func (f *frame) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(windowMinW, windowMinH) }

func (f *frame) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	s := f.screen
	y := f.strip(s.banner.box, 0, 0, size.Width)
	x := float32(0)
	railed := len(s.rail.items) > 0
	wide := size.Width >= railFold
	s.rail.box.Hidden, s.rail.back.Hidden = !railed || !wide, !railed || !wide
	s.rail.folded.Hidden = !railed || wide
	if !s.rail.box.Hidden {
		x = railWidth
		place(s.rail.back, 0, y, x, size.Height-y)
		place(s.rail.box, 0, y, x, size.Height-y)
	}
	y = f.strip(s.rail.folded, x, y, size.Width-x)
	bottom := size.Height
	if !s.footer.box.Hidden {
		height := heightOf(s.footer.box, size.Width-x)
		bottom -= height
		place(s.footer.box, x, bottom, size.Width-x, height)
	}
	s.page.place(x, y, size.Width-x, max(0, bottom-y), railed)
}

// strip puts an object over the whole width at y and returns where it ends.
func (f *frame) strip(o *fyne.Container, x, y, width float32) float32 {
	if o.Hidden {
		return y
	}
	height := heightOf(o, width)
	place(o, x, y, width, height)
	return y + height
}

// footer holds Back, the main button, and why it is disabled. It never scrolls away.
type footer struct {
	screen *screen
	back   *fyne.Container
	reason *words
	main   *fyne.Container
	box    *fyne.Container
}

func newFooter(s *screen) *footer {
	f := &footer{screen: s, reason: newWords(styleCaption)}
	f.back, f.main = flow(&rowed{}), flow(&rowed{})
	bar := flow(&footing{}, f.back, f.reason, f.main)
	inner := flow(&padded{x: spaceBlock, y: spaceLarge}, newShape(outline{fill: colorBackground}), bar)
	f.box = flow(&column{}, newLine(), inner)
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
	f.reason.set(f.screen.text(reason))
	f.box.Hidden = v.Back == nil && v.Main == nil
}

// footing puts its first object to the left, its last to the right and the middle one, the reason, before the last; where
// the reason is too long for that it stands above both.
type footing struct{ last float32 }

func (l *footing) sides(objects []fyne.CanvasObject, width float32) (left, right float32) {
	left, right = naturalWidth(objects[0]), naturalWidth(objects[2])
	if left+right+spaceMedium > width {
		left = min(left, (width-spaceMedium)/2)
		right = width - left - spaceMedium
	}
	return left, right
}

// above reports whether the reason is too long for the room between the buttons.
func (l *footing) above(objects []fyne.CanvasObject, width float32) bool {
	if !shown(objects[1]) {
		return false
	}
	_, room := l.middle(objects, width)
	return room < min(reasonNarrow, naturalWidth(objects[1])) || heightOf(objects[1], room) > reasonLines*styleCaption.lineHeight()+wrapSlack
}

func (l *footing) middle(objects []fyne.CanvasObject, width float32) (x, room float32) {
	left, right := l.sides(objects, width)
	wanted := min(max(0, width-left-right-2*spaceLarge), naturalWidth(objects[1])+wrapSlack)
	return width - right - spaceLarge - wanted, wanted
}

func (l *footing) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	left, right := l.sides(objects, width)
	height := max(heightOf(objects[0], left), heightOf(objects[2], right))
	if l.above(objects, width) {
		return height + spaceMedium + heightOf(objects[1], width)
	}
	if shown(objects[1]) {
		_, room := l.middle(objects, width)
		height = max(height, heightOf(objects[1], room))
	}
	return height
}

func (l *footing) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.last = size.Width
	left, right := l.sides(objects, size.Width)
	y, height := float32(0), size.Height
	if l.above(objects, size.Width) {
		first := heightOf(objects[1], size.Width)
		place(objects[1], 0, 0, size.Width, first)
		y, height = first+spaceMedium, size.Height-first-spaceMedium
	} else if shown(objects[1]) {
		x, room := l.middle(objects, size.Width)
		first := heightOf(objects[1], room)
		place(objects[1], x, (height-first)/2, room, first)
	}
	for i, side := range []struct{ x, width float32 }{{0, left}, {size.Width - right, right}} {
		o := objects[2*i]
		h := heightOf(o, side.width)
		place(o, side.x, y+(height-h)/2, side.width, h)
	}
}

func (l *footing) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, l.heightFor(objects, l.last))
}
