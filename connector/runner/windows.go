package runner

import (
	"maps"
	"slices"
	"sync"
	"time"

	"partner-center-connector/connector"
)

// keepWindow remembers a private window, so that it is closed at the end at the latest.
func (r *Runner) keepWindow(w connector.Window) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.windows[w] = struct{}{}
}

// openWindows returns the private windows that are open now.
func (r *Runner) openWindows() []connector.Window {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Collect(maps.Keys(r.windows))
}

// closeAll closes windows, all at once: a browser may take seconds to end.
func (r *Runner) closeAll(windows []connector.Window) {
	var closing sync.WaitGroup
	for _, w := range windows {
		closing.Go(func() { r.closeWindow(w) })
	}
	closing.Wait()
}

// closeWindow closes a window and forgets it only then: whoever ends the program in the meantime waits for it, since Close
// returns to everybody at its end.
func (r *Runner) closeWindow(w connector.Window) {
	r.mu.Lock()
	_, ours := r.windows[w]
	r.mu.Unlock()
	if !ours {
		return
	}
	_ = w.Close()
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.windows, w)
}

// closeLater closes a private window after its last page could be read, or at once where the program ends.
func (r *Runner) closeLater(w connector.Window, after time.Duration) {
	r.work.Go(func() {
		lingers := time.NewTimer(after)
		defer lingers.Stop()
		select {
		case <-lingers.C:
		case <-r.ending:
		}
		r.closeWindow(w)
	})
}
