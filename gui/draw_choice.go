package gui

import (
	"fyne.io/fyne/v2"

	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/gui/widget"
)

// choice draws a view.Choice as a list of options; a long list is folded away behind the chosen one.
type choice struct {
	screen *screen
	v      view.Choice

	label   *widget.Label
	value   *widget.Label
	locked  *fyne.Container
	list    *fyne.Container
	buttons *buttons
	notes   *notes
	box     *fyne.Container
}

func newChoice(s *screen) drawn {
	c := &choice{screen: s, label: widget.NewLabel(widget.StyleStrong), value: widget.NewLabel(widget.StyleBody)}
	c.locked = widget.Box(&widget.Padded{X: widget.SpaceLarge, Y: widget.EntryPad}, widget.NewCard(widget.ColorOff, ""), c.value)
	c.list = widget.Box(&widget.Column{Gap: widget.SpaceSmall})
	c.buttons, c.notes = newButtons(s), newNotes(s)
	line := widget.Box(&widget.Trailing{Gap: widget.SpaceMedium, Narrow: widget.EntryNarrow}, c.list, c.buttons.row)
	c.box = widget.Box(&widget.Column{Gap: widget.SpaceLabel}, c.label, line, c.notes.box, c.buttons.reasons)
	return c
}

func (c *choice) object() fyne.CanvasObject { return c.box }

func (c *choice) update(b view.Block) {
	v := b.(view.Choice)
	c.v = v
	c.label.SetText(c.screen.text(v.Label))
	c.buttons.set(v.Buttons)
	c.notes.set(view.Text{}, view.Text{}, view.Text{}, v.Hint, v.Reason)
	c.list.Objects = nil
	switch {
	case v.Locked:
		c.value.SetText(c.chosen())
		c.list.Objects = []fyne.CanvasObject{c.locked}
	case len(v.Options) >= longChoice:
		fold := v.ID + ".options"
		pool := c.screen.pool
		folder := pool.folder(fold, c.chosen(), c.chosen(), pool.open[fold], pool.flip(fold))
		pool.alias[v.ID] = folder
		c.list.Objects = []fyne.CanvasObject{widget.Box(&widget.Row{}, folder)}
		if pool.open[fold] {
			c.addOptions()
		}
	default:
		c.addOptions()
	}
}

func (c *choice) chosen() string {
	for _, o := range c.v.Options {
		if o.Value == c.v.Value {
			return c.name(o)
		}
	}
	return c.screen.word("none-chosen", nil)
}

func (c *choice) name(o view.Option) string {
	if o.Plain != "" {
		return o.Plain
	}
	return c.screen.text(o.Label)
}

// addOptions draws one option a line. The choice's own ID stands for the chosen one, so that it can be given the focus.
func (c *choice) addOptions() {
	for i, o := range c.v.Options {
		t := c.option(o)
		c.list.Objects = append(c.list.Objects, t)
		if i == 0 || o.Value == c.v.Value {
			c.screen.pool.alias[c.v.ID] = t
		}
	}
}

func (c *choice) option(o view.Option) *widget.Toggle {
	t := take(c.screen.pool, c.v.ID+"."+o.Value, func(id string) *widget.Toggle { return widget.NewOption(id, c.screen) })
	field, value := c.v.Field, o.Value
	t.OnPressed = func() { c.screen.send(wizard.Chosen{Field: field, Value: value}) }
	t.Set(c.name(o), value == c.v.Value)
	return t
}
