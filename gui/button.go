package gui

import (
	"fyne.io/fyne/v2"
)

// buttonLook is what a button shows.
type buttonLook struct {
	text            string
	primary, danger bool
	// quiet is a button without a border, for what folds and unfolds; icon stands before its text.
	quiet bool
	icon  string
	// also is a text that it shows at other times; it is given room from the start, so that nothing moves.
	also string
}

// button is a button with a text that wraps rather than being cut off. Enter and Space press it; it keeps the focus then.
type button struct {
	control
	buttonLook
	back  *shape
	label *words
	glyph *glyph
}

func newButton(id string, h host) *button {
	b := &button{back: newShape(outline{line: lineThin, radius: radiusControl}), label: newWords(styleBody.centered())}
	b.glyph = newGlyph("", colorText, iconSmall)
	b.enters = true
	b.extend(b, id, h)
	return b
}

// show gives the button its text and look.
func (b *button) show(l buttonLook, disabled bool) {
	if b.buttonLook == l && b.disabled == disabled {
		return
	}
	b.buttonLook, b.disabled = l, disabled
	b.Refresh()
}

func (b *button) colors() (fill, stroke, text fyne.ThemeColorName) {
	over := b.hovered && !b.disabled
	switch {
	case b.disabled && b.quiet:
		return "", "", colorMuted
	case b.disabled:
		return colorOff, colorOff, colorMuted
	case b.quiet && over:
		return colorHover, "", colorAccent
	case b.quiet:
		return "", "", colorAccent
	case b.primary && b.danger:
		return pick(over, colorBadHover, colorBad), "", colorOnBad
	case b.primary:
		return pick(over, colorAccentHover, colorAccent), "", colorOnAccent
	case b.danger:
		return pick(over, colorBadTint, colorControl), colorBad, colorBad
	}
	return pick(over, colorHover, colorControl), colorControlLine, colorText
}

func pick[T any](first bool, a, b T) T {
	if first {
		return a
	}
	return b
}

func (b *button) padX() float32 {
	if b.quiet {
		return spaceSmall
	}
	return buttonPadX
}

func (b *button) padY() float32 {
	if b.quiet {
		return spaceSmall
	}
	return buttonPadY
}

func (b *button) iconRoom() float32 {
	if b.icon == "" {
		return 0
	}
	return iconSmall + spaceSmall
}

func (b *button) natural() float32 {
	text := max(b.label.natural(), b.label.style.measure(b.also))
	return text + 2*b.padX() + b.iconRoom() + wrapSlack
}

func (b *button) heightFor(width float32) float32 {
	room := width - 2*b.padX() - b.iconRoom()
	lines := len(wrap(b.also, room, b.label.style.measure))
	return max(b.label.heightFor(room), float32(lines)*b.label.style.lineHeight()) + 2*b.padY()
}

// MinSize is the least height; the width is what the page has room for.
func (b *button) MinSize() fyne.Size {
	width := b.Size().Width
	if width == 0 {
		width = b.natural()
	}
	return fyne.NewSize(0, b.heightFor(width))
}

// AccessibilityLabel is the text.
func (b *button) AccessibilityLabel() string { return b.text }

// AccessibilityRole says that this is a button.
func (b *button) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (b *button) Refresh() {
	b.apply()
	b.BaseWidget.Refresh()
}

func (b *button) apply() {
	fill, stroke, text := b.colors()
	b.back.set(fill, stroke)
	b.label.restyle(styleBody.centered().in(text), b.text)
	b.glyph.set(b.icon, text)
}

func (b *button) arrange(size fyne.Size) {
	place(b.back, 0, 0, size.Width, size.Height)
	placeRing(b.ring, size)
	room := size.Width - 2*b.padX() - b.iconRoom()
	height := b.label.heightFor(room)
	place(b.label, b.padX()+b.iconRoom(), (size.Height-height)/2, room, height)
	place(b.glyph, b.padX(), (size.Height-iconSmall)/2, iconSmall, iconSmall)
}

// CreateRenderer is for Fyne.
func (b *button) CreateRenderer() fyne.WidgetRenderer {
	return newFace(face{
		objects: []fyne.CanvasObject{b.back, b.label, b.glyph, b.ring},
		layout:  b.arrange,
		least:   b.MinSize,
		apply:   func() { b.apply(); b.arrange(b.Size()) },
	})
}
