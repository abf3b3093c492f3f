package store

import (
	"context"
	"crypto/sha256"
	"path/filepath"
	"time"

	"partner-center-connector/connector/safefile"

	"github.com/fsnotify/fsnotify"
)

// A change is looked at when it has settled; where the system can't tell of changes, the files are looked at in turn.
const (
	settleTime = 150 * time.Millisecond
	pollTime   = 3 * time.Second
)

// watched are the files whose changes are told.
var watched = []string{connectorsFile, draftsFile, settingsFile}

type sum [sha256.Size]byte

// sumOf returns a sum that tells texts apart; no text at all, that of a file that is not there, has the zero sum.
func sumOf(text []byte) sum {
	if text == nil {
		return sum{}
	}
	return sha256.Sum256(text)
}

// watch is what one Watch knows. The Store's mutex guards it.
type watch struct {
	known map[string]sum
	// foreign reports whether another process wrote something that was not told yet.
	foreign bool
}

// wrote takes notice of a write of this Store. Where it found another text than the known one, somebody else had written.
func (w *watch) wrote(name string, before, after sum) {
	if before != w.known[name] {
		w.foreign = true
	}
	w.known[name] = after
}

// Watch calls changed whenever another process changed a list or the settings, and returns when ctx ends. Changes within a moment
// are told in one call; what this Store writes is not told.
func (s *Store) Watch(ctx context.Context, changed func()) {
	events, err := s.notifier()
	w := &watch{known: map[string]sum{}}
	s.mu.Lock()
	for _, name := range watched {
		w.known[name] = s.sum(name)
	}
	s.watches[w] = struct{}{}
	s.mu.Unlock()
	defer s.forget(w)
	if err == nil {
		s.follow(ctx, w, events, changed)
	}
	s.poll(ctx, w, changed)
}

func (s *Store) forget(w *watch) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.watches, w)
}

func (s *Store) notifier() (*fsnotify.Watcher, error) {
	events, err := s.newWatcher()
	if err != nil {
		return nil, err
	}
	if err := events.Add(s.dir); err != nil {
		_ = events.Close()
		return nil, err
	}
	return events, nil
}

// follow waits for the system to tell of changes; it returns when ctx ends or the system can't tell any more.
func (s *Store) follow(ctx context.Context, w *watch, events *fsnotify.Watcher, changed func()) {
	defer func() { _ = events.Close() }()
	var settled <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case e, ok := <-events.Events:
			if !ok || filepath.Base(e.Name) == filepath.Base(s.dir) && e.Has(fsnotify.Remove|fsnotify.Rename) {
				return
			}
			if settled == nil && isWatched(e.Name) {
				settled = time.After(settleTime)
			}
		case err, ok := <-events.Errors:
			if !ok || err != nil {
				return // changes may have been lost; looking in turn loses none
			}
		case <-settled:
			settled = nil
			s.look(w, changed)
		}
	}
}

func isWatched(path string) bool {
	for _, name := range watched {
		if filepath.Base(path) == name {
			return true
		}
	}
	return false
}

// poll looks at the files in turn until ctx ends.
func (s *Store) poll(ctx context.Context, w *watch, changed func()) {
	if ctx.Err() != nil {
		return
	}
	ticker := time.NewTicker(s.pollTime)
	defer ticker.Stop()
	for {
		s.look(w, changed)
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// look compares the files with what is known, and tells.
func (s *Store) look(w *watch, changed func()) {
	s.mu.Lock()
	for _, name := range watched {
		if now := s.sum(name); now != w.known[name] {
			w.known[name] = now
			w.foreign = true
		}
	}
	tell := w.foreign
	w.foreign = false
	s.mu.Unlock()
	if tell {
		changed()
	}
}

// sum returns the sum of a file. One that can't be read counts as none: whoever loads the list will hear why.
func (s *Store) sum(name string) sum {
	text, err := safefile.Read(s.path(name), sizeLimit)
	if err != nil {
		return sum{}
	}
	return sumOf(text)
}
