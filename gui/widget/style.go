package widget

import (
	"fyne.io/fyne/v2"
)

// Style is how text looks.
type Style struct {
	Size  fyne.ThemeSizeName
	Color fyne.ThemeColorName
	text  fyne.TextStyle
	align fyne.TextAlign
}

// The styles of text.
var (
	StyleTitle         = Style{Size: sizeTitle, Color: ColorText, text: fyne.TextStyle{Bold: true}}
	StyleLead          = Style{Size: sizeLead, Color: ColorText}
	StyleHeading       = Style{Size: sizeHeading, Color: ColorText, text: fyne.TextStyle{Bold: true}}
	StyleBody          = Style{Size: sizeBody, Color: ColorText}
	StyleStrong        = Style{Size: sizeBody, Color: ColorText, text: fyne.TextStyle{Bold: true}}
	StyleCaption       = Style{Size: sizeCaption, Color: ColorMuted}
	StyleCaptionStrong = Style{Size: sizeCaption, Color: ColorMuted, text: fyne.TextStyle{Bold: true}}
)

// In is the style in another colour.
func (s Style) In(c fyne.ThemeColorName) Style {
	s.Color = c
	return s
}

// Centered is the style with its lines centred.
func (s Style) Centered() Style {
	s.align = fyne.TextAlignCenter
	return s
}

// Measure is how wide a text is on one line.
func (s Style) Measure(text string) float32 {
	return s.sizeOf(text).Width
}

// LineHeight is the height of one line.
func (s Style) LineHeight() float32 {
	return s.sizeOf("Ag").Height
}

func (s Style) sizeOf(text string) fyne.Size {
	size, _ := fyne.CurrentApp().Driver().RenderedTextSize(text, sizeOf(s.Size), s.text, fontFor(text, s.text))
	return size
}
