package gui

import (
	"fyne.io/fyne/v2"
	"partner-center-connector/connector/view"
)

// facts draws a view.Facts: labels at the left, values at the right, with a button to copy a value.
type facts struct {
	screen *screen
	rows   []*factRow
	box    *fyne.Container
}

type factRow struct {
	label, value *words
	copy         *fyne.Container
	box          *fyne.Container
}

func newFacts(s *screen) drawn {
	return &facts{screen: s, box: flow(&column{gap: spaceMedium})}
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
	r := &factRow{label: newWords(styleBody.in(colorMuted)), value: newWords(styleBody), copy: flow(&rowed{})}
	line := flow(&valued{}, r.value, r.copy)
	r.box = flow(&labelled{}, r.label, line)
	return r
}

func (r *factRow) set(s *screen, item view.FactItem) {
	value := item.Value
	if value == "" {
		value = s.text(item.Text)
	}
	r.label.set(s.text(item.Label))
	r.value.set(value)
	r.copy.Objects = nil
	if item.Copy {
		r.copy.Objects = []fyne.CanvasObject{s.copier(item.ID, "copy", value, true)}
	}
}

// valued puts the copy button right behind a value, on its first line.
type valued struct{ last float32 }

func (l *valued) parts(objects []fyne.CanvasObject, width float32) (value, copier float32) {
	if !shown(objects[1]) {
		return width, 0
	}
	copier = naturalWidth(objects[1])
	return min(naturalWidth(objects[0])+wrapSlack, max(0, width-copier-spaceMedium)), copier
}

func (l *valued) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	value, _ := l.parts(objects, width)
	return heightOf(objects[0], value)
}

func (l *valued) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.last = size.Width
	value, copier := l.parts(objects, size.Width)
	height := heightOf(objects[0], value)
	place(objects[0], 0, 0, value, height)
	if copier == 0 {
		return
	}
	h := heightOf(objects[1], copier)
	place(objects[1], value+spaceMedium, (styleBody.lineHeight()-h)/2, copier, h)
}

func (l *valued) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, l.heightFor(objects, l.last))
}

// meter draws a view.Meter: a bar with words.
type meter struct {
	screen      *screen
	label, text *words
	glyph       *glyph
	bar         *bar
	box         *fyne.Container
}

func newMeter(s *screen) drawn {
	m := &meter{screen: s, label: newWords(styleStrong), text: newWords(styleBody)}
	m.glyph = newGlyph("", colorGood, iconSmall).on(styleBody)
	m.bar = &bar{}
	track := flow(m.bar, newShape(outline{fill: colorBorder, radius: radiusBar}), newShape(outline{radius: radiusBar}))
	m.box = flow(&column{gap: spaceSmall}, m.label, track, flow(&beside{gap: spaceSmall}, m.glyph, m.text))
	m.bar.fill = track.Objects[1].(*shape)
	return m
}

func (m *meter) object() fyne.CanvasObject { return m.box }

func (m *meter) update(b view.Block) {
	v := b.(view.Meter)
	look := markOf(v.Severity)
	m.label.set(m.screen.text(v.Label))
	m.text.set(m.screen.text(v.Text))
	m.glyph.set(look.icon, look.color)
	m.bar.share = min(1, max(0, float32(v.Share)))
	m.bar.fill.set(look.color, "")
}

// bar lays the filled part of a meter over its track.
type bar struct {
	share float32
	fill  *shape
}

func (b *bar) heightFor([]fyne.CanvasObject, float32) float32 { return barHeight }

func (b *bar) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	place(objects[0], 0, 0, size.Width, size.Height)
	place(objects[1], 0, 0, size.Width*b.share, size.Height)
}

func (b *bar) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, barHeight) }
