package widget

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"partner-center-connector/gui/widget/widgettest"
)

// textPairs are all texts and what they stand on.
var textPairs = map[fyne.ThemeColorName][]fyne.ThemeColorName{
	ColorText: {
		ColorBackground, ColorRail, ColorCard, colorControl, ColorHover, ColorOff,
		ColorTint, ColorGoodTint, ColorWarningTint, ColorBadTint,
	},
	ColorMuted: {
		ColorBackground, ColorRail, ColorCard, colorControl, ColorHover, ColorOff,
		ColorTint, ColorGoodTint, ColorWarningTint, ColorBadTint,
	},
	ColorAccent:                        {ColorBackground, ColorRail, ColorCard, ColorHover, ColorTint, ColorWarningTint, ColorBadTint},
	ColorOnAccent:                      {ColorAccent, colorAccentHover},
	colorOnBad:                         {ColorBad, colorBadHover},
	ColorBad:                           {ColorBackground, ColorCard, colorControl, ColorHover, ColorBadTint},
	ColorGood:                          {ColorBackground, ColorCard, ColorHover, ColorGoodTint},
	ColorWarning:                       {ColorBackground, ColorCard, ColorHover, ColorWarningTint},
	theme.ColorNamePlaceHolder:         {theme.ColorNameInputBackground},
	theme.ColorNameForegroundOnSuccess: {theme.ColorNameSuccess},
	theme.ColorNameForegroundOnWarning: {theme.ColorNameWarning},
}

// shapePairs are what must be told apart without being text: 3:1 is asked of them.
var shapePairs = map[fyne.ThemeColorName][]fyne.ThemeColorName{
	ColorControlLine: {ColorBackground, colorControl, ColorCard},
	ColorAccent:      {ColorBackground, ColorCard, ColorTint, ColorBadTint, ColorWarningTint},
}

func TestContrast(t *testing.T) {
	test.NewApp()
	l := NewTheme("")
	for name, variant := range map[string]fyne.ThemeVariant{"light": theme.VariantLight, "dark": theme.VariantDark} {
		t.Run(name, func(t *testing.T) {
			checkContrast(t, l, variant, textPairs, 4.5)
			checkContrast(t, l, variant, shapePairs, 3)
		})
	}
}

func checkContrast(t *testing.T, l fyne.Theme, v fyne.ThemeVariant, pairs map[fyne.ThemeColorName][]fyne.ThemeColorName, least float64) {
	t.Helper()
	for front, backs := range pairs {
		for _, back := range backs {
			if c := widgettest.Contrast(l.Color(front, v), l.Color(back, v)); c < least {
				t.Errorf("%s on %s: %.2f:1, less than %.1f:1", front, back, c, least)
			}
		}
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
	test.NewApp()
	l := NewTheme("")
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
