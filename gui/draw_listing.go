package gui

import (
	"fyne.io/fyne/v2"

	"partner-center-connector/connector/view"
	"partner-center-connector/gui/widget"
)

// listing draws a view.Listing: its label, the text in letters of one width, and its buttons.
type listing struct {
	screen  *screen
	label   *widget.Label
	entry   *widget.Entry
	field   *fyne.Container
	buttons *buttons
	box     *fyne.Container
}

func newListing(s *screen) drawn {
	l := &listing{screen: s, label: widget.NewLabel(widget.StyleStrong), buttons: newButtons(s)}
	l.box = widget.Box(&widget.Column{Gap: widget.SpaceLabel})
	return l
}

func (l *listing) object() fyne.CanvasObject { return l.box }

func (l *listing) update(b view.Block) {
	v := b.(view.Listing)
	l.label.SetText(l.screen.text(v.Label))
	e := take(l.screen.pool, v.ID+".text", func(id string) *widget.Entry { return widget.NewReadOnly(id, l.screen, l.screen.now) })
	if e != l.entry {
		l.entry, l.field = e, widget.NewReadOnlyField(e)
	}
	if e.Text != v.Text {
		e.Reset(v.Text)
	}
	l.buttons.set(v.Buttons)
	// The buttons come first: the text is long, and they are what is looked for.
	l.box.Objects = []fyne.CanvasObject{l.label, l.buttons.box, l.field}
}
