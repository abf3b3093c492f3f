package gui

import (
	"encoding/json"
	"fmt"

	"fyne.io/fyne/v2/lang"
	"partner-center-connector/assets"
)

// fyneWords are the words that Fyne itself shows in a window like ours, by our keys: those of the menu of a text field,
// and of the window's own menu on macOS.
var fyneWords = map[string]string{
	"Cut": "cut", "Copy": "copy", "Paste": "paste", "Select all": "select-all", "Undo": "undo", "Redo": "redo", "Quit": "quit",
}

// translateFyne gives Fyne those words in our language. Fyne has no way to choose its language: it takes the system's,
// so the words are put in that language's place.
func translateFyne(tr *assets.Translator) error {
	texts := map[string]string{}
	for theirs, ours := range fyneWords {
		texts[theirs] = tr.Text("window."+ours, nil)
	}
	data, err := json.Marshal(texts)
	if err != nil {
		return fmt.Errorf("gui: words for Fyne: %w", err)
	}
	if err := lang.AddTranslationsForLocale(data, lang.SystemLocale()); err != nil {
		return fmt.Errorf("gui: words for Fyne: %w", err)
	}
	return nil
}
