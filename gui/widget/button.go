package widget

import (
	"cmp"

	"fyne.io/fyne/v2"
)

// ButtonLook is what a button shows.
type ButtonLook struct {
	Text            string
	Primary, Danger bool
	// Quiet makes it a button without a border, for what folds and unfolds. Icon stands before its text.
	Quiet bool
	Icon  string
	// AltText is a text that it shows at other times. It is given room from the start, so that nothing moves.
	AltText string
	// Spoken is what assistive technology is told; Text where it is empty.
	Spoken string
}

// Button is a button with a text that wraps rather than being cut off. Enter and Space press it, and it keeps the focus then.
type Button struct {
	Control
	look  ButtonLook
	back  *Shape
	label *Label
	icon  *Icon
}

// NewButton makes a button, which shows nothing until Set.
func NewButton(id string, h Host) *Button {
	b := &Button{back: NewShape(ShapeLook{Line: LineThin, Radius: RadiusControl}), label: NewLabel(StyleBody.Centered())}
	b.icon = NewIcon("", ColorText, IconSmall)
	b.PressedByEnter = true
	b.Extend(b, id, h)
	return b
}

// Look is what the button shows now.
func (b *Button) Look() ButtonLook { return b.look }

// Set gives the button its look, and says whether it is disabled.
func (b *Button) Set(l ButtonLook, disabled bool) {
	if b.look == l && b.disabled == disabled {
		return
	}
	b.look, b.disabled = l, disabled
	b.Refresh()
}

func (b *Button) colors() (fill, stroke, text fyne.ThemeColorName) {
	over := b.hovered && !b.disabled
	switch {
	case b.disabled && b.look.Quiet:
		return "", "", ColorMuted
	case b.disabled:
		return ColorOff, ColorOff, ColorMuted
	case b.look.Quiet && over:
		return ColorHover, "", ColorAccent
	case b.look.Quiet:
		return "", "", ColorAccent
	case b.look.Primary && b.look.Danger:
		return either(over, colorBadHover, ColorBad), "", colorOnBad
	case b.look.Primary:
		return either(over, colorAccentHover, ColorAccent), "", ColorOnAccent
	case b.look.Danger:
		return either(over, ColorBadTint, colorControl), ColorBad, ColorBad
	}
	return either(over, ColorHover, colorControl), ColorControlLine, ColorText
}

func (b *Button) padX() float32 {
	if b.look.Quiet {
		return SpaceSmall
	}
	return buttonPadX
}

func (b *Button) padY() float32 {
	if b.look.Quiet {
		return SpaceSmall
	}
	return buttonPadY
}

func (b *Button) iconRoom() float32 {
	if b.look.Icon == "" {
		return 0
	}
	return IconSmall + SpaceSmall
}

// NaturalWidth is the width with the longer of its two texts on one line.
func (b *Button) NaturalWidth() float32 {
	text := max(b.label.NaturalWidth(), b.label.style.Measure(b.look.AltText))
	return text + 2*b.padX() + b.iconRoom() + WrapSlack
}

// HeightFor is the height at which either of its texts fits into a width.
func (b *Button) HeightFor(width float32) float32 {
	room := width - 2*b.padX() - b.iconRoom()
	lines := len(wrap(b.look.AltText, room, b.label.style.Measure))
	return max(b.label.HeightFor(room), float32(lines)*b.label.style.LineHeight()) + 2*b.padY()
}

// MinSize is the least height. The width is what the layout gives.
func (b *Button) MinSize() fyne.Size {
	width := b.Size().Width
	if width == 0 {
		width = b.NaturalWidth()
	}
	return fyne.NewSize(0, b.HeightFor(width))
}

// AccessibilityLabel is the text, or what is told in its place.
func (b *Button) AccessibilityLabel() string { return cmp.Or(b.look.Spoken, b.look.Text) }

// AccessibilityRole says that this is a button.
func (b *Button) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Refresh draws it with the state that it has now.
func (b *Button) Refresh() {
	b.apply()
	b.BaseWidget.Refresh()
}

func (b *Button) apply() {
	fill, stroke, text := b.colors()
	b.back.SetColors(fill, stroke)
	b.label.SetStyled(StyleBody.Centered().In(text), b.look.Text)
	b.icon.Set(b.look.Icon, text)
}

func (b *Button) arrange(size fyne.Size) {
	Place(b.back, 0, 0, size.Width, size.Height)
	b.PlaceRing(size)
	room := size.Width - 2*b.padX() - b.iconRoom()
	height := b.label.HeightFor(room)
	Place(b.label, b.padX()+b.iconRoom(), (size.Height-height)/2, room, height)
	Place(b.icon, b.padX(), (size.Height-IconSmall)/2, IconSmall, IconSmall)
}

// CreateRenderer makes the button's renderer.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	return NewRenderer(Parts{
		Objects: []fyne.CanvasObject{b.back, b.label, b.icon, b.ring},
		Layout:  b.arrange,
		MinSize: b.MinSize,
		Apply:   func() { b.apply(); b.arrange(b.Size()) },
	})
}

// either is a where first holds, else b.
func either(first bool, a, b fyne.ThemeColorName) fyne.ThemeColorName {
	if first {
		return a
	}
	return b
}
