package gui

import (
	"fyne.io/fyne/v2"

	"partner-center-connector/auth"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/gui/widget"
)

// input draws a view.Input: its label, the field, what is wrong or right with it, and a hint.
type input struct {
	screen *screen
	v      view.Input
	entry  *widget.Entry

	label   *widget.Label
	field   *fyne.Container
	value   *widget.Label
	locked  *fyne.Container
	slot    *fyne.Container
	buttons *buttons
	notes   *notes
	box     *fyne.Container
}

func newInput(s *screen) drawn {
	i := &input{screen: s, label: widget.NewLabel(widget.StyleStrong), value: widget.NewLabel(widget.StyleBody)}
	i.locked = widget.Box(&widget.Padded{X: widget.SpaceLarge, Y: widget.EntryPad}, widget.NewCard(widget.ColorOff, ""), i.value)
	i.slot = widget.Box(&widget.Column{})
	i.buttons = newButtons(s)
	i.notes = newNotes(s)
	line := widget.Box(&widget.Trailing{Gap: widget.SpaceMedium, Narrow: widget.EntryNarrow}, i.slot, i.buttons.row)
	i.box = widget.Box(&widget.Column{Gap: widget.SpaceLabel}, i.label, line, i.notes.box, i.buttons.reasons)
	return i
}

func (i *input) object() fyne.CanvasObject { return i.box }

func (i *input) update(b view.Block) {
	v := b.(view.Input)
	i.v = v
	i.label.SetText(i.screen.text(v.Label))
	if v.Locked {
		i.value.SetText(v.Value)
		i.slot.Objects = []fyne.CanvasObject{i.locked}
	} else {
		i.setEntry(v)
		i.slot.Objects = []fyne.CanvasObject{i.field}
	}
	i.buttons.set(v.Buttons, i.done(v)...)
	if i.buttons.reasons.Text() == i.screen.text(v.Error) {
		i.buttons.reasons.SetText("") // the field says it already
	}
	i.notes.set(v.Error, v.Good, v.Cleaned, v.Hint, v.Reason)
}

func (i *input) setEntry(v view.Input) {
	e := i.screen.pool.entry(v.ID, v.Secret, v.Multiline)
	if e != i.entry {
		i.entry, i.field = e, widget.NewField(e)
	}
	if placeholder := i.screen.text(v.Placeholder); placeholder != e.PlaceHolder {
		e.SetPlaceHolder(placeholder)
	}
	if v.Secret {
		e.OnEdited, e.OnEnter = nil, i.sendSecret
		return
	}
	e.OnEdited = func(text string) {
		i.screen.send(wizard.Edited{Field: v.Field, Value: text})
		i.screen.wake()
	}
	e.OnEnter = i.pressOwn
	e.Sync(v.Value)
}

// done is the button that sends a secret: what is typed stays in the field until then and is in no view.
func (i *input) done(v view.Input) []fyne.CanvasObject {
	if !v.Secret || v.Locked {
		return nil
	}
	b := take(i.screen.pool, v.ID+".done", func(id string) *widget.Button { return widget.NewButton(id, i.screen) })
	b.OnPressed = func() { i.sendSecret() }
	b.Set(widget.ButtonLook{Text: i.screen.word("done", nil)}, false)
	return []fyne.CanvasObject{b}
}

func (i *input) sendSecret() bool {
	text := i.entry.Text
	if text == "" {
		return false
	}
	i.entry.Reset("")
	i.screen.send(wizard.SecretEntered{Field: i.v.Field, Secret: auth.NewSecret(text)})
	return true
}

// pressOwn presses the field's own primary button, where it has one: that is what Enter means in it, and nothing else,
// even while that button is disabled.
func (i *input) pressOwn() bool {
	for _, b := range i.v.Buttons {
		if b.Primary {
			if !i.screen.ignoresKey(b.ID) {
				i.screen.run(b)
			}
			return true
		}
	}
	return false
}

