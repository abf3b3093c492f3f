package gui

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/gui/widget"
)

// TestTabWalkInTheSmallestWindow does in the smallest window what TestEveryState does in the usual one.
func TestTabWalkInTheSmallestWindow(t *testing.T) {
	everyState(t, func(t *testing.T, _ string, v view.View) {
		t.Helper()
		b := newKeyBench(t)
		b.resize(windowMinW, windowMinH)
		b.show(v)
		tabWalk(t, b, v, windowMinW)
	})
}

// tabWalk goes through every control of a page with Tab: each is reached, in the order in which they stand on the window, and each
// is in view when it has the focus.
func tabWalk(t *testing.T, b *bench, v view.View, width float32) {
	t.Helper()
	reached := b.walkByTab()
	away := func(c view.Control) bool { return width < railFold && isStep(v, c.ID) }
	folded := false
	for _, c := range v.Controls() {
		folded = folded || c.Folded
		if reached[c.ID] == (c.Disabled || c.Folded) && !away(c) {
			t.Errorf("Tab reaches %s: %v", c.ID, reached[c.ID])
		}
	}
	if !folded {
		return
	}
	for _, c := range v.Controls() {
		b.w.screen.unfold(c.ID)
	}
	reached = b.walkByTab()
	for _, c := range v.Controls() {
		if !reached[c.ID] && !c.Disabled && !away(c) {
			t.Errorf("once everything is open, Tab does not reach %s", c.ID)
		}
	}
}

func isStep(v view.View, id string) bool {
	return slices.ContainsFunc(v.Rail, func(i view.RailItem) bool { return i.ID == id })
}

// walkByTab presses Tab until the focus comes round, and returns the IDs that had it.
func (b *bench) walkByTab() map[string]bool {
	b.t.Helper()
	b.canvas().Unfocus()
	reached := map[string]bool{}
	var last fyne.Position
	for range 200 {
		b.tab()
		c, ok := b.canvas().Focused().(widget.TabStop)
		if !ok {
			b.t.Fatalf("the focus is on %T, which passes no keys on", b.canvas().Focused())
		}
		if reached[c.ID()] {
			return reached
		}
		reached[c.ID()] = true
		for alias, s := range b.w.screen.pool.alias {
			reached[alias] = reached[alias] || s == c
		}
		last = b.checkStop(c, last)
	}
	b.t.Fatal("Tab does not come round")
	return nil
}

// checkStop wants a control after the one before and in view, and returns its place.
func (b *bench) checkStop(c widget.TabStop, last fyne.Position) fyne.Position {
	b.t.Helper()
	s := b.w.screen
	place := b.place(c)
	if _, inPage := yIn(s.page.content, c); inPage {
		top, bottom := s.page.scroll.Position().Y, s.page.scroll.Position().Y+s.page.scroll.Size().Height
		if place.Y < top-fitSlack || min(place.Y+c.Size().Height, place.Y+s.page.scroll.Size().Height) > bottom+fitSlack {
			b.t.Errorf("%s has the focus at %.0f to %.0f and the page shows %.0f to %.0f",
				c.ID(), place.Y, place.Y+c.Size().Height, top, bottom)
		}
	}
	place.Y += s.page.scroll.Offset.Y
	if region(s, c) == int(last.X) && place.Y < last.Y-c.Size().Height {
		b.t.Errorf("%s comes after what stands below it", c.ID())
	}
	return fyne.NewPos(float32(region(s, c)), place.Y)
}

// region numbers the parts of the window in the order of Tab.
func region(s *screen, c widget.TabStop) int {
	if _, ok := c.(*railItem); ok {
		return 1
	}
	if _, ok := yIn(s.page.content, c); ok {
		return 2
	}
	if _, ok := yIn(s.footer.box, c); ok {
		return 3
	}
	return 0
}

func (b *bench) place(c fyne.CanvasObject) fyne.Position {
	var place fyne.Position
	walk(b.w.screen, b.w.screen.root, fyne.Position{}, func(o fyne.CanvasObject, at fyne.Position) {
		if o == c {
			place = at
		}
	})
	return place
}

