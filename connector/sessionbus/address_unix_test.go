//go:build unix && !darwin

package sessionbus

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWhereTheBusIsLookedFor has the variable first, then the session's own runtime folder, and only then the usual one.
func TestWhereTheBusIsLookedFor(t *testing.T) {
	folder, err := os.MkdirTemp("", "bus-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	bus := filepath.Join(folder, "bus")
	of := func(variable, runtime string) (string, error) {
		t.Setenv(Variable, variable)
		t.Setenv(RuntimeVariable, runtime)
		return Address()
	}
	usual, usualErr := of("", "")
	if a, err := of("", folder); a != usual || !errors.Is(err, usualErr) {
		t.Errorf("nothing is in the folder: %q, %v, want %q, %v", a, err, usual, usualErr)
	}
	if err := os.WriteFile(filepath.Join(folder, "dbus-session"), []byte(Variable+"=unix:abstract=/tmp/x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if a, err := of("", folder); a != "unix:abstract=/tmp/x" || err != nil {
		t.Errorf("the file of older distributions: %q, %v", a, err)
	}
	listener, err := net.Listen("unix", bus)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	for _, variable := range []string{"", "autolaunch:"} {
		if a, err := of(variable, folder); a != "unix:path="+bus || err != nil {
			t.Errorf("%q: %q, %v", variable, a, err)
		}
	}
	if a, err := of("unix:path=/another", folder); a != "unix:path=/another" || err != nil {
		t.Errorf("the variable: %q, %v", a, err)
	}
	if a, err := of("", "run"); a != usual || !errors.Is(err, usualErr) || strings.Contains(a, "=run/") {
		t.Errorf("a folder that is not absolute: %q, %v", a, err)
	}
}
