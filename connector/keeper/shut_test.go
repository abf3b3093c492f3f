package keeper_test

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/keeper"
)

// waitedFor is a keychain that is abandoned after two minutes.
type waitedFor struct {
	*outside
	why error
}

func (w waitedFor) Get(context.Context, string) (auth.Secret, error) {
	<-time.After(2 * time.Minute)
	return auth.Secret{}, fmt.Errorf("keychain: read: %w", w.why)
}

// TestAShutKeychainIsWaitedForOnce checks that a list is not waited for connector by connector, which takes hours where nobody unlocks it.
func TestAShutKeychainIsWaitedForOnce(t *testing.T) {
	for _, c := range []struct {
		why   error
		takes time.Duration
	}{
		{connector.ErrKeychainSlow, 2 * time.Minute},
		{connector.ErrKeychainLocked, 2 * time.Minute},
		{connector.ErrCredentialAbsent, 20 * time.Minute}, // of one connector, and no other
	} {
		synctest.Test(t, func(t *testing.T) {
			ids := []string{}
			for n := range 20 {
				ids = append(ids, "A"+strconv.Itoa(n))
			}
			o := newOutside(ids...)
			k := o.keeper()
			k.Ports.Vault = waitedFor{o, c.why}
			all, _ := o.Connectors()
			told := 0
			k.CheckAll(t.Context(), all, 0, func(checked keeper.Checked) {
				if errors.Is(checked.Err, c.why) {
					told++
				}
			})
			if took := time.Since(o.began); told != 20 || took != c.takes {
				t.Errorf("%v: %d of 20 were told so, within %s", c.why, told, took)
			}
		})
	}
}
