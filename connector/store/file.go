package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"partner-center-connector/connector"
	"partner-center-connector/connector/safefile"
)

// connectorSuffix is how the name of a connector's file ends; before it stands the ID.
const connectorSuffix = ".json"

// envelope is what is in the file of a connector.
type envelope struct {
	Format int `json:"format"`
	// Added tells which of two connectors was saved first: that with the smaller number.
	Added     int64           `json:"added"`
	Connector json.RawMessage `json:"connector"`
}

// kept is a connector as its file has it, with everything in it that this version does not know.
type kept struct {
	outer record[envelope]
	inner record[connector.Connector]
}

// identity tells the contents of a file from those that it had before, without reading it.
type identity struct {
	// Size is in bytes, Modified in nanoseconds since 1970.
	Size, Modified int64
	// Number is what the file system calls the file; 0 where it tells none.
	Number int64
}

func identityOf(info fs.FileInfo) identity {
	return identity{Size: info.Size(), Modified: info.ModTime().UnixNano(), Number: fileNumber(info)}
}

// lookAt returns the identity of a file; the zero one where there is none, or where it can't be told.
func lookAt(path string) identity {
	info, err := os.Lstat(path)
	if err != nil {
		return identity{}
	}
	return identityOf(info)
}

func (s *Store) connectorPath(id string) string {
	return filepath.Join(s.path(connectorsFolder), id+connectorSuffix)
}

// connectorID returns the ID of the connector whose file has that name; ok is false where it is another file's.
func connectorID(name string) (id string, ok bool) {
	id, ok = strings.CutSuffix(name, connectorSuffix)
	return id, ok && connector.IsID(id)
}

// readConnector reads the file of a connector, and returns its text too. Its error is fs.ErrNotExist, wrapped, or
// *connector.UnreadableError.
func (s *Store) readConnector(id string) (kept, []byte, error) {
	text, err := safefile.Read(s.connectorPath(id), sizeLimit)
	if errors.Is(err, fs.ErrNotExist) {
		return kept{}, nil, err
	}
	if errors.Is(err, safefile.ErrTooLarge) {
		err = fmt.Errorf("%w: it has more than %d bytes", connector.ErrListDamaged, sizeLimit)
	}
	var k kept
	if err == nil {
		k, err = decodeConnector(id, text)
	}
	if err != nil {
		return kept{}, nil, &connector.UnreadableError{ID: id, Err: s.unreadableFile(id, err)}
	}
	return k, text, nil
}

// unreadableFile names the file of a connector. One that is damaged stays where it is, so that a hand that is just writing it can go on,
// that it can be restored in its place, and that its ID is known.
func (s *Store) unreadableFile(id string, err error) error {
	if errors.Is(err, connector.ErrListDamaged) {
		return damagedError(filepath.Join(connectorsFolder, id+connectorSuffix), s.connectorPath(id), err)
	}
	return fmt.Errorf("read %s: %w", filepath.Join(connectorsFolder, id+connectorSuffix), err)
}

// plain is the file of a connector in which this version knows everything.
type plain struct {
	Format    int                 `json:"format"`
	Added     int64               `json:"added"`
	Connector connector.Connector `json:"connector"`
}

// decodeConnector reads the text of a connector's file. Its error is connector.ErrListDamaged or ErrListNewer, wrapped.
func decodeConnector(id string, text []byte) (kept, error) {
	if p, ok := decodePlain(text); ok && p.Format == connectorFormat && p.Connector.ID == id {
		return kept{
			outer: record[envelope]{value: envelope{Format: p.Format, Added: p.Added}},
			inner: record[connector.Connector]{value: p.Connector},
		}, nil
	}
	raw, err := unwrap(text, "connector", connectorFormat)
	if err != nil {
		return kept{}, err
	}
	var k kept
	if err := errors.Join(json.Unmarshal(text, &k.outer), json.Unmarshal(raw, &k.inner)); err != nil {
		return kept{}, unreadable(err)
	}
	if k.inner.value.ID != id {
		return kept{}, fmt.Errorf("%w: it has another ID", connector.ErrListDamaged)
	}
	return k, nil
}

// decodePlain reads the text in one go, which is what nearly all are fit for; ok is false for one that is damaged, or that has something to
// keep which this version does not know.
func decodePlain(text []byte) (p plain, ok bool) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&p); err != nil {
		return plain{}, false
	}
	return p, len(bytes.TrimSpace(text[d.InputOffset():])) == 0
}

// with returns the same file with another value in it.
func (k kept) with(c connector.Connector) (kept, error) {
	if k.inner.text == nil {
		k.inner.value = c
		return k, nil
	}
	inner, err := k.inner.with(c)
	if err != nil {
		return kept{}, err
	}
	return kept{outer: k.outer, inner: record[connector.Connector]{value: c, text: inner}}, nil
}

// encode returns the text of the file. One that is too large to be read is refused.
func (k kept) encode(path string) ([]byte, error) {
	var file any = plain{connectorFormat, k.outer.value.Added, k.inner.value}
	if k.inner.text != nil || k.outer.text != nil {
		inner, err := json.Marshal(k.inner)
		if err != nil {
			return nil, err
		}
		outer, err := k.outer.with(envelope{Format: connectorFormat, Added: k.outer.value.Added, Connector: inner})
		if err != nil {
			return nil, err
		}
		file = outer
	}
	text, err := json.MarshalIndent(file, "", "  ")
	if err != nil {
		return nil, err
	}
	return ended(text, path)
}
