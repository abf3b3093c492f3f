//go:build unix && !darwin

package vault

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/godbus/dbus/v5"

	"partner-center-connector/connector/sessionbus"
)

// Kind names the program that keeps the keychain, for people who help: "gnome-keyring", "kwallet", "keepassxc", "other"; "none" where there is
// none now. It starts no service, and asks nobody.
func Kind(ctx context.Context) string {
	address, err := sessionbus.Address()
	if err != nil {
		return kindNone
	}
	bus, err := dbus.Connect(address, dbus.WithContext(ctx))
	if err != nil {
		return kindNone
	}
	defer func() { _ = bus.Close() }()
	var process uint32
	if bus.BusObject().CallWithContext(ctx, busName+".GetConnectionUnixProcessID", 0, secretName).Store(&process) != nil {
		return kindNone
	}
	name, err := os.ReadFile(filepath.Join("/proc", strconv.FormatUint(uint64(process), 10), "comm"))
	if err != nil {
		return kindOther
	}
	return kindOf(string(name))
}

const (
	kindNone  = "none"
	kindOther = "other"
)

// kindOf is the kind of keychain that a program of this name keeps, as the kernel cuts it: at 15 characters.
func kindOf(program string) string {
	program = strings.TrimSpace(program)
	for _, known := range []struct{ begins, kind string }{
		{"gnome-keyring", "gnome-keyring"}, {"kwallet", "kwallet"}, {"ksecretd", "kwallet"}, {"keepassxc", "keepassxc"},
	} {
		if strings.HasPrefix(program, known.begins) {
			return known.kind
		}
	}
	return kindOther
}
