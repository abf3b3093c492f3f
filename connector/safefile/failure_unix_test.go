//go:build unix

package safefile

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// onAFullDisk makes this test binary write a file, in the folder where it runs, as if hardly a byte more could be kept.
const onAFullDisk = "SAFEFILE_TEST_FULL"

// TestWriteOnAFullDisk checks that the old text stays and nothing is left beside it. The system's limit on the size of a file stands for the
// disk; it is the process's, so that another process has it.
func TestWriteOnAFullDisk(t *testing.T) {
	if os.Getenv(onAFullDisk) != "" {
		signal.Ignore(syscall.SIGXFSZ)
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 4, Max: 4}); err != nil {
			t.Fatal(err)
		}
		if err := Write("list.json", []byte("the new one")); !errors.Is(err, syscall.EFBIG) {
			t.Errorf("%v, want %v", err, syscall.EFBIG)
		}
		return
	}
	t.Parallel()
	path := filepath.Join(t.TempDir(), "list.json")
	if err := Write(path, []byte("the old one")); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestWriteOnAFullDisk$")
	cmd.Dir, cmd.Env = filepath.Dir(path), append(os.Environ(), onAFullDisk+"=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if got, err := Read(path, 100); err != nil || string(got) != "the old one" {
		t.Errorf("%q, %v", got, err)
	}
	if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != 1 {
		t.Errorf("the folder holds %v", entries)
	}
}

func TestWhatCannotBeWrittenOrRemovedIsTold(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, ".list.json0", "full"), 0o700); err != nil {
		t.Fatal(err)
	}
	list, absent := filepath.Join(dir, "list.json"), filepath.Join(dir, "absent", "list.json")
	if err := Write(list, nil); !errors.Is(err, syscall.ENOTEMPTY) {
		t.Errorf("beside what can't be removed: %v, want %v", err, syscall.ENOTEMPTY)
	}
	if _, err := os.Lstat(list); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it was written all the same: %v", err)
	}
	if err := Write(absent, nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("into a folder that is not there: %v, want %v", err, fs.ErrNotExist)
	}
	if err := Export(absent, nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("exporting into a folder that is not there: %v, want %v", err, fs.ErrNotExist)
	}
	if err := WriteNew(absent, nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a new file in a folder that is not there: %v, want %v", err, fs.ErrNotExist)
	}
	if err := RemoveStale(absent); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("tidying a folder that is not there: %v, want %v", err, fs.ErrNotExist)
	}
	if err := Flush(filepath.Dir(absent)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("flushing a folder that is not there: %v, want %v", err, fs.ErrNotExist)
	}
	if err := Remove(filepath.Join(dir, ".list.json0")); !errors.Is(err, syscall.ENOTEMPTY) {
		t.Errorf("removing a folder with something in it: %v, want %v", err, syscall.ENOTEMPTY)
	}
	// What comes to the path after it was looked at is not replaced either, and nothing is left beside it.
	temporary, err := os.CreateTemp(dir, "temporary")
	if err != nil {
		t.Fatal(err)
	}
	if err := replace(temporary, filepath.Join(dir, ".list.json0"), nil); err == nil {
		t.Error("a folder was replaced")
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("the folder holds %v", entries)
	}
}

