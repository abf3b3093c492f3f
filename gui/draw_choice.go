package gui

import (
	"fyne.io/fyne/v2"

	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
)

// choice draws a view.Choice as a list of options; a long list is folded away behind the chosen one.
type choice struct {
	screen *screen
	v      view.Choice

	label   *words
	value   *words
	locked  *fyne.Container
	list    *fyne.Container
	buttons *buttons
	notes   *notes
	box     *fyne.Container
}

func newChoice(s *screen) drawn {
	c := &choice{screen: s, label: newWords(styleStrong), value: newWords(styleBody)}
	c.locked = flow(&padded{x: spaceLarge, y: entryPad}, newCard(colorOff, ""), c.value)
	c.list = flow(&column{gap: spaceSmall})
	c.buttons, c.notes = newButtons(s), newNotes(s)
	line := flow(&ended{gap: spaceMedium, narrow: entryNarrow}, c.list, c.buttons.row)
	c.box = flow(&column{gap: spaceLabel}, c.label, line, c.notes.box, c.buttons.reasons)
	return c
}

func (c *choice) object() fyne.CanvasObject { return c.box }

func (c *choice) update(b view.Block) {
	v := b.(view.Choice)
	c.v = v
	c.label.set(c.screen.text(v.Label))
	c.buttons.set(v.Buttons)
	c.notes.set(view.Text{}, view.Text{}, v.Hint, v.Reason)
	c.list.Objects = nil
	switch {
	case v.Locked:
		c.value.set(c.chosen())
		c.list.Objects = []fyne.CanvasObject{c.locked}
	case len(v.Options) >= longChoice:
		fold := v.ID + ".options"
		pool := c.screen.pool
		folder := pool.folder(fold, c.chosen(), c.chosen(), pool.open[fold], pool.flip(fold))
		pool.alias[v.ID] = folder
		c.list.Objects = []fyne.CanvasObject{flow(&rowed{}, folder)}
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

// addOptions draws one option a line. The choice's own ID leads to the chosen one, so that the focus can be sent to it.
func (c *choice) addOptions() {
	for i, o := range c.v.Options {
		t := c.option(o)
		c.list.Objects = append(c.list.Objects, t)
		if i == 0 || o.Value == c.v.Value {
			c.screen.pool.alias[c.v.ID] = t
		}
	}
}

func (c *choice) option(o view.Option) *toggle {
	t := take(c.screen.pool, c.v.ID+"."+o.Value, func(id string) *toggle { return newOption(id, c.screen) })
	field, value := c.v.Field, o.Value
	t.press = func() { c.screen.send(wizard.Chosen{Field: field, Value: value}) }
	t.show(c.name(o), value == c.v.Value)
	return t
}
