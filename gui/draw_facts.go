package gui

import (
	"fyne.io/fyne/v2"

	"partner-center-connector/connector/view"
	"partner-center-connector/gui/widget"
)

// facts draws a view.Facts: labels at the left, values at the right, with a button to copy a value.
type facts struct {
	screen *screen
	rows   []*factRow
	box    *fyne.Container
}

type factRow struct {
	label, value *widget.Label
	copy         *fyne.Container
	box          *fyne.Container
}

func newFacts(s *screen) drawn {
	return &facts{screen: s, box: widget.Box(&widget.Column{Gap: widget.SpaceMedium})}
}

func (f *facts) object() fyne.CanvasObject { return f.box }

func (f *facts) update(b view.Block) {
	v := b.(view.Facts)
	for len(f.rows) < len(v.Items) {
		f.rows = append(f.rows, newFactRow())
	}
	f.rows = f.rows[:len(v.Items)]
	f.box.Objects = nil
	for i, item := range v.Items {
		f.rows[i].set(f.screen, item)
		f.box.Objects = append(f.box.Objects, f.rows[i].box)
	}
}

func newFactRow() *factRow {
	r := &factRow{value: widget.NewLabel(widget.StyleBody), copy: widget.Box(&widget.Row{})}
	r.label = widget.NewLabel(widget.StyleBody.In(widget.ColorMuted))
	line := widget.Box(&valueLayout{}, r.value, r.copy)
	r.box = widget.Box(&factLayout{}, r.label, line)
	return r
}

func (r *factRow) set(s *screen, item view.FactItem) {
	value := item.Value
	if value == "" {
		value = s.text(item.Text)
	}
	r.label.SetText(s.text(item.Label))
	r.value.SetText(value)
	r.copy.Objects = nil
	if item.Copy {
		r.copy.Objects = []fyne.CanvasObject{s.copyButton(item.ID, "copy", value, true)}
	}
}

// factLayout puts a label of a fixed width before its value, or above it where there is little room.
type factLayout struct {
	last float32
}

func (l *factLayout) HeightFor(objects []fyne.CanvasObject, width float32) float32 {
	if width < factNarrow {
		return widget.HeightOf(objects[0], width) + widget.HeightOf(objects[1], width)
	}
	label := l.label(width)
	return max(widget.HeightOf(objects[0], label), widget.HeightOf(objects[1], width-label-widget.SpaceLarge))
}

func (l *factLayout) label(width float32) float32 { return min(factLabel, width*factShare) }

func (l *factLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.last = size.Width
	if size.Width < factNarrow {
		first := widget.HeightOf(objects[0], size.Width)
		widget.Place(objects[0], 0, 0, size.Width, first)
		widget.Place(objects[1], 0, first, size.Width, widget.HeightOf(objects[1], size.Width))
		return
	}
	label := l.label(size.Width)
	rest := size.Width - label - widget.SpaceLarge
	widget.Place(objects[0], 0, 0, label, widget.HeightOf(objects[0], label))
	widget.Place(objects[1], label+widget.SpaceLarge, 0, rest, widget.HeightOf(objects[1], rest))
}

func (l *factLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, l.HeightFor(objects, l.last))
}

// valueLayout puts the copy button right behind a value, on its first line.
type valueLayout struct{ last float32 }

func (l *valueLayout) parts(objects []fyne.CanvasObject, width float32) (value, copier float32) {
	if !widget.Shown(objects[1]) {
		return width, 0
	}
	copier = widget.NaturalWidth(objects[1])
	return min(widget.NaturalWidth(objects[0])+widget.WrapSlack, max(0, width-copier-widget.SpaceMedium)), copier
}

func (l *valueLayout) HeightFor(objects []fyne.CanvasObject, width float32) float32 {
	value, _ := l.parts(objects, width)
	return widget.HeightOf(objects[0], value)
}

func (l *valueLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.last = size.Width
	value, copier := l.parts(objects, size.Width)
	height := widget.HeightOf(objects[0], value)
	widget.Place(objects[0], 0, 0, value, height)
	if copier == 0 {
		return
	}
	h := widget.HeightOf(objects[1], copier)
	widget.Place(objects[1], value+widget.SpaceMedium, (widget.StyleBody.LineHeight()-h)/2, copier, h)
}

func (l *valueLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, l.HeightFor(objects, l.last))
}

// meter draws a view.Meter: a bar with words.
type meter struct {
	screen      *screen
	label, text *widget.Label
	icon        *widget.Icon
	bar         *widget.Bar
	fill        *widget.Shape
	box         *fyne.Container
}

func newMeter(s *screen) drawn {
	m := &meter{screen: s, label: widget.NewLabel(widget.StyleStrong), text: widget.NewLabel(widget.StyleBody)}
	m.icon = widget.NewIcon("", widget.ColorGood, widget.IconSmall).Beside(widget.StyleBody)
	m.bar, m.fill = &widget.Bar{}, widget.NewShape(widget.ShapeLook{Radius: widget.RadiusBar})
	track := widget.Box(m.bar, widget.NewShape(widget.ShapeLook{Fill: widget.ColorBorder, Radius: widget.RadiusBar}), m.fill)
	line := widget.Box(&widget.Leading{Gap: widget.SpaceSmall}, m.icon, m.text)
	m.box = widget.Box(&widget.Column{Gap: widget.SpaceSmall}, m.label, track, line)
	return m
}

func (m *meter) object() fyne.CanvasObject { return m.box }

func (m *meter) update(b view.Block) {
	v := b.(view.Meter)
	look := markOf(v.Severity)
	m.label.SetText(m.screen.text(v.Label))
	m.text.SetText(m.screen.text(v.Text))
	m.icon.Set(look.icon, look.color)
	m.bar.Share = min(1, max(0, float32(v.Share)))
	m.fill.SetColors(look.color, "")
}
