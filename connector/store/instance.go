package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"

	"partner-center-connector/connector/safefile"
)

// One instance of the window program at a time works with a folder. It holds instanceLock; a second one creates instanceRequest, with the ID of the
// connector that it was to show. The first renames that to instanceTaken when it has seen it, so that it takes no other one's for it.
const (
	instanceLock    = "window.lock"
	instanceRequest = "window.ask"
	instanceTaken   = "window.asked"
)

// requestLimit is how many bytes a request may have: any ID, and what somebody may have typed for one.
const requestLimit = 1 << 10

// answerLimit is how long the first instance may take to see the request, and answerPause the time between two looks.
const (
	answerLimit = 10 * time.Second
	answerPause = 20 * time.Millisecond
)

// ErrNoAnswer means that another instance has the folder and does not answer the request to show its window.
var ErrNoAnswer = errors.New("the program runs already and does not answer")

// TakeInstance acquires the single-instance lock of the folder; release releases it. Where another process holds it, taken is false:
// that instance was asked to show its window, at the connector of an ID where show is one, and has answered. Its error is ErrNoAnswer or one of the
// file system.
func (s *Store) TakeInstance(ctx context.Context, show string) (release func(), taken bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, answerLimit)
	defer cancel()
	asked := false
	for {
		lock, err := safefile.TryLock(s.path(instanceLock))
		switch {
		case err == nil:
			// The one before may have ended without an answer.
			_ = os.Remove(s.path(instanceRequest))
			return lock.Discard, true, nil
		case !errors.Is(err, safefile.ErrHeld):
			return nil, false, err
		case !asked:
			if err := safefile.Write(s.path(instanceRequest), []byte(show[:min(len(show), requestLimit)])); err != nil {
				return nil, false, err
			}
			asked = true
		case !exists(s.path(instanceRequest)):
			return nil, false, nil
		}
		select {
		case <-ctx.Done():
			_ = os.Remove(s.path(instanceRequest))
			return nil, false, ErrNoAnswer
		case <-time.After(answerPause):
		}
	}
}

// WatchInstance calls asked whenever a second instance wants this one to show its window, until ctx ends: at the connector of the ID show, or as it
// is where that is empty.
func (s *Store) WatchInstance(ctx context.Context, asked func(show string)) {
	look := func() {
		if os.Rename(s.path(instanceRequest), s.path(instanceTaken)) != nil {
			return // mostly there is none
		}
		show, _ := safefile.Read(s.path(instanceTaken), requestLimit)
		_ = safefile.Remove(s.path(instanceTaken))
		asked(string(show))
	}
	if events, err := s.notifier(); err == nil {
		lookOnEvents(ctx, events, look)
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

// lookOnEvents looks at the start and whenever the system tells of the file; it returns when ctx ends or the system fails.
func lookOnEvents(ctx context.Context, events *fsnotify.Watcher, look func()) {
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
			if filepath.Base(e.Name) == instanceRequest {
				look()
			}
		case err, ok := <-events.Errors:
			if !ok || err != nil {
				return // something may have been lost; looking in turn loses nothing
			}
		}
	}
}
