//go:build unix

package problems

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/safefile"
)

// TestWhatIsWrongWithTheDiskIsNamed, and is never put down to the keychain: the words are those of assets, which the arg chooses.
func TestWhatIsWrongWithTheDiskIsNamed(t *testing.T) {
	dir := t.TempDir()
	link, folder := filepath.Join(dir, "link"), filepath.Join(dir, "folder")
	if err := errors.Join(os.Symlink("elsewhere", link), os.Mkdir(folder, 0o700)); err != nil {
		t.Fatal(err)
	}
	at := func(err error) error { return &fs.PathError{Op: "write", Path: "/c/x", Err: err} }
	_, linkErr := safefile.Read(link, 9)
	_, folderErr := safefile.Read(folder, 9)
	for name, c := range map[string]struct {
		err       error
		arg, path string
	}{
		"full":               {at(syscall.ENOSPC), "Full", "/c/x"},
		"without a path":     {syscall.ENOSPC, "Full", "-"},
		"read-only":          {at(syscall.EROFS), "ReadOnly", "/c/x"},
		"not permitted":      {at(syscall.EACCES), "Denied", "/c/x"},
		"open to others":     {fmt.Errorf("/c: %w", safefile.ErrFolderOpen), "Denied", "-"},
		"a link":             {linkErr, "Link", link},
		"a link at the lock": {at(syscall.ELOOP), "Link", "/c/x"},
		"a folder":           {folderErr, "Folder", folder},
		"no folder":          {at(safefile.ErrNotFolder), "NoFolder", "/c/x"},
		"a pipe":             {at(safefile.ErrDevice), "Device", "/c/x"},
	} {
		if p := Of(fmt.Errorf("note of intent: %w", c.err), testNow); p.Kind != connector.KindDisk || len(p.Args) != 1 || p.Args[c.arg] != c.path {
			t.Errorf("%s: %+v", name, p)
		}
		p := Of(&auth.Error{Stage: auth.StageRefresh, Cause: reasonFor{c.err}}, testNow)
		if p.Kind != connector.KindNotStored || len(p.Args) != 2 || p.Args["Disk"] == "" || p.Args[c.arg] != c.path {
			t.Errorf("%s, at a refresh: %+v", name, p)
		}
	}
	p := Of(&auth.Error{Stage: auth.StageRefresh, Cause: reasonFor{connector.ErrKeychainLocked}}, testNow)
	if p.Kind != connector.KindNotStored || len(p.Args) != 0 {
		t.Errorf("a locked keychain: %+v", p)
	}
	if p := Of(at(syscall.EIO), testNow); p.Kind != connector.KindDisk || len(p.Args) != 0 || !strings.Contains(p.Raw, "/c/x") {
		t.Errorf("another error: %+v", p)
	}
}

// reasonFor is the error of a credential that could not be stored.
type reasonFor struct{ reason error }

func (reasonFor) Error() string     { return auth.ErrNotStored.Error() }
func (r reasonFor) Unwrap() []error { return []error{auth.ErrNotStored, r.reason} }
