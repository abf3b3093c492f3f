//go:build unix

package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/safefile"
)

func TestModes(t *testing.T) {
	t.Parallel()
	s, err := Open(filepath.Join(t.TempDir(), "config", "pcc"))
	if err != nil {
		t.Fatal(err)
	}
	unlock, err := s.Lock(context.Background(), "a")
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	for _, err := range []error{
		s.PutConnector(connector.Connector{ID: "a"}), s.PutDraft(connector.Draft{ID: "a"}), s.ChangeSettings(speaking("de")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	err = filepath.WalkDir(s.Dir(), func(path string, e os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		want := os.FileMode(0o600)
		if e.IsDir() {
			want = 0o700
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %o, want %o", path, got, want)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheRequestOfAnInstanceHasAMode(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	release, _ := takeInstance(t, s)
	defer release()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _, _ = beside(t, s).TakeInstance(ctx, "")
	}()
	for !exists(s.path("window.ask")) {
		<-time.After(time.Millisecond)
	}
	info, err := os.Stat(s.path("window.ask"))
	if err != nil || info.Mode() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	cancel()
	<-ended
}

func TestFolderThatOthersMayWriteTo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir); !errors.Is(err, safefile.ErrFolderOpen) {
		t.Errorf("%v, want %v", err, safefile.ErrFolderOpen)
	}
}
