package safefile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Write puts data into the file at path, readable by this account only (0600). Whoever reads it, and a crash or power cut
// at any point, finds the old text or the new one. The caller holds the lock that guards path. What is there and is no
// regular file is refused with ErrNotRegular.
func Write(path string, data []byte) error {
	if err := RemoveStale(path); err != nil {
		return err
	}
	return Export(path, data)
}

// Export is Write into a folder that is not this program's own. It removes nothing there: a file whose name looks like something that a
// crash left may be a person's.
func Export(path string, data []byte) error {
	if err := regular(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return replace(path, data)
}

// RemoveStale removes what a crash within Write left beside path. The caller holds the lock that guards path.
func RemoveStale(path string) error {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return err
	}
	for _, e := range entries {
		if name, ok := StaleOf(e.Name()); !ok || name != filepath.Base(path) {
			continue
		}
		if err := os.Remove(filepath.Join(filepath.Dir(path), e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// StaleOf returns the name of the file that a temporary file was to become; ok is false when name is none.
func StaleOf(name string) (target string, ok bool) {
	rest, ok := strings.CutPrefix(name, ".")
	if !ok {
		return "", false
	}
	target = strings.TrimRight(rest, "0123456789")
	return target, target != "" && target != rest
}
