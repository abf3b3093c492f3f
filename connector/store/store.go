package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/safefile"

	"github.com/fsnotify/fsnotify"
)

// folderName is the name of the config folder.
const folderName = "partner-center-connector"

// The files of the folder.
const (
	connectorsFile   = "connectors.json"
	connectorsFolder = "connectors"
	draftsFile       = "drafts.json"
	settingsFile     = "settings.json"
	notifiedFile     = "notified.json"
	scheduledFile    = "schedule.json"
	listsLock        = "lists.lock"
	locksFolder      = "locks"
)

// How long a list may be held by another process: it is read and written within milliseconds, but the list of an older version is taken over file
// by file, each of which the disk has to confirm.
const (
	lockLimit     = 10 * time.Second
	takeoverLimit = 2 * time.Minute
)

var (
	errBadID    = errors.New("not an ID of a connector")
	errNoFolder = errors.New("no config folder is named")
)

// Store is connector.Store in a folder. It may be used by several goroutines, and beside other processes.
type Store struct {
	dir string
	now func() time.Time
	// newWatcher and pollTime are how a Watch learns of changes.
	newWatcher func() (*fsnotify.Watcher, error)
	pollTime   time.Duration

	mu sync.Mutex
	// reported holds the files whose damage this Store has told of, so that they may be written again.
	reported map[string]bool
	watches  map[*watch]struct{}
}

var _ connector.Store = (*Store)(nil)

// DefaultDir is the config folder of this account; on Windows in the local, not the roaming part of the profile, since a
// roaming list would name credentials that stay on the other computer.
func DefaultDir() (string, error) {
	base, err := configBase()
	if err != nil {
		return "", err
	}
	return filepath.Join(base, folderName), nil
}

// DirOf is the config folder that somebody named, or DefaultDir where nobody did.
func DirOf(named string) (string, error) {
	if named != "" {
		return named, nil
	}
	return DefaultDir()
}

// Open opens the store in dir, and makes the folder where it is missing. Its errors are those of the file system or
// safefile.ErrFolderOpen, wrapped.
func Open(dir string) (*Store, error) {
	if dir == "" {
		return nil, errNoFolder
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if err := safefile.Folder(dir); err != nil {
		return nil, fmt.Errorf("config folder: %w", err)
	}
	return &Store{
		dir: dir, now: time.Now, newWatcher: fsnotify.NewWatcher, pollTime: pollTime,
		reported: map[string]bool{}, watches: map[*watch]struct{}{},
	}, nil
}

// Dir is the folder, as an absolute path.
func (s *Store) Dir() string { return s.dir }

func (s *Store) path(name string) string { return filepath.Join(s.dir, name) }

// Drafts returns the list of drafts, in the order in which they were begun.
func (s *Store) Drafts() ([]connector.Draft, error) { return s.drafts().all() }

// PutDraft keeps d, in place of the draft of the same ID.
func (s *Store) PutDraft(d connector.Draft) error { return s.drafts().put(d) }

// DeleteDraft takes a draft off the list; one that is not there is no error.
func (s *Store) DeleteDraft(id string) error { return s.drafts().remove(id) }

func (s *Store) drafts() list[connector.Draft] {
	return newList(s, draftsFile, "drafts", func(d connector.Draft) string { return d.ID })
}

// Lock takes the lock of a connector, which another process, or another part of this one, may hold: one refresh at a time.
// It waits until ctx ends; its error is connector.ErrBusy then. A process that dies gives its locks back.
func (s *Store) Lock(ctx context.Context, id string) (unlock func(), err error) {
	if !connector.IsID(id) {
		return nil, errBadID
	}
	if err := safefile.Folder(s.path(locksFolder)); err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	lock, err := safefile.WaitLock(ctx, filepath.Join(s.path(locksFolder), id+".lock"))
	if errors.Is(err, safefile.ErrHeld) {
		return nil, fmt.Errorf("%w: %w", connector.ErrBusy, ctx.Err())
	}
	if err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	return lock.Discard, nil
}

// locked does something while no other process reads and writes a file.
func (s *Store) locked(do func() error) error {
	limit := lockLimit
	if exists(s.path(newFolder)) {
		limit = takeoverLimit
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	lock, err := safefile.WaitLock(ctx, s.path(listsLock))
	if errors.Is(err, safefile.ErrHeld) {
		return fmt.Errorf("the lists: %w", connector.ErrBusy)
	}
	if err != nil {
		return fmt.Errorf("lock: %w", err)
	}
	defer lock.Release()
	return do()
}

// write replaces a file and tells the watches that it was us. before is what was read of it under the same lock.
func (s *Store) write(name string, before, after []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := safefile.Write(s.path(name), after); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	delete(s.reported, name)
	for w := range s.watches {
		w.wrote(name, sumOf(before), sumOf(after))
	}
	return nil
}
