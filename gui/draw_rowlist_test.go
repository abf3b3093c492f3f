package gui

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/gui/widget"
)

// manyRows is a page with a search field, n rows and a button. Every seventh row has a text of several lines, and every fifth one line
// less than the others.
func manyRows(n int) view.View {
	v := view.View{Page: "p", Focus: "before", Blocks: []view.Block{
		view.Input{ID: "before", Field: connector.FieldSearch, Label: say("search")},
	}}
	for i := range n {
		r := view.Row{ID: fmt.Sprintf("row-%d", i), Title: fmt.Sprintf("Row %d", i), Severity: view.Good, Word: say("good"), Open: wizard.OpenConnector{ID: fmt.Sprint(i)}}
		r.Lines = []view.Text{say("one"), say("two")}
		if i%7 == 6 {
			r.Lines[0] = say(strings.Repeat("a line that wraps ", 12))
		}
		if i%5 == 4 {
			r.Lines = r.Lines[:1]
		}
		v.Blocks = append(v.Blocks, r)
	}
	v.Blocks = append(v.Blocks, view.Actions{Buttons: []view.Button{{ID: "after", Label: say("after"), Event: wizard.Save{}}}})
	return v
}

// rowsOf is the list of rows that is shown.
func (b *bench) rowsOf() *rowList {
	b.t.Helper()
	for _, d := range b.w.screen.page.order {
		if l, ok := d.(*rowList); ok {
			return l
		}
	}
	b.t.Fatal("no list is shown")
	return nil
}

// inViewAreMade wants every row in view made, with its height, one under the other.
func (b *bench) inViewAreMade() {
	b.t.Helper()
	l, p := b.rowsOf(), b.w.screen.page
	y, _ := yIn(p.content, l.box)
	top, bottom := p.scroll.Offset.Y-y, p.scroll.Offset.Y-y+p.scroll.Size().Height
	for i, v := range l.rows {
		if l.heights.top(i+1) <= top || l.heights.top(i) >= bottom {
			continue
		}
		r := l.made[v.ID]
		if r == nil {
			b.t.Fatalf("%s is in view and not made", v.ID)
		}
		if want := widget.HeightOf(r.box, l.box.Size().Width); r.box.Size().Height != want || r.box.Position().Y != l.heights.top(i) {
			b.t.Fatalf("%s is %v high at %v, want %v at %v", v.ID, r.box.Size().Height, r.box.Position().Y, want, l.heights.top(i))
		}
	}
	if want := l.heights.top(len(l.rows)) - gapKin; l.box.Size().Height != want {
		b.t.Fatalf("the list is %v high, want %v", l.box.Size().Height, want)
	}
}

func TestALongListMakesFewRows(t *testing.T) {
	b := newKeyBench(t)
	for _, n := range []int{1000, 10000} {
		b.show(manyRows(n))
		b.inViewAreMade()
		if made := len(b.rowsOf().made); made > 24 {
			t.Errorf("of %d rows %d are made", n, made)
		}
	}
	for range 200 {
		b.key(fyne.KeyPageDown)
		b.inViewAreMade()
	}
	if made, kept := len(b.rowsOf().made), len(b.w.screen.pool.kept); made > 48 || kept > made+2 {
		t.Errorf("after reading on %d rows are made, and %d controls kept", made, kept)
	}
}

func TestAShortListMakesAllRows(t *testing.T) {
	b := newKeyBench(t)
	b.show(manyRows(16))
	if made := len(b.rowsOf().made); made != 16 {
		t.Errorf("of 16 rows %d are made", made)
	}
}

// TestTabReachesEveryRow walks through a list that is longer than what is made of it.
func TestTabReachesEveryRow(t *testing.T) {
	b := newKeyBench(t)
	v := manyRows(100)
	b.show(v)
	tabWalk(t, b, v, windowStartW)
}

func TestTabGoesOnFromARowThatIsOutOfView(t *testing.T) {
	b := newKeyBench(t)
	b.show(manyRows(500))
	b.focus("row-2")
	b.key(fyne.KeyEnd)
	b.inViewAreMade()
	if b.w.screen.focusInView() || b.focused() != "row-2" {
		t.Fatalf("the focus is on %q, in view: %v", b.focused(), b.w.screen.focusInView())
	}
	b.tab()
	if b.focused() != "row-3" || !b.w.screen.focusInView() {
		t.Errorf("Tab leads to %q, in view: %v", b.focused(), b.w.screen.focusInView())
	}
	b.inViewAreMade()
	b.key(fyne.KeyReturn)
	if got := b.lastEvent(); got != (wizard.OpenConnector{ID: "3"}) {
		t.Errorf("Enter sends %#v", got)
	}
}

func TestTabFromOutsideALongList(t *testing.T) {
	b := newKeyBench(t)
	b.show(manyRows(500))
	b.focus("after")
	b.canvas().FocusPrevious()
	if b.focused() != "row-499" || !b.w.screen.focusInView() {
		t.Errorf("back from the button below is %q, in view: %v", b.focused(), b.w.screen.focusInView())
	}
	b.focus("before")
	b.w.screen.page.scrollBy(20000)
	b.tab()
	if b.focused() != "row-0" || !b.w.screen.focusInView() {
		t.Errorf("on from the field above is %q, in view: %v", b.focused(), b.w.screen.focusInView())
	}
}

// TestAPageBeginsWithARowFarDown has a view that wants the focus on a row which is not made at first.
func TestAPageBeginsWithARowFarDown(t *testing.T) {
	b := newKeyBench(t)
	b.show(view.View{Page: "another"})
	v := manyRows(1000)
	v.Focus = "row-700"
	b.show(v)
	b.inViewAreMade()
	if b.focused() != "row-700" || !b.w.screen.focusInView() {
		t.Errorf("the focus is on %q, in view: %v", b.focused(), b.w.screen.focusInView())
	}
}

