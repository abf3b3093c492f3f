//go:build unix && !darwin

package vault

import (
	"errors"
	"net"
	"testing"

	"github.com/godbus/dbus/v5"

	"partner-center-connector/connector"
	"partner-center-connector/connector/sessionbus"
)

func TestCauses(t *testing.T) {
	t.Parallel()
	testCauses(t, []known{
		{dbus.Error{Name: "org.freedesktop.Secret.Error.IsLocked"}, connector.ErrKeychainLocked},
		{dbus.Error{Name: "org.freedesktop.DBus.Error.ServiceUnknown"}, connector.ErrKeychainMissing},
		{dbus.Error{Name: "org.freedesktop.DBus.Error.Spawn.ChildExited"}, connector.ErrKeychainMissing},
		{dbus.Error{Name: "org.freedesktop.DBus.Error.NoReply"}, connector.ErrKeychainSlow},
		{dbus.Error{Name: "org.freedesktop.DBus.Error.LimitsExceeded"}, connector.ErrKeychainFull},
		{dbus.Error{Name: "org.freedesktop.DBus.Error.Failed"}, connector.ErrKeychainBroken},
		{errNoCollection, connector.ErrKeychainMissing},
		{sessionbus.ErrNone, connector.ErrKeychainMissing},
		{dbus.ErrClosed, connector.ErrKeychainMissing},
		{&net.OpError{Op: "dial", Err: errors.New("refused")}, connector.ErrKeychainMissing},
	})
	if err := failed(OpRead, errors.New(unlockFailed+" '/x'"), ""); !errors.Is(err, connector.ErrKeychainLocked) {
		t.Errorf("%v, want %v", err, connector.ErrKeychainLocked)
	}
}
