//go:build unix && !darwin

package vault

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partner-center-connector/connector"
)

// TestABusAddressThatLeadsNowhere is "no keychain", naming the variable, and no fault of a keychain.
func TestABusAddressThatLeadsNowhere(t *testing.T) {
	folder := t.TempDir()
	for _, value := range []string{
		"/dev/null", "disabled:", "disabled", "'unix:path=/run/user/1000/bus'", `"unix:path=/run/user/1000/bus"`, "unix", " ", "none", "unix:", "unix:path=",
		"unix:path=" + filepath.Join(folder, "bus"), "unix:path=" + folder, "unix:abstract=/pcc-nobody", "tcp:host=127.0.0.1,port=1", "path=/run/user/1000/bus",
	} {
		t.Setenv(busVariable, value)
		for name, k := range map[string]Keychain{"over the bus": newSecretService(t), "unattended": &secretService{alone: true}} {
			_, err := k.Get("service", "account")
			for op, err := range map[string]error{"get": err, "set": k.Set("service", "account", "text"), "delete": k.Delete("service", "account")} {
				if err == nil {
					t.Fatalf("%q, %s, %s: no error", value, name, op)
				}
				err = failed(OpRead, err, "")
				var address *connector.BusAddressError
				if !errors.Is(err, connector.ErrKeychainMissing) || !errors.As(err, &address) || address.Variable != busVariable || address.Value != value {
					t.Errorf("%q, %s, %s: %v", value, name, op, err)
				}
			}
		}
	}
}

// TestWhereTheBusIsLookedFor has the variable first, then the session's own runtime folder, and only then the usual one.
func TestWhereTheBusIsLookedFor(t *testing.T) {
	folder, err := os.MkdirTemp("", "bus-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	bus := filepath.Join(folder, "bus")
	of := func(variable, runtime string) (string, error) {
		t.Setenv(busVariable, variable)
		t.Setenv(runtimeVariable, runtime)
		return busAddress()
	}
	usual, usualErr := of("", "")
	if a, err := of("", folder); a != usual || !errors.Is(err, usualErr) {
		t.Errorf("nothing is in the folder: %q, %v, want %q, %v", a, err, usual, usualErr)
	}
	if err := os.WriteFile(filepath.Join(folder, "dbus-session"), []byte(busVariable+"=unix:abstract=/tmp/x\n"), 0o600); err != nil {
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
