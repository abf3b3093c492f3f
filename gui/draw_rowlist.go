package gui

import (
	"slices"

	"fyne.io/fyne/v2"

	"partner-center-connector/connector/view"
	"partner-center-connector/gui/widget"
)

// rowRun is a run of rows that stand one below the other, drawn as one block.
type rowRun struct {
	view.Block
	rows []view.Row
}

// runsOf puts the rows of a page that follow each other together.
func runsOf(blocks []view.Block) []view.Block {
	made := make([]view.Block, 0, min(len(blocks), 16))
	var rows []view.Row
	for i, b := range blocks {
		r, ok := b.(view.Row)
		if !ok {
			made = append(made, b)
			continue
		}
		rows = append(rows, r)
		if i+1 < len(blocks) {
			if _, more := blocks[i+1].(view.Row); more {
				continue
			}
		}
		made, rows = append(made, rowRun{Block: r, rows: rows}), nil
	}
	return made
}

// wholeList is how long a list may be for all its rows to be made.
const wholeList = 16

// rowList draws a run of rows. Of a long one it makes only those that can be seen or reached by the next keys: the ones in view and as
// much above and below, the one that has the focus with its neighbours, the one that the view wants it on, the first and the last.
type rowList struct {
	screen  *screen
	rows    []view.Row
	made    map[string]*row
	shown   []int // the rows that are made, in their order
	heights *rowHeights
	// newer says that rows were made or changed since they were measured.
	newer bool
	box   *fyne.Container
}

func newRowList(s *screen) drawn {
	l := &rowList{screen: s, made: map[string]*row{}, heights: newRowHeights()}
	l.box = widget.Box(l)
	return l
}

func (l *rowList) object() fyne.CanvasObject { return l.box }

// update takes newer rows. Those that are made are brought up to date; the first one always is, so that the list has a height.
func (l *rowList) update(b view.Block) {
	l.rows = b.(rowRun).rows
	l.heights.set(l.rows)
	made := []int{0}
	for i := 1; i < len(l.rows); i++ {
		if l.made[l.rows[i].ID] != nil {
			made = append(made, i)
		}
	}
	l.show(made, true)
}

// fill makes the rows that are needed where the part of the list from top to bottom is in view, and drops the others. It reports by
// how much that moves what is in view, and whether the list is laid out differently now.
func (l *rowList) fill(top, bottom float32) (moved float32, changed bool) {
	anchor := l.heights.at(top)
	before := l.heights.top(anchor)
	if wanted := l.needed(top, bottom); !slices.Equal(wanted, l.shown) {
		l.show(wanted, false)
	}
	if !l.measure() {
		return 0, false
	}
	if before < top {
		moved = l.heights.top(anchor) - before
	}
	return moved, true
}

// needed are the rows to be made, in their order.
func (l *rowList) needed(top, bottom float32) []int {
	if len(l.rows) <= wholeList {
		return indexesOf(len(l.rows))
	}
	margin := bottom - top
	first, last := l.heights.at(top-margin), l.heights.at(bottom+margin)
	wanted := []int{0, len(l.rows) - 1}
	for i := first; i <= last; i++ {
		wanted = append(wanted, i)
	}
	if i := l.focused(); i >= 0 {
		wanted = append(wanted, max(0, i-1), i, min(i+1, len(l.rows)-1))
	}
	if i := slices.IndexFunc(l.rows, func(r view.Row) bool { return r.ID == l.screen.view.Focus }); i >= 0 {
		wanted = append(wanted, i)
	}
	slices.Sort(wanted)
	return slices.Compact(wanted)
}

// indexesOf are the indexes of n rows.
func indexesOf(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// focused is the row that has the focus, or that has the control with it; -1 for none.
func (l *rowList) focused() int {
	c, ok := l.screen.window.Canvas().Focused().(widget.TabStop)
	if !ok {
		return -1
	}
	for _, i := range l.shown {
		if l.made[l.rows[i].ID].holds(c) {
			return i
		}
	}
	return -1
}

// show has just these rows made, and those that were made before brought up to date if they are newer now.
func (l *rowList) show(wanted []int, newer bool) {
	before := l.made
	l.newer = true
	l.made, l.shown = make(map[string]*row, len(wanted)), wanted
	l.box.Objects = make([]fyne.CanvasObject, 0, len(wanted))
	for _, i := range wanted {
		v := l.rows[i]
		r := before[v.ID]
		if r == nil || newer {
			r = l.screen.row(r, v)
		}
		delete(before, v.ID)
		l.made[v.ID] = r
		l.box.Objects = append(l.box.Objects, r.box)
	}
	for _, r := range before {
		l.screen.pool.forget(r.controls())
	}
}

// measure notes the heights of the rows that are made, lays them out, and reports whether one of them was not as high as it was
// taken to be.
func (l *rowList) measure() bool {
	if !l.newer {
		return false
	}
	l.newer = false
	changed := l.note(l.heights.width)
	l.Layout(nil, l.box.Size())
	return changed
}

func (l *rowList) note(width float32) bool {
	changed := false
	for _, i := range l.shown {
		changed = l.heights.note(i, widget.HeightOf(l.made[l.rows[i].ID].box, width)) || changed
	}
	return changed
}

// HeightFor is the height of all rows, made or not.
func (l *rowList) HeightFor(_ []fyne.CanvasObject, width float32) float32 {
	if l.heights.reset(width) {
		l.note(width)
	}
	return l.heights.total()
}

// Layout places the rows that are made.
func (l *rowList) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	l.HeightFor(nil, size.Width)
	for n, i := range l.shown {
		widget.Place(l.box.Objects[n], 0, l.heights.top(i), size.Width, l.heights.height(i))
	}
}

// MinSize is the height at the width of the last Layout.
func (l *rowList) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, l.heights.total()) }
