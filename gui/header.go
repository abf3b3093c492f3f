package gui

import (
	"fyne.io/fyne/v2"

	"partner-center-connector/connector/view"
	"partner-center-connector/gui/widget"
)

// header stands over the page and never scrolls away. It has the title at the left and, at the right, what is at the same place of every
// screen: the way home, the settings and help. In a narrow window the step takes the title's place, and the title scrolls with the page.
type header struct {
	screen *screen
	title  *widget.Label
	tools  *fyne.Container
	why    *widget.Label
	back   *widget.Shape
	line   *widget.Shape
	box    *fyne.Container

	layout *headerLayout
}

func newHeader(s *screen) *header {
	h := &header{screen: s, title: widget.NewLabel(widget.StyleTitle), why: widget.NewLabel(widget.StyleCaption), layout: &headerLayout{}}
	h.tools = widget.Box(&widget.Row{Gap: widget.SpaceMedium})
	h.back, h.line = widget.NewShape(widget.ShapeLook{Fill: widget.ColorBackground}), widget.NewLine()
	words := widget.Box(&widget.Column{}, h.title, s.rail.line)
	h.box = widget.Box(h.layout, h.back, words, h.tools, h.why, h.line)
	return h
}

func (h *header) set(v view.View) {
	h.title.SetText(h.screen.text(v.Title))
	h.tools.Objects = nil
	for _, b := range v.Tools {
		h.tools.Objects = append(h.tools.Objects, h.screen.pool.quiet(b))
	}
	h.why.SetText(h.screen.reasons(v.Tools))
}

// fold shows the header that a window of this width has; railed says that there are steps. The page has the title where this has no room for it.
func (h *header) fold(railed bool, width float32) {
	narrow := width < railFold
	h.layout.railed, h.layout.narrow = railed, narrow
	h.screen.rail.line.Hidden = !railed || !narrow
	h.title.SetStyled(pick(narrow, widget.StyleHeading, widget.StyleTitle), h.title.Text())
	lines := len(h.title.Lines(h.layout.room(h.box.Objects, width)))
	scrolls := narrow && railed || lines > pick(narrow, 1, titleLines)
	h.screen.page.title.Hidden = !scrolls || h.title.Hidden
	h.title.Hidden = h.title.Hidden || scrolls
	h.back.SetColors(pick(narrow, widget.ColorRail, widget.ColorBackground), "")
}

// scrolled draws a line under the header while the page goes on above it.
func (h *header) scrolled(on bool) {
	if h.line.Hidden == on {
		h.line.Hidden = !on
		h.line.Refresh()
	}
}

// headerLayout puts the words over the page's content and the tools to the right, always at the same distance from the edges.
type headerLayout struct{ railed, narrow bool }

const (
	headerBack = iota
	headerWords
	headerTools
	headerWhy
	headerLine
)

// places are where the words begin, where the tools do, and the least height of the line that both stand on.
func (l *headerLayout) places(objects []fyne.CanvasObject, width float32) (words, tools, line float32) {
	x, _, _ := (&sheet{left: l.railed}).edges(width)
	edge, line := widget.SpaceBlock, widget.StyleTitle.LineHeight()
	if l.narrow {
		edge, line = widget.SpaceMedium, 0
	}
	return x, width - edge - widget.NaturalWidth(objects[headerTools]), max(line, widget.HeightOf(objects[headerTools], width))
}

// room is how wide the words may be.
func (l *headerLayout) room(objects []fyne.CanvasObject, width float32) float32 {
	x, tools, _ := l.places(objects, width)
	return tools - widget.SpaceLarge - x
}

func (l *headerLayout) pad() float32 {
	if l.narrow {
		return widget.SpaceSmall
	}
	return widget.SpaceBlock
}

func (l *headerLayout) HeightFor(objects []fyne.CanvasObject, width float32) float32 {
	x, _, line := l.places(objects, width)
	height := max(line, widget.HeightOf(objects[headerWords], l.room(objects, width))) + 2*l.pad()
	if widget.Shown(objects[headerWhy]) {
		height += widget.HeightOf(objects[headerWhy], width-2*x)
	}
	return height
}

func (l *headerLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x, tools, line := l.places(objects, size.Width)
	room := l.room(objects, size.Width)
	words, high := widget.HeightOf(objects[headerWords], room), widget.HeightOf(objects[headerTools], size.Width)
	widget.Place(objects[headerBack], 0, 0, size.Width, size.Height)
	widget.Place(objects[headerWords], x, l.pad()+max(0, line-words)/2, room, words)
	widget.Place(objects[headerTools], tools, l.pad()+(line-high)/2, widget.NaturalWidth(objects[headerTools]), high)
	widget.Place(objects[headerWhy], x, l.pad()+max(line, words), size.Width-2*x, widget.HeightOf(objects[headerWhy], size.Width-2*x))
	widget.Place(objects[headerLine], 0, size.Height-widget.LineThin, size.Width, widget.LineThin)
}

func (l *headerLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }
