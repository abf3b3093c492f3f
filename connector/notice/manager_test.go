//go:build usermanager

package notice

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestWithAUserManager checks that a real systemd takes what launchByManager asks for, and that the program is a service of its own, with the token
// and its arguments as they are. build/scripts/test-schedule.sh runs it with a manager and a bus.
func TestWithAUserManager(t *testing.T) {
	said := filepath.Join(t.TempDir(), "said")
	t.Setenv("INVOCATION_ID", "0123")
	t.Setenv("DISPLAY", ":77")
	script := `{ printf '%s|' "$1" "$2" "$XDG_ACTIVATION_TOKEN" "$DISPLAY"; cat /proc/self/cgroup; } >"$0.part"; mv "$0.part" "$0"`
	args := []string{"/bin/sh", "-c", script, said, "$HOME", "100% a b"}
	// The manager comes to the bus a moment after that was first called.
	within(t, func() bool { return launchByManager(args, tokenVariables("token-1")) == nil })
	within(t, func() bool { return isFile(said) })
	text, err := os.ReadFile(said)
	if err != nil || !strings.HasPrefix(string(text), "$HOME|100% a b|token-1|:77|") || !strings.Contains(string(text), "/app-"+icon+"@") {
		t.Errorf("%v: %s", err, text)
	}
}

func within(t *testing.T, fits func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !fits(); {
		if time.Now().After(deadline) {
			t.Fatal("not within 20 s")
		}
		<-time.After(10 * time.Millisecond)
	}
}