// TestWhatIsReadStaysWhileRowsAreMeasured goes up from the end, so that rows above turn out higher or lower than they were taken to be.
func TestWhatIsReadStaysWhileRowsAreMeasured(t *testing.T) {
	b := newKeyBench(t)
	b.show(manyRows(300))
	b.key(fyne.KeyEnd)
	p := b.w.screen.page
	for p.scroll.Offset.Y > 2000 {
		l := b.rowsOf()
		y, _ := yIn(p.content, l.box)
		row := l.heights.at(p.scroll.Offset.Y - y)
		before := y + l.heights.top(row) - p.scroll.Offset.Y
		b.key(fyne.KeyUp)
		b.inViewAreMade()
		if after := y + l.heights.top(row) - p.scroll.Offset.Y; after < before+scrollStep-1 || after > before+scrollStep+1 {
			t.Fatalf("row %d was at %.0f and is at %.0f after %.0f up", row, before, after, scrollStep)
		}
	}
}

// TestALongListFollowsItsView takes rows away and changes others.
func TestALongListFollowsItsView(t *testing.T) {
	b := newKeyBench(t)
	v := manyRows(300)
	b.show(v)
	b.key(fyne.KeyEnd)
	found := view.View{Page: "p", Blocks: append([]view.Block{v.Blocks[0]}, v.Blocks[200:230]...)}
	b.show(found)
	b.inViewAreMade()
	if l := b.rowsOf(); len(l.rows) != 30 || l.rows[0].ID != "row-199" {
		t.Errorf("%d rows from %s on are shown", len(l.rows), l.rows[0].ID)
	}
	changed := found.Blocks[1].(view.Row)
	changed.Title, changed.Lines = "Another name", []view.Text{say("one"), say("two"), say("three"), say("four")}
	found.Blocks[1] = changed
	b.show(found)
	b.inViewAreMade()
	if got := b.w.screen.pool.find("row-199").(*opener).AccessibilityLabel(); got != "Another name" {
		t.Errorf("the row is called %q", got)
	}
	b.show(view.View{Page: "p", Blocks: v.Blocks[:1]})
	if n := len(b.w.screen.order()); n != 1 {
		t.Errorf("without rows there are %d controls", n)
	}
}

// TestALongListAtEveryWidth makes the window narrow and wide while the middle of a list is read.
func TestALongListAtEveryWidth(t *testing.T) {
	b := newKeyBench(t)
	b.show(manyRows(300))
	b.w.screen.page.scrollBy(12000)
	for width := windowMinW; width < 1200; width += 90 {
		b.resize(width, 700)
		b.inViewAreMade()
	}
}

// firstInView is the row that the part in view begins with.
func (b *bench) firstInView() string {
	l, p := b.rowsOf(), b.w.screen.page
	y, _ := yIn(p.content, l.box)
	return l.rows[l.heights.at(p.scroll.Offset.Y-y)].ID
}

// TestWhatIsReadStaysAtEveryWidth: the row at the top stays there, however high the rows above it become; and a focus that is out of view
// does not have the page scroll to it.
func TestWhatIsReadStaysAtEveryWidth(t *testing.T) {
	b := newKeyBench(t)
	b.show(manyRows(1000))
	b.focus("row-2")
	b.w.screen.page.scrollBy(60000)
	row := b.firstInView()
	for _, width := range []float32{900, 480, 620, 1200, windowStartW} {
		b.resize(width, 500)
		b.inViewAreMade()
		if got := b.firstInView(); got != row {
			t.Errorf("%v wide the part in view begins with %s, want %s", width, got, row)
		}
	}
}

// TestWhatIsReadStaysWhileRowsChange has a notice come up above the list, and every row above the part in view become higher.
func TestWhatIsReadStaysWhileRowsChange(t *testing.T) {
	b := newKeyBench(t)
	v := manyRows(300)
	b.show(v)
	b.w.screen.page.scrollBy(12000)
	p := b.w.screen.page
	at := func(id string) float32 {
		y, _ := yIn(p.content, b.rowsOf().made[id].box)
		return y - p.scroll.Offset.Y
	}
	row := b.firstInView()
	before, above := at(row), true
	changed := view.View{Page: v.Page, Focus: v.Focus, Blocks: []view.Block{view.Busy{ID: "busy", Text: say("busy")}}}
	for _, block := range v.Blocks {
		if r, ok := block.(view.Row); ok {
			if above = above && r.ID != row; above {
				r.Lines = append(r.Lines[:len(r.Lines):len(r.Lines)], say("three"), say("four"))
			}
			block = r
		}
		changed.Blocks = append(changed.Blocks, block)
	}
	b.show(changed)
	b.inViewAreMade()
	if got := b.firstInView(); got != row {
		t.Fatalf("the part in view begins with %s, want %s", got, row)
	}
	if after := at(row); after < before-1 || after > before+1 {
		t.Errorf("%s was at %.0f and is at %.0f", row, before, after)
	}
}

func TestRunsOf(t *testing.T) {
	text := view.Paragraph{Text: say("text")}
	a, b, c := view.Row{ID: "a"}, view.Row{ID: "b"}, view.Row{ID: "c"}
	told := ""
	for _, block := range runsOf([]view.Block{a, text, b, c}) {
		if run, ok := block.(rowRun); ok {
			told += "run of"
			for _, r := range run.rows {
				told += " " + r.ID
			}
			told += "; "
			continue
		}
		told += "text; "
	}
	if told != "run of a; text; run of b c; " {
		t.Error(told)
	}
}
