package browser

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// unsigned is how long a folder without a readable note may be somebody's who is just making it.
const unsigned = 10 * time.Minute

// Sweep removes the profiles whose program no longer runs, and ends a browser that such a program left in one. Profiles of
// programs that still run are kept. Its error joins those of the profiles that could not be removed.
func (l *Launcher) Sweep() error {
	var errs []error
	for _, dir := range l.places.all() {
		for _, f := range folders(dir) {
			if l.inUse(f) {
				continue
			}
			errs = append(errs, sweep(f))
		}
	}
	return errors.Join(errs...)
}

// folders are the throw-away folders in dir that belong to this account. The place may be open to others (/tmp), so links and
// other people's directories are left alone.
func folders(dir string) []folder {
	// A directory that is not there has none.
	entries, _ := os.ReadDir(dir)
	var found []folder
	for _, e := range entries {
		if !e.IsDir() || !strings.HasPrefix(e.Name(), folderPrefix) {
			continue
		}
		if info, err := e.Info(); err == nil && ownedByUs(info) {
			found = append(found, folder{filepath.Join(dir, e.Name())})
		}
	}
	return found
}

// inUse reports whether the folder is a running program's, or may be.
func (l *Launcher) inUse(f folder) bool {
	n, err := f.read()
	if err == nil {
		return n.Owner.alive()
	}
	info, err := os.Lstat(f.path)
	if err != nil {
		return !errors.Is(err, fs.ErrNotExist)
	}
	return l.now().Sub(info.ModTime()) < unsigned
}

// sweep ends the browser that still uses the folder, and removes it.
func sweep(f folder) error {
	if n, err := f.read(); err == nil && n.Browser.alive() {
		if err := endOrphan(n.Browser); err != nil {
			return err
		}
	}
	return f.remove()
}

// endOrphan ends a browser that is not our child, so that only its identity can be watched.
func endOrphan(id processID) error {
	for _, end := range []func(int) error{askToEnd, forceToEnd} {
		if err := end(id.PID); err != nil && id.alive() {
			return err
		}
		if gone(id) {
			return nil
		}
	}
	return errStillRuns
}

var errStillRuns = errors.New("the browser did not end")

func gone(id processID) bool {
	return retry(endLimit, endPause, func() error {
		if id.alive() {
			return errStillRuns
		}
		return nil
	}) == nil
}
