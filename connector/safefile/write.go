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
// regular file is refused with ErrNotRegular. It costs the same however many files are beside it.
func Write(path string, data []byte) error {
	if err := regularOrAbsent(path); err != nil {
		return err
	}
	f, err := createTemporary(path)
	if err != nil {
		return err
	}
	return replace(f, path, data)
}

// createTemporary makes the temporary file of path. It always has the same name, so that what a crash left of it is found without a look
// through the folder.
func createTemporary(path string) (*os.File, error) {
	name := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+"0")
	f, err := createNew(name)
	if !errors.Is(err, fs.ErrExist) {
		return f, err
	}
	if err := Remove(name); err != nil {
		return nil, err
	}
	return createNew(name)
}

func createNew(name string) (*os.File, error) { return open(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL) }

// WriteNew puts data into a file that is not there yet, in a folder that nobody reads yet: a crash may leave half of it. The file is on the
// disk when it returns; [Flush] does the same for the folder.
func WriteNew(path string, data []byte) error {
	f, err := createNew(path)
	if err != nil {
		return err
	}
	return fill(f, data)
}

// Export is Write into a folder that is not this program's own, without a lock. It removes nothing there: a file whose name looks like
// something that a crash left may be a person's.
func Export(path string, data []byte) error {
	if err := regularOrAbsent(path); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"*")
	if err != nil {
		return err
	}
	return replace(f, path, data)
}

// ExportTo is Export into the file that a person has named. One that is there stays as it is unless replace is set: fs.ErrExist, wrapped.
func ExportTo(path string, data []byte, replace bool) error {
	switch err := regular(path); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case !replace:
		return &fs.PathError{Op: "write", Path: path, Err: fs.ErrExist}
	}
	return Export(path, data)
}

// Append adds data to the end of the file at path, and makes it where it is missing, for what can be made again: a crash may leave a part of
// data, a power cut anything.
func Append(path string, data []byte) error {
	if err := regularOrAbsent(path); err != nil {
		return err
	}
	f, err := open(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// Overwrite puts data in the place of as many bytes of the file at path, from the byte at on, for what can be made again: a reader, and a
// crash, may find a part of it.
func Overwrite(path string, at int64, data []byte) error {
	if err := regular(path); err != nil {
		return err
	}
	f, err := open(path, os.O_WRONLY)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(data, at)
	return errors.Join(err, f.Close())
}

// replace fills a temporary file and moves it over path, or removes it.
func replace(f *os.File, path string, data []byte) error {
	err := fill(f, data)
	if err == nil {
		err = Move(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// fill writes a file to the disk and closes it.
func fill(f *os.File, data []byte) error {
	_, err := f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

func regularOrAbsent(path string) error {
	if err := regular(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// RemoveStale removes what a crash within Write left beside path, under whatever name: older versions gave every temporary file another
// one. It looks through the folder. The caller holds the lock that guards path.
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
