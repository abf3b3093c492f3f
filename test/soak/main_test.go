//go:build e2e && linux

package soak

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
)

// TestMain fails, rather than skips, where something is missing: a test that did not run is no test that passed.
func TestMain(m *testing.M) {
	if os.Getenv(envAction) != "" {
		os.Exit(runChild())
	}
	if os.Getenv(envInSession) != "" {
		// Four actions go on side by side: they mostly wait, for a keychain that flushes every change to the disk.
		if err := flag.Set("test.parallel", "4"); err != nil {
			panic(err)
		}
		os.Exit(m.Run())
	}
	code, err := inSession()
	if errors.Is(err, errKeyringEnded) {
		fmt.Fprintf(os.Stderr, "%v\nAll tests are done again, with another one.\n", err)
		code, err = inSession()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "These tests can't run. `make e2e` and `make soak` give them all they need.")
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func ready() error {
	var errs []error
	if os.Geteuid() == 0 {
		errs = append(errs, errors.New("they run as root: the keychain refuses that"))
	}
	if os.Getenv("PCC_BIN") == "" {
		errs = append(errs, errors.New("PCC_BIN is not set"))
	}
	for _, name := range []string{pcc(), "dbus-daemon", "gnome-keyring-daemon"} {
		_, err := exec.LookPath(name)
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// pcc is the terminal program.
func pcc() string { return filepath.Join(os.Getenv("PCC_BIN"), "pcc") }

// size is how much a test does: usual, or what `make soak` says in the environment.
func size(t *testing.T, name string, usual int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("%s=%s is no number of times", name, text)
	}
	return n
}
