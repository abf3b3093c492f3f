//go:build e2e && linux

package e2e

import (
	"testing"

	"github.com/godbus/dbus/v5"
)

// The names of the Secret Service. https://specifications.freedesktop.org/secret-service-spec/latest/
const (
	secretName      = "org.freedesktop.secrets"
	secretPath      = dbus.ObjectPath("/org/freedesktop/secrets")
	secretInterface = "org.freedesktop.Secret.Service"
)

// The services under which the programs keep their items.
const (
	service          = "Partner Center Connector"
	rehearsalService = service + " Rehearsal"
)

// keychainItems are the accounts of what the keychain holds under a service.
func keychainItems(tb testing.TB, service string) []string {
	tb.Helper()
	bus, err := dbus.ConnectSessionBus()
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = bus.Close() }()
	var free, locked []dbus.ObjectPath
	search := map[string]string{"service": service}
	if err := bus.Object(secretName, secretPath).Call(secretInterface+".SearchItems", 0, search).Store(&free, &locked); err != nil {
		tb.Fatal(err)
	}
	names := []string{}
	for _, path := range append(free, locked...) {
		attributes, err := bus.Object(secretName, path).GetProperty("org.freedesktop.Secret.Item.Attributes")
		if err != nil {
			tb.Fatal(err)
		}
		names = append(names, attributes.Value().(map[string]string)["username"])
	}
	return names
}

func expectEmptyKeychain(tb testing.TB, service string) {
	tb.Helper()
	if left := keychainItems(tb, service); len(left) != 0 {
		tb.Errorf("the keychain still holds %q under %q", left, service)
	}
}
