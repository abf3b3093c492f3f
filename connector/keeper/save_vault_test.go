package keeper_test

import (
	"errors"
	"reflect"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/keeper"
)

// renewal is what Save gets once the user consent of what was moved to a vault was given here.
func renewal(a *azure) keeper.Saving {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.given = append(a.given, "renewed")
	return keeper.Saving{
		Draft: connector.Draft{ID: "r", Renews: billing().ID}, Credential: credentialOf(auth.SecretClient, "renewed", "typed", "oid.A", "oid"),
		Change: func(c connector.Connector) connector.Connector {
			c = c.RenewedHere()
			c.Consented, c.Health = a.clock.now(), connector.HealthGood
			return c
		},
	}
}

// TestWhatWasMovedIsRenewedHere, also where the vault's is refused, so that nothing could be taken back.
func TestWhatWasMovedIsRenewedHere(t *testing.T) {
	a := newAzure(t, billing())
	if _, err := a.handOver(true); err != nil {
		t.Fatal(err)
	}
	place := *a.row().Vault
	a.given = nil
	if _, err := a.keeper().TakeBack(t.Context(), billing().ID); err == nil {
		t.Fatal("it was taken back")
	}
	c, err := a.keeper().Save(t.Context(), renewal(a))
	if err != nil || !reflect.DeepEqual(a.row(), c) {
		t.Fatalf("%+v, %v", c, err)
	}
	if c.Origin != connector.OriginHere || c.Vault != nil || c.Leftover || !reflect.DeepEqual(c.Copies, []connector.VaultPlace{place}) || c.Health != "good" {
		t.Errorf("%+v", c)
	}
	if !a.keychainWorks(c.ID) || a.keychain[c.ID].Reveal() != "secret|renewed|typed|oid.A|oid" || a.vaultWorks() {
		t.Error("the keychain does not have the new one alone")
	}
	// Handed over again, the vault has it, too.
	if c, err := a.handOver(true); err != nil || c.Origin != connector.OriginVault || len(c.Copies) != 0 || !a.vaultWorks() || a.text(secretName) != "typed" {
		t.Errorf("%+v, %v", c, err)
	}
}

// TestARenewalOfWhatWasMovedThatFailsLeavesItInTheVault, and the next start leaves nothing in the keychain.
func TestARenewalOfWhatWasMovedThatFailsLeavesItInTheVault(t *testing.T) {
	a := newAzure(t, billing())
	if _, err := a.handOver(true); err != nil {
		t.Fatal(err)
	}
	before := a.row()
	a.keychainDown = connector.ErrKeychainFull
	if _, err := a.keeper().Save(t.Context(), renewal(a)); !errors.Is(err, connector.ErrKeychainFull) {
		t.Errorf("%v", err)
	}
	a.keychainDown = nil
	a.tidy("a full keychain")
	if row := a.row(); !reflect.DeepEqual(row, before) || !a.vaultWorks() {
		t.Errorf("it became %+v", row)
	}
}

// TestAKillAtAnyStepOfARenewalOfWhatWasMovedLosesNothing: the keychain has what the list says, the vault keeps what it has, and is named.
func TestAKillAtAnyStepOfARenewalOfWhatWasMovedLosesNothing(t *testing.T) {
	steps := 0
	for n := 0; ; n++ {
		a := newAzure(t, billing())
		if _, err := a.handOver(true); err != nil {
			t.Fatal(err)
		}
		s := renewal(a)
		whole, at, err := a.until(n, func() error { _, err := a.keeper().Save(t.Context(), s); return err })
		if err != nil {
			t.Fatal(err)
		}
		a.tidy(at)
		row := a.row()
		if !a.vaultWorks() || len(row.KeptIn()) != 1 || row.Origin == connector.OriginHere && !a.keychainWorks(row.ID) {
			t.Errorf("%s: %+v", at, row)
		}
		if whole {
			break
		}
		steps++
	}
	if steps != 6 {
		t.Errorf("there were %d steps: does the test see them all?", steps)
	}
}
