package vault_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// TestInAReadOnlyFolder holds that nothing of the keychain is changed where no note can be kept. Root's thread takes another account's
// identity for files, since the modes of files do not matter to root.
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
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if os.Geteuid() == 0 {
		const nobody = 65534
		if _, err := unix.SetfsuidRetUid(nobody); err != nil {
			t.Fatal(err)
		}
		defer func() { _, _ = unix.SetfsuidRetUid(0) }()
	}
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
	if n := k.count(); n != 0 {
		t.Errorf("%d calls", n)
	}
	if got := get(t, v, id); got != oldOne {
		t.Error("another credential is there")
	}
}
