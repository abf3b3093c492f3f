package safefile

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestFolder(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "a", "b")
	for range 2 {
		if err := Folder(dir); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Folder(file); err == nil {
		t.Error("a file was taken for a folder")
	}
}

func TestWriteThenRead(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "list.json")
	for _, text := range []string{"one", "", strings.Repeat("x", 100_000)} {
		if err := Write(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
		got, err := Read(path, 100_000)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != text {
			t.Errorf("read %d bytes back, want %d", len(got), len(text))
		}
	}
	if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != 1 {
		t.Errorf("%d files are left, want 1", len(entries))
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name string, n int) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, bytes.Repeat([]byte("x"), n), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	large := write("large", 11)
	for _, tc := range []struct {
		name, path string
		want       error
	}{
		{"absent", filepath.Join(dir, "absent"), fs.ErrNotExist},
		{"too large", large, ErrTooLarge},
		{"a folder", dir, ErrNotRegular},
	} {
		if _, err := Read(tc.path, 10); !errors.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, err, tc.want)
		}
	}
	if err := Write(dir, nil); !errors.Is(err, ErrNotRegular) {
		t.Errorf("writing over a folder: %v, want %v", err, ErrNotRegular)
	}
}

func TestWriteRemovesWhatACrashLeft(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{".list.json0", ".list.json123", ".other.json0", ".list.jsonx", "list.json9"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := Write(filepath.Join(dir, "list.json"), []byte("whole")); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if got, want := strings.Join(names, " "), ".list.json123 .list.jsonx .other.json0 list.json list.json9"; got != want {
		t.Errorf("left: %s, want: %s", got, want)
	}
}

// TestWriteLooksAtItsOwnFileOnly checks that a write does not read its folder, which may have ten thousand files.
func TestWriteLooksAtItsOwnFileOnly(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "list.json")
	if err := os.WriteFile(filepath.Join(filepath.Dir(path), ".list.json0"), []byte("half of a longer text"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"one", "two"} {
		if err := Write(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if got, err := Read(path, 100); err != nil || string(got) != text {
			t.Errorf("%q, %v", got, err)
		}
	}
	if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != 1 {
		t.Errorf("the folder holds %v", entries)
	}
}

func TestWriteNew(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "new.json")
	if err := errors.Join(WriteNew(path, []byte("text")), Flush(filepath.Dir(path))); err != nil {
		t.Fatal(err)
	}
	if err := WriteNew(path, []byte("another")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a second time: %v, want %v", err, fs.ErrExist)
	}
	if got, err := Read(path, 100); err != nil || string(got) != "text" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestAppend(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "index")
	for _, text := range []string{"one\n", "", "two\n"} {
		if err := Append(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := Read(path, 100); err != nil || string(got) != "one\ntwo\n" {
		t.Errorf("%q, %v", got, err)
	}
	if err := Append(dir, []byte("x")); !errors.Is(err, ErrNotRegular) {
		t.Errorf("to a folder: %v, want %v", err, ErrNotRegular)
	}
	if err := Append(filepath.Join(dir, "absent", "index"), nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("into a folder that is not there: %v, want %v", err, fs.ErrNotExist)
	}
}

func TestCheckFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]error{dir: nil, file: ErrNotFolder, filepath.Join(dir, "absent"): fs.ErrNotExist} {
		if err := CheckFolder(path); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", path, err, want)
		}
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("the folder holds %v", entries)
	}
}

func TestRemove(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "f")
	if err := Write(path, nil); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := Remove(path); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLockKeepsOthersOut(t *testing.T) {
	t.Parallel()
	for name, give := range map[string]func(*Lock){"release": (*Lock).Release, "discard": (*Lock).Discard} {
		path := filepath.Join(t.TempDir(), "x.lock")
		l, err := TryLock(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := TryLock(path); !errors.Is(err, ErrHeld) {
			t.Errorf("%s: a second holder: %v, want %v", name, err, ErrHeld)
		}
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
		_, err = WaitLock(ctx, path)
		cancel()
		if !errors.Is(err, ErrHeld) || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: waiting ended with %v", name, err)
		}
		give(l)
		give(l)
		again, err := WaitLock(context.Background(), path)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		again.Discard()
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: the lock file is left: %v", name, err)
		}
	}
}

func TestLockInAFolderThatIsNotThere(t *testing.T) {
	t.Parallel()
	_, err := WaitLock(context.Background(), filepath.Join(t.TempDir(), "no", "x.lock"))
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v, want %v", err, fs.ErrNotExist)
	}
}

// The lock file is removed at every turn, so this also shows that a removed file lets nobody in beside the holder.
func TestOnlyOneHolderAtATime(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "x.lock")
	var wg sync.WaitGroup
	var inside, counter atomic.Int32
	for range 8 {
		wg.Go(func() {
			for range 25 {
				l, err := WaitLock(context.Background(), path)
				if err != nil {
					t.Error(err)
					return
				}
				if n := inside.Add(1); n != 1 {
					t.Errorf("%d holders", n)
				}
				counter.Add(1)
				inside.Add(-1)
				l.Discard()
			}
		})
	}
	wg.Wait()
	if n := counter.Load(); n != 200 {
		t.Errorf("%d turns, want 200", n)
	}
}

func TestStaleOf(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		".a.json12": "a.json", ".a.json": "", "a.json12": "", ".12": "", "": "", ".": "", ".a1": "a",
	} {
		if got, ok := StaleOf(name); ok != (want != "") || (ok && got != want) {
			t.Errorf("%q: %q %v, want %q", name, got, ok, want)
		}
	}
}
