package gui

import (
	"testing"

	"fyne.io/fyne/v2"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/gui/widget"
	"partner-center-connector/test/golden"
)

// changesNothing draws the view that is shown once more: every object is the one from before.
func changesNothing(t *testing.T, b *bench, v view.View) {
	t.Helper()
	before, focus, outline := b.objects(), b.focused(), b.outline()
	b.show(v)
	after := b.objects()
	if len(before) != len(after) {
		t.Fatalf("%d objects became %d", len(before), len(after))
	}
	for i := range before {
		if before[i] != after[i] {
			t.Fatalf("%s was made anew", describe(after[i]))
		}
	}
	if b.focused() != focus || b.outline() != outline {
		t.Error("the same view looks different")
	}
}

// objects are the leaves of what is shown.
func (b *bench) objects() []fyne.CanvasObject {
	list := []fyne.CanvasObject{}
	walk(b.w.screen, b.w.screen.root, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
		if describe(o) != "" {
			list = append(list, o)
		}
	})
	return list
}

// sameAs wants a view that was drawn after others to look as if it were the first. Where the focus is may differ, so that neither
// window has it.
func sameAs(t *testing.T, alone, after *bench) {
	t.Helper()
	alone.canvas().Unfocus()
	after.canvas().Unfocus()
	want, got := alone.outline(), after.outline()
	if got != want && after.w.screen.page.scroll.Offset.Y == alone.w.screen.page.scroll.Offset.Y {
		t.Errorf("after another view: %s", golden.Difference(got, want))
	}
}

func actionsView(ids ...string) view.View {
	v := view.View{Page: "p"}
	for _, id := range ids {
		v.Blocks = append(v.Blocks, view.Actions{Buttons: []view.Button{{ID: id, Label: say(id), Event: wizard.Save{}}}})
	}
	return v
}

func TestFocusStaysWithItsControl(t *testing.T) {
	b := newKeyBench(t)
	b.show(actionsView("a", "b", "c"))
	b.focus("b")
	b.show(actionsView("new", "a", "x", "b", "c"))
	if b.focused() != "b" {
		t.Errorf("the focus went from b to %q", b.focused())
	}
	b.show(actionsView("b"))
	if b.focused() != "b" {
		t.Errorf("alone, the focus went from b to %q", b.focused())
	}
}

func TestFocusGoesOnWhereItsControlIsGone(t *testing.T) {
	b := newKeyBench(t)
	b.show(actionsView("a", "b", "c"))
	b.focus("b")
	v := actionsView("a", "d", "c")
	v.Focus = "c"
	b.show(v)
	if b.focused() != "c" {
		t.Errorf("the view says c, the focus is on %q", b.focused())
	}
	b.focus("c")
	b.show(actionsView("a", "d"))
	if b.focused() != "d" {
		t.Errorf("the last one is gone, the focus is on %q", b.focused())
	}
}

// TestFocusGoesToWhatAppeared presses a button that brings a field up: the focus goes to it, but never away from a field
// that is being typed in.
func TestFocusGoesToWhatAppeared(t *testing.T) {
	b := newKeyBench(t)
	b.show(actionsView("rename"))
	b.focus("rename")
	b.key(fyne.KeyReturn)
	v := actionsView("rename")
	v.Focus = "name"
	v.Blocks = append(v.Blocks, view.Input{ID: "name", Field: connector.FieldRename, Label: say("name")})
	b.show(v)
	if b.focused() != "name" {
		t.Errorf("the focus is on %q, not on the field that appeared", b.focused())
	}
	v.Blocks = append(v.Blocks, view.Actions{Buttons: []view.Button{{ID: "new", Label: say("new"), Event: wizard.Save{}}}})
	v.Focus = "new"
	b.show(v)
	if b.focused() != "name" {
		t.Errorf("the focus left the field for %q", b.focused())
	}
}

func TestFocusIsKeptWhileDisabled(t *testing.T) {
	b := newKeyBench(t)
	button := view.Button{ID: "a", Label: say("a"), Event: wizard.CheckNow{}}
	v := view.View{Page: "p", Blocks: []view.Block{view.Actions{Buttons: []view.Button{button, {ID: "z", Label: say("z"), Event: wizard.Save{}}}}}}
	b.show(v)
	b.focus("a")
	button.Disabled, button.Reason = true, say("running")
	off := view.View{Page: "p", Blocks: []view.Block{view.Actions{Buttons: []view.Button{button, {ID: "z", Label: say("z"), Event: wizard.Save{}}}}}}
	b.show(off)
	b.key(fyne.KeyReturn)
	if len(b.events) != 0 {
		t.Error("a disabled button was pressed")
	}
	b.show(v)
	b.key(fyne.KeyReturn)
	if len(b.events) != 1 || b.focused() != "a" {
		t.Errorf("%d events, focus on %q", len(b.events), b.focused())
	}
}

func TestArrivalFocus(t *testing.T) {
	b := newKeyBench(t)
	v := actionsView("a", "b")
	v.Focus = "b"
	b.show(v)
	if b.focused() != "b" {
		t.Errorf("on arrival the focus is on %q", b.focused())
	}
	v.Page, v.Focus = "q", "nothing such"
	v.Rail = []view.RailItem{{ID: "step", Number: 1, Label: say("step"), State: view.RailDone, Go: wizard.Back{}}}
	b.show(v)
	if b.focused() != "a" {
		t.Errorf("without a control to go to the focus is on %q", b.focused())
	}
}

