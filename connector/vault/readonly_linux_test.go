package vault_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partner-center-connector/test/unprivileged"
)

// TestInAReadOnlyFolder checks that nothing of the keychain is changed where no note can be kept.
func TestInAReadOnlyFolder(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	k, dir := actions[putOver].prepare(t)
	writeFile(t, filepath.Join(dir, "other.json"), `{"format":1,"versions":[]}`)
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = os.Chmod(dir, 0o700) }()
	v := open(t, k, dir)
	k.reset(at(0, none))
	unprivileged.Do(t, func() {
		if _, err := os.Stat(filepath.Join(dir, "other.json")); err != nil {
			t.Fatal(err) // a folder above is closed to others
		}
		for name, err := range map[string]error{
			"put": putNew(ctx, v), "delete": v.Delete(ctx, id), "test": v.Test(ctx), "sweep": v.Sweep(ctx),
		} {
			if !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "note of intent: ") {
				t.Errorf("%s: %v, want %v", name, err, fs.ErrPermission)
			}
		}
	})
	if n := k.count(); n != 0 {
		t.Errorf("%d calls", n)
	}
	if got := get(t, v, id); got != oldOne {
		t.Error("another credential is there")
	}
}