func (i *input) tick() {
	if i.entry != nil {
		i.entry.Settle()
	}
}

func (i *input) ticks() bool { return i.entry != nil && i.entry.Unsettled() }

// notes are the lines under a field: what is wrong with it, what is right, what of it is not used, and hints.
type notes struct {
	screen       *screen
	wrong, right *widget.Label
	bad, good    *fyne.Container
	cleaned      *widget.Label
	hint, reason *widget.Label
	box          *fyne.Container
}

func newNotes(s *screen) *notes {
	n := &notes{screen: s}
	n.wrong = widget.NewLabel(widget.StyleBody.In(widget.ColorBad))
	n.right = widget.NewLabel(widget.StyleBody.In(widget.ColorGood))
	n.cleaned = widget.NewLabel(widget.StyleBody)
	n.hint, n.reason = widget.NewLabel(widget.StyleCaption), widget.NewLabel(widget.StyleCaption)
	failed := widget.NewIcon("failed", widget.ColorBad, widget.IconSmall).Beside(widget.StyleBody)
	passed := widget.NewIcon("passed", widget.ColorGood, widget.IconSmall).Beside(widget.StyleBody)
	n.bad = widget.Box(&widget.Leading{Gap: widget.SpaceSmall}, failed, n.wrong)
	n.good = widget.Box(&widget.Leading{Gap: widget.SpaceSmall}, passed, n.right)
	n.box = widget.Box(&widget.Column{Gap: widget.SpaceSmall}, n.bad, n.good, n.cleaned, n.reason, n.hint)
	return n
}

func (n *notes) set(wrong, right, cleaned, hint, reason view.Text) {
	n.wrong.SetText(n.screen.text(wrong))
	n.right.SetText(n.screen.text(right))
	n.cleaned.SetText(n.screen.text(cleaned))
	n.hint.SetText(n.screen.text(hint))
	n.reason.SetText(n.screen.text(reason))
	n.bad.Hidden, n.good.Hidden = n.wrong.Hidden, n.right.Hidden
	n.box.Hidden = n.wrong.Hidden && n.right.Hidden && n.cleaned.Hidden && n.hint.Hidden && n.reason.Hidden
}

// tickBlock draws a view.Tick.
type tickBlock struct {
	screen *screen
	hint   *widget.Label
	under  *fyne.Container
	box    *fyne.Container
}

func newTickBlock(s *screen) drawn {
	t := &tickBlock{screen: s, hint: widget.NewLabel(widget.StyleCaption)}
	t.under = widget.Box(&indentLayout{by: widget.IconMedium + widget.SpaceMedium}, t.hint)
	t.box = widget.Box(&widget.Column{Gap: widget.SpaceSmall})
	return t
}

func (t *tickBlock) object() fyne.CanvasObject { return t.box }

func (t *tickBlock) update(b view.Block) {
	v := b.(view.Tick)
	c := take(t.screen.pool, v.ID, func(id string) *widget.Toggle { return widget.NewTick(id, t.screen) })
	label := t.screen.text(v.Label)
	c.OnPressed = func() {
		c.Set(label, !c.On())
		t.screen.send(wizard.Ticked{Field: v.Field, On: c.On()})
	}
	c.Set(label, v.On)
	t.hint.SetText(t.screen.text(v.Hint))
	t.under.Hidden = t.hint.Hidden
	t.box.Objects = []fyne.CanvasObject{c, t.under}
}

// indentLayout moves its object in from the left.
type indentLayout struct{ by, last float32 }

func (i *indentLayout) HeightFor(objects []fyne.CanvasObject, width float32) float32 {
	return widget.HeightOf(objects[0], width-i.by)
}

func (i *indentLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	i.last = size.Width
	widget.Place(objects[0], i.by, 0, size.Width-i.by, size.Height)
}

func (i *indentLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, i.HeightFor(objects, i.last))
}
