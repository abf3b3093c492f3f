package problems

import (
	"errors"
	"fmt"
	"maps"
	"testing"

	"partner-center-connector/connector"
)

// TestWhatIsKnownOfAKeychain holds which sentence of its kind a keychain's problem has: "repair or reset" belongs to a wrong read-back alone.
func TestWhatIsKnownOfAKeychain(t *testing.T) {
	for _, c := range []struct {
		err  error
		kind connector.ProblemKind
		args map[string]string
	}{
		{connector.ErrKeychainBroken, connector.KindKeychainBroken, nil},
		{connector.ErrKeychainFailed, connector.KindKeychainBroken, map[string]string{"Failed": "-"}},
		{connector.ErrKeychainMissing, connector.KindKeychainMissing, nil},
		{connector.ErrKeychainGone, connector.KindKeychainMissing, map[string]string{"Gone": "-"}},
		{connector.ErrKeychainLocked, connector.KindKeychainLocked, nil},
		{connector.ErrKeychainUnattended, connector.KindKeychainLocked, map[string]string{"Alone": "-"}},
		{connector.ErrKeychainSlow, connector.KindKeychainSlow, nil},
		{connector.ErrKeychainFull, connector.KindKeychainFull, nil},
		{
			&connector.BusAddressError{Variable: "DBUS_SESSION_BUS_ADDRESS", Value: "/dev/null"}, connector.KindKeychainMissing,
			map[string]string{"Variable": "DBUS_SESSION_BUS_ADDRESS", "Value": "/dev/null"},
		},
		{
			&connector.BusAddressError{Variable: "DBUS_SESSION_BUS_ADDRESS", Value: " ", Cause: errors.New("refused")}, connector.KindKeychainMissing,
			map[string]string{"Variable": "DBUS_SESSION_BUS_ADDRESS", "Value": "-"},
		},
	} {
		if p := Of(fmt.Errorf("keychain: read: %w", c.err), testNow); p.Kind != c.kind || !maps.Equal(p.Args, c.args) || p.Actor != connector.ActorYou {
			t.Errorf("%v: %+v", c.err, p)
		}
	}
}
