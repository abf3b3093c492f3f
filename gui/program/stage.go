package program

import (
	"sync"
	"time"

	"partner-center-connector/connector/view"
	"partner-center-connector/gui"
)

// patience is how long the window waits for the lists, so that its first picture is the whole home screen. They are read in
// milliseconds; where a disk takes longer the window says that it reads.
const patience = 300 * time.Millisecond

// stage takes the views, and keeps the newest one until there is a window to show it in. Its methods may be called from any goroutine
// but enter.
type stage struct {
	ready chan struct{} // closed by the first complete view, or once patience is over
	once  sync.Once

	mu     sync.Mutex
	window *gui.Window
	newest *view.View
}

func newStage() *stage { return &stage{ready: make(chan struct{})} }

// begin starts the time that the first complete view has.
func (s *stage) begin() { time.AfterFunc(patience, s.release) }

func (s *stage) release() { s.once.Do(func() { close(s.ready) }) }

// show shows a view, or keeps it. complete says that the lists were read.
func (s *stage) show(v view.View, complete bool) {
	s.mu.Lock()
	s.newest = &v
	if s.window != nil {
		s.window.Show(v)
	}
	s.mu.Unlock()
	if complete {
		s.release()
	}
}

// enter gives the stage its window, filled with the first complete view. It must be called on the main goroutine before Fyne's loop
// runs: there is nobody to wait yet.
func (s *stage) enter(w *gui.Window) {
	<-s.ready
	s.mu.Lock()
	defer s.mu.Unlock()
	s.window = w
	if s.newest != nil {
		w.Show(*s.newest)
	}
}

// close closes the window.
func (s *stage) close() {
	gui.Do(func() {
		s.mu.Lock()
		w := s.window
		s.mu.Unlock()
		w.Close()
	})
}
