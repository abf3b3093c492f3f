package gui

import "fyne.io/fyne/v2"

// toggle is a check box or one of several options, with a text that wraps. Space and a click change it; Enter is the
// window's.
type toggle struct {
	control
	text    string
	on      bool
	off, in string // its icons

	label *words
	glyph *glyph
}

func newTick(id string, h host) *toggle { return newToggle(id, h, "box", "box-on") }

func newOption(id string, h host) *toggle { return newToggle(id, h, "radio", "radio-on") }

func newToggle(id string, h host, off, on string) *toggle {
	t := &toggle{off: off, in: on, label: newWords(styleBody), glyph: newGlyph(off, colorControlLine, iconMedium)}
	t.extend(t, id, h)
	return t
}

// show gives it its text and state.
func (t *toggle) show(text string, on bool) {
	if t.text == text && t.on == on {
		return
	}
	t.text, t.on = text, on
	t.Refresh()
}

func (t *toggle) room() float32 { return iconMedium + spaceMedium }

func (t *toggle) natural() float32 { return t.label.natural() + t.room() + wrapSlack }

func (t *toggle) heightFor(width float32) float32 {
	return max(iconMedium, t.label.heightFor(width-t.room())) + 2*spaceHair
}

func (t *toggle) MinSize() fyne.Size { return fyne.NewSize(0, t.heightFor(t.Size().Width)) }

// AccessibilityLabel is the text.
func (t *toggle) AccessibilityLabel() string { return t.text }

// AccessibilityRole says that this can be pressed; Fyne has no role for check boxes.
func (t *toggle) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (t *toggle) Refresh() {
	t.apply()
	t.BaseWidget.Refresh()
}

func (t *toggle) apply() {
	t.label.set(t.text)
	t.glyph.set(pick(t.on, t.in, t.off), pick(t.on || t.hovered, colorAccent, colorControlLine))
}

func (t *toggle) arrange(size fyne.Size) {
	placeRing(t.ring, size)
	room := size.Width - t.room()
	line := t.label.style.lineHeight()
	place(t.glyph, 0, spaceHair+(max(line, iconMedium)-iconMedium)/2, iconMedium, iconMedium)
	place(t.label, t.room(), spaceHair+max(0, iconMedium-line)/2, room, t.label.heightFor(room))
}

// CreateRenderer is for Fyne.
func (t *toggle) CreateRenderer() fyne.WidgetRenderer {
	return newFace(face{
		objects: []fyne.CanvasObject{t.glyph, t.label, t.ring},
		layout:  t.arrange,
		least:   t.MinSize,
		apply:   func() { t.apply(); t.arrange(t.Size()) },
	})
}
