package gui

import (
	"testing"
	"time"
)

// queued is how Fyne's driver hands an event to its lifecycle.
type queued interface{ QueueEvent(f func()) }

func TestEventsOfTheEndNeedNoLoop(t *testing.T) {
	l := newKeyBench(t).app.Lifecycle()
	events, ok := l.(lifecycle)
	if !ok {
		t.Fatalf("%T can't be given another queue; what happens when Fyne's loop ends has to be looked at again", l)
	}
	events.InitEventQueue()
	loop := make(chan func())
	ended := make(chan struct{})
	go func() { defer close(ended); events.RunEventQueue(func(f func(), _ bool) { loop <- f }) }()
	go func() { (<-loop)() }() // the loop turns once and then never again

	endEventsWithoutLoop(l, func(f func()) { f() })
	ran := make(chan struct{})
	l.(queued).QueueEvent(func() { close(ran) })
	for what, done := range map[string]chan struct{}{"the event": ran, "the queue before": ended} {
		select {
		case <-done:
		case <-time.After(10 * time.Second):
			t.Errorf("%s waits for a loop that has ended", what)
		}
	}
	events.DestroyEventQueue()
}

func TestSentTooLate(t *testing.T) {
	for what, tt := range map[string]struct {
		f    func()
		want bool
	}{
		"closed channel": {func() { c := make(chan int); close(c); c <- 1 }, true},
		"closed twice":   {func() { c := make(chan int); close(c); close(c) }, false},
		"our own":        {func() { panic("send on closed channel") }, false},
	} {
		func() {
			defer func() {
				if got := sentTooLate(recover()); got != tt.want {
					t.Errorf("%s: %v", what, got)
				}
			}()
			tt.f()
		}()
	}
}
