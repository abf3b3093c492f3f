package widget

import (
	"fyne.io/fyne/v2"
)

// fontFor is the theme's font for a text that has all its characters in that font; nil leaves the choice to Fyne. Fyne looks
// through the fonts of the system before it draws the first text whose font it is to choose, which takes a window that opens
// a twentieth of a second and three megabytes, for characters that hardly any window shows.
func fontFor(text string, style fyne.TextStyle) fyne.Resource {
	for _, r := range text {
		if !inEveryFont(r) {
			return nil
		}
	}
	return fyne.CurrentApp().Settings().Theme().Font(style)
}

// inEveryFont reports whether a character is one that Fyne's own fonts have and, with them, any font of Latin script: letters of
// European languages, digits, punctuation.
func inEveryFont(r rune) bool {
	switch {
	case r < ' ', r >= 0x7f && r < 0xa0:
		return false
	case r <= 'ſ':
		return true
	}
	switch r {
	case '–', '—', '‘', '’', '‚', '“', '”', '„', '•', '…', '€':
		return true
	}
	return false
}
