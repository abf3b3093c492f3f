package safefile

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/windows"
)

// TestALockFileThatSomebodyHasForItself opens the file as it is opened by whoever removes it: others can't open it then.
func TestALockFileThatSomebodyHasForItself(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		t.Fatal(err)
	}
	h, err := windows.CreateFile(name, windows.GENERIC_READ, 0, nil, windows.CREATE_NEW, windows.FILE_ATTRIBUTE_NORMAL, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := TryLock(path); !errors.Is(err, ErrHeld) {
		t.Errorf("TryLock: %v", err)
	}
	// Longer than passingTries pauses, which are for errors of another kind.
	closed := time.AfterFunc(4*time.Second, func() { _ = windows.CloseHandle(h) })
	defer closed.Stop()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	l, err := WaitLock(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	l.Discard()
}
