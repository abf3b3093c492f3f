package store

import (
	"context"
	"crypto/sha256"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"partner-center-connector/connector/safefile"

	"github.com/fsnotify/fsnotify"
)

// A change is looked at when it has settled; where the system can't tell of changes, the files are looked at in turn.
const (
	settleTime = 150 * time.Millisecond
	pollTime   = 3 * time.Second
)

// followsFolder reports whether the system tells of changes in the folder of the connectors. Kqueue opens every file of a folder for that.
// https://pkg.go.dev/github.com/fsnotify/fsnotify#Watcher
var followsFolder = runtime.GOOS == "linux" || runtime.GOOS == "windows"

// watched are the files whose changes are told, besides those of the connectors.
var watched = []string{connectorsFile, draftsFile, settingsFile, scheduledFile}

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
	// connectors are the files of the connectors, by ID.
	connectors map[string]identity
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

// wroteConnector is wrote for the file of a connector; a zero identity is that of no file.
func (w *watch) wroteConnector(id string, before, after identity) {
	if before != w.connectors[id] {
		w.foreign = true
	}
	w.setConnector(id, after)
}

func (w *watch) setConnector(id string, to identity) {
	if to == (identity{}) {
		delete(w.connectors, id)
		return
	}
	w.connectors[id] = to
}

// Watch calls changed whenever another process changed a list, a connector or the settings, and returns when ctx ends. Changes within a moment
// are told in one call; what this Store writes is not told.
func (s *Store) Watch(ctx context.Context, changed func()) {
	events, err := s.notifier()
	if err == nil {
		s.followConnectors(events)
	}
	w := &watch{known: map[string]sum{}}
	s.mu.Lock()
	for _, name := range watched {
		w.known[name] = s.sum(name)
	}
	w.connectors = s.identities()
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

// followConnectors has the system tell of changes in the folder of the connectors, once that is there. What other processes of this program
// change is told without it too: they write to the index.
func (s *Store) followConnectors(events *fsnotify.Watcher) {
	if followsFolder && exists(s.path(connectorsFolder)) {
		_ = events.Add(s.path(connectorsFolder))
	}
}

// follow waits for the system to tell of changes; it returns when ctx ends or the system can't tell any more.
func (s *Store) follow(ctx context.Context, w *watch, events *fsnotify.Watcher, changed func()) {
	defer func() { _ = events.Close() }()
	hands := s.hands()
	defer hands.Stop()
	var settled <-chan time.Time
	var of changes
	for {
		select {
		case <-ctx.Done():
			return
		case e, ok := <-events.Events:
			if !ok || e.Name == s.dir && e.Has(fsnotify.Remove|fsnotify.Rename) {
				return
			}
			if e.Name == s.path(connectorsFolder) && e.Has(fsnotify.Create) {
				s.followConnectors(events)
			}
			if s.concerns(e.Name, &of) && settled == nil {
				settled = time.After(settleTime)
			}
		case err, ok := <-events.Errors:
			if !ok || err != nil {
				return // changes may have been lost; looking in turn loses none
			}
		case <-hands.C:
			s.look(w, changes{everywhere: true}, changed)
		case <-settled:
			settled = nil
			s.look(w, of, changed)
			of = changes{}
		}
	}
}

// hands ticks where the system does not tell of what a person changes in the folder of the connectors.
func (s *Store) hands() *time.Ticker {
	ticker := time.NewTicker(s.pollTime)
	if followsFolder {
		ticker.Stop()
	}
	return ticker
}

// changes are where something may have changed among the connectors: in the files of some, or anywhere.
type changes struct {
	ids        []string
	everywhere bool
}

// concerns notes what a change of a path may have changed, and reports whether it has to be looked at.
func (s *Store) concerns(path string, of *changes) bool {
	name := filepath.Base(path)
	if filepath.Dir(path) == s.path(connectorsFolder) {
		id, ok := connectorID(name)
		if ok && !slices.Contains(of.ids, id) {
			of.ids = append(of.ids, id)
		}
		return ok
	}
	if name == connectorsFolder || name == indexFile && !followsFolder {
		of.everywhere = true
		return true
	}
	return slices.Contains(watched, name)
}

// poll looks at the files in turn until ctx ends.
func (s *Store) poll(ctx context.Context, w *watch, changed func()) {
	if ctx.Err() != nil {
		return
	}
	ticker := time.NewTicker(s.pollTime)
	defer ticker.Stop()
	for {
		s.look(w, changes{everywhere: true}, changed)
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// look compares the files with what is known, and tells.
func (s *Store) look(w *watch, of changes, changed func()) {
	s.mu.Lock()
	for _, name := range watched {
		if now := s.sum(name); now != w.known[name] {
			w.known[name] = now
			w.foreign = true
		}
	}
	s.lookAtConnectors(w, of)
	tell := w.foreign
	w.foreign = false
	s.mu.Unlock()
	if tell {
		changed()
	}
}

func (s *Store) lookAtConnectors(w *watch, of changes) {
	if of.everywhere {
		now := s.identities()
		w.foreign = w.foreign || !maps.Equal(now, w.connectors)
		w.connectors = now
		return
	}
	for _, id := range of.ids {
		if now := lookAt(s.connectorPath(id)); now != w.connectors[id] {
			w.setConnector(id, now)
			w.foreign = true
		}
	}
}

// identities returns those of all files of connectors. A folder that can't be read counts as empty: whoever loads the list will hear why.
func (s *Store) identities() map[string]identity {
	all, _ := s.files()
	known := make(map[string]identity, len(all))
	for i := range all {
		known[all[i].id] = all[i].file
	}
	return known
}

// sum returns the sum of a file. One that can't be read counts as none: whoever loads the list will hear why.
func (s *Store) sum(name string) sum {
	text, err := safefile.Read(s.path(name), sizeLimit)
	if err != nil {
		return sum{}
	}
	return sumOf(text)
}
