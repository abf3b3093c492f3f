package gui

import (
	"fyne.io/fyne/v2"
	"partner-center-connector/connector/view"
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
		return mark{"passed", colorGood, colorGoodTint, ""}
	case view.Warning:
		return mark{"warning", colorWarning, colorWarningTint, ""}
	case view.Bad:
		return mark{"failed", colorBad, colorBadTint, ""}
	case view.Info:
	}
	return mark{"info", colorAccent, colorTint, ""}
}

// card is a tinted card with an icon at the left and a column at the right.
type card struct {
	back   *shape
	glyph  *glyph
	column *fyne.Container
	box    *fyne.Container
}

func newCardOf(s style, objects ...fyne.CanvasObject) *card {
	c := &card{back: newCard(colorTint, ""), glyph: newGlyph("info", colorAccent, iconMedium).on(s)}
	c.column = flow(&column{gap: spaceLarge}, objects...)
	line := flow(&beside{gap: spaceLarge}, c.glyph, c.column)
	c.box = flow(&carded{padded{x: spaceNarrow, y: spaceLarge}}, c.back, line)
	return c
}

// carded is the layout of a card, by which the page knows one.
type carded struct{ padded }

func (c *card) set(m mark) {
	c.back.set(m.tint, m.line)
	c.glyph.set(m.icon, m.color)
}

// notice draws a view.Notice.
type notice struct {
	screen      *screen
	title, text *words
	buttons     *buttons
	card        *card
}

func newNotice(s *screen) drawn {
	n := &notice{screen: s, title: newWords(styleStrong), text: newWords(styleBody), buttons: newButtons(s)}
	n.card = newCardOf(styleStrong, flow(&column{gap: spaceHair}, n.title, n.text), n.buttons.box)
	return n
}

func (n *notice) object() fyne.CanvasObject { return n.card.box }

func (n *notice) update(b view.Block) {
	v := b.(view.Notice)
	n.card.set(markOf(v.Severity))
	n.title.set(n.screen.text(v.Title))
	n.text.set(n.screen.text(v.Text))
	n.buttons.set(v.Buttons)
}

// problem draws a view.Problem: what happened, who must act, what to do, the button that does it; folded away, the raw
// line.
type problem struct {
	screen    *screen
	title, do *words
	actor     *words
	buttons   *buttons
	raw       *entry
	rawField  *fyne.Container
	fold      *fyne.Container
	card      *card
}

func newProblem(s *screen) drawn { return newProblemIn(s) }

func newProblemIn(s *screen) *problem {
	p := &problem{screen: s, title: newWords(styleHeading), actor: newWords(styleCaptionB), do: newWords(styleBody)}
	p.buttons = newButtons(s)
	p.fold = flow(&column{gap: spaceMedium})
	p.card = newCardOf(styleHeading, flow(&column{gap: spaceSmall}, p.title, p.actor, p.do), p.buttons.box, p.fold)
	p.card.set(markOf(view.Bad))
	return p
}

func (p *problem) object() fyne.CanvasObject { return p.card.box }

func (p *problem) update(b view.Block) { p.show(b.(view.Problem)) }

func (p *problem) show(v view.Problem) {
	p.title.set(p.screen.text(v.Title))
	p.actor.set(p.screen.who(v.Actor))
	p.do.set(p.screen.text(v.Do))
	p.buttons.set(p.list(v), p.copyForActor(v)...)
	p.showRaw(v)
}

// who names the one who must act, as such.
func (s *screen) who(actor view.Text) string {
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
	return []fyne.CanvasObject{p.screen.copier(v.ID+".copy-text", "copy-text", text, false)}
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
	p.fold.Objects = []fyne.CanvasObject{flow(&rowed{}, folder)}
	if !pool.open[toggle] {
		return
	}
	e := take(pool, v.ID+".raw", func(id string) *entry { return newRaw(id, p.screen) })
	if e != p.raw {
		p.raw, p.rawField = e, newField(e)
		p.rawField.Layout = &raw{entry: e}
	}
	if e.Text != v.Raw {
		e.put(v.Raw)
	}
	copier := p.screen.copier(v.ID+".raw-copy", "copy", v.Raw, false)
	p.fold.Objects = append(p.fold.Objects, p.rawField, flow(&rowed{}, copier))
}

// copier is a button of the window's own that copies a text.
func (s *screen) copier(id, word, text string, quiet bool) *button {
	b := take(s.pool, id, func(id string) *button { return newButton(id, s) })
	b.press = func() { s.copyText(id, text) }
	label, also := s.copyLabel(id, s.word(word, nil))
	b.show(buttonLook{text: label, also: also, quiet: quiet}, false)
	return b
}
