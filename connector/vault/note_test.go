package vault_test

import (
	"context"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"partner-center-connector/connector/vault"
)

// TestWithoutItsNoteNothingIsWritten: what is not noted could never be found again, so where the note can't be written the keychain is
// not touched.
func TestWithoutItsNoteNothingIsWritten(t *testing.T) {
	t.Parallel()
	const inTheWay, readOnly = "something is in its way", "the folder is read-only"
	for name, spoil := range map[string]func(t *testing.T, dir string){
		inTheWay: func(t *testing.T, dir string) {
			t.Helper()
			if err := os.MkdirAll(filepath.Join(dir, id+".json", "x"), 0o700); err != nil {
				t.Error(err)
			}
		},
		readOnly: func(t *testing.T, dir string) {
			t.Helper()
			if err := os.Chmod(dir, 0o500); err != nil {
				t.Error(err)
			}
		},
	} {
		for _, d := range actions[:3] {
			t.Run(name+"/"+d.name, func(t *testing.T) {
				if name == readOnly && os.Geteuid() <= 0 {
					t.Skip("root may write everywhere, and Windows knows no such folder")
				}
				k, dir := d.prepare(t)
				before := maps.Clone(k.items)
				k.reset(func(call int, op vault.Op) fault {
					if call == 1 { // the header is read: the lock is taken, and the note not yet written
						spoil(t, dir)
					}
					if op != vault.OpRead {
						t.Errorf("call %d is a %s", call, op)
					}
					return none
				})
				err := d.do(context.Background(), open(t, k, dir))
				_ = os.Chmod(dir, 0o700)
				if err == nil || !strings.HasPrefix(err.Error(), "note of intent: ") {
					t.Errorf("%v", err)
				}
				if !maps.Equal(k.items, before) {
					t.Errorf("the keychain holds %v", k.accounts())
				}
				if errors.Is(err, os.ErrNotExist) {
					t.Errorf("the lock was not held: %v", err)
				}
			})
		}
	}
}

// TestAFullDisk: a child that may not write a byte into a file, as on a full disk, says that the note could not be written.
func TestAFullDisk(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("there is no limit for the size of files")
	}
	for i, d := range actions {
		if d.name == "delete nothing" {
			continue // needs no note
		}
		dir, k := tempDir(t), folder(tempDir(t))
		if d.before != "" {
			put(t, open(t, k, dir), id, d.before)
		}
		cmd := child(i, dir, string(k), 0, false)
		cmd.Args = append([]string{"sh", "-c", `ulimit -f 0; exec "$0"`}, cmd.Path)
		cmd.Path = shell(t)
		out, err := cmd.CombinedOutput()
		if err == nil || !strings.Contains(string(out), "note of intent: ") {
			t.Errorf("%s: %v, %s", d.name, err, strconv.Quote(string(out)))
		}
		d.verify(t, k, open(t, k, dir), dir, errors.New("the disk is full"))
	}
}

func shell(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("sh")
	if err != nil {
		t.Fatal(err)
	}
	return path
}
