package safefile

import (
	"context"
	"errors"
	"os"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

// Waiting for a lock is polling: the first pause, the longest one, and how many errors in a row that may pass are waited out.
const (
	firstPause   = 5 * time.Millisecond
	longestPause = 100 * time.Millisecond
	passingTries = 20
)

// ErrHeld means that another process, or another part of this one, holds the lock.
var ErrHeld = errors.New("the lock is held")

// Lock is a lock file that is held. The system releases it when the process dies.
type Lock struct {
	file *flock.Flock
	once sync.Once
}

// TryLock takes the lock file at path, or returns ErrHeld at once.
func TryLock(path string) (*Lock, error) {
	f := flock.New(path, flock.SetFlag(os.O_CREATE|os.O_RDWR|noFollow), flock.SetPermissions(0o600))
	ok, err := f.TryLock()
	if err != nil && isHeld(err) {
		return nil, ErrHeld
	}
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, ErrHeld
	}
	if !stillThere(f) {
		_ = f.Unlock()
		return nil, ErrHeld
	}
	return &Lock{file: f}, nil
}

// stillThere reports whether the file that was locked is the one at its path: the holder before may have removed it.
func stillThere(f *flock.Flock) bool {
	held, err := f.Stat()
	if err != nil {
		return false
	}
	there, err := os.Lstat(f.Path())
	return err == nil && os.SameFile(held, there)
}

// WaitLock takes the lock file at path, and waits for it until ctx ends: then its error is ErrHeld and ctx's, joined.
func WaitLock(ctx context.Context, path string) (*Lock, error) {
	pause, passed := firstPause, 0
	for {
		l, err := TryLock(path)
		if err == nil {
			return l, nil
		}
		switch {
		case errors.Is(err, ErrHeld):
			passed = 0
		case isTransient(err) && passed < passingTries:
			passed++
		default:
			return nil, err
		}
		timer := time.NewTimer(pause)
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil, errors.Join(ErrHeld, ctx.Err())
		case <-timer.C:
		}
		pause = min(pause*3/2, longestPause)
	}
}

// Release releases the lock and keeps its file. Further calls do nothing.
func (l *Lock) Release() { l.once.Do(func() { _ = l.file.Unlock() }) }

// Discard releases the lock and removes its file. Further calls do nothing.
func (l *Lock) Discard() { l.once.Do(func() { discard(l.file) }) }
