package widget

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"partner-center-connector/connector"
	"partner-center-connector/gui/widget/widgettest"
)

// TestContrastOfButtons computes every look that a button can have, under the pointer too, on everything that it can stand on.
func TestContrastOfButtons(t *testing.T) {
	test.NewApp()
	pairs := map[fyne.ThemeColorName][]fyne.ThemeColorName{}
	for n := range 1 << 5 {
		b := &Button{}
		b.look.Primary, b.look.Danger, b.look.Quiet, b.disabled, b.hovered = n&1 > 0, n&2 > 0, n&4 > 0, n&8 > 0, n&16 > 0
		fill, _, text := b.colors()
		if fill != "" {
			pairs[text] = append(pairs[text], fill)
			continue
		}
		pairs[text] = append(pairs[text], ColorBackground, ColorCard, ColorTint, ColorGoodTint, ColorWarningTint, ColorBadTint)
	}
	for _, variant := range []fyne.ThemeVariant{theme.VariantLight, theme.VariantDark} {
		checkContrast(t, NewTheme(""), variant, pairs, 4.5)
	}
}

// TestContrastOfSelectedText computes text under the colour that marks it as selected, in a field and in a raw line.
func TestContrastOfSelectedText(t *testing.T) {
	test.NewApp()
	l := NewTheme("")
	for _, variant := range []fyne.ThemeVariant{theme.VariantLight, theme.VariantDark} {
		over := blend(l.Color(theme.ColorNameSelection, variant), l.Color(theme.ColorNameInputBackground, variant))
		if c := widgettest.Contrast(l.Color(theme.ColorNameForeground, variant), over); c < 4.5 {
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
	test.NewApp()
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
		want := light[ColorBackground]
		if c.dark {
			want = dark[ColorBackground]
		}
		if got := NewTheme(connector.Theme(c.chosen)).Color(ColorBackground, c.named); got != want {
			t.Errorf("%q while the system is %d: %v", c.chosen, c.named, got)
		}
	}
}
