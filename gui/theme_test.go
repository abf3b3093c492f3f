package gui

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// textPairs are all texts and what they stand on.
var textPairs = map[fyne.ThemeColorName][]fyne.ThemeColorName{
	colorText: {
		colorBackground, colorRail, colorCard, colorControl, colorHover, colorOff,
		colorTint, colorGoodTint, colorWarningTint, colorBadTint,
	},
	colorMuted: {
		colorBackground, colorRail, colorCard, colorControl, colorHover, colorOff,
		colorTint, colorGoodTint, colorWarningTint, colorBadTint,
	},
	colorAccent:                        {colorBackground, colorRail, colorCard, colorHover, colorTint, colorWarningTint, colorBadTint},
	colorOnAccent:                      {colorAccent, colorAccentHover},
	colorOnBad:                         {colorBad, colorBadHover},
	colorBad:                           {colorBackground, colorCard, colorControl, colorHover, colorBadTint},
	colorGood:                          {colorBackground, colorCard, colorHover, colorGoodTint},
	colorWarning:                       {colorBackground, colorCard, colorHover, colorWarningTint},
	theme.ColorNamePlaceHolder:         {theme.ColorNameInputBackground},
	theme.ColorNameForegroundOnSuccess: {theme.ColorNameSuccess},
	theme.ColorNameForegroundOnWarning: {theme.ColorNameWarning},
}

// shapePairs are what must be told apart without being text: 3:1 is asked of them.
var shapePairs = map[fyne.ThemeColorName][]fyne.ThemeColorName{
	colorControlLine: {colorBackground, colorControl, colorCard},
	colorAccent:      {colorBackground, colorCard, colorTint, colorBadTint, colorWarningTint},
}

func TestContrast(t *testing.T) {
	testApp()
	l := newLook("")
	for name, variant := range map[string]fyne.ThemeVariant{"light": theme.VariantLight, "dark": theme.VariantDark} {
		t.Run(name, func(t *testing.T) {
			checkContrast(t, l, variant, textPairs, 4.5)
			checkContrast(t, l, variant, shapePairs, 3)
		})
	}
}

func checkContrast(t *testing.T, l look, v fyne.ThemeVariant, pairs map[fyne.ThemeColorName][]fyne.ThemeColorName, least float64) {
	t.Helper()
	for front, backs := range pairs {
		for _, back := range backs {
			if c := contrast(l.Color(front, v), l.Color(back, v)); c < least {
				t.Errorf("%s on %s: %.2f:1, less than %.1f:1", front, back, c, least)
			}
		}
	}
}

// contrast is the ratio of https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.
func contrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (math.Max(la, lb) + 0.05) / (math.Min(la, lb) + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	part := func(v uint32) float64 {
		f := float64(v) / 0xffff
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*part(r) + 0.7152*part(g) + 0.0722*part(b)
}

func TestContrastFormula(t *testing.T) {
	if c := contrast(color.White, color.Black); math.Abs(c-21) > 0.001 {
		t.Errorf("black on white is %f:1", c)
	}
}

func TestPalettesHaveTheSameColors(t *testing.T) {
	for name := range light {
		if dark[name] == nil {
			t.Errorf("%s is missing in dark", name)
		}
	}
	if len(light) != len(dark) {
		t.Errorf("%d colours in light, %d in dark", len(light), len(dark))
	}
}

func TestEveryFyneColorIsDefined(t *testing.T) {
	testApp()
	l := newLook("")
	for _, variant := range []fyne.ThemeVariant{theme.VariantLight, theme.VariantDark} {
		for theirs, ours := range alike {
			if _, ok := light[ours]; !ok {
				t.Errorf("%s is like %s, which there is not", theirs, ours)
			}
		}
		for _, name := range []fyne.ThemeColorName{
			theme.ColorNameBackground, theme.ColorNameButton, theme.ColorNameDisabled, theme.ColorNameError, theme.ColorNameFocus,
			theme.ColorNameForeground, theme.ColorNameInputBackground, theme.ColorNameMenuBackground, theme.ColorNamePrimary,
			theme.ColorNameScrollBar, theme.ColorNameSelection, theme.ColorNameSeparator, theme.ColorNameInnerWindowBorder,
		} {
			if _, _, _, a := l.Color(name, variant).RGBA(); a == 0 {
				t.Errorf("%s can't be seen", name)
			}
		}
	}
}
