package gui

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"partner-center-connector/connector"
)

// look is our theme: our colours and sizes, and Fyne's fonts and icons. It has a light and a dark variant and shows the
// one that was chosen, or else the one that Fyne names, which follows the system.
type look struct {
	fyne.Theme
	chosen connector.Theme
}

func newLook(chosen connector.Theme) look { return look{theme.DefaultTheme(), chosen} }

// variant is the one to be shown where Fyne names another.
func (l look) variant(named fyne.ThemeVariant) fyne.ThemeVariant {
	switch l.chosen {
	case connector.ThemeLight:
		return theme.VariantLight
	case connector.ThemeDark:
		return theme.VariantDark
	default:
		return named
	}
}

func (l look) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	if same, ok := alike[name]; ok {
		name = same
	}
	palette := light
	variant = l.variant(variant)
	if variant == theme.VariantDark {
		palette = dark
	}
	if c, ok := palette[name]; ok {
		return c
	}
	return l.Theme.Color(name, variant)
}

func (l look) Size(name fyne.ThemeSizeName) float32 {
	if s, ok := sizes[name]; ok {
		return s
	}
	return l.Theme.Size(name)
}

// isDark reports whether the dark variant is shown.
func isDark() bool {
	settings := fyne.CurrentApp().Settings()
	l, ok := settings.Theme().(look)
	return ok && l.variant(settings.ThemeVariant()) == theme.VariantDark
}

// paint is the colour of a name in the theme and variant in use.
func paint(name fyne.ThemeColorName) color.Color {
	if name == "" {
		return color.Transparent
	}
	settings := fyne.CurrentApp().Settings()
	return settings.Theme().Color(name, settings.ThemeVariant())
}

func sizeOf(name fyne.ThemeSizeName) float32 {
	return fyne.CurrentApp().Settings().Theme().Size(name)
}

// hexOf is a colour of the theme as SVG writes it.
func hexOf(name fyne.ThemeColorName) string {
	r, g, b, _ := paint(name).RGBA()
	return fmt.Sprintf("#%02X%02X%02X", r>>8, g>>8, b>>8)
}
