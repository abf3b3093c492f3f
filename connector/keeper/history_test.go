package keeper_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/keeper"
)

// past tells the history of a connector, an entry a line.
func (o *outside) past(id string) []string {
	c, _ := o.Connector(id)
	lines := []string{}
	for _, p := range c.History {
		line := fmt.Sprintf("%s %s%s ×%d", p.What, p.Health, p.Problem, p.Count)
		if p.Scheduled {
			line += " scheduled"
		}
		lines = append(lines, line)
	}
	return lines
}

// locked is a keychain that is locked.
type locked struct{ *outside }

func (locked) Get(context.Context, string) (auth.Secret, error) {
	return auth.Secret{}, fmt.Errorf("keychain: %w", connector.ErrKeychainLocked)
}

// TestChecksAreKeptInTheHistory makes checks by the schedule and by a person, with a keychain that is locked for two days.
func TestChecksAreKeptInTheHistory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOutside("A1")
		k := o.keeper()
		check := func(scheduled bool) {
			k.Scheduled = scheduled
			all, _ := o.Connectors()
			k.CheckAll(t.Context(), all, 0, func(keeper.Checked) {})
			<-time.After(24 * time.Hour)
		}
		check(true)
		check(true)
		k.Ports.Vault = locked{o}
		check(true)
		check(true)
		k.Ports.Vault = o
		check(true)
		check(false)
		want := []string{
			"check attention ×2 scheduled", "unchecked keychain-locked ×2 scheduled", "check attention ×1 scheduled", "check attention ×1",
		}
		if got := o.past("A1"); !slices.Equal(got, want) {
			t.Errorf("%q", got)
		}
	})
}

// TestWhoWasNotBegunHasItInTheHistory: where the keychain is locked most connectors of a list are not even begun.
func TestWhoWasNotBegunHasItInTheHistory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ids := []string{"A1", "A2", "A3", "A4", "A5"}
		o := newOutside(ids...)
		k := o.keeper()
		k.Ports.Vault = locked{o}
		all, _ := o.Connectors()
		o.rows = slices.Delete(o.rows, 4, 5) // another process has removed it
		k.CheckAll(t.Context(), all, 1, func(keeper.Checked) {})
		for _, id := range ids[:4] {
			if got := o.past(id); !slices.Equal(got, []string{"unchecked keychain-locked ×1"}) {
				t.Errorf("%s: %q", id, got)
			}
		}
	})
}

// TestWhatAPersonStopsIsNoHistory stops checks while they are made.
func TestWhatAPersonStopsIsNoHistory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOutside("A1")
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(1500*time.Millisecond, cancel)
		if _, err := o.keeper().Check(ctx, "A1", nil); err == nil {
			t.Error("it was not stopped")
		}
		if got := o.past("A1"); len(got) != 0 {
			t.Errorf("%q", got)
		}
	})
}

// TestChecksThatTakeTooLongAreHistory checks that what nobody stopped is told.
func TestChecksThatTakeTooLongAreHistory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOutside("A1")
		ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
		defer cancel()
		if _, err := o.keeper().Check(ctx, "A1", nil); err == nil {
			t.Error("it ended in time")
		}
		if got := o.past("A1"); !slices.Equal(got, []string{"unchecked no-network ×1"}) {
			t.Errorf("%q", got)
		}
	})
}

// TestATokenThatIsRefusedIsHistoryOnce asks for tokens again and again, where the sign-in is gone.
func TestATokenThatIsRefusedIsHistoryOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOutside("A1")
		k := o.keeper()
		k.Ports.Vault = lost{o}
		for range 3 {
			if _, err := k.Token(t.Context(), "A1", auth.Graph); err == nil {
				t.Error("a token came")
			}
		}
		if got := o.past("A1"); !slices.Equal(got, []string{"refused credential-gone ×1"}) {
			t.Errorf("%q", got)
		}
	})
}

// TestLookingForAnotherProductIsHistory looks with a connector of our own whose sign-in is gone.
func TestLookingForAnotherProductIsHistory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOutside("A1")
		o.rows = append(o.rows, keptOf("kept"))
		k := o.keeper()
		k.Ports.Vault = lost{o}
		if _, err := k.Check(t.Context(), "kept", nil); err != nil {
			t.Fatal(err)
		}
		if own, kept := o.past("A1"), o.past("kept"); !slices.Equal(own, []string{"refused credential-gone ×1"}) || !slices.Equal(kept, []string{"check kept ×1"}) {
			t.Errorf("our own: %q; of the other product: %q", own, kept)
		}
	})
}
