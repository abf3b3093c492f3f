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

// keychain is the session's, over a connection of the test's own.
type keychain struct {
	tb  testing.TB
	bus *dbus.Conn
}

func openKeychain(tb testing.TB) keychain {
	tb.Helper()
	bus, err := dbus.ConnectSessionBus()
	if err != nil {
		tb.Fatal(err)
	}
	return keychain{tb, bus}
}

func (k keychain) close() { _ = k.bus.Close() }

// find returns the items of a service.
func (k keychain) find(service string) []dbus.ObjectPath {
	k.tb.Helper()
	var free, locked []dbus.ObjectPath
	search := map[string]string{"service": service}
	if err := k.bus.Object(secretName, secretPath).Call(secretInterface+".SearchItems", 0, search).Store(&free, &locked); err != nil {
		k.tb.Fatal(err)
	}
	return append(free, locked...)
}

// keychainItems are the accounts of what the keychain holds under a service.
func keychainItems(tb testing.TB, service string) []string {
	tb.Helper()
	k := openKeychain(tb)
	defer k.close()
	names := []string{}
	for _, path := range k.find(service) {
		attributes, err := k.bus.Object(secretName, path).GetProperty("org.freedesktop.Secret.Item.Attributes")
		if err != nil {
			// It was removed a moment ago.
			continue
		}
		names = append(names, attributes.Value().(map[string]string)["username"])
	}
	return names
}

// emptyKeychain removes what a test left, so that the next one begins with nothing.
func emptyKeychain(tb testing.TB) {
	tb.Helper()
	k := openKeychain(tb)
	defer k.close()
	for _, service := range []string{service, rehearsalService} {
		for _, path := range k.find(service) {
			var prompt dbus.ObjectPath
			if err := k.bus.Object(secretName, path).Call("org.freedesktop.Secret.Item.Delete", 0).Store(&prompt); err != nil || prompt != "/" {
				tb.Errorf("%s can't be removed: %v, prompt %s", path, err, prompt)
			}
		}
	}
}

func expectEmptyKeychain(tb testing.TB, service string) {
	tb.Helper()
	if left := keychainItems(tb, service); len(left) != 0 {
		tb.Errorf("the keychain still holds %q under %q", left, service)
	}
}
