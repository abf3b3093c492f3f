//go:build unix && !darwin

package vault

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/godbus/dbus/v5"

	"partner-center-connector/connector"
)

const (
	busVariable     = "DBUS_SESSION_BUS_ADDRESS"
	runtimeVariable = "XDG_RUNTIME_DIR"
)

var errNoBus = errors.New("no D-Bus session bus")

// transports are those that an address of a bus can name; autolaunch, which starts one, is left out.
// https://dbus.freedesktop.org/doc/dbus-specification.html#transports
var transports = []string{"unix", "unixexec", "tcp", "nonce-tcp", "launchd", "vsock", "systemd"}

// busAddress is the address of the session bus: what the variable says, else that of the runtime folder. Its error is errNoBus or a
// *connector.BusAddressError. Without this look, the D-Bus library would start a bus of its own with dbus-launch, which outlives us and has
// no keychain.
func busAddress() (string, error) {
	if a := os.Getenv(busVariable); a != "" && a != "autolaunch:" {
		transport, _, ok := strings.Cut(a, ":")
		if !ok || !slices.Contains(transports, transport) {
			return "", &connector.BusAddressError{Variable: busVariable, Value: a}
		}
		return a, nil
	}
	folders := []string{filepath.Join("/run/user", strconv.Itoa(os.Getuid()))}
	if own := os.Getenv(runtimeVariable); filepath.IsAbs(own) {
		folders = slices.Insert(folders, 0, own)
	}
	for _, folder := range folders {
		if bus := filepath.Join(folder, "bus"); isThere(bus) {
			return "unix:path=" + dbus.EscapeBusAddressValue(bus), nil
		}
		// An older way of distributions: a file that has the address.
		text, err := os.ReadFile(filepath.Join(folder, "dbus-session"))
		if a, ok := strings.CutPrefix(string(text), busVariable+"="); err == nil && ok {
			return strings.TrimSpace(a), nil
		}
	}
	return "", errNoBus
}

func isThere(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// reachable reports whether there is a session bus to be asked for.
func reachable() error {
	_, err := busAddress()
	return err
}

// unreached is the error of a bus that could not be connected to: where the variable named it, that is what has to be set right.
func unreached(err error) error {
	if a := os.Getenv(busVariable); a != "" && a != "autolaunch:" {
		return &connector.BusAddressError{Variable: busVariable, Value: a, Cause: err}
	}
	return err
}
