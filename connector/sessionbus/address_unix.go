//go:build unix && !darwin

package sessionbus

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

// The environment variables that lead to the bus, and to the folder of the session that it is of.
const (
	Variable        = "DBUS_SESSION_BUS_ADDRESS"
	RuntimeVariable = "XDG_RUNTIME_DIR"
)

// ErrNone means that there is no session bus.
var ErrNone = errors.New("no D-Bus session bus")

// transports are those that an address of a bus can name; autolaunch, which starts one, is left out.
// https://dbus.freedesktop.org/doc/dbus-specification.html#transports
var transports = []string{"unix", "unixexec", "tcp", "nonce-tcp", "launchd", "vsock", "systemd"}

// Address is the address of the session bus: what the variable says, else that of the runtime folder. Its error is ErrNone or a
// *connector.BusAddressError. Without this look, the D-Bus library would start a bus of its own with dbus-launch, which outlives us and has
// no keychain.
func Address() (string, error) {
	if a := os.Getenv(Variable); a != "" && a != "autolaunch:" {
		transport, _, ok := strings.Cut(a, ":")
		if !ok || !slices.Contains(transports, transport) {
			return "", &connector.BusAddressError{Variable: Variable, Value: a}
		}
		return a, nil
	}
	folders := []string{filepath.Join("/run/user", strconv.Itoa(os.Getuid()))}
	if own := os.Getenv(RuntimeVariable); filepath.IsAbs(own) {
		folders = slices.Insert(folders, 0, own)
	}
	for _, folder := range folders {
		if bus := filepath.Join(folder, "bus"); isThere(bus) {
			return "unix:path=" + dbus.EscapeBusAddressValue(bus), nil
		}
		// An older way of distributions: a file that has the address.
		text, err := os.ReadFile(filepath.Join(folder, "dbus-session"))
		if a, ok := strings.CutPrefix(string(text), Variable+"="); err == nil && ok {
			return strings.TrimSpace(a), nil
		}
	}
	return "", ErrNone
}

func isThere(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// Unreached is the error of a bus that could not be connected to: where the variable named it, that is what has to be set right.
func Unreached(err error) error {
	if a := os.Getenv(Variable); a != "" && a != "autolaunch:" {
		return &connector.BusAddressError{Variable: Variable, Value: a, Cause: err}
	}
	return err
}
