package safefile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

// private is the mode of a file: its owner's alone.
const private fs.FileMode = 0o600

// ErrNotRegular means that there is a symbolic link, a pipe or a folder where the file should be. It is never followed or replaced.
var ErrNotRegular = errors.New("not a regular file")

// ErrTooLarge means that the file holds more than was allowed.
var ErrTooLarge = errors.New("the file is too large")

// Read returns the text of the file at path, at most limit bytes of it: fs.ErrNotExist, ErrNotRegular or ErrTooLarge
// otherwise, wrapped. A file that other accounts could read is closed to them.
func Read(path string, limit int64) ([]byte, error) {
	f, info, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return readAll(f, path, info.Size(), limit)
}

// ReadText is Read for a long text that is wanted as a string: there are never two copies of it.
func ReadText(path string, limit int64) (string, error) {
	f, info, err := Open(path)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }()
	var text strings.Builder
	text.Grow(int(min(info.Size(), limit)))
	if _, err := io.Copy(&text, io.LimitReader(f, limit+1)); err != nil {
		return "", err
	}
	if int64(text.Len()) > limit {
		return "", fmt.Errorf("%s: %w", path, ErrTooLarge)
	}
	return text.String(), nil
}

// Open opens the file at path for reading, as Read does, and tells what it is.
func Open(path string) (*os.File, fs.FileInfo, error) {
	if err := regular(path); err != nil {
		return nil, nil, err
	}
	f, err := open(path, os.O_RDONLY)
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = notRegular(path, info.Mode())
	}
	if err == nil {
		err = closeToOthers(f, info.Mode())
	}
	if err != nil {
		_ = f.Close()
		return nil, nil, err
	}
	return f, info, nil
}

// readAll reads a file of about that size.
func readAll(f *os.File, path string, size, limit int64) ([]byte, error) {
	data := bytes.NewBuffer(make([]byte, 0, min(size, limit)+bytes.MinRead))
	if _, err := data.ReadFrom(io.LimitReader(f, limit+1)); err != nil {
		return nil, err
	}
	if int64(data.Len()) > limit {
		return nil, fmt.Errorf("%s: %w", path, ErrTooLarge)
	}
	return data.Bytes(), nil
}

// regular looks at path without following a link, and refuses what is no regular file.
func regular(path string) error {
	info, err := os.Lstat(path)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return notRegular(path, info.Mode())
	}
	return nil
}
