package gui

import (
	"fmt"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"partner-center-connector/connector/view"
)

// pair is a colour and what it stands on.
type pair struct{ front, back fyne.ThemeColorName }

// TestContrastOfEverythingShown finds out of every state which texts and icons stand on what, and computes each pair's contrast in
// both variants.
func TestContrastOfEverythingShown(t *testing.T) {
	texts, icons := map[pair]string{}, map[pair]string{}
	b := newKeyBench(t)
	everyState(t, func(t *testing.T, name string, v view.View) {
		t.Helper()
		b.show(v)
		onto(b.w.screen, b.w.screen.root, colorBackground, func(o fyne.CanvasObject, back fyne.ThemeColorName) {
			switch o := o.(type) {
			case *words:
				texts[pair{o.style.color, back}] = name
			case *glyph:
				icons[pair{o.color, back}] = name
			case *entry:
				texts[pair{theme.ColorNameForeground, theme.ColorNameInputBackground}] = name
				texts[pair{theme.ColorNamePlaceHolder, theme.ColorNameInputBackground}] = name
			}
		})
	})
	if len(texts) < 12 || len(icons) < 5 {
		t.Fatalf("only %d texts and %d icons were found", len(texts), len(icons))
	}
	wantContrast(t, texts, 4.5)
	wantContrast(t, icons, 3)
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
				under = colorRail
			}
			onto(s, child, under, tell)
		}
		return
	}
	parts := []fyne.CanvasObject{}
	switch o := o.(type) {
	case *fyne.Container:
		parts = o.Objects
	case interface{ arrange(fyne.Size) }:
		parts = test.WidgetRenderer(o.(fyne.Widget)).Objects()
	}
	for i, part := range parts {
		under := back
		for _, before := range parts[:i] {
			if p, ok := before.(*shape); ok && p.Visible() && p.fill != "" && covers(p, part) {
				under = p.fill
			}
		}
		onto(s, part, under, tell)
	}
}

// covers reports whether the middle of an object lies on a shape beside it.
func covers(p *shape, o fyne.CanvasObject) bool {
	from, to := p.Position(), p.Position().Add(p.Size())
	x, y := o.Position().X+o.Size().Width/2, o.Position().Y+o.Size().Height/2
	return from.X <= x && x <= to.X && from.Y <= y && y <= to.Y
}

func wantContrast(t *testing.T, pairs map[pair]string, least float64) {
	t.Helper()
	l := newLook("")
	for _, variant := range []fyne.ThemeVariant{theme.VariantLight, theme.VariantDark} {
		for p, where := range pairs {
			if c := contrast(l.Color(p.front, variant), l.Color(p.back, variant)); c < least {
				t.Errorf("%s: %s on %s: %.2f:1, less than %.1f:1", where, p.front, p.back, c, least)
			}
		}
	}
}

// TestContrastOfButtons computes every look that a button can have, under the pointer too, on everything that it can stand on.
func TestContrastOfButtons(t *testing.T) {
	testApp()
	pairs := map[pair]string{}
	for n := range 1 << 5 {
		b := &button{}
		b.primary, b.danger, b.quiet, b.disabled, b.hovered = n&1 > 0, n&2 > 0, n&4 > 0, n&8 > 0, n&16 > 0
		fill, _, text := b.colors()
		where := fmt.Sprintf("button %05b", n)
		if fill != "" {
			pairs[pair{text, fill}] = where
			continue
		}
		for _, back := range []fyne.ThemeColorName{
			colorBackground, colorCard, colorTint, colorGoodTint, colorWarningTint, colorBadTint,
		} {
			pairs[pair{text, back}] = where
		}
	}
	wantContrast(t, pairs, 4.5)
}

// TestContrastOfSelectedText computes text under the colour that marks it as selected, in a field and in a raw line.
func TestContrastOfSelectedText(t *testing.T) {
	testApp()
	l := newLook("")
	for _, variant := range []fyne.ThemeVariant{theme.VariantLight, theme.VariantDark} {
		over := blend(l.Color(theme.ColorNameSelection, variant), l.Color(theme.ColorNameInputBackground, variant))
		if c := contrast(l.Color(theme.ColorNameForeground, variant), over); c < 4.5 {
			t.Errorf("selected text: %.2f:1", c)
		}
	}
}

// blend is a colour that can be seen through, over another.
func blend(front, back color.Color) color.Color {
	fr, fg, fb, fa := front.RGBA()
	br, bg, bb, _ := back.RGBA()
	mix := func(f, b uint32) uint8 { return uint8((f + b*(0xffff-fa)/0xffff) >> 8) }
	return color.NRGBA{R: mix(fr, br), G: mix(fg, bg), B: mix(fb, bb), A: 0xff}
}

func TestTheChosenThemeWins(t *testing.T) {
	testApp()
	for _, c := range []struct {
		chosen string
		named  fyne.ThemeVariant
		dark   bool
	}{
		{"", theme.VariantLight, false},
		{"", theme.VariantDark, true},
		{"light", theme.VariantDark, false},
		{"dark", theme.VariantLight, true},
	} {
		want := light[colorBackground]
		if c.dark {
			want = dark[colorBackground]
		}
		if got := newLook(themeNamed(c.chosen)).Color(colorBackground, c.named); got != want {
			t.Errorf("%q while the system is %d: %v", c.chosen, c.named, got)
		}
	}
}
