package gui

import (
	"fyne.io/fyne/v2"

	"partner-center-connector/auth"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
)

// input draws a view.Input: its label, the field, what is wrong or right with it, and a hint.
type input struct {
	screen *screen
	v      view.Input
	entry  *entry

	label   *words
	field   *fyne.Container
	value   *words
	locked  *fyne.Container
	slot    *fyne.Container
	buttons *buttons
	notes   *notes
	box     *fyne.Container
}

func newInput(s *screen) drawn {
	i := &input{screen: s, label: newWords(styleStrong), value: newWords(styleBody)}
	i.locked = flow(&padded{x: spaceLarge, y: entryPad}, newCard(colorOff, ""), i.value)
	i.slot = flow(&column{})
	i.buttons = newButtons(s)
	i.notes = newNotes(s)
	line := flow(&ended{gap: spaceMedium, narrow: entryNarrow}, i.slot, i.buttons.row)
	i.box = flow(&column{gap: spaceLabel}, i.label, line, i.notes.box, i.buttons.reasons)
	return i
}

func (i *input) object() fyne.CanvasObject { return i.box }

func (i *input) update(b view.Block) {
	v := b.(view.Input)
	i.v = v
	i.label.set(i.screen.text(v.Label))
	if v.Locked {
		i.value.set(v.Value)
		i.slot.Objects = []fyne.CanvasObject{i.locked}
	} else {
		i.setEntry(v)
		i.slot.Objects = []fyne.CanvasObject{i.field}
	}
	i.buttons.set(v.Buttons, i.done(v)...)
	if i.buttons.reasons.text == i.screen.text(v.Error) {
		i.buttons.reasons.set("") // the field says it already
	}
	i.notes.set(v.Error, v.Good, v.Hint, v.Reason)
}

func (i *input) setEntry(v view.Input) {
	e := i.screen.pool.entry(v.ID, v.Secret, v.Multiline)
	if e != i.entry {
		i.entry, i.field = e, newField(e)
	}
	if placeholder := i.screen.text(v.Placeholder); placeholder != e.PlaceHolder {
		e.SetPlaceHolder(placeholder)
	}
	if v.Secret {
		e.edited, e.submit = nil, i.sendSecret
		return
	}
	e.edited = func(text string) {
		i.screen.send(wizard.Edited{Field: v.Field, Value: text})
		i.screen.wake()
	}
	e.submit = i.pressOwn
	e.take(v.Value)
}

// done is the button that sends a secret: what is typed stays in the field until then and is in no view.
func (i *input) done(v view.Input) []fyne.CanvasObject {
	if !v.Secret || v.Locked {
		return nil
	}
	b := take(i.screen.pool, v.ID+".done", func(id string) *button { return newButton(id, i.screen) })
	b.press = func() { i.sendSecret() }
	b.show(buttonLook{text: i.screen.word("done", nil)}, false)
	return []fyne.CanvasObject{b}
}

func (i *input) sendSecret() bool {
	text := i.entry.Text
	if text == "" {
		return false
	}
	i.entry.put("")
	i.screen.send(wizard.SecretEntered{Field: i.v.Field, Secret: auth.NewSecret(text)})
	return true
}

// pressOwn presses the field's own primary button, where it has one: that is what Enter means in it, and nothing else,
// even while that button is disabled.
func (i *input) pressOwn() bool {
	for _, b := range i.v.Buttons {
		if b.Primary {
			if !i.screen.held() {
				i.screen.run(b)
			}
			return true
		}
	}
	return false
}

func (i *input) tick() {
	if i.entry != nil {
		i.entry.settle()
	}
}

func (i *input) ticks() bool { return i.entry != nil && i.entry.ignored != nil }

// notes are the lines under a field: what is wrong with it, what is right, and hints.
type notes struct {
	screen       *screen
	wrong, right *words
	bad, good    *fyne.Container
	hint, reason *words
	box          *fyne.Container
}

func newNotes(s *screen) *notes {
	n := &notes{screen: s, wrong: newWords(styleBody.in(colorBad)), right: newWords(styleBody.in(colorGood))}
	n.hint, n.reason = newWords(styleCaption), newWords(styleCaption)
	n.bad = flow(&beside{gap: spaceSmall}, newGlyph("failed", colorBad, iconSmall).on(styleBody), n.wrong)
	n.good = flow(&beside{gap: spaceSmall}, newGlyph("passed", colorGood, iconSmall).on(styleBody), n.right)
	n.box = flow(&column{gap: spaceSmall}, n.bad, n.good, n.reason, n.hint)
	return n
}

func (n *notes) set(wrong, right, hint, reason view.Text) {
	n.wrong.set(n.screen.text(wrong))
	n.right.set(n.screen.text(right))
	n.hint.set(n.screen.text(hint))
	n.reason.set(n.screen.text(reason))
	n.bad.Hidden, n.good.Hidden = n.wrong.Hidden, n.right.Hidden
	n.box.Hidden = n.wrong.Hidden && n.right.Hidden && n.hint.Hidden && n.reason.Hidden
}

// tickBlock draws a view.Tick.
type tickBlock struct {
	screen *screen
	hint   *words
	under  *fyne.Container
	box    *fyne.Container
}

func newTickBlock(s *screen) drawn {
	t := &tickBlock{screen: s, hint: newWords(styleCaption)}
	t.under = flow(&indented{by: iconMedium + spaceMedium}, t.hint)
	t.box = flow(&column{gap: spaceSmall})
	return t
}

func (t *tickBlock) object() fyne.CanvasObject { return t.box }

func (t *tickBlock) update(b view.Block) {
	v := b.(view.Tick)
	c := take(t.screen.pool, v.ID, func(id string) *toggle { return newTick(id, t.screen) })
	c.press = func() {
		c.show(c.text, !c.on)
		t.screen.send(wizard.Ticked{Field: v.Field, On: c.on})
	}
	c.show(t.screen.text(v.Label), v.On)
	t.hint.set(t.screen.text(v.Hint))
	t.under.Hidden = t.hint.Hidden
	t.box.Objects = []fyne.CanvasObject{c, t.under}
}

// indented moves its object in from the left.
type indented struct{ by, last float32 }

func (i *indented) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return heightOf(objects[0], width-i.by)
}

func (i *indented) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	i.last = size.Width
	place(objects[0], i.by, 0, size.Width-i.by, size.Height)
}

func (i *indented) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, i.heightFor(objects, i.last))
}
