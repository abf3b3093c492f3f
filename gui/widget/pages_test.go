package widget

import (
	"fmt"
	"os"
	"regexp"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// practiceColors are the colors of the practice cloud's pages, by their names there.
var practiceColors = map[string]fyne.ThemeColorName{
	"background": ColorBackground, "rail": ColorRail, "text": ColorText, "muted": ColorMuted, "border": ColorBorder, "line": ColorControlLine,
	"hover": ColorHover, "off": ColorOff, "accent": ColorAccent, "accent-hover": colorAccentHover, "on-accent": ColorOnAccent, "tint": ColorTint,
	"warning": ColorWarning, "warning-tint": ColorWarningTint, "bad": ColorBad,
}

// TestThePracticePagesHaveTheColorsOfTheWindow compares both looks: the first block of variables is the light one, the second the dark one.
func TestThePracticePagesHaveTheColorsOfTheWindow(t *testing.T) {
	test.NewApp()
	style, err := os.ReadFile("../../rehearsal/pages/style.css")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile(`:root \{[^}]*\}`).FindAllString(string(style), -1)
	if len(blocks) != 2 {
		t.Fatalf("%d blocks of colors", len(blocks))
	}
	for i, variant := range []fyne.ThemeVariant{theme.VariantLight, theme.VariantDark} {
		given := regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{6});`).FindAllStringSubmatch(blocks[i], -1)
		if len(given) != len(practiceColors) {
			t.Errorf("%d colors, want %d", len(given), len(practiceColors))
		}
		for _, one := range given {
			r, g, b, _ := NewTheme("").Color(practiceColors[one[1]], variant).RGBA()
			if want := fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8); one[2] != want {
				t.Errorf("look %d: %s is %s, and %s in the window", i, one[1], one[2], want)
			}
		}
	}
}