func TestScrollStaysOnThePageAndStartsAtTheTop(t *testing.T) {
	b := newKeyBench(t)
	b.resize(windowMinW, windowMinH)
	v := projected(t, "check-passed")
	b.show(v)
	b.w.screen.page.scrollBy(80)
	if got := b.w.screen.page.scroll.Offset.Y; got != 80 {
		t.Fatalf("scrolled to %.0f", got)
	}
	b.show(v)
	if got := b.w.screen.page.scroll.Offset.Y; got != 80 {
		t.Errorf("drawn again, the page is at %.0f", got)
	}
	v.Page, v.Focus = "another", "main"
	b.show(v)
	if got := b.w.screen.page.scroll.Offset.Y; got != 0 {
		t.Errorf("another page begins at %.0f", got)
	}
}

func TestFocusStaysInView(t *testing.T) {
	b := newKeyBench(t)
	b.resize(windowMinW, windowMinH)
	v := actionsView("a", "b", "c", "d", "e", "f")
	b.show(v)
	b.focus("d")
	var above []view.Block
	for range 20 {
		above = append(above, view.Paragraph{Role: view.Body, Text: say("a line that appears above")})
	}
	v.Blocks = append(above, v.Blocks...)
	b.show(v)
	if b.focused() != "d" || !b.w.screen.focusInView() {
		t.Errorf("the focus is on %q, in view: %v", b.focused(), b.w.screen.focusInView())
	}
}

func TestScrollFollowsAPageThatBecomesShort(t *testing.T) {
	b := newKeyBench(t)
	b.resize(windowMinW, windowMinH)
	long := view.View{Page: "p"}
	for range 60 {
		long.Blocks = append(long.Blocks, view.Paragraph{Role: view.Body, Text: say("a line of text")})
	}
	b.show(long)
	b.w.screen.page.scrollBy(10000)
	b.show(view.View{Page: "p", Blocks: long.Blocks[:2]})
	if got := b.w.screen.page.scroll.Offset.Y; got != 0 {
		t.Errorf("a short page is scrolled to %.0f", got)
	}
}

func TestTickShowsAtOnce(t *testing.T) {
	b := newKeyBench(t)
	tick := view.Tick{ID: "t", Field: connector.TickMFA, Label: say("t")}
	b.show(view.View{Page: "p", Focus: "t", Blocks: []view.Block{tick}})
	b.key(fyne.KeySpace)
	b.key(fyne.KeySpace)
	want := []wizard.Event{wizard.Ticked{Field: connector.TickMFA, On: true}, wizard.Ticked{Field: connector.TickMFA, On: false}}
	if len(b.events) != 2 || b.events[0] != want[0] || b.events[1] != want[1] {
		t.Errorf("sent %#v", b.events)
	}
}

func TestChoice(t *testing.T) {
	b := newKeyBench(t)
	c := view.Choice{ID: "c", Field: connector.FieldClientKind, Label: say("c"), Value: "one", Options: []view.Option{
		{Value: "one", Label: say("One")}, {Value: "two", Plain: "Two"},
	}}
	b.show(view.View{Page: "p", Focus: "c", Blocks: []view.Block{c}})
	if b.focused() != "c.one" {
		t.Errorf("the focus is on %q, not on the chosen option", b.focused())
	}
	b.tab()
	b.key(fyne.KeySpace)
	if got, want := b.lastEvent(), (wizard.Chosen{Field: connector.FieldClientKind, Value: "two"}); got != want {
		t.Errorf("sent %#v", got)
	}
	c.Value = "two"
	b.show(view.View{Page: "p", Focus: "c", Blocks: []view.Block{c}})
	if b.focused() != "c.two" {
		t.Errorf("after choosing the focus is on %q", b.focused())
	}
}

func TestLongChoiceFolds(t *testing.T) {
	b := newKeyBench(t)
	c := view.Choice{ID: "c", Field: connector.FieldUserBrowser, Label: say("c"), Value: "2"}
	for _, v := range []string{"1", "2", "3", "4", "5", "6"} {
		c.Options = append(c.Options, view.Option{Value: v, Plain: "Browser " + v})
	}
	v := view.View{Page: "p", Focus: "c", Blocks: []view.Block{c}}
	b.show(v)
	if b.focused() != "c.options" || b.w.screen.pool.find("c.2") != nil {
		t.Fatalf("a long list is not folded: focus on %q", b.focused())
	}
	b.key(fyne.KeyReturn)
	if b.w.screen.pool.find("c.6") == nil || b.focused() != "c.2" {
		t.Errorf("it does not unfold, or the focus is on %q and not on the chosen option", b.focused())
	}
}

func TestMeterShowsItsShare(t *testing.T) {
	b := newKeyBench(t)
	for share, want := range map[float64]float32{-1: 0, 0.25: 0.25, 1: 1, 7: 1} {
		b.show(view.View{Page: "p", Blocks: []view.Block{
			view.Meter{ID: "m", Label: say("label"), Share: share, Text: say("text"), Severity: view.Good},
		}})
		track := b.w.screen.page.order[0].(*meter).fill
		full := b.w.screen.page.blocks.Size().Width
		if got := track.Size(); got.Width != full*want || got.Height != widget.BarHeight {
			t.Errorf("a share of %v fills %v of %.0f", share, got, full)
		}
	}
}
