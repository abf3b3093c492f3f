package vault

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"partner-center-connector/connector"
	"partner-center-connector/connector/safefile"
)

const (
	noteFormat = 1
	noteLimit  = 1 << 20
	noteSuffix = ".json"
	lockSuffix = ".lock"
)

var errNoteDamaged = errors.New("the note of intent can't be read")

// note is the note of intent of one credential: every version of which the keychain may hold items. A keychain can't be
// listed, so without it nobody would find what a crash left behind. It holds no secret.
type note struct {
	Format int `json:"format"`
	// Temporary reports whether it is a trial, of which not even the version that counts is to stay.
	Temporary bool      `json:"temporary,omitempty"`
	Versions  []version `json:"versions"`
}

func (n *note) add(v version) {
	for _, known := range n.Versions {
		if known.Name == v.Name {
			return
		}
	}
	n.Versions = append(n.Versions, v)
}

func (v *Vault) notePath(id string) string { return filepath.Join(v.dir, id+noteSuffix) }

func (v *Vault) lockPath(id string) string { return filepath.Join(v.dir, id+lockSuffix) }

// readNote returns the note of id, an empty one where there is none.
func (v *Vault) readNote(id string) (note, error) {
	empty := note{Format: noteFormat}
	data, err := safefile.Read(v.notePath(id), noteLimit)
	if errors.Is(err, fs.ErrNotExist) {
		return empty, nil
	}
	if err != nil {
		return empty, fmt.Errorf("note of intent: %w", err)
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

func (v *Vault) writeNote(id string, n note) error {
	data, err := json.Marshal(n)
	if err != nil {
		return err
	}
	if err := safefile.Write(v.notePath(id), data); err != nil {
		return fmt.Errorf("note of intent: %w", err)
	}
	return nil
}

func (v *Vault) removeNote(id string) error {
	if err := safefile.Remove(v.notePath(id)); err != nil {
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
