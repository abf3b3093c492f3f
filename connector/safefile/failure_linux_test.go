package safefile

import (
	"errors"
	"io/fs"
	"syscall"
	"testing"
)

// Files of the kernel can be looked at and opened, and fail where those of a disk rarely do.
func TestReadTellsWhatFailsAfterOpening(t *testing.T) {
	t.Parallel()
	if text, err := Read("/proc/self/mem", 10); !errors.Is(err, syscall.EIO) {
		t.Errorf("reading: %q, %v, want %v", text, err, syscall.EIO)
	}
	if text, err := Read("/proc/self/status", 10_000); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("closing it to others: %q, %v, want %v", text, err, fs.ErrPermission)
	}
}
