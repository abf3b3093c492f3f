package gui

import (
	"fyne.io/fyne/v2"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
)

// help is the window for help. There is one at a time; Escape closes it.
type help struct {
	native fyne.Window
	screen *screen
	topic  string
	search string
}

// showHelp opens the help window at a topic, or goes to it in the one that is open.
func (w *Window) showHelp(topic string) {
	if w.help == nil {
		w.help = w.newHelp()
	}
	h := w.help
	h.topic, h.search = topic, ""
	h.screen.drawn = false
	w.drawHelp()
	h.native.SetTitle(h.screen.text(h.screen.view.Title))
	h.native.Show()
	h.native.RequestFocus()
}

func (w *Window) newHelp() *help {
	h := &help{native: w.app.NewWindow("")}
	h.native.Resize(fyne.NewSize(helpStartW, helpStartH))
	h.screen = newScreen(h.native)
	w.connect(h.screen)
	h.screen.send = w.sendFromHelp
	h.screen.escape, h.screen.confirm = w.closeHelp, h.toFirstAnswer
	h.native.SetOnClosed(func() {
		if w.help == h {
			w.help = nil
		}
	})
	return h
}

// toFirstAnswer puts the focus on the first answer of a search.
func (h *help) toFirstAnswer() {
	for _, b := range h.screen.view.Blocks {
		if f, ok := b.(view.Fold); ok {
			h.screen.Focus(h.screen.pool.find(f.ID))
			return
		}
	}
}

func (w *Window) drawHelp() {
	w.help.screen.draw(w.options.Help(w.help.topic, w.help.search))
	w.wake()
}

// sendFromHelp takes what is typed into the search of the help window; everything else is for the main window, which
// comes to the front.
func (w *Window) sendFromHelp(e wizard.Event) {
	if edited, ok := e.(wizard.Edited); ok && edited.Field == connector.FieldSearch {
		w.help.search = edited.Value
		w.drawHelp()
		return
	}
	w.options.Send(e)
	w.native.RequestFocus()
}

func (w *Window) closeHelp() {
	if w.help != nil {
		w.help.native.Close()
	}
}
