package gui

import (
	"fyne.io/fyne/v2"

	"partner-center-connector/gui/widget"
)

// fillRounds is how often a page is laid out anew for rows that turn out higher or lower than they were taken to be: those that come
// into view in the place of others are measured in the next round.
const fillRounds = 3

// fill makes the rows of long lists that are in view now, and notes what lies outside of it.
func (p *page) fill() {
	p.fillRows()
	p.screen.header.scrolled(p.scroll.Offset.Y > 0)
	left := p.content.Size().Height - pageEnd - p.scroll.Offset.Y - p.scroll.Size().Height
	p.below.show(left > 0)
}

func (p *page) fillRows() {
	for range fillRounds {
		moved, changed := p.fillLists()
		if !changed {
			return
		}
		p.settleHeight()
		// What is looked at stays where it is, whatever became higher above it. Fyne takes the offset over after the event.
		p.scroll.Offset.Y = max(0, p.scroll.Offset.Y+moved)
	}
}

// fillLists fills each list, and reports by how much that moves what is in view and whether the page has to be laid out anew.
func (p *page) fillLists() (moved float32, changed bool) {
	top := p.scroll.Offset.Y
	for _, l := range rowListsOf(p.order) {
		y, _ := yIn(p.content, l.box)
		by, differs := l.fill(top-y, top-y+p.scroll.Size().Height)
		moved, changed = moved+by, changed || differs
	}
	return moved, changed
}

// rowListsOf are the lists of rows among blocks, those that are folded open too.
func rowListsOf(blocks []drawn) []*rowList {
	lists := []*rowList{}
	for _, d := range blocks {
		switch d := d.(type) {
		case *rowList:
			lists = append(lists, d)
		case *fold:
			lists = append(lists, rowListsOf(d.order)...)
		}
	}
	return lists
}

// settleHeight gives the content the height that it has at its width.
func (p *page) settleHeight() {
	width := p.content.Size().Width
	p.content.Resize(fyne.NewSize(width, max(p.scroll.Size().Height, p.sheet.HeightFor(p.content.Objects, width))))
	widget.Relayout(p.content)
}

// hold notes the row of a long list that the part in view begins with. The function that it returns brings the row back to where it was,
// unless another one has its place by then. Where a list begins in view there is nothing to hold.
func (p *page) hold() func() {
	for _, l := range rowListsOf(p.order) {
		y, placed := yIn(p.content, l.box)
		top := p.scroll.Offset.Y - y
		if !placed || top <= 0 || top >= l.heights.total() {
			continue
		}
		i := l.heights.at(top)
		id, hidden := l.rows[i].ID, top-l.heights.top(i)
		return func() {
			if y, ok := yIn(p.content, l.box); ok && i < len(l.rows) && l.rows[i].ID == id {
				p.scrollTo(y + l.heights.top(i) + min(hidden, l.heights.height(i)))
			}
		}
	}
	return func() {}
}
