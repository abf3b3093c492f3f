package widget

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"golang.org/x/image/font/sfnt"

	"partner-center-connector/connector"
)

// TestFyneHasTheCharacters holds that no character is drawn as missing because Fyne was not left the choice of its font.
func TestFyneHasTheCharacters(t *testing.T) {
	for _, font := range []fyne.Resource{theme.DefaultTextFont(), theme.DefaultTextBoldFont()} {
		f, err := sfnt.Parse(font.Content())
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for r := rune(0); r < 0x30000; r++ {
			if !inEveryFont(r) {
				continue
			}
			n++
			if glyph, err := f.GlyphIndex(nil, r); err != nil || glyph == 0 {
				t.Errorf("%s has no %q: %v", font.Name(), r, err)
			}
		}
		if n != 330 {
			t.Errorf("%d characters", n)
		}
	}
}

func TestFontFor(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(connector.ThemeLight))
	bold := fyne.TextStyle{Bold: true}
	for text, want := range map[string]fyne.Resource{
		"":                      theme.DefaultTextBoldFont(),
		"Müller & Søn – 5 €…":   theme.DefaultTextBoldFont(),
		"株式会社":                  nil,
		"Contoso ✓":             nil,
		"Ελλάδα":                nil,
		"two\ttabs":             nil,
		"right\u202eto left":    nil,
		"no-break\u00a0space":   theme.DefaultTextBoldFont(),
		"a combining e\u0301":   nil,
		"\U0001f600 is a smile": nil,
	} {
		if got := fontFor(text, bold); got != want {
			t.Errorf("%q is drawn in %v", text, got)
		}
	}
	if got := StyleBody.Measure("Contoso"); got != fyne.MeasureText("Contoso", 14, fyne.TextStyle{}).Width {
		t.Errorf("Contoso is %v wide", got)
	}
}
