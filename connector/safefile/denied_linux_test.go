package safefile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"partner-center-connector/test/unprivileged"
)

func TestWhatTheModesForbidIsTold(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	list := filepath.Join(dir, "list.json")
	if err := errors.Join(os.WriteFile(list, []byte("old"), 0), os.WriteFile(filepath.Join(dir, ".list.json1"), nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	// Others may enter and list it, its owner no more than they; the folders above are the test's own.
	for path, m := range map[string]os.FileMode{dir: 0o555, filepath.Dir(dir): 0o755} {
		if err := os.Chmod(path, m); err != nil {
			t.Fatal(err)
		}
	}
	defer func() { _ = os.Chmod(dir, 0o700) }()
	unprivileged.Do(t, func() {
		if _, err := os.Lstat(list); err != nil {
			t.Fatal(err) // a folder above is closed to others
		}
		if text, err := Read(list, 10); !errors.Is(err, fs.ErrPermission) {
			t.Errorf("read: %q, %v, want %v", text, err, fs.ErrPermission)
		}
		_, lockErr := TryLock(filepath.Join(dir, "x.lock"))
		for name, err := range map[string]error{
			"write": Write(list, nil), "export": Export(list, nil), "tidy": RemoveStale(list), "remove": Remove(list), "lock": lockErr,
			"make a folder": Folder(filepath.Join(dir, "below")),
		} {
			if !errors.Is(err, fs.ErrPermission) {
				t.Errorf("%s: %v, want %v", name, err, fs.ErrPermission)
			}
		}
	})
	if err := os.Chmod(list, 0o600); err != nil {
		t.Fatal(err)
	}
	if text, err := Read(list, 10); err != nil || string(text) != "old" {
		t.Errorf("afterwards: %q, %v", text, err)
	}
}
