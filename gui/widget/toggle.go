package widget

import (
	"fyne.io/fyne/v2"
)

// Toggle is a check box or one of several options, with a text that wraps. Space and a click press it, which changes nothing by
// itself: Set does. Enter is the window's.
type Toggle struct {
	Control
	text            string
	on              bool
	offIcon, onIcon string // its icons

	label *Label
	icon  *Icon
}

// NewTick makes a check box.
func NewTick(id string, h Host) *Toggle { return newToggle(id, h, "box", "box-on") }

// NewOption makes one of several options, of which one is chosen.
func NewOption(id string, h Host) *Toggle { return newToggle(id, h, "radio", "radio-on") }

func newToggle(id string, h Host, off, on string) *Toggle {
	t := &Toggle{offIcon: off, onIcon: on, label: NewLabel(StyleBody), icon: NewIcon(off, ColorControlLine, IconMedium)}
	t.Extend(t, id, h)
	return t
}

// On reports whether it is ticked or chosen.
func (t *Toggle) On() bool { return t.on }

// Set gives it its text and state.
func (t *Toggle) Set(text string, on bool) {
	if t.text == text && t.on == on {
		return
	}
	t.text, t.on = text, on
	t.Refresh()
}

func (t *Toggle) room() float32 { return IconMedium + SpaceMedium }

// NaturalWidth is the width with its text on one line.
func (t *Toggle) NaturalWidth() float32 { return t.label.NaturalWidth() + t.room() + WrapSlack }

// HeightFor is the height at a width.
func (t *Toggle) HeightFor(width float32) float32 {
	return max(IconMedium, t.label.HeightFor(width-t.room())) + 2*SpaceHair
}

// MinSize is the height at the width that it has.
func (t *Toggle) MinSize() fyne.Size { return fyne.NewSize(0, t.HeightFor(t.Size().Width)) }

// AccessibilityLabel is the text.
func (t *Toggle) AccessibilityLabel() string { return t.text }

// AccessibilityRole says that this can be pressed; Fyne has no role for check boxes.
func (t *Toggle) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Refresh draws it with the state that it has now.
func (t *Toggle) Refresh() {
	t.apply()
	t.BaseWidget.Refresh()
}

func (t *Toggle) apply() {
	t.label.SetText(t.text)
	icon := t.offIcon
	if t.on {
		icon = t.onIcon
	}
	t.icon.Set(icon, either(t.on || t.hovered, ColorAccent, ColorControlLine))
}

func (t *Toggle) arrange(size fyne.Size) {
	t.PlaceRing(size)
	room := size.Width - t.room()
	line := t.label.style.LineHeight()
	Place(t.icon, 0, SpaceHair+(max(line, IconMedium)-IconMedium)/2, IconMedium, IconMedium)
	Place(t.label, t.room(), SpaceHair+max(0, IconMedium-line)/2, room, t.label.HeightFor(room))
}

// CreateRenderer makes the toggle's renderer.
func (t *Toggle) CreateRenderer() fyne.WidgetRenderer {
	return NewRenderer(Parts{
		Objects: []fyne.CanvasObject{t.icon, t.label, t.ring},
		Layout:  t.arrange,
		MinSize: t.MinSize,
		Apply:   func() { t.apply(); t.arrange(t.Size()) },
	})
}
