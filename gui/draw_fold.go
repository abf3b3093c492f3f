package gui

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"partner-center-connector/connector/view"
	"partner-center-connector/gui/widget"
)

// fold draws a view.Fold: a button with its title, and under it, once it is open, what it holds.
type fold struct {
	screen *screen
	head   *fyne.Container
	stack  *widget.Column
	blocks *fyne.Container
	box    *fyne.Container
	drawn  map[string]drawn
	// order is empty while it is closed.
	order []drawn
}

func newFold(s *screen) drawn {
	f := &fold{screen: s, head: widget.Box(&widget.Row{}), stack: &widget.Column{Gap: gapBlock}}
	f.blocks = widget.Box(f.stack)
	f.box = widget.Box(&widget.Column{Gap: gapKin}, f.head, f.blocks)
	return f
}

func (f *fold) object() fyne.CanvasObject { return f.box }

// update draws what it holds only while it is open. What was drawn before is kept for the next time, so that what counts seconds goes on.
func (f *fold) update(b view.Block) {
	v, pool := b.(view.Fold), f.screen.pool
	open, title := pool.opened(v.ID, v.Open), f.screen.text(v.Title)
	f.head.Objects = []fyne.CanvasObject{pool.folder(v.ID, title, title, open, func() { f.turn(v.ID, !open) })}
	f.blocks.Hidden = !open
	f.blocks.Objects, f.stack.Gaps, f.order = nil, nil, nil
	if !open {
		return
	}
	blocks := runsOf(v.Blocks)
	f.drawn, f.order = f.screen.reconcile(f.drawn, blocks)
	for i, d := range f.order {
		f.blocks.Objects = append(f.blocks.Objects, d.object())
		f.stack.Gaps = append(f.stack.Gaps, gapAbove(blocks, i))
	}
}

// turn folds it open or away. What opens is scrolled into view, as far as its title stays there.
func (f *fold) turn(id string, open bool) {
	f.screen.pool.open[id] = open
	f.screen.again()
	if open {
		f.screen.page.revealAll(f.box)
	}
}

// tick brings what counts in it up to date.
func (f *fold) tick() {
	for _, d := range f.order {
		if t, ok := d.(ticking); ok {
			t.tick()
		}
	}
}

// ticks reports whether something in it counts.
func (f *fold) ticks() bool {
	return slices.ContainsFunc(f.order, func(d drawn) bool {
		t, ok := d.(ticking)
		return ok && t.ticks()
	})
}

// pace is how long it may be left alone.
func (f *fold) pace() time.Duration { return paceOf(f.order) }

// unfold folds open whatever holds the control of an ID, and reports whether something did.
func (s *screen) unfold(id string) bool {
	around := foldsAround(s.view.Blocks, id)
	for _, f := range around {
		s.pool.open[f] = true
	}
	if len(around) > 0 {
		s.again()
	}
	return len(around) > 0
}

// foldsAround are the IDs of the buttons that fold open what holds the control of an ID, the outermost one first; nil where it is in none.
func foldsAround(blocks []view.Block, id string) []string {
	has := func(list []view.Button) bool {
		return slices.ContainsFunc(list, func(b view.Button) bool { return b.ID == id })
	}
	for _, b := range blocks {
		switch b := b.(type) {
		case view.Actions:
			if has(b.More) {
				return []string{moreID(b.Buttons)}
			}
		case view.Row:
			if has(b.More) {
				return []string{b.ID + ".more"}
			}
		case view.Fold:
			inside := view.View{Blocks: b.Blocks}
			if slices.ContainsFunc(inside.Controls(), func(c view.Control) bool { return c.ID == id }) {
				return append([]string{b.ID}, foldsAround(b.Blocks, id)...)
			}
		}
	}
	return nil
}
