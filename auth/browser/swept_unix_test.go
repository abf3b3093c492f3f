//go:build unix

package browser

import (
	"errors"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// TestCloseAsksFirst checks that a browser may end in its own way: one that is forced to leaves files locked and children behind.
func TestCloseAsksFirst(t *testing.T) {
	dir := as(t, "stay")
	w := open(t, rehearsed(t.TempDir()))
	ready(t, dir, "ready-", 1)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if got := exitOf(t, w); got != (Exit{Code: 0}) {
		t.Errorf("got %+v, want the end of one that was asked", got)
	}
}

// TestAHandedOverAddressKeepsItsProfile is about Windows, where the browser that shows the page may use the folder of a process that ended.
func TestAHandedOverAddressKeepsItsProfile(t *testing.T) {
	as(t, "exit:0")
	for goos, want := range map[string]bool{"windows": true, "linux": false} {
		p, err := startProcess(fake().Command, nil)
		if err != nil {
			t.Fatal(err)
		}
		kept := true
		w := &Window{
			proc: p, goos: goos, log: slog.New(slog.DiscardHandler), exit: make(chan Exit, 1), ended: make(chan struct{}),
			clean: func() error {
				kept = false
				return nil
			},
		}
		w.watch(time.Now())
		if got := exitOf(t, w); got != (Exit{Code: 0, HandedOver: want}) || kept != want {
			t.Errorf("%s: %+v, kept: %v", goos, got, kept)
		}
		if !w.over(0) {
			t.Errorf("%s: the end is not known", goos)
		}
	}
}

func TestSweepFindsWhatStandsBesideOtherThings(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"a-file", "pcc-browser-"} {
		if err := os.WriteFile(filepath.Join(root, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(root, "b-folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	first, second := made(t, root, &note{}), made(t, root, &note{})
	if err := rehearsed(root).Sweep(); err != nil {
		t.Fatal(err)
	}
	if !absent(first.path) || !absent(second.path) {
		t.Error("a profile was overlooked")
	}
	if left, _ := os.ReadDir(root); len(left) != 3 {
		t.Errorf("left: %v", left)
	}
}

func TestThePlaceOfProfilesIsPrivate(t *testing.T) {
	root := filepath.Join(t.TempDir(), "new")
	f, err := newFolder(root)
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]os.FileMode{root: 0o700, filepath.Join(f.path, "owner.json"): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v, want %o", path, info, err, want)
		}
	}
}

// TestNoProfileOnAFullDisk checks that a folder of which nobody could tell later whose it is does not stay. The system's limit on the size
// of a file stands for the disk; it is the process's, so that another process has it.
func TestNoProfileOnAFullDisk(t *testing.T) {
	const child = "BROWSER_TEST_FULL"
	root := t.TempDir()
	if os.Getenv(child) == "" {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestNoProfileOnAFullDisk$")
		cmd.Env = append(os.Environ(), child+"=1")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return
	}
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{}); err != nil {
		t.Fatal(err)
	}
	for _, mode := range []Mode{ModePrivate, ModePlain} {
		if w, err := rehearsed(root).OpenPrivate(background, fake(), mode, address); w != nil || !errors.Is(err, syscall.EFBIG) {
			t.Errorf("%s: %v, %v, want %v", mode, w, err, syscall.EFBIG)
		}
	}
	if left, _ := os.ReadDir(root); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}
