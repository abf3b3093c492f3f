package gui

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/gui/widget"
)

func titled(title string) view.View { return view.View{Page: "p", Title: say(title)} }

func TestShowDrawsOnlyTheNewest(t *testing.T) {
	b := newKeyBench(t)
	for i := range 10 {
		b.w.Show(titled(fmt.Sprint(i)))
	}
	if n := b.queue.drain(); n != 1 {
		t.Errorf("ten views were drawn in %d hops", n)
	}
	if got := b.w.screen.header.title.Text(); got != "9" {
		t.Errorf("view %q is shown", got)
	}
}

func TestShowFromManyGoroutines(t *testing.T) {
	b := newKeyBench(t)
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			for j := range 50 {
				b.w.Show(titled(fmt.Sprint(i*50 + j)))
			}
		})
	}
	done := make(chan struct{})
	go func() {
		all.Wait()
		close(done)
	}()
	for running := true; running; {
		select {
		case <-done:
			running = false
		default:
		}
		b.queue.drain()
	}
	b.show(titled("last"))
	if got := b.w.screen.header.title.Text(); got != "last" {
		t.Errorf("view %q is shown", got)
	}
}

// TestEventMayShowAtOnce answers an event by a view on the spot, inside the press.
func TestEventMayShowAtOnce(t *testing.T) {
	b := newKeyBench(t)
	b.w.options.Dispatch = func(f func()) { f() }
	b.w.screen.send = func(wizard.Event) { b.w.Show(titled("after")) }
	b.w.Show(actionsView("a"))
	b.focus("a")
	b.key(fyne.KeyReturn)
	if got := b.w.screen.header.title.Text(); got != "after" {
		t.Errorf("view %q is shown", got)
	}
}

func waitView(b *bench, limit time.Duration) view.View {
	return view.View{Page: "p", Focus: "stop", Blocks: []view.Block{view.Wait{
		ID: "w", Text: say("wait"), Since: b.now, Until: b.now.Add(limit),
		Buttons: []view.Button{{ID: "stop", Label: say("stop"), Event: wizard.StopWait{}}},
	}}}
}

func (b *bench) clockText() string {
	return b.w.screen.page.order[0].(*wait).clock.Text()
}

func TestWaitCountsTheSeconds(t *testing.T) {
	b := newBench(t, "en")
	b.show(waitView(b, 15*time.Minute))
	if got, want := b.clockText(), "Waiting for 0:00, 15:00 left"; got != want {
		t.Errorf("at first %q, want %q", got, want)
	}
	b.now = b.now.Add(61 * time.Second)
	b.w.tick()
	if got, want := b.clockText(), "Waiting for 1:01, 13:59 left"; got != want {
		t.Errorf("later %q, want %q", got, want)
	}
	b.now = b.now.Add(time.Hour)
	b.w.tick()
	if got, want := b.clockText(), "Waiting for 61:01, 0:00 left"; got != want {
		t.Errorf("after the limit %q, want %q", got, want)
	}
}

func TestTimerRunsOnlyWhileSomethingCounts(t *testing.T) {
	b := newKeyBench(t)
	b.show(actionsView("a"))
	if b.w.timer != nil {
		t.Error("it runs on an idle page")
	}
	b.show(waitView(b, time.Minute))
	if b.w.timer == nil {
		t.Error("it does not run on a wait")
	}
	b.show(actionsView("a"))
	b.w.timer.Stop()
	b.w.tick()
	if b.w.timer != nil {
		t.Error("it goes on when the wait is over")
	}
}

