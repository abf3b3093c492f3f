package gui

import (
	"runtime"

	"fyne.io/fyne/v2"
)

// Do runs f on the UI thread, soon. Once Fyne's loop has ended it may do nothing: there is no window any more that f could change.
//
// Fyne closes the queue of its loop after a check whether it is open (2.8.1, internal/driver/glfw, runOnMainWithWait), so that a view
// of the last moment would end the program with a panic.
func Do(f func()) {
	defer func() {
		if cause := recover(); cause != nil && !sentTooLate(cause) {
			panic(cause)
		}
	}()
	fyne.Do(f)
}

// sentTooLate reports whether a panic is the runtime's for a channel that was closed before something was sent.
func sentTooLate(cause any) bool {
	err, ok := cause.(runtime.Error)
	return ok && err.Error() == "send on closed channel"
}

// lifecycle is what Fyne's own lifecycle can do beyond fyne.Lifecycle.
type lifecycle interface {
	WaitForEvents()
	DestroyEventQueue()
	InitEventQueue()
	RunEventQueue(run func(f func(), wait bool))
}

// endEventsWithoutLoop lets a lifecycle run its events by itself. Fyne runs them through its loop, the one for the end of the program
// too: that one is queued when the loop ends, and where it comes between the last look into the loop's queue and the queue's end, the
// program ends with a panic, or never (2.8.1, internal/driver/glfw, runGL). The window has no events of its own there. It returns once
// the app runs and the change is on its way.
func endEventsWithoutLoop(l fyne.Lifecycle, do func(f func())) {
	events, ok := l.(lifecycle)
	if !ok {
		return
	}
	events.WaitForEvents() // whoever runs them now has begun
	do(func() {
		events.DestroyEventQueue()
		events.InitEventQueue()
		go events.RunEventQueue(func(f func(), _ bool) { f() })
	})
}
