//go:build e2e && linux

package e2e

import (
	"context"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

// xdotool works the screen as a person does, by keys.
func xdotool(t testing.TB, args ...string) (string, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, "xdotool", args...).Output()
	return strings.TrimSpace(string(out)), err
}

// windowOf waits for the window of a process and returns its ID.
func windowOf(t testing.TB, pid int) string {
	t.Helper()
	id := ""
	until(t, "a window of process "+strconv.Itoa(pid), func() bool {
		// The search fails as long as there is none.
		out, err := xdotool(t, "search", "--all", "--onlyvisible", "--pid", strconv.Itoa(pid), "--name", ".")
		if lines := strings.Fields(out); err == nil && len(lines) > 0 {
			id = lines[len(lines)-1]
		}
		return id != ""
	})
	return id
}

// focus brings a window to the front and waits until keys go to it.
func focus(t testing.TB, id string) {
	t.Helper()
	until(t, "window "+id+" has the focus", func() bool {
		if _, err := xdotool(t, "windowactivate", id); err != nil {
			return false
		}
		now, err := xdotool(t, "getwindowfocus")
		return err == nil && now == id
	})
}

// closeWindow closes a process's window by the window manager's key, as a person does.
func closeWindow(t testing.TB, pid int) {
	t.Helper()
	focus(t, windowOf(t, pid))
	if _, err := xdotool(t, "key", "--clearmodifiers", "alt+F4"); err != nil {
		t.Fatal(err)
	}
}