// TestEverythingThatACrashLeftIsRemoved also checks that what is another file's does not end the search.
func TestEverythingThatACrashLeftIsRemoved(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{".a.json1", ".list.json1", ".list.json2", ".m.json1", ".z.json1", "a"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"list.json", "m.json"} {
		if err := RemoveStale(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if got := strings.Join(names, " "); got != ".a.json1 .z.json1 a" {
		t.Errorf("left: %s", got)
	}
}

// TestOpenNeitherFollowsNorWaits is for what comes to a path after it was looked at.
func TestOpenNeitherFollowsNorWaits(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	link, pipe := filepath.Join(dir, "link"), filepath.Join(dir, "pipe")
	if err := errors.Join(os.Symlink("target", link), syscall.Mkfifo(pipe, 0o600)); err != nil {
		t.Fatal(err)
	}
	if _, err := open(link, os.O_RDONLY); !errors.Is(err, syscall.ELOOP) {
		t.Errorf("a link: %v, want %v", err, syscall.ELOOP)
	}
	opened := make(chan error, 1)
	go func() {
		f, err := open(pipe, os.O_RDONLY)
		opened <- errors.Join(err, f.Close())
	}()
	select {
	case err := <-opened:
		if err != nil {
			t.Errorf("a pipe: %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Error("opening a pipe waits for whoever writes into it")
	}
}

func TestReadClosesTheFileToOthers(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "list.json")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, m := range []os.FileMode{0o601, 0o602, 0o604, 0o610, 0o620, 0o640, 0o777} {
		if err := os.Chmod(path, m); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(path, 0); err != nil {
			t.Fatal(err)
		}
		if got := mode(t, path); got != 0o600 {
			t.Errorf("mode %o became %o, want 600", m, got)
		}
	}
	// One that nobody but its owner has anything to do with is left as it is.
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(path, 0); err != nil {
		t.Fatal(err)
	}
	if got := mode(t, path); got != 0o400 {
		t.Errorf("mode 400 became %o", got)
	}
}

func TestFolderThatIsRefusedIsTold(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for m, want := range map[os.FileMode]string{0o720: "(mode 0720)", 0o702: "(mode 0702)"} {
		if err := os.Chmod(dir, m); err != nil {
			t.Fatal(err)
		}
		if err := Folder(dir); !errors.Is(err, ErrFolderOpen) || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	// What others may read only is the owner's decision.
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := Folder(dir); err != nil {
		t.Errorf("mode 755: %v", err)
	}
}

// TestALockThatCannotBeMadeIsNotWaitedFor also checks that an error which does not go away is told before the end of the wait.
func TestALockThatCannotBeMadeIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	dir := t.TempDir()
	if _, err := WaitLock(ended, filepath.Join(dir, "no", "x.lock")); !errors.Is(err, fs.ErrNotExist) || errors.Is(err, ErrHeld) {
		t.Errorf("%v, want %v", err, fs.ErrNotExist)
	}
	l, err := TryLock(filepath.Join(dir, "x.lock"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Discard()
	if got := mode(t, filepath.Join(dir, "x.lock")); got != 0o600 {
		t.Errorf("the lock file has mode %o, want 600", got)
	}
	if _, err := WaitLock(ended, filepath.Join(dir, "x.lock")); !errors.Is(err, ErrHeld) || !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want %v and %v", err, ErrHeld, context.Canceled)
	}
}

// TestALockWhoseFileWasRemoved is about the moment between opening the file and locking it.
func TestALockWhoseFileWasRemoved(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "x.lock")
	l, err := TryLock(path)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Release()
	if !stillThere(l.file) {
		t.Error("the file at its path was not known again")
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if stillThere(l.file) {
		t.Error("a file that is gone counts as there")
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if stillThere(l.file) {
		t.Error("another file at its path counts as the one that is locked")
	}
}

// TestAWaitForALockBecomesPatient holds when the lock is tried again: soon at first, then ten times a second, which costs next to nothing.
func TestAWaitForALockBecomesPatient(t *testing.T) {
	t.Parallel()
	for freed, had := range map[time.Duration]time.Duration{
		time.Millisecond:     5 * time.Millisecond,
		6 * time.Millisecond: 12500 * time.Microsecond,
		10 * time.Second:     10_046_289_062, // after eight pauses that became longer, each was a tenth of a second
	} {
		synctest.Test(t, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "x.lock")
			l, err := TryLock(path)
			if err != nil {
				t.Fatal(err)
			}
			time.AfterFunc(freed, l.Discard)
			began := time.Now()
			again, err := WaitLock(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			again.Discard()
			if took := time.Since(began); took != had {
				t.Errorf("freed after %v, it was had after %v, want %v", freed, took, had)
			}
		})
	}
}
