package gui

import (
	"strconv"

	"fyne.io/fyne/v2"

	"partner-center-connector/connector/view"
	"partner-center-connector/gui/widget"
)

// pool keeps the controls of a screen by their ID from one view to the next, so that focus and what is being typed stay
// where they are, wherever the control stands in the new view.
type pool struct {
	screen *screen
	kept   map[string]widget.TabStop
	used   map[string]widget.TabStop
	// alias maps the ID of something that has several controls to the one that gets its focus.
	alias map[string]widget.TabStop
	// drawing is set from begin to end: a control that is asked for at other times stands in a row that comes into view.
	drawing bool
	// open is what was folded open, by the ID of the button that folds it.
	open map[string]bool
}

func newPool(s *screen) *pool {
	p := &pool{screen: s}
	p.begin()
	p.clear()
	return p
}

// begin starts a new view, in which only the controls that are asked for again stay.
func (p *pool) begin() {
	p.used, p.alias, p.drawing = map[string]widget.TabStop{}, map[string]widget.TabStop{}, true
}

// end drops the controls that the view did not ask for.
func (p *pool) end() { p.kept, p.drawing = p.used, false }

// forget drops controls of rows that have gone out of view. While a view is drawn there is nothing to do: end drops them.
func (p *pool) forget(controls []widget.TabStop) {
	if p.drawing {
		return
	}
	for _, c := range controls {
		delete(p.kept, c.ID())
	}
}

// clear forgets what was folded open, for a new page.
func (p *pool) clear() {
	p.open = map[string]bool{}
	p.kept = map[string]widget.TabStop{}
}

// find is the control of an ID in the view that is shown; nil for none.
func (p *pool) find(id string) widget.TabStop {
	if s, ok := p.kept[id]; ok {
		return s
	}
	if s, ok := p.alias[id]; ok {
		return s
	}
	return nil
}

// take returns the control of an ID if it is of type T, else a new one.
func take[T widget.TabStop](p *pool, id string, create func(id string) T) T {
	key := id
	for n := 2; p.drawing && (key == "" || p.used[key] != nil); n++ {
		key = id + "#" + strconv.Itoa(n)
	}
	s, ok := p.kept[key].(T)
	if !ok {
		s = create(id)
	}
	p.used[key] = s
	return s
}

// button draws a button of a view.
func (p *pool) button(v view.Button) *widget.Button {
	p.screen.sights.see(v)
	b := take(p, v.ID, func(id string) *widget.Button { return widget.NewButton(id, p.screen) })
	b.OnPressed = func() { p.screen.run(v) }
	text, also := p.screen.label(v)
	b.Set(widget.ButtonLook{Text: text, AltText: also, Primary: v.Primary, Danger: v.Danger}, v.Disabled)
	return b
}

// quiet draws a button of a view that is to be seen less than the others of its page.
func (p *pool) quiet(v view.Button) *widget.Button {
	p.screen.sights.see(v)
	b := take(p, v.ID, func(id string) *widget.Button { return widget.NewButton(id, p.screen) })
	b.OnPressed = func() { p.screen.run(v) }
	b.Set(widget.ButtonLook{Text: p.screen.text(v.Label), Quiet: true}, v.Disabled)
	return b
}

// folder is a button that folds something open or away.
func (p *pool) folder(id, opens, closes string, open bool, change func()) *widget.Button {
	b := take(p, id, func(id string) *widget.Button { return widget.NewButton(id, p.screen) })
	b.OnPressed = change
	text := pick(open, closes, opens)
	b.Set(widget.ButtonLook{
		Text: text, Quiet: true, Icon: pick(open, "chevron-down", "chevron-right"),
		Spoken: p.screen.word(pick(open, "open", "closed"), map[string]any{"Title": text}),
	}, false)
	return b
}

// opened reports whether what belongs to an ID is folded open: as the person left it, or else as it is at first.
func (p *pool) opened(id string, first bool) bool {
	if open, told := p.open[id]; told {
		return open
	}
	return first
}

// flip folds what belongs to an ID open or away and draws the view again.
func (p *pool) flip(id string) func() {
	return func() {
		p.open[id] = !p.open[id]
		p.screen.again()
	}
}

// row draws buttons side by side, each disabled one with its reason under them.
func (p *pool) row(buttons []view.Button) []fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, 0, len(buttons))
	for _, v := range buttons {
		objects = append(objects, p.button(v))
	}
	return objects
}

// entry draws a text field.
func (p *pool) entry(id string, secret, multiline bool) *widget.Entry {
	e := take(p, id, func(id string) *widget.Entry { return widget.NewEntry(id, p.screen, p.screen.now, secret, multiline) })
	if e.Password == secret && e.MultiLine == multiline {
		return e
	}
	e = widget.NewEntry(id, p.screen, p.screen.now, secret, multiline)
	p.used[id] = e
	return e
}
