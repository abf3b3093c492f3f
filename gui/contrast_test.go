package gui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"partner-center-connector/gui/widget"
	"partner-center-connector/gui/widget/widgettest"
)

// pair is a colour and what it stands on.
type pair struct{ front, back fyne.ThemeColorName }

// pairs are the texts and icons of all states, by what they stand on, and a state that shows each.
type pairs struct{ texts, icons map[pair]string }

func newPairs() *pairs { return &pairs{texts: map[pair]string{}, icons: map[pair]string{}} }

// add finds out which texts and icons a screen shows, and what they stand on.
func (p *pairs) add(name string, s *screen) {
	onto(s, s.root, widget.ColorBackground, func(o fyne.CanvasObject, back fyne.ThemeColorName) {
		switch o := o.(type) {
		case *widget.Label:
			p.texts[pair{o.Style().Color, back}] = name
		case *widget.Icon:
			p.icons[pair{o.Color(), back}] = name
		case *widget.Entry:
			p.texts[pair{theme.ColorNameForeground, theme.ColorNameInputBackground}] = name
			p.texts[pair{theme.ColorNamePlaceHolder, theme.ColorNameInputBackground}] = name
		}
	})
}

// check computes the contrast of each pair in both variants.
func (p *pairs) check(t *testing.T) {
	t.Helper()
	if len(p.texts) < 12 || len(p.icons) < 5 {
		t.Fatalf("only %d texts and %d icons were found", len(p.texts), len(p.icons))
	}
	wantContrast(t, p.texts, 4.5)
	wantContrast(t, p.icons, 3)
}

// onto tells of everything that is shown what it stands on: a shape that comes before in a container or control is behind what
// lies on it.
func onto(s *screen, o fyne.CanvasObject, back fyne.ThemeColorName, tell func(fyne.CanvasObject, fyne.ThemeColorName)) {
	if !o.Visible() {
		return
	}
	tell(o, back)
	switch o {
	case s.page.scroll:
		onto(s, s.page.content, back, tell)
		return
	case s.root:
		// The rail lies beside its backdrop, not in it.
		for _, child := range s.root.Objects {
			under := back
			if child == s.rail.box {
				under = widget.ColorRail
			}
			onto(s, child, under, tell)
		}
		return
	}
	var parts []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		parts = o.Objects
	default:
		parts = controlParts(o)
	}
	for i, part := range parts {
		under := back
		for _, before := range parts[:i] {
			if p, ok := before.(*widget.Shape); ok && p.Visible() && p.Look().Fill != "" && covers(p, part) {
				under = p.Look().Fill
			}
		}
		onto(s, part, under, tell)
	}
}

// covers reports whether the middle of an object lies on a shape beside it.
func covers(p *widget.Shape, o fyne.CanvasObject) bool {
	from, to := p.Position(), p.Position().Add(p.Size())
	x, y := o.Position().X+o.Size().Width/2, o.Position().Y+o.Size().Height/2
	return from.X <= x && x <= to.X && from.Y <= y && y <= to.Y
}

func wantContrast(t *testing.T, pairs map[pair]string, least float64) {
	t.Helper()
	l := widget.NewTheme("")
	for _, variant := range []fyne.ThemeVariant{theme.VariantLight, theme.VariantDark} {
		for p, where := range pairs {
			if c := widgettest.Contrast(l.Color(p.front, variant), l.Color(p.back, variant)); c < least {
				t.Errorf("%s: %s on %s: %.2f:1, less than %.1f:1", where, p.front, p.back, c, least)
			}
		}
	}
}
