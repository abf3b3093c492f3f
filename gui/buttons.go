package gui

import (
	"fyne.io/fyne/v2"

	"partner-center-connector/connector/view"
	"partner-center-connector/gui/widget"
)

// buttons is a row of buttons; under it stand, in words, the reasons of those that are disabled.
type buttons struct {
	screen  *screen
	row     *fyne.Container
	reasons *widget.Label
	box     *fyne.Container
}

func newButtons(s *screen) *buttons {
	b := &buttons{screen: s, row: widget.Box(&widget.Row{Gap: widget.SpaceMedium}), reasons: widget.NewLabel(widget.StyleCaption)}
	b.box = widget.Box(&widget.Column{Gap: widget.SpaceSmall}, b.row, b.reasons)
	return b
}

// setWithMore shows these buttons, and the further ones behind a button of their own, which has the ID.
func (b *buttons) setWithMore(id string, list, more []view.Button) {
	if len(more) == 0 {
		b.set(list)
		return
	}
	pool := b.screen.pool
	shown := list
	if pool.open[id] {
		shown = append(list[:len(list):len(list)], more...)
	}
	b.set(shown, pool.folder(id, b.screen.word("more-actions", nil), b.screen.word("fewer-actions", nil), pool.open[id], pool.flip(id)))
}

// set shows these buttons, and after them further controls.
func (b *buttons) set(list []view.Button, further ...fyne.CanvasObject) {
	b.row.Objects = append(b.screen.pool.row(list), further...)
	b.row.Hidden = len(b.row.Objects) == 0
	b.reasons.SetText(b.screen.reasons(list))
}
