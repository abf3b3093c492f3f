package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"partner-center-connector/connector"
	"partner-center-connector/connector/safefile"
)

// Older versions kept all connectors in one list, connectors.json. What this one finds there it takes over into the folder of the connectors,
// keeps the list aside under a name that tells its format, and leaves a mark in its place, of which an older version says that a newer one
// wrote it.

// oldLimit is how many bytes the list of an older version may have. That version wrote lists which it did not read again, since they had more
// than 16 MiB.
const oldLimit = 1 << 30

// markLimit is more than the mark has, in bytes; a longer file is a list.
const markLimit = 4 << 10

// keptListStem begins the name of a list that was taken over.
const keptListStem = "connectors.format-"

// newFolder is the folder of the connectors until it is complete.
const newFolder = connectorsFolder + ".new"

// oldList is the list of an older version.
func (s *Store) oldList() list[connector.Connector] {
	l := newList(s, connectorsFile, "connectors", func(c connector.Connector) string { return c.ID })
	l.limit = oldLimit
	return l
}

// source is where the connectors are besides those of the folder.
type source struct {
	// old are those of an older version's list that could not be taken over, as in a folder that can't be written to.
	old []record[connector.Connector]
	// damage says that what stood in place of the mark was damaged, and kept aside, or that the folder is gone; nothing was written since. Who
	// knows what it held.
	damage error
}

// besides returns connectors with those of the old list that are not among them.
func (f source) besides(all []connector.Connector) []connector.Connector {
	if len(f.old) == 0 {
		return all
	}
	known := map[string]bool{}
	for i := range all {
		known[all[i].ID] = true
	}
	for i := range f.old {
		if c := f.old[i].value; !known[c.ID] {
			c.Checks, c.History = nil, nil
			all = append(all, c)
		}
	}
	return all
}

// source looks where the connectors are, and takes an older version's list over if it can.
func (s *Store) source() (source, error) {
	there, err := s.marked()
	switch {
	case err != nil:
		return source{}, err
	case there == markOurs:
		return source{damage: s.lostFolder()}, nil
	case there == markNone:
		return source{damage: s.keptAside(connectorsFile)}, nil
	}
	failed := s.locked(s.ready)
	var damaged *DamagedError
	switch {
	case failed == nil:
		return source{}, nil
	case errors.As(failed, &damaged):
		return source{damage: failed}, nil
	}
	_, old, err := s.oldList().read()
	if err == nil {
		return source{old: old}, nil
	}
	if there, err := s.marked(); err == nil && there == markOurs {
		return source{}, nil // another process has just taken it over
	}
	return source{}, failed
}

// mark is what is in connectors.json.
type mark int

const (
	markNone mark = iota
	markOurs
	// markOld is the list of an older version, or damage.
	markOld
)

// marked looks at connectors.json. Its error is connector.ErrListNewer or one of the file system, wrapped.
func (s *Store) marked() (mark, error) {
	text, err := safefile.Read(s.path(connectorsFile), markLimit)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return markNone, nil
	case errors.Is(err, safefile.ErrTooLarge):
		return markOld, nil
	case err != nil:
		return 0, fmt.Errorf("read %s: %w", connectorsFile, err)
	}
	_, format, err := open(text, connectorFormat)
	switch {
	case errors.Is(err, connector.ErrListNewer):
		return 0, err
	case err == nil && format == connectorFormat:
		return markOurs, nil
	}
	return markOld, nil
}

// ready makes the folder of the connectors, with what an older version's list has, and the mark. It is called under the lock of the lists,
// before every change. A crash within it loses nothing, and the next call does what is left to do.
func (s *Store) ready() error {
	there, err := s.marked()
	if err != nil {
		return err
	}
	switch there {
	case markOurs:
		if !s.wasReported(connectorsFolder) {
			if err := s.lostFolder(); err != nil {
				return err
			}
		}
		return s.folder()
	case markNone:
		if !s.wasReported(connectorsFile) {
			if err := s.keptAside(connectorsFile); err != nil {
				return err
			}
		}
		// The mark comes first: an older version that found the folder alone would begin a list of its own.
		if err := s.writeMark(nil); err != nil {
			return err
		}
		return s.folder()
	default:
		text, old, err := s.oldList().readOrKeepAside()
		if err != nil {
			return err
		}
		return s.takeOver(text, old)
	}
}

