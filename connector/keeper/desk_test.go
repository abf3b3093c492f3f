package keeper

import (
	"testing"
	"testing/synctest"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// TestWhoComesBackIsNext checks that one that has waited for a service comes before those that have not begun: its next try must not be late.
func TestWhoComesBackIsNext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		wanted := []connector.Connector{}
		for _, tenant := range []string{"a", "b", "c", "d"} {
			wanted = append(wanted, connector.Connector{ID: tenant, Tenant: auth.Tenant{ID: tenant}})
		}
		d := newDesk(2, wanted)
		a, _, _ := d.next(t.Context())
		b, _, _ := d.next(t.Context())
		d.stepAside()
		if _, c, _ := d.next(t.Context()); c.ID != "c" {
			t.Errorf("%q has the place, want c", c.ID)
		}
		returned := false
		go func() {
			d.comeBack(t.Context())
			returned = true
			d.leave(a)
		}()
		synctest.Wait() // it waits for a place
		d.leave(b)
		if _, c, ok := d.next(t.Context()); !ok || c.ID != "d" || !returned {
			t.Errorf("%q begins, %v; the one before has come back: %v", c.ID, ok, returned)
		}
		if _, c, ok := d.next(t.Context()); ok {
			t.Errorf("%q begins", c.ID)
		}
	})
}
