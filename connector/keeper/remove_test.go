package keeper_test

import (
	"context"
	"errors"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// shut is a keychain that can't be used.
type shut struct {
	*keychain
	why error
}

func (s shut) Get(context.Context, string) (auth.Secret, error) { return auth.Secret{}, s.why }

func (s shut) Delete(context.Context, string) error { return s.why }

// TestARemoveWithoutTheKeychainChangesNothing checks that the connector is as healthy afterwards as it was, since its credential is.
func TestARemoveWithoutTheKeychainChangesNothing(t *testing.T) {
	for _, why := range []error{connector.ErrKeychainMissing, connector.ErrKeychainLocked, connector.ErrKeychainSlow} {
		good := contoso
		good.Health = connector.HealthGood
		w := newWorld(t, good)
		k := w.keeper()
		k.Ports.Vault = shut{w.keychain, why}
		err := k.Remove(t.Context(), "a")
		if listed, found := k.Find("a"); !errors.Is(err, why) || found != nil || listed.Health != "good" {
			t.Errorf("%v: it says %v; then %v, health %q", why, err, found, listed.Health)
		}
	}
}
