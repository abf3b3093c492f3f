//go:build unix

package vault_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/vault"
)

// TestOnAFullDisk checks that nothing of the keychain is changed where the note of intent can't be written. The system's limit on the size
// of a file stands for the disk; it is the process's, so that another process has it.
func TestOnAFullDisk(t *testing.T) {
	const child = "VAULT_TEST_FULL"
	if os.Getenv(child) == "" {
		t.Parallel()
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestOnAFullDisk$")
		cmd.Env = append(os.Environ(), child+"=1")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return
	}
	k, dir := actions[putOver].prepare(t)
	v := open(t, k, dir)
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{}); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name  string
		do    func() error
		calls int // that only read
	}{
		{"put", func() error { return putNew(context.Background(), v) }, 1},
		{"delete", func() error { return v.Delete(context.Background(), id) }, 1},
		{"test", func() error { return v.Test(context.Background()) }, 0},
	} {
		k.reset(at(0, none))
		if err := tc.do(); !errors.Is(err, syscall.EFBIG) {
			t.Errorf("%s: %v, want %v", tc.name, err, syscall.EFBIG)
		}
		if n := k.count(); n != tc.calls {
			t.Errorf("%s: %d calls, want %d", tc.name, n, tc.calls)
		}
		if got := get(t, v, id); got != oldOne {
			t.Errorf("%s: another credential is there", tc.name)
		}
		nothingLeft(t, k, dir, chunksEach)
	}
	// A credential in one item needs no note: the keychain is what fails, whose own file is on the same disk.
	for _, f := range []fault{failBefore, dismissed, mangled} {
		whole := newFake()
		v := openAs(t, vault.FormWhole, whole, dir)
		whole.decide = func(_ int, op vault.Op) fault {
			if op == vault.OpWrite {
				return f
			}
			return none
		}
		err := v.Put(context.Background(), "other", auth.NewSecret(newOne))
		if !errors.Is(err, syscall.EFBIG) || errors.Is(err, connector.ErrKeychainBroken) || errors.Is(err, connector.ErrKeychainLocked) {
			t.Errorf("%s: %v, want %v", f, err, syscall.EFBIG)
		}
	}
}
