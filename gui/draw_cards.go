package gui

import (
	"fyne.io/fyne/v2"

	"partner-center-connector/connector/view"
	"partner-center-connector/gui/widget"
)

// mark is what a severity looks like: an icon, its colour, and the tint of its card.
type mark struct {
	icon       string
	color      fyne.ThemeColorName
	tint, line fyne.ThemeColorName
}

func markOf(s view.Severity) mark {
	switch s {
	case view.Good:
		return mark{"passed", widget.ColorGood, widget.ColorGoodTint, ""}
	case view.Warning:
		return mark{"warning", widget.ColorWarning, widget.ColorWarningTint, ""}
	case view.Bad:
		return mark{"failed", widget.ColorBad, widget.ColorBadTint, ""}
	case view.Info:
	}
	return mark{"info", widget.ColorAccent, widget.ColorTint, ""}
}

// card is a tinted card with an icon at the left and a column at the right.
type card struct {
	back   *widget.Shape
	icon   *widget.Icon
	column *fyne.Container
	box    *fyne.Container
}

func newMarkedCard(s widget.Style, objects ...fyne.CanvasObject) *card {
	c := &card{back: widget.NewCard(widget.ColorTint, ""), icon: widget.NewIcon("info", widget.ColorAccent, widget.IconMedium).Beside(s)}
	c.column = widget.Box(&widget.Column{Gap: widget.SpaceLarge}, objects...)
	line := widget.Box(&widget.Leading{Gap: widget.SpaceLarge}, c.icon, c.column)
	c.box = widget.Box(&cardLayout{widget.Padded{X: widget.SpaceNarrow, Y: widget.SpaceLarge}}, c.back, line)
	return c
}

// cardLayout is the layout of a card, by which the page knows one.
type cardLayout struct{ widget.Padded }

func (c *card) set(m mark) {
	c.back.SetColors(m.tint, m.line)
	c.icon.Set(m.icon, m.color)
}

// notice draws a view.Notice.
type notice struct {
	screen      *screen
	title, text *widget.Label
	buttons     *buttons
	card        *card
}

func newNotice(s *screen) drawn {
	n := &notice{screen: s, title: widget.NewLabel(widget.StyleStrong), text: widget.NewLabel(widget.StyleBody), buttons: newButtons(s)}
	n.card = newMarkedCard(widget.StyleStrong, widget.Box(&widget.Column{Gap: widget.SpaceHair}, n.title, n.text), n.buttons.box)
	return n
}

func (n *notice) object() fyne.CanvasObject { return n.card.box }

func (n *notice) update(b view.Block) {
	v := b.(view.Notice)
	n.card.set(markOf(v.Severity))
	n.title.SetText(n.screen.text(v.Title))
	n.text.SetText(n.screen.text(v.Text))
	n.buttons.set(v.Buttons)
}

// problem draws a view.Problem: what happened, who must act, what to do, the button that does it; folded away, the raw
// line.
type problem struct {
	screen    *screen
	title, do *widget.Label
	actor     *widget.Label
	buttons   *buttons
	raw       *widget.Entry
	rawField  *fyne.Container
	fold      *fyne.Container
	card      *card
}

func newProblem(s *screen) drawn { return newProblemIn(s) }

func newProblemIn(s *screen) *problem {
	p := &problem{screen: s, title: widget.NewLabel(widget.StyleHeading), do: widget.NewLabel(widget.StyleBody)}
	p.actor = widget.NewLabel(widget.StyleCaptionStrong)
	p.buttons = newButtons(s)
	p.fold = widget.Box(&widget.Column{Gap: widget.SpaceMedium})
	text := widget.Box(&widget.Column{Gap: widget.SpaceSmall}, p.title, p.actor, p.do)
	p.card = newMarkedCard(widget.StyleHeading, text, p.buttons.box, p.fold)
	p.card.set(markOf(view.Bad))
	return p
}

func (p *problem) object() fyne.CanvasObject { return p.card.box }

func (p *problem) update(b view.Block) { p.show(b.(view.Problem)) }

func (p *problem) show(v view.Problem) {
	p.title.SetText(p.screen.text(v.Title))
	p.actor.SetText(p.screen.actorText(v.Actor))
	p.do.SetText(p.screen.text(v.Do))
	p.buttons.set(p.list(v), p.copyForActor(v)...)
	p.showRaw(v)
}

// actorText names the one who must act, as such.
func (s *screen) actorText(actor view.Text) string {
	if actor.Empty() {
		return ""
	}
	return s.word("actor", map[string]any{"Actor": s.text(actor)})
}

func (p *problem) list(v view.Problem) []view.Button {
	if v.Button == nil {
		return v.Others
	}
	return append([]view.Button{*v.Button}, v.Others...)
}

// copyForActor is the button that copies the whole text for the person who must act.
func (p *problem) copyForActor(v view.Problem) []fyne.CanvasObject {
	text := p.screen.text(v.CopyForActor)
	if text == "" {
		return nil
	}
	return []fyne.CanvasObject{p.screen.copyButton(v.ID+".copy-text", "copy-text", text, false)}
}

func (p *problem) showRaw(v view.Problem) {
	p.fold.Objects = nil
	p.fold.Hidden = v.Raw == ""
	if v.Raw == "" {
		return
	}
	pool := p.screen.pool
	toggle := v.ID + ".raw-toggle"
	folder := pool.folder(toggle, p.screen.word("more", nil), p.screen.word("less", nil), pool.open[toggle], pool.flip(toggle))
	p.fold.Objects = []fyne.CanvasObject{widget.Box(&widget.Row{}, folder)}
	if !pool.open[toggle] {
		return
	}
	e := take(pool, v.ID+".raw", func(id string) *widget.Entry { return widget.NewReadOnly(id, p.screen, p.screen.now) })
	if e != p.raw {
		p.raw, p.rawField = e, widget.NewReadOnlyField(e)
	}
	if e.Text != v.Raw {
		e.Reset(v.Raw)
	}
	copier := p.screen.copyButton(v.ID+".raw-copy", "copy", v.Raw, false)
	p.fold.Objects = append(p.fold.Objects, p.rawField, widget.Box(&widget.Row{}, copier))
}

// copyButton is a button of the window's own that copies a text.
func (s *screen) copyButton(id, word, text string, quiet bool) *widget.Button {
	b := take(s.pool, id, func(id string) *widget.Button { return widget.NewButton(id, s) })
	b.OnPressed = func() { s.copyText(id, text) }
	label, also := s.copyLabel(id, s.word(word, nil))
	b.Set(widget.ButtonLook{Text: label, AltText: also, Quiet: quiet}, false)
	return b
}
