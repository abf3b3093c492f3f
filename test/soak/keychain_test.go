//go:build e2e && linux

package soak

import (
	"slices"
	"testing"

	"github.com/godbus/dbus/v5"
)

// The names of the Secret Service. https://specifications.freedesktop.org/secret-service-spec/latest/
const (
	secretName      = "org.freedesktop.secrets"
	secretPath      = dbus.ObjectPath("/org/freedesktop/secrets")
	secretInterface = "org.freedesktop.Secret.Service"
)

// keychain is the Secret Service over a connection of the test's own.
type keychain struct{ bus *dbus.Conn }

func connect(t *testing.T) keychain {
	t.Helper()
	bus, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bus.Close() })
	return keychain{bus}
}

// accounts are those of the items under a service.
func (k keychain) accounts(t *testing.T, service string) []string {
	t.Helper()
	var free, locked []dbus.ObjectPath
	search := map[string]string{"service": service}
	if err := k.bus.Object(secretName, secretPath).Call(secretInterface+".SearchItems", 0, search).Store(&free, &locked); err != nil {
		t.Fatal(err)
	}
	names := []string{}
	for _, path := range append(free, locked...) {
		attributes, err := k.bus.Object(secretName, path).GetProperty("org.freedesktop.Secret.Item.Attributes")
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, attributes.Value().(map[string]string)["username"])
	}
	slices.Sort(names)
	return names
}

// plant puts a text under an account's attributes, as another program of the same user can, beside what is there.
func (k keychain) plant(t *testing.T, service, account, text string) {
	t.Helper()
	var output dbus.Variant
	var session, item, prompt dbus.ObjectPath
	keyring := k.bus.Object(secretName, secretPath)
	if err := keyring.Call(secretInterface+".OpenSession", 0, "plain", dbus.MakeVariant("")).Store(&output, &session); err != nil {
		t.Fatal(err)
	}
	properties := map[string]dbus.Variant{
		"org.freedesktop.Secret.Item.Label":      dbus.MakeVariant("planted"),
		"org.freedesktop.Secret.Item.Attributes": dbus.MakeVariant(map[string]string{"service": service, "username": account}),
	}
	secret := struct {
		Session           dbus.ObjectPath
		Parameters, Value []byte
		ContentType       string
	}{session, nil, []byte(text), "text/plain"}
	err := k.bus.Object(secretName, secretPath+"/aliases/default").
		Call("org.freedesktop.Secret.Collection.CreateItem", 0, properties, secret, false).Store(&item, &prompt)
	if err != nil {
		t.Fatal(err)
	}
}

// serves reports whether a process is on the bus. What it sent before it went has reached the keychain by then.
func (k keychain) serves(t *testing.T, pid int) bool {
	t.Helper()
	var names []string
	if err := k.bus.BusObject().Call("org.freedesktop.DBus.ListNames", 0).Store(&names); err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(names, func(name string) bool {
		var owner uint32 // 0 where it went meanwhile
		_ = k.bus.BusObject().Call("org.freedesktop.DBus.GetConnectionUnixProcessID", 0, name).Store(&owner)
		return int(owner) == pid
	})
}
