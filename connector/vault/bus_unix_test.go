//go:build unix && !darwin

package vault

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"

	"partner-center-connector/connector"
	"partner-center-connector/connector/sessionbus"
)

func TestEveryAnswerOfTheBus(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]error{
		"org.freedesktop.Secret.Error.IsLocked":                       connector.ErrKeychainLocked,
		"org.freedesktop.DBus.Error.InteractiveAuthorizationRequired": connector.ErrKeychainLocked,
		"org.freedesktop.DBus.Error.ServiceUnknown":                   connector.ErrKeychainMissing,
		"org.freedesktop.DBus.Error.NameHasNoOwner":                   connector.ErrKeychainMissing,
		"org.freedesktop.DBus.Error.Disconnected":                     connector.ErrKeychainMissing,
		"org.freedesktop.DBus.Error.NoServer":                         connector.ErrKeychainMissing,
		"org.freedesktop.DBus.Error.AccessDenied":                     connector.ErrKeychainMissing,
		"org.freedesktop.DBus.Error.Spawn.ExecFailed":                 connector.ErrKeychainMissing,
		"org.freedesktop.DBus.Error.NoReply":                          connector.ErrKeychainSlow,
		"org.freedesktop.DBus.Error.Timeout":                          connector.ErrKeychainSlow,
		"org.freedesktop.DBus.Error.TimedOut":                         connector.ErrKeychainSlow,
		"org.freedesktop.DBus.Error.LimitsExceeded":                   connector.ErrKeychainFull,
		"org.freedesktop.DBus.Error.InvalidArgs":                      connector.ErrKeychainFailed,
		"org.example.Error.NoReply":                                   connector.ErrKeychainFailed,
	} {
		err := failed(OpRead, fmt.Errorf("wrapped: %w", dbus.Error{Name: name, Body: []any{"because"}}), "")
		if !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
		if got, want := err.Error(), "keychain: read: "+want.Error()+": "+name+": because"; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if err := failed(OpRead, fmt.Errorf("no socket: %w", fs.ErrNotExist), ""); !errors.Is(err, connector.ErrKeychainMissing) {
		t.Errorf("no socket: %v, want %v", err, connector.ErrKeychainMissing)
	}
}

// TestNoBusIsStarted checks that a variable which would make the D-Bus library start one is as good as none.
func TestNoBusIsStarted(t *testing.T) {
	without := sessionbus.ErrNone
	for _, name := range []string{"bus", "dbus-session"} {
		if _, err := os.Stat(filepath.Join("/run/user", fmt.Sprint(os.Getuid()), name)); err == nil {
			without = nil
		}
	}
	nowhere := "unix:path=" + filepath.Join(t.TempDir(), "bus")
	for address, want := range map[string]error{"": without, "autolaunch:": without, nowhere: nil} {
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
		if err := reachable(); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", address, err, want)
		}
	}
	if without != nil {
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", "autolaunch:")
		text, err := library{}.Get("service", "account")
		if err := errors.Join(err, library{}.Set("service", "account", "text"), library{}.Delete("service", "account")); err == nil ||
			strings.Count(err.Error(), sessionbus.ErrNone.Error()) != 3 || text != "" {
			t.Errorf("without a bus: %q, %v", text, err)
		}
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", nowhere)
	_, err := library{}.Get("service", "account")
	for name, err := range map[string]error{
		"get": err, "set": library{}.Set("service", "account", "text"), "delete": library{}.Delete("service", "account"),
	} {
		if err == nil || !errors.Is(failed(OpRead, err, ""), connector.ErrKeychainMissing) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
