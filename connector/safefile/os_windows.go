package safefile

import (
	"errors"
	"io/fs"
	"os"
	"time"

	"github.com/gofrs/flock"
	"golang.org/x/sys/windows"
)

// noFollow is nothing here: what is at the path is looked at before it is opened.
const noFollow = 0

// A virus scanner or indexer may hold a file for a moment.
const (
	heldTries = 20
	heldPause = 25 * time.Millisecond
)

// openToOthers is always false: the folder inherits the access list of the user's own.
func openToOthers(fs.FileMode) bool { return false }

// ours is always true, for the same reason.
func ours(fs.FileInfo) bool { return true }

func closeToOthers(*os.File, fs.FileMode) error { return nil }

// open opens the file, which fails for a moment while it is being replaced or removed.
func open(path string, flag int) (f *os.File, err error) {
	err = whileHeld(func() error {
		f, err = os.OpenFile(path, flag, private)
		return err
	})
	return f, err
}

// Move renames a file or folder, within a file system, and returns when that is on the disk. A file takes the place of another one in one step.
// https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-movefileexw
func Move(from, to string) error {
	f, err := windows.UTF16PtrFromString(from)
	if err != nil {
		return err
	}
	t, err := windows.UTF16PtrFromString(to)
	if err != nil {
		return err
	}
	return whileHeld(func() error {
		return windows.MoveFileEx(f, t, windows.MOVEFILE_REPLACE_EXISTING|windows.MOVEFILE_WRITE_THROUGH)
	})
}

// Flush is nothing here: NTFS keeps its own journal of what is in a folder, and Move waits for it.
func Flush(string) error { return nil }

// Remove removes the file at path for good; one that is not there is no error.
func Remove(path string) error {
	return whileHeld(func() error {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	})
}

func whileHeld(f func() error) error {
	err := f()
	for range heldTries {
		if err == nil || !isTransient(err) {
			return err
		}
		<-time.After(heldPause)
		err = f()
	}
	return err
}

// isTransient reports whether an error goes away by itself: somebody holds the file, or it is just being removed.
func isTransient(err error) bool {
	return errors.Is(err, windows.ERROR_ACCESS_DENIED) || errors.Is(err, windows.ERROR_SHARING_VIOLATION) ||
		errors.Is(err, windows.ERROR_DELETE_PENDING)
}

// isHeld reports whether a lock file could not be opened since somebody has it for itself alone: mostly another holder, who is just removing it.
func isHeld(err error) bool { return errors.Is(err, windows.ERROR_SHARING_VIOLATION) }

// discard removes the lock file after it was released: an open file can't be removed here, so one that another process
// holds by then stays.
func discard(f *flock.Flock) {
	_ = f.Unlock()
	_ = os.Remove(f.Path())
}