// keysFromEveryControl presses the window's keys on every control of a page, and on none.
func keysFromEveryControl(b *bench, v view.View) {
	b.t.Helper()
	for _, c := range b.w.screen.order() {
		b.canvas().Focus(c)
		b.checkKeys(v, c)
	}
	b.canvas().Unfocus()
	b.checkKeys(v, nil)
}

func (b *bench) checkKeys(v view.View, c widget.TabStop) {
	b.t.Helper()
	where := "nothing"
	if c != nil {
		where = c.ID()
	}
	b.commands = nil
	b.key(fyne.KeyF1)
	if !slices.Equal(b.commands, []string{"help " + v.Page}) {
		b.t.Errorf("F1 on %s runs %q", where, b.commands)
	}
	b.wantEvent(where, "Escape", v.Escape, func() { b.key(fyne.KeyEscape) })
	back := shortcuts()[0]
	b.wantEvent(where, "Back", v.Return, func() { b.shortcut(back.key, back.modifier) })
	b.wantEvent(where, "New", newEvent(v), func() { b.shortcut(fyne.KeyN, fyne.KeyModifierShortcutDefault) })
	b.wantEvent(where, "Settings", settingsEvent(v), func() { b.shortcut(fyne.KeyComma, fyne.KeyModifierShortcutDefault) })
	if _, isButton := c.(*widget.Button); !isButton && !takesEnter(v, c) {
		b.wantEvent(where, "Enter", mainEvent(v), func() { b.key(fyne.KeyReturn) })
	}
}

func takesEnter(v view.View, c widget.TabStop) bool {
	switch c := c.(type) {
	case *railItem, *opener:
		return true
	case *widget.Entry:
		return c.MultiLine || c.Password || c.OnEnter != nil && hasOwnButton(v, c.ID())
	}
	return false
}

// hasOwnButton reports whether the field of an ID has a primary button of its own, which Enter presses.
func hasOwnButton(v view.View, id string) bool {
	for _, block := range v.Blocks {
		in, ok := block.(view.Input)
		if ok && in.ID == id && slices.ContainsFunc(in.Buttons, func(b view.Button) bool { return b.Primary }) {
			return true
		}
	}
	return false
}

func newEvent(v view.View) wizard.Event {
	for _, b := range allButtons(v) {
		if e, ok := b.Event.(wizard.NewConnector); ok && !b.Disabled {
			return e
		}
	}
	return nil
}

func settingsEvent(v view.View) wizard.Event {
	for _, b := range allButtons(v) {
		if e, ok := b.Event.(wizard.OpenSettings); ok {
			return e
		}
	}
	return nil
}

func mainEvent(v view.View) wizard.Event {
	if m := v.Footer.Main; m != nil && !m.Disabled {
		return m.Event
	}
	return nil
}

func (b *bench) wantEvent(where, what string, want wizard.Event, do func()) {
	b.t.Helper()
	b.events = nil
	do()
	b.queue.drain()
	if got := b.lastEvent(); got != want {
		b.t.Errorf("%s on %s sends %#v, want %#v", what, where, got, want)
	}
}

func TestEnterPressesTheFocusedButton(t *testing.T) {
	b := newKeyBench(t)
	b.show(projected(t, "admin-waiting"))
	b.focus("admin-stop")
	for _, name := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace} {
		b.wantEvent("admin-stop", string(name), wizard.StopWait{}, func() { b.key(name) })
		if b.focused() != "admin-stop" {
			t.Errorf("after %s the focus is on %q", name, b.focused())
		}
	}
}

func TestHeldEnterCountsOnce(t *testing.T) {
	b := newKeyBench(t)
	b.show(projected(t, "admin-waiting"))
	b.focus("admin-stop")
	b.key(fyne.KeyReturn)
	for range 20 {
		b.now = b.now.Add(repeatGuard / 4)
		b.repeat(fyne.KeyReturn)
	}
	if len(b.events) != 1 {
		t.Errorf("a key held down sent %d events", len(b.events))
	}
}

