package gui

import (
	"strconv"

	"fyne.io/fyne/v2"
	"partner-center-connector/connector/view"
)

// paragraph draws a view.Paragraph.
type paragraph struct {
	screen *screen
	words  *words
	box    *fyne.Container
}

func newParagraph(s *screen) drawn {
	p := &paragraph{screen: s, words: newWords(styleBody)}
	p.box = flow(&column{}, p.words)
	return p
}

func (p *paragraph) object() fyne.CanvasObject { return p.box }

func (p *paragraph) update(b view.Block) {
	v := b.(view.Paragraph)
	p.words.restyle(styleOf(v.Role), p.screen.text(v.Text))
}

func styleOf(r view.Role) style {
	switch r {
	case view.Lead:
		return styleLead
	case view.Heading:
		return styleHeading
	case view.Caption:
		return styleCaption
	case view.Body:
	}
	return styleBody
}

// list draws a view.List.
type list struct {
	screen *screen
	items  []*words
	marks  []*words
	box    *fyne.Container
}

func newList(s *screen) drawn {
	return &list{screen: s, box: flow(&column{gap: spaceMedium})}
}

func (l *list) object() fyne.CanvasObject { return l.box }

func (l *list) update(b view.Block) {
	v := b.(view.List)
	for len(l.items) < len(v.Items) {
		l.items = append(l.items, newWords(styleBody))
		l.marks = append(l.marks, newWords(styleBody.in(colorMuted)))
		n := len(l.items) - 1
		l.box.Objects = append(l.box.Objects, flow(&hanging{}, l.marks[n], l.items[n]))
	}
	for i := range l.items {
		mark, text := "", ""
		if i < len(v.Items) {
			mark, text = pick(v.Numbered, strconv.Itoa(i+1)+".", "•"), l.screen.text(v.Items[i])
		}
		l.marks[i].set(mark)
		l.items[i].set(text)
	}
}

// hanging puts a bullet or number before an item's text.
type hanging struct{ last float32 }

func (h *hanging) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return heightOf(objects[1], width-bulletWidth)
}

func (h *hanging) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	h.last = size.Width
	room := size.Width - bulletWidth
	place(objects[0], 0, 0, bulletWidth, heightOf(objects[0], bulletWidth))
	place(objects[1], bulletWidth, 0, room, heightOf(objects[1], room))
}

func (h *hanging) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, h.heightFor(objects, h.last))
}

// actions draws a view.Actions.
type actions struct{ buttons *buttons }

func newActions(s *screen) drawn { return &actions{newButtons(s)} }

func (a *actions) object() fyne.CanvasObject { return a.buttons.box }

func (a *actions) update(b view.Block) { a.buttons.set(b.(view.Actions).Buttons) }
