package browser

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// folderPrefix begins the name of every throw-away folder. It is not hidden: a snap can't see hidden directories of the home.
const folderPrefix = "pcc-browser-"

const (
	noteName    = "owner.json"
	profileName = "profile"
)

// processID tells a process from a later one with the same number.
type processID struct {
	PID int `json:"pid"`
	// Started is when it started, in the system's own notation; only ever compared.
	Started string `json:"started"`
}

// alive reports whether this very process still runs.
func (id processID) alive() bool {
	now, err := identify(id.PID)
	return err == nil && now == id
}

// note is the file that says whose a folder is. Without an owner the folder is abandoned: it could not be removed in time.
type note struct {
	Owner   processID `json:"owner,omitzero"`
	Browser processID `json:"browser,omitzero"`
}

// folder is a throw-away folder: the note and, beside it, the profile. The note goes last, so that a removal that was broken off
// is still known to be ours.
type folder struct{ path string }

func newFolder(root string) (folder, error) {
	if err := os.MkdirAll(root, 0o700); err != nil {
		return folder{}, err
	}
	path, err := os.MkdirTemp(root, folderPrefix)
	if err != nil {
		return folder{}, err
	}
	f := folder{path}
	if err := f.populate(); err != nil {
		return folder{}, errors.Join(err, f.remove())
	}
	return f, nil
}

func (f folder) populate() error {
	me, err := identify(os.Getpid())
	if err != nil {
		return err
	}
	if err := f.write(note{Owner: me}); err != nil {
		return err
	}
	return os.Mkdir(f.profile(), 0o700)
}

func (f folder) profile() string { return filepath.Join(f.path, profileName) }

// prepare writes what a browser of the family finds in a new profile.
func prepare(f Family, m Mode, profile string) error {
	root, err := os.OpenRoot(profile)
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }()
	return f.definition().prepare(root, m)
}

// used notes the browser that runs in the profile.
func (f folder) used(pid int) error {
	n, err := f.read()
	if err != nil {
		return err
	}
	if n.Browser, err = identify(pid); err != nil {
		return err
	}
	return f.write(n)
}

func (f folder) read() (note, error) {
	text, err := os.ReadFile(filepath.Join(f.path, noteName))
	if err != nil {
		return note{}, err
	}
	var n note
	if err := json.Unmarshal(text, &n); err != nil {
		return note{}, fmt.Errorf("read %s: %w", noteName, err)
	}
	return n, nil
}

// write replaces the note in one step, because another process may be sweeping.
func (f folder) write(n note) error {
	text, err := json.Marshal(n)
	if err != nil {
		return err
	}
	draft := filepath.Join(f.path, noteName+".new")
	if err := os.WriteFile(draft, text, 0o600); err != nil {
		return err
	}
	return os.Rename(draft, filepath.Join(f.path, noteName))
}

// Limits of a removal: files stay locked for a while after a browser has ended on Windows, and its last children may still write.
const (
	removeLimit = 5 * time.Second
	removePause = 100 * time.Millisecond
)

// remove removes the folder. What can't be removed in time is marked as abandoned, for the next Sweep.
func (f folder) remove() error {
	err := retry(removeLimit, removePause, f.removeNow)
	if err != nil {
		// The error that counts is the first one: without the mark the next start of the program removes the folder all the same.
		_ = f.write(note{})
	}
	return err
}

func (f folder) removeNow() error {
	if err := os.RemoveAll(f.profile()); err != nil {
		return err
	}
	return os.RemoveAll(f.path)
}

// retry calls try until it succeeds, at most for the limit.
func retry(limit, pause time.Duration, try func() error) error {
	deadline := time.Now().Add(limit)
	for {
		err := try()
		if err == nil || time.Now().Add(pause).After(deadline) {
			return err
		}
		<-time.After(pause)
	}
}