func TestTimerDispatches(t *testing.T) {
	b := newBench(t, "en")
	hop := make(chan func(), 1)
	b.w.options.Dispatch = func(f func()) { hop <- f }
	b.w.Show(waitView(b, time.Minute))
	(<-hop)()
	b.now = b.now.Add(time.Second)
	select {
	case f := <-hop:
		f()
	case <-time.After(10 * tickEvery):
		t.Fatal("no tick comes")
	}
	if got, want := b.clockText(), "Waiting for 0:01, 0:59 left"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestCopiedIsSaidForAMoment(t *testing.T) {
	b := newBench(t, "en")
	b.show(view.View{Page: "p", Blocks: []view.Block{view.Facts{Items: []view.FactItem{{ID: "f", Label: say("app.name"), Value: "value", Copy: true}}}}})
	b.focus("f")
	width := b.w.screen.pool.find("f").Size().Width
	b.key(fyne.KeySpace)
	if got := b.w.screen.pool.find("f").Size().Width; got != width {
		t.Errorf("the button became %.0f wide, from %.0f", got, width)
	}
	label := func() string { return b.w.screen.pool.find("f").(*widget.Button).Look().Text }
	if b.app.Clipboard().Content() != "value" || label() != "Copied" || b.focused() != "f" {
		t.Errorf("clipboard %q, label %q, focus %q", b.app.Clipboard().Content(), label(), b.focused())
	}
	b.now = b.now.Add(copiedFor)
	b.w.tick()
	if label() != "Copy" || b.w.screen.ticks() {
		t.Errorf("afterwards the label is %q", label())
	}
}

func TestButtonsLeadWhereTheySay(t *testing.T) {
	b := newKeyBench(t)
	b.show(view.View{Page: "p", Blocks: []view.Block{view.Actions{Buttons: []view.Button{
		{ID: "event", Label: say("l"), Event: wizard.CheckNow{}},
		{ID: "url", Label: say("l"), URL: "https://example.com/"},
		{ID: "copy", Label: say("l"), Copy: "text"},
		{ID: "copy-text", Label: say("l"), CopyText: say("a whole text")},
		{ID: "command", Label: say("l"), Command: "rehearse", Topic: "t"},
		{ID: "clear", Label: say("l"), Command: "clear-clipboard"},
	}}}})
	press := func(id string) {
		b.focus(id)
		b.key(fyne.KeyReturn)
	}
	press("event")
	if b.lastEvent() != (wizard.CheckNow{}) {
		t.Errorf("sent %#v", b.events)
	}
	press("url")
	if len(b.urls) != 1 || b.urls[0] != "https://example.com/" {
		t.Errorf("opened %q", b.urls)
	}
	for id, want := range map[string]string{"copy": "text", "copy-text": "a whole text", "clear": ""} {
		press(id)
		if got := b.app.Clipboard().Content(); got != want {
			t.Errorf("%s: the clipboard holds %q", id, got)
		}
	}
	press("command")
	if len(b.commands) != 1 || b.commands[0] != "rehearse t" {
		t.Errorf("ran %q", b.commands)
	}
}

func TestRaise(t *testing.T) {
	b := newKeyBench(t)
	other := b.app.NewWindow("other")
	defer other.Close()
	raised := func(n int) bool {
		other.RequestFocus()
		v := titled("t")
		v.Raise = n
		b.show(v)
		return isInFront(b.w.native)
	}
	for i, step := range []struct {
		raise int
		want  bool
	}{{1, false}, {1, false}, {2, true}, {2, false}, {0, false}, {1, true}} {
		if got := raised(step.raise); got != step.want {
			t.Errorf("step %d: Raise %d brings the window to the front: %v", i, step.raise, got)
		}
	}
}

func helpView(topic, search string) view.View {
	return view.View{Page: "help", Title: say("help." + topic), Focus: "search", Blocks: []view.Block{
		view.Input{ID: "search", Field: connector.FieldSearch, Label: say("search"), Value: search},
		view.Paragraph{Text: say("found." + search)},
		view.Actions{Buttons: []view.Button{
			{ID: "other", Label: say("other"), Command: "help", Topic: "other"},
			{ID: "step", Label: say("step"), Event: wizard.GoTo{Step: connector.StepUser}},
		}},
	}}
}

func TestHelp(t *testing.T) {
	b := newKeyBench(t)
	b.w.options.Help = helpView
	b.show(actionsView("a"))
	before := len(b.app.Driver().AllWindows())
	b.key(fyne.KeyF1)
	b.key(fyne.KeyF1)
	if n := len(b.app.Driver().AllWindows()); n != before+1 || b.w.help == nil {
		t.Fatalf("F1 twice opens %d windows", n-before)
	}
	h := b.w.help
	h.screen.tr = keys{}
	help := func() fyne.Canvas { return h.native.Canvas() }
	for _, r := range "mfa" {
		help().Focused().TypedRune(r)
	}
	if h.search != "mfa" || h.screen.pool.find("search").(*widget.Entry).Text != "mfa" || len(b.events) != 0 {
		t.Errorf("searched for %q, sent %#v", h.search, b.events)
	}
	help().Focus(h.screen.pool.find("other"))
	help().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if h.topic != "other" || h.search != "" {
		t.Errorf("topic %q, search %q", h.topic, h.search)
	}
	b.now = b.now.Add(time.Second)
	help().Focus(h.screen.pool.find("step"))
	help().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if b.lastEvent() != (wizard.GoTo{Step: connector.StepUser}) {
		t.Errorf("sent %#v", b.events)
	}
	help().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if b.w.help != nil || len(b.app.Driver().AllWindows()) != before {
		t.Error("Escape does not close it")
	}
}

// TestEnterGoesToTheFirstAnswer holds that Enter in the search field of help leads to the first answer, where Enter folds it; and that it does
// nothing where there is none.
func TestEnterGoesToTheFirstAnswer(t *testing.T) {
	b := newKeyBench(t)
	b.w.options.Help = func(topic, search string) view.View {
		v := helpView(topic, search)
		if search != "" {
			v.Blocks = append(v.Blocks, view.Fold{ID: "found-a", Title: say("a"), Open: true, Blocks: []view.Block{view.Paragraph{Text: say("text")}}},
				view.Fold{ID: "found-b", Title: say("b")})
		}
		return v
	}
	b.show(actionsView("a"))
	b.key(fyne.KeyF1)
	h := b.w.help
	h.screen.tr = keys{}
	enter := func() {
		b.now = b.now.Add(2 * time.Second)
		h.native.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
	if enter(); h.screen.focusedID() != "search" {
		t.Errorf("without answers the focus goes to %q", h.screen.focusedID())
	}
	h.native.Canvas().Focused().TypedRune('m')
	if enter(); h.screen.focusedID() != "found-a" {
		t.Errorf("the focus is on %q", h.screen.focusedID())
	}
	if enter(); h.screen.pool.opened("found-a", true) || h.screen.focusedID() != "found-a" {
		t.Errorf("a second Enter leaves it open, with the focus on %q", h.screen.focusedID())
	}
}

func TestClosingTheMainWindowClosesHelp(t *testing.T) {
	b := newKeyBench(t)
	b.w.options.Help = helpView
	b.show(waitView(b, time.Minute))
	b.w.run("help", "p")
	b.w.Close()
	if b.w.help != nil || b.w.timer != nil {
		t.Error("help or the timer outlives the window")
	}
	b.w.Show(titled("late"))
	b.queue.drain()
	b.w.native = b.app.NewWindow("") // for the bench's own Close
}
