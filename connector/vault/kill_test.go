package vault_test

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"partner-center-connector/connector/vault"
)

// The environment of a child: what it does, in which folder, over which keychain, and the call at which it dies.
const (
	envAction = "VAULT_TEST_ACTION"
	envDir    = "VAULT_TEST_DIR"
	envItems  = "VAULT_TEST_ITEMS"
	envCall   = "VAULT_TEST_CALL"
	envAfter  = "VAULT_TEST_AFTER"
)

// What stands for a folder of items: the keychain of the system, and the same over go-keyring.
const (
	systemItems  = "the system's keychain"
	libraryItems = "the system's keychain over go-keyring"
)

// runChild does what a child of the crash tests does; false where this process is none.
func runChild() bool {
	n, err := strconv.Atoi(os.Getenv(envAction))
	if err != nil {
		return false
	}
	call, _ := strconv.Atoi(os.Getenv(envCall))
	k := vault.Keychain(folder(os.Getenv(envItems)))
	switch os.Getenv(envItems) {
	case systemItems:
		k = vault.System
	case libraryItems:
		k = vault.Library
	}
	k = &mortal{Keychain: k, call: call, after: os.Getenv(envAfter) != ""}
	v := vault.Open(vault.Config{Service: service, Dir: os.Getenv(envDir), Keychain: k, Form: actions[n].form})
	if err := actions[n].do(context.Background(), v); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return true
}

// mortal kills its own process at one of its calls.
type mortal struct {
	vault.Keychain
	calls, call int
	after       bool
}

func (m *mortal) around(do func()) {
	m.calls++
	if m.calls != m.call {
		do()
		return
	}
	if m.after {
		do()
	}
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Kill()
	}
	if err != nil {
		panic(err)
	}
	select {}
}

func (m *mortal) Set(service, account, text string) (err error) {
	m.around(func() { err = m.Keychain.Set(service, account, text) })
	return err
}

func (m *mortal) Get(service, account string) (text string, err error) {
	m.around(func() { text, err = m.Keychain.Get(service, account) })
	return text, err
}

// Find makes mortal a keychain that finds quickly, where the one in it does.
func (m *mortal) Find(service, account string) (text string, err error) {
	m.around(func() {
		if quick, ok := m.Keychain.(interface {
			Find(service, account string) (string, error)
		}); ok {
			text, err = quick.Find(service, account)
			return
		}
		text, err = m.Keychain.Get(service, account)
	})
	return text, err
}

func (m *mortal) Delete(service, account string) (err error) {
	m.around(func() { err = m.Keychain.Delete(service, account) })
	return err
}

// folder is a keychain of files, which outlives its process.
type folder string

func (f folder) path(account string) string {
	return filepath.Join(string(f), hex.EncodeToString([]byte(account)))
}

func (f folder) Set(_, account, text string) error {
	temporary := f.path(account) + "~"
	return errors.Join(os.WriteFile(temporary, []byte(text), 0o600), os.Rename(temporary, f.path(account)))
}

func (f folder) Get(_, account string) (string, error) {
	text, err := os.ReadFile(f.path(account))
	return string(text), absent(err)
}

func (f folder) Delete(_, account string) error { return absent(os.Remove(f.path(account))) }

func (f folder) accounts() []string {
	entries, _ := os.ReadDir(string(f))
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func absent(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return vault.ErrNotFound
	}
	return err
}

// child is this test program again, which does an action on a folder of items, or what stands for one, and is killed at a call; at none
// where call is 0.
func child(action int, dir, items string, call int, after bool) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), envAction+"="+strconv.Itoa(action), envDir+"="+dir, envItems+"="+items, envCall+"="+strconv.Itoa(call))
	if after {
		cmd.Env = append(cmd.Env, envAfter+"=1")
	}
	return cmd
}

// die lets a child be killed at a call, and reports whether it came that far.
func die(t *testing.T, action int, dir, items string, call int, after bool) (died bool) {
	t.Helper()
	out, err := child(action, dir, items, call, after).CombinedOutput()
	if err == nil {
		return false
	}
	var exit *exec.ExitError
	if !errors.As(err, &exit) || len(out) != 0 {
		t.Fatalf("the child that was to die at call %d of action %d: %v: %s", call, action, err, out)
	}
	return true
}

func TestKilledAtEveryCall(t *testing.T) {
	t.Parallel()
	for i, d := range actions {
		for _, after := range []bool{false, true} {
			for call := 1; ; call++ {
				dir, k := tempDir(t), folder(tempDir(t))
				v := d.open(t, k, dir)
				d.prepareIn(t, k, dir)
				if !die(t, i, dir, string(k), call, after) {
					break
				}
				d.verify(t, k, v, dir, errors.New("killed"))
			}
		}
	}
}
