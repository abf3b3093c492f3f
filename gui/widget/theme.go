package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"partner-center-connector/connector"
)

// programTheme has our colours and sizes, and Fyne's fonts and icons. It has a light and a dark variant and shows the one that was
// chosen, or else the one that Fyne names, which follows the system.
type programTheme struct {
	fyne.Theme
	chosen connector.Theme
}

// NewTheme makes the program's theme in the variant that was chosen; without one it follows the system.
func NewTheme(chosen connector.Theme) fyne.Theme { return programTheme{theme.DefaultTheme(), chosen} }

// SetTheme gives the app the program's theme in the variant that was chosen, unless it has it already: a new theme makes Fyne
// read its fonts again and lay every window out.
func SetTheme(app fyne.App, chosen connector.Theme) {
	if t, ok := app.Settings().Theme().(programTheme); !ok || t.chosen != chosen {
		app.Settings().SetTheme(NewTheme(chosen))
	}
}

// variant is the one to show where Fyne names another.
func (t programTheme) variant(named fyne.ThemeVariant) fyne.ThemeVariant {
	switch t.chosen {
	case connector.ThemeLight:
		return theme.VariantLight
	case connector.ThemeDark:
		return theme.VariantDark
	default:
		return named
	}
}

func (t programTheme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	if same, ok := alike[name]; ok {
		name = same
	}
	palette := light
	variant = t.variant(variant)
	if variant == theme.VariantDark {
		palette = dark
	}
	if c, ok := palette[name]; ok {
		return c
	}
	return t.Theme.Color(name, variant)
}

func (t programTheme) Size(name fyne.ThemeSizeName) float32 {
	if s, ok := sizes[name]; ok {
		return s
	}
	return t.Theme.Size(name)
}

// IsDark reports whether the dark variant is shown.
func IsDark() bool {
	settings := fyne.CurrentApp().Settings()
	t, ok := settings.Theme().(programTheme)
	return ok && t.variant(settings.ThemeVariant()) == theme.VariantDark
}

// Color is the colour of a name in the theme and variant in use; transparent for no name.
func Color(name fyne.ThemeColorName) color.Color {
	if name == "" {
		return color.Transparent
	}
	settings := fyne.CurrentApp().Settings()
	return settings.Theme().Color(name, settings.ThemeVariant())
}

func sizeOf(name fyne.ThemeSizeName) float32 {
	return fyne.CurrentApp().Settings().Theme().Size(name)
}
