package gui

import (
	"slices"

	"fyne.io/fyne/v2"

	"partner-center-connector/connector/view"
	"partner-center-connector/gui/widget"
)

// row draws a view.Row: a card of the home screen that can be pressed as a whole, with buttons of its own.
type row struct {
	screen *screen
	title  *widget.Label
	word   *widget.Label
	icon   *widget.Icon
	lines  *widget.Label

	opener  *opener
	buttons *buttons
	inner   *fyne.Container
	box     *fyne.Container
}

// row draws a row: before is its older drawing, nil for none.
func (s *screen) row(before *row, v view.Row) *row {
	if before == nil {
		before = newRow(s)
	}
	before.update(v)
	return before
}

func newRow(s *screen) *row {
	r := &row{screen: s, title: widget.NewLabel(widget.StyleHeading), word: widget.NewLabel(widget.StyleBody)}
	r.lines = widget.NewLabel(widget.StyleBody.In(widget.ColorMuted))
	r.icon = widget.NewIcon("", widget.ColorGood, widget.IconMedium).Beside(widget.StyleHeading)
	r.buttons = newButtons(s)
	head := widget.Box(&widget.Trailing{Gap: widget.SpaceMedium, Narrow: widget.EntryNarrow}, r.title, r.word)
	text := widget.Box(&widget.Column{Gap: widget.SpaceSmall}, head, r.lines)
	column := widget.Box(&widget.Column{Gap: widget.SpaceLarge}, text, r.buttons.box)
	r.inner = widget.Box(&widget.Leading{Gap: widget.SpaceLarge}, r.icon, column)
	r.box = widget.Box(&widget.Padded{X: widget.SpaceNarrow, Y: widget.SpaceLarge})
	return r
}

func (r *row) update(v view.Row) {
	m := markOf(v.Severity)
	r.icon.Set(m.icon, m.color)
	title := v.Title
	if title == "" {
		title = r.screen.text(v.TitleText)
	}
	r.title.SetText(title)
	r.word.SetStyled(widget.StyleBody.In(pick(v.Severity == view.Info, widget.ColorMuted, m.color)), r.screen.text(v.Word))
	r.lines.SetText(r.screen.lines(v.Lines))
	r.buttons.setWithMore(v.ID+".more", v.Buttons, v.More)
	o := take(r.screen.pool, v.ID, func(id string) *opener { return newOpener(id, r.screen) })
	o.text = title
	o.SetDisabled(v.Open == nil)
	o.OnPressed = func() { r.screen.send(v.Open) }
	r.opener = o
	r.box.Objects = []fyne.CanvasObject{o, r.inner}
}

// controls are what can have the focus in the row.
func (r *row) controls() []widget.TabStop {
	controls := []widget.TabStop{r.opener}
	for _, b := range r.buttons.row.Objects {
		controls = append(controls, b.(widget.TabStop))
	}
	return controls
}

// holds reports whether a control is one of the row's.
func (r *row) holds(c widget.TabStop) bool { return slices.Contains(r.controls(), c) }

// opener is the backdrop of a row, which opens what the row is about.
type opener struct {
	widget.Control
	text string
	back *widget.Shape
}

func newOpener(id string, s *screen) *opener {
	o := &opener{back: widget.NewCard(widget.ColorCard, widget.ColorBorder)}
	o.PressedByEnter = true
	o.Extend(o, id, s)
	o.SetRingRadius(widget.RadiusCard)
	return o
}

func (o *opener) apply() {
	o.back.SetColors(pick(o.Hovered(), widget.ColorHover, widget.ColorCard), widget.ColorBorder)
}

func (o *opener) MinSize() fyne.Size { return fyne.Size{} }

// AccessibilityLabel is the name of what it opens.
func (o *opener) AccessibilityLabel() string { return o.text }

// AccessibilityRole says that it can be pressed.
func (o *opener) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (o *opener) Refresh() {
	o.apply()
	o.BaseWidget.Refresh()
}

// CreateRenderer makes the opener's renderer.
func (o *opener) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewRenderer(widget.Parts{
		Objects: []fyne.CanvasObject{o.back, o.Ring()},
		Layout: func(size fyne.Size) {
			widget.Place(o.back, 0, 0, size.Width, size.Height)
			o.PlaceRing(size)
		},
		MinSize: o.MinSize,
		Apply:   o.apply,
	})
}
