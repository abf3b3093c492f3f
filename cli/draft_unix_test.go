//go:build unix

package cli_test

import (
	"io/fs"
	"strings"
	"sync"
	"syscall"
	"testing"

	"partner-center-connector/cli"
	"partner-center-connector/connector"
)

// failingDisk writes so many drafts, and no more, where it is to fail: as they were before the client ID was entered.
type failingDisk struct {
	connector.Store
	mu     sync.Mutex
	writes int
	cause  error
}

func (d *failingDisk) PutDraft(draft connector.Draft) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.writes == 0 {
		return &fs.PathError{Op: "write", Path: "/home/ann/.config/drafts.json", Err: d.cause}
	}
	d.writes--
	if d.cause != nil {
		draft.ClientID = ""
	}
	return d.Store.PutDraft(draft)
}

// TestWhatIsSaidOfTheDraft holds that it is said to be kept where it is, and only there.
func TestWhatIsSaidOfTheDraft(t *testing.T) {
	for name, c := range map[string]struct {
		writes   int
		cause    error
		there    bool
		says     []string
		saysOnce string
	}{
		"full from the start": {0, syscall.ENOSPC, false, []string{"is full. Free some space"}, "The draft could not be kept ("},
		"over the quota":      {0, syscall.EDQUOT, false, []string{"is full. Free some space"}, "The draft could not be kept ("},
		"read-only":           {0, syscall.EROFS, false, []string{"The disk is read-only."}, "The draft could not be kept ("},
		"not permitted":       {0, syscall.EACCES, false, []string{"Your account may not read or write it"}, "The draft could not be kept ("},
		"full later":          {1, syscall.ENOSPC, true, []string{"is full. Free some space"}, "The draft is kept, but without the last changes"},
		"as it should be":     {1000, nil, true, nil, "The draft is kept. Go on with: pcc connect --draft "},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, "declined")
			w.disk = func(s connector.Store) connector.Store {
				return &failingDisk{Store: s, writes: c.writes, cause: c.cause}
			}
			r := w.connect()
			w.says(r.err, append(c.says, c.saysOnce)...)
			said := 0
			for _, s := range []string{"The draft is kept. Go", "The draft is kept, but", "The draft could not"} {
				said += strings.Count(r.err, s)
			}
			if said != 1 || strings.Contains(r.err, "keychain") {
				t.Errorf("exit code %d\n%s", r.code, r.err)
			}
			got := failed{}
			w.decode(w.connect("--json", "--name", "Another"), &got)
			w.disk = nil
			if there := len(w.list().Drafts) > 0; there != c.there || r.code == cli.ExitFine || (got.Error.DraftID != "") != c.there {
				t.Errorf("on disk: %v, draftId %q, exit code %d", there, got.Error.DraftID, r.code)
			}
		})
	}
}