// lostFolder reports that somebody else took the folder of the connectors away: it is missing, and the index, which is only written once
// it is there, is not. The next change makes an empty one.
func (s *Store) lostFolder() error {
	if exists(s.path(connectorsFolder)) || !exists(s.path(indexFile)) {
		return nil
	}
	s.report(connectorsFolder)
	return &DamagedError{File: connectorsFolder, Kept: s.path(connectorsFolder), Reason: "the folder is missing"}
}

// folder makes the folder of the connectors, for good.
func (s *Store) folder() error {
	missing := !exists(s.path(connectorsFolder))
	err := safefile.Folder(s.path(connectorsFolder))
	if err == nil && missing {
		err = safefile.Flush(s.dir)
	}
	if err != nil {
		return fmt.Errorf("connectors: %w", err)
	}
	return nil
}

// writeMark puts the mark in the place of the list.
func (s *Store) writeMark(before []byte) error {
	text, err := json.MarshalIndent(map[string]any{"format": connectorFormat, "folder": connectorsFolder}, "", "  ")
	if err != nil {
		return err
	}
	return s.write(connectorsFile, before, append(text, '\n'))
}

// takeOver takes over the list of an older version, of which text is the whole. Where there is a folder already, because a crash came in
// between or a backup was restored beside it, what it has counts.
func (s *Store) takeOver(text []byte, old []record[connector.Connector]) error {
	folder := s.path(connectorsFolder)
	err := safefile.CheckFolder(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = s.takeOverAnew(old)
	case err == nil:
		err = s.takeOverBeside(old)
	}
	if err == nil {
		err = s.keepOld(text)
	}
	if err == nil {
		err = s.writeMark(text)
	}
	if err != nil {
		return fmt.Errorf("%s: it could not be taken over: %w", connectorsFile, err)
	}
	_, _ = s.rebuild() // else the next change does it
	return nil
}

// takeOverAnew makes the folder, complete or not at all.
func (s *Store) takeOverAnew(old []record[connector.Connector]) error {
	folder := s.path(newFolder)
	if err := errors.Join(os.RemoveAll(folder), safefile.Folder(folder)); err != nil {
		return err
	}
	for i, r := range old {
		path := filepath.Join(folder, r.value.ID+connectorSuffix)
		text, err := takenOver(i, r).encode(path)
		if err == nil {
			err = safefile.WriteNew(path, text)
		}
		if err != nil {
			return err
		}
	}
	if err := safefile.Flush(folder); err != nil {
		return err
	}
	return safefile.Move(folder, s.path(connectorsFolder))
}

// takeOverBeside adds to the folder what it does not have.
func (s *Store) takeOverBeside(old []record[connector.Connector]) error {
	for i, r := range old {
		path := s.connectorPath(r.value.ID)
		if exists(path) {
			continue
		}
		text, err := takenOver(i, r).encode(path)
		if err == nil {
			err = safefile.Write(path, text)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// takenOver is the record of an old list as a file: it comes before all that are saved from now on, in the order of the list.
func takenOver(i int, r record[connector.Connector]) kept {
	var k kept
	k.outer.value.Added = int64(i + 1)
	k.inner = r
	return k
}

// keepOld keeps the text of an older version's list under a name of its own.
func (s *Store) keepOld(text []byte) error {
	_, format, err := open(text, listFormat)
	if err != nil {
		return err
	}
	stem := keptListStem + strconv.Itoa(format)
	if before, err := safefile.Read(s.path(stem+".json"), oldLimit); err == nil && bytes.Equal(before, text) {
		return nil // a crash came before the mark
	}
	return safefile.Write(s.freePath(stem, ".json"), text)
}
