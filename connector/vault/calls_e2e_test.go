//go:build e2e && linux

package vault_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/connector/vault"

	"github.com/godbus/dbus/v5"
)

// monitor listens to every call on the bus.
func monitor(t *testing.T) <-chan *dbus.Message {
	t.Helper()
	bus, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bus.Close() })
	calls := make(chan *dbus.Message, 1000)
	match := []string{"type='method_call'"}
	if err := bus.BusObject().Call("org.freedesktop.DBus.Monitoring.BecomeMonitor", 0, match, uint32(0)).Err; err != nil {
		t.Fatal(err)
	}
	bus.Eavesdrop(calls)
	return calls
}

// callsBefore waits for the call of that name and returns those before it.
func callsBefore(calls <-chan *dbus.Message, name string) string {
	var names []string
	for call := range calls {
		if call.Type != dbus.TypeMethodCall {
			continue // the monitor is told that it has lost its own name
		}
		member, _ := call.Headers[dbus.FieldMember].Value().(string)
		if member == name {
			break
		}
		names = append(names, member)
	}
	return strings.Join(names, " ")
}

// TestCallsOnTheBus holds what an operation costs on a real keychain: the first one of a run, and a later one.
func TestCallsOnTheBus(t *testing.T) {
	startBus(t)
	l := startKeyring(t, "correct horse")
	calls := monitor(t)
	const begin = "Hello OpenSession "
	for _, tc := range []struct {
		name string
		do   func(context.Context, *vault.Vault) error
		want string
	}{
		{"put the first", putNew, "SearchItems Get Unlock SearchItems " + "SearchItems Unlock SearchItems GetNameOwner CreateItem " + "SearchItems GetSecret"},
		{"put again", putNew, "SearchItems GetSecret " + "SearchItems GetAll GetNameOwner SetSecret " + "SearchItems GetSecret"},
		{"get", getIt, "SearchItems GetSecret"},
		{"test", testIt, "SearchItems Get Unlock SearchItems GetNameOwner CreateItem " + "SearchItems GetSecret " +
			"SearchItems GetAll Delete " + "SearchItems Unlock SearchItems"},
		{"delete", deleteIt, "SearchItems GetSecret " + "SearchItems GetAll GetNameOwner Delete " + "SearchItems Get Unlock SearchItems"},
	} {
		vault.ForgetLink()
		for _, before := range []string{begin, ""} {
			v := openAs(t, vault.FormWhole, nil, tempDir(t))
			if before == "" && !slices.Contains([]string{"get", "put again"}, tc.name) {
				continue
			}
			if err := tc.do(context.Background(), v); err != nil {
				t.Fatal(err)
			}
			l.owned()
			want := before + tc.want
			if before == "" {
				want = strings.Replace(want, "GetNameOwner ", "", 1) // which service it is was asked already
			}
			if got := callsBefore(calls, "NameHasOwner"); got != want {
				t.Errorf("%s:\ngot  %s\nwant %s", tc.name, got, want)
			}
		}
	}
}
