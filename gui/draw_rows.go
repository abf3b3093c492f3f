package gui

import (
	"fyne.io/fyne/v2"
	"partner-center-connector/connector/view"
)

// row draws a view.Row: a card of the home screen that can be pressed as a whole, with buttons of its own.
type row struct {
	screen *screen
	title  *words
	word   *words
	glyph  *glyph
	lines  *words

	buttons *buttons
	inner   *fyne.Container
	layout  *padded
	box     *fyne.Container
}

func newRow(s *screen) drawn {
	r := &row{screen: s, title: newWords(styleHeading), word: newWords(styleBody), lines: newWords(styleBody.in(colorMuted))}
	r.glyph = newGlyph("", colorGood, iconMedium).on(styleHeading)
	r.buttons = newButtons(s)
	head := flow(&ended{gap: spaceMedium, narrow: entryNarrow}, r.title, r.word)
	text := flow(&column{gap: spaceSmall}, head, r.lines)
	column := flow(&column{gap: spaceLarge}, text, r.buttons.box)
	r.inner = flow(&beside{gap: spaceLarge}, r.glyph, column)
	r.layout = &padded{x: spaceNarrow, y: spaceNarrow}
	r.box = flow(r.layout)
	return r
}

func (r *row) object() fyne.CanvasObject { return r.box }

func (r *row) update(b view.Block) {
	v := b.(view.Row)
	m := markOf(v.Severity)
	r.glyph.set(m.icon, m.color)
	title := v.Title
	if title == "" {
		title = r.screen.text(v.TitleText)
	}
	r.title.set(title)
	r.word.restyle(styleBody.in(pick(v.Severity == view.Info, colorMuted, m.color)), r.screen.text(v.Word))
	r.lines.set(r.screen.lines(v.Lines))
	r.buttons.set(v.Buttons)
	o := take(r.screen.pool, v.ID, func(id string) *opener { return newOpener(id, r.screen) })
	o.text = title
	o.able(v.Open != nil)
	o.press = func() { r.screen.send(v.Open) }
	r.box.Objects = []fyne.CanvasObject{o, r.inner}
}

// opener is the backdrop of a row, which opens what the row is about.
type opener struct {
	control
	text string
	back *shape
}

func newOpener(id string, s *screen) *opener {
	o := &opener{back: newCard(colorCard, colorBorder)}
	o.enters = true
	o.extend(o, id, s)
	o.ring.radius = radiusCard + focusGap
	return o
}

func (o *opener) apply() {
	o.back.set(pick(o.hovered && !o.disabled, colorHover, colorCard), colorBorder)
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

// CreateRenderer is for Fyne.
func (o *opener) CreateRenderer() fyne.WidgetRenderer {
	return newFace(face{
		objects: []fyne.CanvasObject{o.back, o.ring},
		layout: func(size fyne.Size) {
			place(o.back, 0, 0, size.Width, size.Height)
			placeRing(o.ring, size)
		},
		least: o.MinSize,
		apply: o.apply,
	})
}
