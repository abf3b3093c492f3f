package gui

import (
	"strconv"

	"fyne.io/fyne/v2"

	"partner-center-connector/connector/view"
	"partner-center-connector/gui/widget"
)

// paragraph draws a view.Paragraph.
type paragraph struct {
	screen *screen
	words  *widget.Label
	box    *fyne.Container
}

func newParagraph(s *screen) drawn {
	p := &paragraph{screen: s, words: widget.NewLabel(widget.StyleBody)}
	p.box = widget.Box(&widget.Column{}, p.words)
	return p
}

func (p *paragraph) object() fyne.CanvasObject { return p.box }

func (p *paragraph) update(b view.Block) {
	v := b.(view.Paragraph)
	p.words.SetStyled(styleOf(v.Role), p.screen.text(v.Text))
}

func styleOf(r view.Role) widget.Style {
	switch r {
	case view.Lead:
		return widget.StyleLead
	case view.Heading:
		return widget.StyleHeading
	case view.Caption:
		return widget.StyleCaption
	case view.Body:
	}
	return widget.StyleBody
}

// list draws a view.List.
type list struct {
	screen *screen
	items  []*widget.Label
	marks  []*widget.Label
	box    *fyne.Container
}

func newList(s *screen) drawn {
	return &list{screen: s, box: widget.Box(&widget.Column{Gap: widget.SpaceMedium})}
}

func (l *list) object() fyne.CanvasObject { return l.box }

func (l *list) update(b view.Block) {
	v := b.(view.List)
	for len(l.items) < len(v.Items) {
		l.items = append(l.items, widget.NewLabel(widget.StyleBody))
		l.marks = append(l.marks, widget.NewLabel(widget.StyleBody.In(widget.ColorMuted)))
		n := len(l.items) - 1
		l.box.Objects = append(l.box.Objects, widget.Box(&hangingLayout{}, l.marks[n], l.items[n]))
	}
	for i := range l.items {
		mark, text := "", ""
		if i < len(v.Items) {
			mark, text = pick(v.Numbered, strconv.Itoa(i+1)+".", "•"), l.screen.text(v.Items[i])
		}
		l.marks[i].SetText(mark)
		l.items[i].SetText(text)
	}
}

// hangingLayout puts a bullet or number before an item's text.
type hangingLayout struct{ last float32 }

func (h *hangingLayout) HeightFor(objects []fyne.CanvasObject, width float32) float32 {
	return widget.HeightOf(objects[1], width-bulletWidth)
}

func (h *hangingLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	h.last = size.Width
	room := size.Width - bulletWidth
	widget.Place(objects[0], 0, 0, bulletWidth, widget.HeightOf(objects[0], bulletWidth))
	widget.Place(objects[1], bulletWidth, 0, room, widget.HeightOf(objects[1], room))
}

func (h *hangingLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, h.HeightFor(objects, h.last))
}

// actions draws a view.Actions.
type actions struct{ buttons *buttons }

func newActions(s *screen) drawn { return &actions{newButtons(s)} }

func (a *actions) object() fyne.CanvasObject { return a.buttons.box }

func (a *actions) update(b view.Block) {
	v := b.(view.Actions)
	a.buttons.setWithMore(moreID(v.Buttons), v.Buttons, v.More)
}

// moreID is the ID of the button that shows further ones: that of the first button, with a mark.
func moreID(list []view.Button) string {
	if len(list) == 0 {
		return "more"
	}
	return list[0].ID + ".more"
}
