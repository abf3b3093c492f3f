package vault

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"partner-center-connector/connector"
	"partner-center-connector/connector/safefile"
)

const (
	noteFormat = 1
	noteLimit  = 1 << 20
	noteSuffix = ".json"
	lockSuffix = ".lock"
	// settledFolder holds the notes of what is at rest: the one version that counts. A sweep passes them by.
	settledFolder = "versions"
)

var errNoteDamaged = errors.New("the note of intent can't be read")

// note is the note of one credential: every version of which the keychain may hold chunks. A keychain can't be listed, so without it
// nobody would find what a crash left behind, or what belongs to a header that can't be read. It holds no secret.
type note struct {
	Format int `json:"format"`
	// Temporary reports whether it is a trial, of which not even the version that counts is to stay.
	Temporary bool      `json:"temporary,omitempty"`
	Versions  []version `json:"versions"`
	// intended reports whether the note of intent is on disk, settled whether that of the version that counts is.
	intended, settled bool
}

// add notes a version. Where it is noted with another number of chunks, the greater one counts: what is not there is no error.
func (n *note) add(v version) {
	for i, known := range n.Versions {
		if known.Name == v.Name {
			n.Versions[i].Count = max(known.Count, v.Count)
			return
		}
	}
	n.Versions = append(n.Versions, v)
}

func (v *Vault) notePath(id string) string { return filepath.Join(v.dir, id+noteSuffix) }

func (v *Vault) lockPath(id string) string { return filepath.Join(v.dir, id+lockSuffix) }

func (v *Vault) settledPath(id string) string {
	return filepath.Join(v.dir, settledFolder, id+noteSuffix)
}

// readNote returns what is noted of id: what was intended, and what was settled before. With errNoteDamaged it is the latter alone.
func (v *Vault) readNote(id string) (note, error) {
	n, intentErr := readNoteAt(v.notePath(id))
	n.intended = intentErr == nil
	if errors.Is(intentErr, fs.ErrNotExist) {
		intentErr = nil
	}
	if intentErr != nil && !errors.Is(intentErr, errNoteDamaged) {
		return n, intentErr
	}
	before, err := readNoteAt(v.settledPath(id))
	if errors.Is(err, fs.ErrNotExist) {
		return n, intentErr
	}
	// A damaged one is as good as none: what it named, the header names too.
	if err != nil && !errors.Is(err, errNoteDamaged) {
		return n, err
	}
	n.settled = true
	for _, settled := range before.Versions {
		n.add(settled)
	}
	return n, intentErr
}

// readNoteAt returns an empty note with every error.
func readNoteAt(path string) (note, error) {
	data, err := safefile.Read(path, noteLimit)
	if err != nil {
		return note{Format: noteFormat}, fmt.Errorf("note of intent: %w", err)
	}
	return parseNote(data)
}

func parseNote(data []byte) (note, error) {
	var n note
	if err := json.Unmarshal(data, &n); err != nil || n.Format < noteFormat {
		return note{Format: noteFormat}, errNoteDamaged
	}
	if n.Format > noteFormat {
		return note{}, fmt.Errorf("note of intent of format %d: %w", n.Format, connector.ErrListNewer)
	}
	for _, v := range n.Versions {
		if !v.valid() {
			return note{Format: noteFormat}, errNoteDamaged
		}
	}
	return n, nil
}

// writeNote notes what is intended.
func (v *Vault) writeNote(id string, n *note) error {
	data, err := json.Marshal(n)
	if err != nil {
		return err
	}
	if err := safefile.Write(v.notePath(id), data); err != nil {
		return fmt.Errorf("note of intent: %w", err)
	}
	n.intended = true
	return nil
}

// settleNote notes the version that counts, if there is one, and nothing else any more.
func (v *Vault) settleNote(id string, n note, counts version) error {
	var err error
	switch {
	case counts.valid():
		err = v.writeSettled(id, counts)
	case n.settled:
		err = safefile.Remove(v.settledPath(id))
	}
	if err == nil && n.intended {
		err = safefile.Remove(v.notePath(id))
	}
	if err != nil {
		return fmt.Errorf("note of intent: %w", err)
	}
	return nil
}

func (v *Vault) writeSettled(id string, counts version) error {
	data, err := json.Marshal(note{Format: noteFormat, Versions: []version{counts}})
	if err != nil {
		return err
	}
	if err := safefile.Folder(filepath.Dir(v.settledPath(id))); err != nil {
		return err
	}
	return safefile.Write(v.settledPath(id), data)
}

// traces lists the IDs of the credentials of which the folder holds a note of intent, a lock or what a crash left of a note or lock.
func (v *Vault) traces() ([]string, error) {
	ids, err := tracesIn(v.dir, func(string) bool { return true })
	if err != nil {
		return nil, err
	}
	left, err := tracesIn(filepath.Join(v.dir, settledFolder), func(file string) bool {
		_, stale := safefile.StaleOf(file)
		return stale
	})
	ids = append(ids, left...)
	slices.Sort(ids)
	return slices.Compact(ids), err
}

func tracesIn(folder string, counts func(file string) bool) (ids []string, err error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("note of intent: %w", err)
	}
	for _, e := range entries {
		if id, ok := idOf(e.Name()); ok && counts(e.Name()) {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// removeStale removes what a crash left of the notes of id.
func (v *Vault) removeStale(id string) error {
	err := safefile.RemoveStale(v.notePath(id))
	if staleErr := safefile.RemoveStale(v.settledPath(id)); err == nil && !errors.Is(staleErr, fs.ErrNotExist) {
		err = staleErr
	}
	if err != nil {
		return fmt.Errorf("note of intent: %w", err)
	}
	return nil
}

// idOf returns the ID of a file in the folder: a note, a lock, or what a crash left of one.
func idOf(file string) (id string, ok bool) {
	if target, stale := safefile.StaleOf(file); stale {
		file = target
	}
	for _, suffix := range []string{noteSuffix, lockSuffix} {
		if id, ok := strings.CutSuffix(file, suffix); ok && idPattern.MatchString(id) {
			return id, true
		}
	}
	return "", false
}
