//go:build unix && !darwin

package vault

import (
	"errors"
	"path/filepath"
	"testing"

	"partner-center-connector/connector"
	"partner-center-connector/connector/sessionbus"
)

// TestABusAddressThatLeadsNowhere is "no keychain", naming the variable, and no fault of a keychain.
func TestABusAddressThatLeadsNowhere(t *testing.T) {
	folder := t.TempDir()
	for _, value := range []string{
		"/dev/null", "disabled:", "disabled", "'unix:path=/run/user/1000/bus'", `"unix:path=/run/user/1000/bus"`, "unix", " ", "none", "unix:", "unix:path=",
		"unix:path=" + filepath.Join(folder, "bus"), "unix:path=" + folder, "unix:abstract=/pcc-nobody", "tcp:host=127.0.0.1,port=1", "path=/run/user/1000/bus",
	} {
		t.Setenv(sessionbus.Variable, value)
		for name, k := range map[string]Keychain{"over the bus": newSecretService(t), "unattended": &secretService{alone: true}} {
			_, err := k.Get("service", "account")
			for op, err := range map[string]error{"get": err, "set": k.Set("service", "account", "text"), "delete": k.Delete("service", "account")} {
				if err == nil {
					t.Fatalf("%q, %s, %s: no error", value, name, op)
				}
				err = failed(OpRead, err, "")
				var address *connector.BusAddressError
				if !errors.Is(err, connector.ErrKeychainMissing) || !errors.As(err, &address) || address.Variable != sessionbus.Variable || address.Value != value {
					t.Errorf("%q, %s, %s: %v", value, name, op, err)
				}
			}
		}
	}
}
