package runner

import (
	"testing"
	"time"

	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
)

// slowWindow takes its time to close, as a browser does that is asked to end.
type slowWindow struct{ calls, release chan struct{} }

func (slowWindow) Exit() <-chan browser.Exit { return nil }
func (slowWindow) Kept() browser.Kept        { return browser.KeptUnknown }

func (w slowWindow) Close() error {
	w.calls <- struct{}{}
	<-w.release
	return nil
}

// TestTheEndWaitsForAWindowThatIsBeingClosed ends the program just when the last page has been shown for long enough.
func TestTheEndWaitsForAWindowThatIsBeingClosed(t *testing.T) {
	r := &Runner{windows: map[connector.Window]struct{}{}}
	w := slowWindow{make(chan struct{}, 2), make(chan struct{})}
	r.keepWindow(w)
	first, ended := make(chan struct{}), make(chan struct{})
	go func() { defer close(first); r.closeWindow(w) }()
	expectCall(t, w)
	go func() { defer close(ended); r.closeAll(r.openWindows()) }()
	select {
	case <-w.calls:
	case <-ended:
		t.Error("the end did not wait")
	case <-time.After(10 * time.Second):
		t.Error("nobody closes the window")
	}
	close(w.release)
	<-first
	<-ended
	if len(r.windows) != 0 {
		t.Error("the window is not forgotten")
	}
}

func expectCall(t *testing.T, w slowWindow) {
	t.Helper()
	select {
	case <-w.calls:
	case <-time.After(10 * time.Second):
		t.Fatal("the window is not closed")
	}
}
