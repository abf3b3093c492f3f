package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"partner-center-connector/connector/safefile"

	"github.com/fsnotify/fsnotify"
)

// One window program at a time works with a folder. It holds frontLock; whoever comes second leaves frontAsk there, which the first
// removes when it has seen it.
const (
	frontLock = "window.lock"
	frontAsk  = "window.ask"
)

// answerLimit is how long the first program may take to see that it is asked for, and answerPause the time between two looks.
const (
	answerLimit = 10 * time.Second
	answerPause = 20 * time.Millisecond
)

// ErrNoAnswer says that another window program has the folder, and does not see that it is asked for.
var ErrNoAnswer = errors.New("the program runs already and does not answer")

// TakeFront makes this process the window program of the folder until release is called. Where there is one already, that one is
// asked to come to the front; then taken is false. It waits for its answer; its error is ErrNoAnswer or one of the file system.
func (s *Store) TakeFront(ctx context.Context) (release func(), taken bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, answerLimit)
	defer cancel()
	asked := false
	for {
		lock, err := safefile.TryLock(s.path(frontLock))
		switch {
		case err == nil:
			// The one before may have ended without an answer.
			_ = os.Remove(s.path(frontAsk))
			return lock.Discard, true, nil
		case !errors.Is(err, safefile.ErrHeld):
			return nil, false, err
		case !asked:
			if err := os.WriteFile(s.path(frontAsk), nil, 0o600); err != nil {
				return nil, false, err
			}
			asked = true
		case !exists(s.path(frontAsk)):
			return nil, false, nil
		}
		select {
		case <-ctx.Done():
			_ = os.Remove(s.path(frontAsk))
			return nil, false, ErrNoAnswer
		case <-time.After(answerPause):
		}
	}
}

// WatchFront calls asked whenever another process wants the window of this one, until ctx ends.
func (s *Store) WatchFront(ctx context.Context, asked func()) {
	look := func() {
		if os.Remove(s.path(frontAsk)) == nil {
			asked()
		}
	}
	if events, err := s.notifier(); err == nil {
		lookWhenTold(ctx, events, look)
	}
	// The system can't tell of changes, or not any more.
	ticker := time.NewTicker(s.pollTime)
	defer ticker.Stop()
	for ctx.Err() == nil {
		look()
		select {
		case <-ctx.Done():
		case <-ticker.C:
		}
	}
}

// lookWhenTold looks at the start and whenever the system tells of the file; it returns when ctx ends or the system fails.
func lookWhenTold(ctx context.Context, events *fsnotify.Watcher, look func()) {
	defer func() { _ = events.Close() }()
	look()
	for {
		select {
		case <-ctx.Done():
			return
		case e, ok := <-events.Events:
			if !ok {
				return
			}
			if filepath.Base(e.Name) == frontAsk {
				look()
			}
		case err, ok := <-events.Errors:
			if !ok || err != nil {
				return // something may have been lost; looking in turn loses nothing
			}
		}
	}
}
