package vault_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector/vault"

	"go.uber.org/goleak"
)

const id = "5f0c"

// Two credentials of three chunks each; 1,500 bytes make a chunk.
var (
	oldOne = counted("old")
	newOne = counted("new")
)

const chunksEach = 3

// counted makes a text of 4,200 bytes in which no place is like another.
func counted(word string) string {
	var b strings.Builder
	for i := range 600 {
		fmt.Fprintf(&b, "%s%4d", word, i)
	}
	return b.String()
}

func TestMain(m *testing.M) {
	if runChild() {
		return
	}
	goleak.VerifyTestMain(m)
}

// tempDir is like t.TempDir, but removes one file after the other: wine does not know the call that os.RemoveAll makes.
func tempDir(tb testing.TB) string {
	tb.Helper()
	dir, err := os.MkdirTemp("", "vault-")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		var all []string
		_ = filepath.WalkDir(dir, func(path string, _ fs.DirEntry, _ error) error {
			all = append(all, path)
			return nil
		})
		for _, path := range slices.Backward(all) {
			if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
				tb.Error(err)
			}
		}
	})
	return dir
}

// open opens a vault that keeps chunks, or one over the system's keychain where k is nil.
func open(tb testing.TB, k vault.Keychain, dir string) *vault.Vault {
	tb.Helper()
	if k == nil {
		return openAs(tb, vault.FormSystem, nil, dir)
	}
	return openAs(tb, vault.FormChunks, k, dir)
}

func openAs(tb testing.TB, form vault.Form, k vault.Keychain, dir string) *vault.Vault {
	tb.Helper()
	return vault.Open(vault.Config{Service: service, Dir: dir, Keychain: k, Form: form})
}

func put(tb testing.TB, v *vault.Vault, id, credential string) {
	tb.Helper()
	if err := v.Put(context.Background(), id, auth.NewSecret(credential)); err != nil {
		tb.Fatal(err)
	}
}

func get(tb testing.TB, v *vault.Vault, id string) string {
	tb.Helper()
	got, err := v.Get(context.Background(), id)
	if err != nil {
		tb.Fatal(err)
	}
	return got.Reveal()
}

// files are those of the folder, but for the notes of what is at rest.
func files(t *testing.T, dir string) []string {
	t.Helper()
	return slices.DeleteFunc(entries(t, dir), func(name string) bool { return name == settledFolder })
}

// settledFolder holds the notes of what is at rest.
const settledFolder = "versions"

func settled(t *testing.T, dir string) []string {
	t.Helper()
	return entries(t, filepath.Join(dir, settledFolder))
}

func entries(t *testing.T, dir string) []string {
	t.Helper()
	all, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	var names []string
	for _, e := range all {
		names = append(names, e.Name())
	}
	return names
}

// nothingLeft checks that the keychain holds one credential of so many chunks, or none, and the folder nothing but a note of its version.
func nothingLeft(t *testing.T, k lister, dir string, chunks int) {
	t.Helper()
	want := 0
	if chunks > 0 {
		want = chunks + 1
	}
	itemsAndNotes(t, k, dir, want, min(chunks, 1))
}

// oneItemLeft checks that the keychain holds one credential in one item, and the folder nothing.
func oneItemLeft(t *testing.T, k lister, dir string) {
	t.Helper()
	itemsAndNotes(t, k, dir, 1, 0)
}

func itemsAndNotes(t *testing.T, k lister, dir string, items, notes int) {
	t.Helper()
	if got := k.accounts(); len(got) != items {
		t.Errorf("the keychain holds %d items, want %d: %v", len(got), items, got)
	}
	if left := files(t, dir); len(left) != 0 {
		t.Errorf("the folder holds %v", left)
	}
	if got := settled(t, dir); len(got) != notes {
		t.Errorf("noted are %v, want %d", got, notes)
	}
}

// held reports whether an operation still has a credential's lock.
func held(dir string) bool {
	locks, _ := filepath.Glob(filepath.Join(dir, "*.lock"))
	return len(locks) > 0
}

var until = vault.Until
