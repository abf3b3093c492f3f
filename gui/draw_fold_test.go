package gui

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/gui/widget"
)

// folded is a page with a fold, and another button before it.
func folded(open bool, blocks ...view.Block) view.View {
	return view.View{Page: "p", Focus: "first", Blocks: []view.Block{
		view.Actions{Buttons: []view.Button{{ID: "first", Label: say("first"), Event: wizard.Forward{}}}},
		view.Fold{ID: "why", Title: say("why"), Open: open, Blocks: blocks},
	}}
}

func pressable(id string) view.Actions {
	return view.Actions{Buttons: []view.Button{{ID: id, Label: say(id), Event: wizard.Back{}}}}
}

func TestAFoldOpensAndClosesByKeys(t *testing.T) {
	b := newKeyBench(t)
	b.show(folded(false, pressable("inside")))
	head := b.w.screen.pool.find("why").(*widget.Button)
	b.focus("first")
	b.tab()
	if b.focused() != "why" || head.AccessibilityLabel() != "window.closed(why)" {
		t.Fatalf("the focus is on %q, which says %q", b.focused(), head.AccessibilityLabel())
	}
	if b.tab(); b.focused() != "first" {
		t.Errorf("Tab leads into what is closed: %q", b.focused())
	}
	for i, key := range []fyne.KeyName{fyne.KeyReturn, fyne.KeySpace} {
		b.focus("why")
		b.key(key)
		open := i == 0
		if got := b.w.screen.pool.find("inside") != nil; got != open || b.focused() != "why" {
			t.Errorf("after %s it is open: %v, the focus is on %q", key, got, b.focused())
		}
		if open {
			if b.tab(); b.focused() != "inside" || head.AccessibilityLabel() != "window.open(why)" {
				t.Errorf("Tab leads to %q, and the head says %q", b.focused(), head.AccessibilityLabel())
			}
		}
	}
	if len(b.events) > 0 {
		t.Errorf("sent %#v", b.events)
	}
}

// TestAFoldStaysAsThePersonLeftIt until the page is another one; before that it is as the view says.
func TestAFoldStaysAsThePersonLeftIt(t *testing.T) {
	b := newKeyBench(t)
	inside := func() bool { return b.w.screen.pool.find("inside") != nil }
	for _, open := range []bool{true, false} {
		if b.show(folded(open, pressable("inside"))); inside() != open {
			t.Errorf("the view says %v, it is %v", open, inside())
		}
	}
	b.focus("why")
	b.key(fyne.KeyReturn)
	if b.show(folded(false, pressable("inside"))); !inside() {
		t.Error("the next view of the page closes it")
	}
	b.show(view.View{Page: "another"})
	if b.show(folded(false, pressable("inside"))); inside() {
		t.Error("it is open on another page")
	}
}

// TestWhatIsFoldedAwayOpensForTheFocus presses a button that leads to a control which does not show yet.
func TestWhatIsFoldedAwayOpensForTheFocus(t *testing.T) {
	button := func(id string) view.Button { return view.Button{ID: id, Label: say(id), Event: wizard.Back{}} }
	for what, block := range map[string]view.Block{
		"fold":          view.Fold{ID: "why", Title: say("why"), Blocks: []view.Block{pressable("wanted")}},
		"fold in fold":  view.Fold{ID: "a", Title: say("a"), Blocks: []view.Block{view.Fold{ID: "b", Title: say("b"), Blocks: []view.Block{pressable("wanted")}}}},
		"more buttons":  view.Actions{Buttons: []view.Button{button("x")}, More: []view.Button{button("wanted")}},
		"more of a row": view.Row{ID: "row", Title: "r", Buttons: []view.Button{button("x")}, More: []view.Button{button("wanted")}},
	} {
		b := newKeyBench(t)
		b.show(view.View{Page: "p", Blocks: []view.Block{
			view.Actions{Buttons: []view.Button{{ID: "go", Label: say("go"), Command: view.CommandFocus, Topic: "wanted"}}}, block,
		}})
		b.focus("go")
		if b.key(fyne.KeyReturn); b.focused() != "wanted" {
			t.Errorf("%s: the focus is on %q", what, b.focused())
		}
	}
}

// TestWhatCountsInAFoldGoesOn holds that a closed fold costs nothing, and that an open one counts on.
func TestWhatCountsInAFoldGoesOn(t *testing.T) {
	running := view.Checks{ID: "checks", Rows: []view.CheckRow{{ID: "c", State: connector.CheckRunning, Title: say("c"), Word: say("running")}}}
	b := newKeyBench(t)
	b.show(folded(true, running))
	word := b.w.screen.page.order[1].(*fold).order[0].(*checks).rows["c"].word
	b.now = b.now.Add(3 * time.Second)
	b.w.tick()
	if got := word.Text(); got != "running · window.so-far(0:03)" {
		t.Errorf("after three seconds it says %q", got)
	}
	b.focus("why")
	if b.key(fyne.KeyReturn); b.w.screen.ticks() {
		t.Error("a closed fold counts")
	}
	if b.key(fyne.KeyReturn); word.Text() != "running · window.so-far(0:05)" {
		t.Errorf("opened again it says %q", word.Text())
	}
}

// TestALongWaitInAFoldIsSeldomCounted as one outside of it is.
func TestALongWaitInAFoldIsSeldomCounted(t *testing.T) {
	b := newKeyBench(t)
	b.show(folded(true, view.Wait{ID: "w", Text: say("w"), Since: b.now, Until: b.now.Add(time.Hour)}))
	if got := b.w.screen.pace(); got != longWaitStep {
		t.Errorf("it is counted every %s", got)
	}
}

// TestALongListInAFoldIsMadeAsItIsSeen scrolls through a list of two hundred rows.
func TestALongListInAFoldIsMadeAsItIsSeen(t *testing.T) {
	rows := []view.Block{}
	for i := range 200 {
		rows = append(rows, view.Row{ID: fmt.Sprintf("row-%03d", i), Title: fmt.Sprint(i), Lines: []view.Text{say("line")}, Open: wizard.GoHome{}})
	}
	b := newKeyBench(t)
	b.resize(windowStartW, windowStartH)
	b.show(folded(true, rows...))
	list := rowListsOf(b.w.screen.page.order)[0]
	if n := len(list.shown); n < 5 || n > 40 {
		t.Errorf("%d rows are made at first", n)
	}
	b.w.screen.page.scrollTo(list.heights.top(120))
	if list.made["row-120"] == nil || list.made["row-060"] != nil {
		t.Error("the rows in view are not those that are made")
	}
}

// TestWhatOpensIsScrolledIntoView opens a fold at the lower edge of the window.
func TestWhatOpensIsScrolledIntoView(t *testing.T) {
	b := newKeyBench(t)
	b.resize(windowMinW, windowMinH)
	lines := []view.Block{}
	for range 8 {
		lines = append(lines, view.Paragraph{Role: view.Body, Text: say("line")})
	}
	v := folded(false, pressable("inside"))
	v.Blocks = append(lines, v.Blocks...)
	b.show(v)
	b.focus("why")
	b.key(fyne.KeyReturn)
	if !b.w.screen.page.inView(b.w.screen.pool.find("inside")) || !b.w.screen.page.inView(b.w.screen.pool.find("why")) {
		t.Errorf("at %.0f it does not show", b.w.screen.page.scroll.Offset.Y)
	}
}
