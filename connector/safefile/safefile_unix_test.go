//go:build unix

package safefile

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func mode(t *testing.T, path string) os.FileMode {
	t.Helper()
	info, err := os.Lstat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode().Perm()
}

func TestModes(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "config")
	if err := Folder(dir); err != nil {
		t.Fatal(err)
	}
	if got := mode(t, dir); got != 0o700 {
		t.Errorf("the folder has mode %o, want 700", got)
	}
	path := filepath.Join(dir, "list.json")
	if err := Write(path, []byte("x")); err != nil {
		t.Fatal(err)
	}
	if got := mode(t, path); got != 0o600 {
		t.Errorf("the file has mode %o, want 600", got)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(path, 10); err != nil {
		t.Fatal(err)
	}
	if got := mode(t, path); got != 0o600 {
		t.Errorf("after reading the file has mode %o, want 600", got)
	}
}

func TestFolderOpenToOthers(t *testing.T) {
	t.Parallel()
	for _, m := range []os.FileMode{0o770, 0o702, 0o777 | os.ModeSticky} {
		dir := t.TempDir()
		if err := os.Chmod(dir, m); err != nil {
			t.Fatal(err)
		}
		if err := Folder(dir); !errors.Is(err, ErrFolderOpen) {
			t.Errorf("mode %o: %v, want %v", m, err, ErrFolderOpen)
		}
	}
}

func TestFolderOfAnotherAccount(t *testing.T) {
	t.Parallel()
	dir := "/" // root's, for everybody else
	if os.Geteuid() == 0 {
		const somebody = 12345
		dir = t.TempDir()
		if err := os.Chown(dir, somebody, somebody); err != nil {
			t.Fatal(err)
		}
	}
	if err := Folder(dir); !errors.Is(err, ErrFolderOpen) {
		t.Errorf("%v, want %v", err, ErrFolderOpen)
	}
}

func TestLinksAndPipes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	target, link, pipe := filepath.Join(dir, "target"), filepath.Join(dir, "link"), filepath.Join(dir, "pipe")
	if err := os.WriteFile(target, []byte("kept"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{link, pipe} {
		var onDisk *fs.PathError // of which people are told that it is about a file
		if _, err := Read(path, 10); !errors.Is(err, ErrNotRegular) || !errors.As(err, &onDisk) {
			t.Errorf("reading %s: %v, want %v", path, err, ErrNotRegular)
		}
		if err := Write(path, []byte("new")); !errors.Is(err, ErrNotRegular) {
			t.Errorf("writing %s: %v, want %v", path, err, ErrNotRegular)
		}
		if err := Append(path, []byte("new")); !errors.Is(err, ErrNotRegular) {
			t.Errorf("adding to %s: %v, want %v", path, err, ErrNotRegular)
		}
	}
	if _, err := WaitLock(context.Background(), link); !errors.Is(err, syscall.ELOOP) {
		t.Errorf("locking a link: %v, want %v", err, syscall.ELOOP)
	}
	if got, _ := os.ReadFile(target); string(got) != "kept" {
		t.Errorf("the target of the link holds %q", got)
	}
}
