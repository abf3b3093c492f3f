package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"

	"partner-center-connector/connector"
	"partner-center-connector/connector/safefile"
)

// The formats of the files. A version of this program that knows only an older one leaves the file alone, and says so.
const (
	settingsFormat  = 1
	notifiedFormat  = 1
	scheduledFormat = 1
	// listFormat is that of lists which name the pages of the wizard. Format 1 has numbers there, and a version that expects those would
	// take a name for damage and put the list aside; so it must not read it.
	listFormat = 2
	// connectorFormat is that of a file for each connector. A version that keeps them in one list must not begin a new one.
	connectorFormat = 3
)

// sizeLimit is how many bytes a file may have; a connector that was checked takes about 7 KB.
const sizeLimit = 16 << 20

// document is a value in a file {"format": 2, "<key>": …}.
type document[V any] struct {
	store *Store
	file  string
	key   string
	// format is the newest that can be read, and the one that is written.
	format int
	// limit is how many bytes of it are read.
	limit int64
	// check refuses, with connector.ErrListDamaged, a value that can't be right.
	check func(V) error
}

// get reads the value; the zero one where there is no file. As long as a damaged file is only kept aside, and no new one
// was written, its error is *DamagedError.
func (d document[V]) get() (V, error) {
	text, value, err := d.read()
	if text != nil && !errors.Is(err, connector.ErrListDamaged) {
		return value, err
	}
	if kept, lookErr := d.store.newestKept(d.file); err == nil && lookErr == nil && kept == "" {
		return value, nil // nor was there ever one, in a folder that may not be ours to write to
	}
	// There is a file to be kept aside, or one was: look again while nobody writes.
	err = d.store.locked(func() (err error) {
		text, value, err = d.readOrKeepAside()
		if err == nil && text == nil {
			err = d.store.keptAside(d.file)
		}
		return err
	})
	return value, err
}

// change reads, edits and writes the value under its lock; edit reports whether it changed anything, and its error leaves the file as it is.
// A damaged file is reported once before it is written again.
func (d document[V]) change(edit func(V) (V, bool, error)) error {
	return d.store.locked(func() error {
		before, value, err := d.readOrKeepAside()
		if err == nil && before == nil && !d.store.wasReported(d.file) {
			err = d.store.keptAside(d.file)
		}
		if err != nil {
			return err
		}
		value, changed, err := edit(value)
		if err != nil || !changed {
			return err
		}
		after, err := d.encode(value)
		if err != nil || bytes.Equal(before, after) {
			return err
		}
		return d.store.write(d.file, before, after)
	})
}

// read returns the text of the file, nil where there is none, and the value in it.
func (d document[V]) read() ([]byte, V, error) {
	var none V
	text, err := safefile.Read(d.store.path(d.file), d.limit)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, none, nil
	case errors.Is(err, safefile.ErrTooLarge):
		return []byte{}, none, fmt.Errorf("%w: it has more than %d bytes", connector.ErrListDamaged, d.limit)
	case err != nil:
		return []byte{}, none, fmt.Errorf("read %s: %w", d.file, err)
	}
	value, err := d.decode(text)
	return text, value, err
}

func (d document[V]) readOrKeepAside() ([]byte, V, error) {
	text, value, err := d.read()
	if errors.Is(err, connector.ErrListDamaged) {
		err = d.store.keepAside(d.file, err)
	}
	return text, value, err
}

// decode reads the text of a file. Its error is connector.ErrListDamaged or ErrListNewer, wrapped.
func (d document[V]) decode(text []byte) (V, error) {
	var value, none V
	raw, err := unwrap(text, d.key, d.format)
	if err != nil {
		return none, err
	}
	if err := json.Unmarshal(raw, &value); err != nil {
		return none, unreadable(err)
	}
	if err := d.check(value); err != nil {
		return none, err
	}
	return value, nil
}

// encode returns the text of a file. One that is too large to be read is refused.
func (d document[V]) encode(value V) ([]byte, error) {
	text, err := json.MarshalIndent(map[string]any{"format": d.format, d.key: value}, "", "  ")
	if err != nil {
		return nil, err
	}
	return ended(text, d.store.path(d.file))
}

// ended returns a text as it is written to a file, and refuses it where it could not be read again.
func ended(text []byte, path string) ([]byte, error) {
	if len(text) >= sizeLimit {
		return nil, &fs.PathError{Op: "write", Path: path, Err: safefile.ErrTooLarge}
	}
	return append(text, '\n'), nil
}

// unwrap looks at the format of a file and returns what is under key.
func unwrap(text []byte, key string, newest int) (json.RawMessage, error) {
	file, _, err := open(text, newest)
	if err != nil {
		return nil, err
	}
	if raw := file[key]; len(raw) > 0 && string(raw) != "null" {
		return raw, nil
	}
	return nil, fmt.Errorf("%w: it has no %q", connector.ErrListDamaged, key)
}

// open returns what a file has and its format, which may be no newer than newest.
func open(text []byte, newest int) (file map[string]json.RawMessage, format int, err error) {
	if err := json.Unmarshal(text, &file); err != nil {
		return nil, 0, unreadable(err)
	}
	if err := json.Unmarshal(file["format"], &format); err != nil || format < 1 {
		return nil, 0, fmt.Errorf("%w: it names no format", connector.ErrListDamaged)
	}
	if format > newest {
		return nil, 0, fmt.Errorf("%w: format %d, this one knows %d", connector.ErrListNewer, format, newest)
	}
	return file, format, nil
}

// unreadable tells where the text is wrong, not what is there.
func unreadable(err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("%w: no JSON at byte %d", connector.ErrListDamaged, syntax.Offset)
	case errors.As(err, &kind):
		return fmt.Errorf("%w: wrong type of %q", connector.ErrListDamaged, kind.Field)
	}
	return fmt.Errorf("%w: a value of the wrong form", connector.ErrListDamaged)
}
