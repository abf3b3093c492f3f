//go:build unix

package safefile

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/gofrs/flock"
)

// noFollow makes an open fail at a symbolic link, and not wait at a pipe.
const noFollow = syscall.O_NOFOLLOW | syscall.O_NONBLOCK

func openToOthers(m fs.FileMode) bool { return m&0o022 != 0 }

// ours reports whether a folder belongs to this account.
func ours(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Geteuid()
}

func closeToOthers(f *os.File, m fs.FileMode) error {
	if m&0o077 == 0 {
		return nil
	}
	return f.Chmod(private)
}

func open(path string, flag int) (*os.File, error) { return os.OpenFile(path, flag|noFollow, private) }

// Move renames a file or folder, within a file system, and returns when that is on the disk. A file takes the place of another one in one step.
func Move(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return Flush(filepath.Dir(to))
}

// Flush returns when what was made, renamed and removed in a folder is on the disk.
func Flush(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer func() { _ = d.Close() }()
	return d.Sync()
}

// Remove removes the file at path for good; one that is not there is no error.
func Remove(path string) error {
	err := os.Remove(path)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return Flush(filepath.Dir(path))
}

// isTransient reports whether an error of taking a lock goes away by itself. Here none does.
func isTransient(error) bool { return false }

// isHeld is always false: whoever has a file here does not keep others from opening it.
func isHeld(error) bool { return false }

// discard removes the lock file while it is still held: whoever waits for it sees that it is another file then.
func discard(f *flock.Flock) {
	_ = os.Remove(f.Path())
	_ = f.Unlock()
}
