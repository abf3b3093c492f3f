//go:build e2e && linux

package e2e

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"golang.org/x/sys/unix"
)

// The programs, in the folder that PCC_BIN names. The third is the window without Fyne's metadata: it tells of calls from a wrong
// thread.
const (
	terminal = "pcc"
	window   = "partner-center-connector"
	threads  = "partner-center-connector-threads"
)

// TestMain fails, rather than skips, where something is missing: a test that did not run is no test that passed.
func TestMain(m *testing.M) {
	if err := ready(); err != nil {
		fmt.Fprintln(os.Stderr, "The end-to-end tests can't run. `make e2e` gives them all they need.")
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	// What our programs leave behind becomes our child, so that it can be found: a browser wipes its environment.
	if err := unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func ready() error {
	var errs []error
	if os.Geteuid() == 0 {
		errs = append(errs, errors.New("they run as root: browsers and the keychain refuse that"))
	}
	for _, name := range []string{"PCC_BIN", "DISPLAY", "DBUS_SESSION_BUS_ADDRESS"} {
		if os.Getenv(name) == "" {
			errs = append(errs, errors.New(name+" is not set"))
		}
	}
	for _, name := range []string{terminal, window} {
		if _, err := exec.LookPath(programPath(name)); err != nil {
			errs = append(errs, err)
		}
	}
	for _, name := range []string{"chromium", "firefox-esr", "xdg-open", "xdotool", "import", "Xvfb", "dunst"} {
		if _, err := exec.LookPath(name); err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(append(errs, keychainReady())...)
}

func programPath(name string) string { return filepath.Join(os.Getenv("PCC_BIN"), name) }

func keychainReady() error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	bus, err := dbus.ConnectSessionBus(dbus.WithContext(ctx))
	if err != nil {
		return fmt.Errorf("no session bus: %w", err)
	}
	defer func() { _ = bus.Close() }()
	var collection dbus.ObjectPath
	err = bus.Object(secretName, secretPath).CallWithContext(ctx, secretInterface+".ReadAlias", 0, "default").Store(&collection)
	if err != nil {
		return fmt.Errorf("no Secret Service: %w", err)
	}
	if collection == "/" {
		return errors.New("the Secret Service has no default collection")
	}
	return nil
}
