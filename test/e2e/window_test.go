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
func xdotool(tb testing.TB, args ...string) (string, error) {
	tb.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, "xdotool", args...).Output()
	return strings.TrimSpace(string(out)), err
}

// windowOf waits for the window of a process and returns its ID.
func windowOf(tb testing.TB, pid int) string {
	tb.Helper()
	id := ""
	until(tb, "a window of process "+strconv.Itoa(pid), func() bool {
		// The search fails as long as there is none.
		out, err := xdotool(tb, "search", "--all", "--onlyvisible", "--pid", strconv.Itoa(pid), "--name", ".")
		if lines := strings.Fields(out); err == nil && len(lines) > 0 {
			id = lines[len(lines)-1]
		}
		return id != ""
	})
	return id
}

// focus brings a window to the front and waits until keys go to it.
func focus(tb testing.TB, id string) {
	tb.Helper()
	until(tb, "window "+id+" has the focus", func() bool {
		if _, err := xdotool(tb, "windowactivate", id); err != nil {
			return false
		}
		now, err := xdotool(tb, "getwindowfocus")
		return err == nil && now == id
	})
}

// closeWindow closes a process's window by the window manager's key, as a person does.
func closeWindow(tb testing.TB, pid int) {
	tb.Helper()
	focus(tb, windowOf(tb, pid))
	if _, err := xdotool(tb, "key", "--clearmodifiers", "alt+F4"); err != nil {
		tb.Fatal(err)
	}
}