func TestDisabledMainButtonIsNotPressed(t *testing.T) {
	b := newKeyBench(t)
	v := view.View{Page: "p", Footer: view.Footer{
		Main: &view.Button{ID: "main", Event: wizard.Forward{}, Label: say("go"), Disabled: true, Reason: say("why")},
	}}
	b.show(v)
	b.key(fyne.KeyReturn)
	if len(b.events) > 0 {
		t.Errorf("sent %#v", b.events)
	}
	if b.w.screen.footer.reason.Text() != "why" {
		t.Errorf("the reason shown is %q", b.w.screen.footer.reason.Text())
	}
}

func TestSearchShortcut(t *testing.T) {
	b := newKeyBench(t)
	b.show(projected(t, "home-many"))
	b.focus("main")
	b.shortcut(fyne.KeyF, fyne.KeyModifierShortcutDefault)
	if _, ok := b.canvas().Focused().(*widget.Entry); !ok {
		t.Errorf("Ctrl+F leads to %q", b.focused())
	}
}

func TestPageScrollsByKeys(t *testing.T) {
	b := newKeyBench(t)
	b.resize(windowMinW, windowMinH)
	b.show(projected(t, "check-attention"))
	b.canvas().Unfocus()
	b.key(fyne.KeyEnd)
	bottom := b.w.screen.page.scroll.Offset.Y
	b.key(fyne.KeyPageUp)
	higher := b.w.screen.page.scroll.Offset.Y
	b.key(fyne.KeyHome)
	if top := b.w.screen.page.scroll.Offset.Y; !(top == 0 && 0 < higher && higher < bottom) {
		t.Errorf("End %.0f, Page Up %.0f, Home %.0f", bottom, higher, top)
	}
}

// TestPressesOnTwoControlsBothCount presses Space, Tab, Space as fast as one can: a key held down does not move the focus.
func TestPressesOnTwoControlsBothCount(t *testing.T) {
	b := newKeyBench(t)
	b.show(projected(t, "before-no-ticks"))
	b.focus("tick-direct-bill")
	for range 2 {
		b.key(fyne.KeySpace)
		b.now = b.now.Add(repeatGuard / 4)
		b.tab()
	}
	ticked := []wizard.Event{
		wizard.Ticked{Field: connector.TickDirectBill, On: true}, wizard.Ticked{Field: connector.TickAccess, On: true},
	}
	if !slices.Equal(b.events, ticked) {
		t.Errorf("sent %#v", b.events)
	}
}

// TestEnterInAFieldWithItsOwnButton answers the field's question and not the page's.
func TestEnterInAFieldWithItsOwnButton(t *testing.T) {
	for name, want := range map[string]wizard.Event{"detail-rename": wizard.Rename{}, "detail-rename-empty": nil} {
		b := newKeyBench(t)
		b.show(projected(t, name))
		b.focus(string(connector.FieldRename))
		b.wantEvent(name, "Enter", want, func() { b.key(fyne.KeyReturn) })
	}
}

// TestTheWheelScrollsOverAField turns the wheel with the pointer on a text field, which would keep it for itself.
func TestTheWheelScrollsOverAField(t *testing.T) {
	b := newKeyBench(t)
	b.show(projected(t, "connector-public"))
	b.focus("name")
	field := b.canvas().Focused().(fyne.CanvasObject)
	at := b.app.Driver().AbsolutePositionForObject(field).Add(fyne.NewPos(20, 10))
	test.Scroll(b.canvas(), at, 0, -25)
	if b.w.screen.page.scroll.Offset.Y <= 25-1 {
		t.Errorf("scrolled by %.0f", b.w.screen.page.scroll.Offset.Y)
	}
	test.Scroll(b.canvas(), at, 0, 1000)
	if b.w.screen.page.scroll.Offset.Y != 0 {
		t.Errorf("scrolled back to %.0f", b.w.screen.page.scroll.Offset.Y)
	}
}
