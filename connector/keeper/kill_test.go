package keeper_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// until does something whose process ends before the n-th half of an operation; whole is true where it came to its end.
func (a *azure) until(n int, do func() error) (whole bool, at string, err error) {
	a.fuse.left = n
	defer func() {
		a.fuse.left = -1
		if r := recover(); r != nil {
			k, ours := r.(killed)
			if !ours {
				panic(r)
			}
			whole, at = false, k.before
		}
	}()
	return true, "", do()
}

// vaultWorks reports whether a server gets a token of what is in the vault.
func (a *azure) vaultWorks() bool {
	token, err := a.server().VaultToken(a.t.Context(), "global", connector.VaultPlace{URL: vaultURL, Name: "Contoso Billing"}, auth.PartnerCenter)
	return err == nil && !token.Value.Empty()
}

// keychainWorks reports whether the credential in the keychain does.
func (a *azure) keychainWorks(id string) bool {
	credential, there := a.keychain[id]
	return there && slices.Contains(a.given, strings.Split(credential.Reveal(), "|")[1])
}

// tidy is the next start of the program, which leaves list and keychain of one mind.
func (a *azure) tidy(at string) {
	a.t.Helper()
	if _, err := a.keeper().Sweep(a.t.Context()); err != nil {
		a.t.Errorf("%s: the next start says %v", at, err)
	}
	all, err := a.keeper().List()
	if err != nil {
		a.t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, c := range all {
		_, kept := a.keychain[c.ID]
		listed[c.ID] = true
		if kept != c.Can().Credential || c.Leftover {
			a.t.Errorf("%s: of origin %q, in the keychain: %v, left over: %v", at, c.Origin, kept, c.Leftover)
		}
	}
	for id := range a.keychain {
		if !listed[id] {
			a.t.Errorf("%s: the keychain has a credential of no connector", at)
		}
	}
}

// TestAKillAtAnyStepOfAHandoverLosesNothing ends a copy and a move before and after every operation that changes the list, the vault or the keychain:
// what the list says of the credential's place is true, it works there, a copy that the vault may have is named, and the handover can be done again.
func TestAKillAtAnyStepOfAHandoverLosesNothing(t *testing.T) {
	for _, move := range []bool{false, true} {
		steps := 0
		for n := 0; ; n++ {
			a := newAzure(t, billing())
			whole, at, err := a.until(n, func() error { _, err := a.handOver(move); return err })
			if err != nil {
				t.Fatal(err)
			}
			id := billing().ID
			if !a.keychainWorks(id) && !a.vaultWorks() {
				t.Errorf("%s: the credential is lost", at)
			}
			a.tidy(at)
			row := a.row()
			switch {
			case row.Origin == connector.OriginHere && !a.keychainWorks(id), row.Origin == connector.OriginVault && !a.vaultWorks():
				t.Errorf("%s: it does not work where the list says that it is: %q", at, row.Origin)
			case len(a.versions) > 0 && len(row.KeptIn()) != 1:
				t.Errorf("%s: the list does not name the vault that has a copy", at)
			}
			if whole {
				break
			}
			steps++
			if row.Origin == connector.OriginHere {
				if _, err := a.handOver(move); err != nil {
					t.Errorf("%s: once more says %v", at, err)
				}
				a.tidy(at + ", and once more")
			}
		}
		if want := map[bool]int{false: 12, true: 18}[move]; steps != want {
			t.Errorf("with move %v there were %d steps, not %d: does the test see them all?", move, steps, want)
		}
	}
}

// TestAKillAtAnyStepOfATakingBackLosesNothing, neither at the computer that moved it nor at another one.
func TestAKillAtAnyStepOfATakingBackLosesNothing(t *testing.T) {
	synctest.Test(t, killsOfATakingBack) // Graph takes a second to say who it is
}

func killsOfATakingBack(t *testing.T) {
	for _, elsewhere := range []bool{false, true} {
		steps := 0
		for n := 0; ; n++ {
			a := newAzure(t, billing())
			if _, err := a.handOver(true); err != nil {
				t.Fatal(err)
			}
			take := func() error { _, err := a.keeper().TakeBack(t.Context(), billing().ID); return err }
			if elsewhere {
				a.atAnother()
				take = func() error {
					_, err := a.keeper().Adopt(t.Context(), "global", connector.VaultPlace{URL: vaultURL, Name: "contoso-billing"}, "")
					return err
				}
			}
			whole, at, err := a.until(n, take)
			if err != nil {
				t.Fatal(err)
			}
			if !a.vaultWorks() {
				t.Errorf("%s: what is in the vault works no more", at)
			}
			a.tidy(at)
			if whole {
				break
			}
			steps++
			if err := take(); err != nil && !errors.Is(err, connector.ErrVaultHere) {
				t.Errorf("%s: once more says %v", at, err)
			}
			a.tidy(at + ", and once more")
			if row := a.row(); row.Origin != connector.OriginTaken || !a.keychainWorks(row.ID) {
				t.Errorf("%s: %+v", at, row)
			}
		}
		if steps != 6 {
			t.Errorf("at another computer %v: there were %d steps: does the test see them all?", elsewhere, steps)
		}
	}
}

// TestALeftoverIsRemovedWithItsConnector, also before any next start.
func TestALeftoverIsRemovedWithItsConnector(t *testing.T) {
	a := leftover(t)
	if err := a.keeper().Remove(t.Context(), billing().ID); err != nil {
		t.Fatal(err)
	}
	if all, err := a.keeper().List(); err != nil || len(all) != 0 || len(a.keychain) != 0 || !a.vaultWorks() {
		t.Errorf("%+v, %v; the keychain has %d", all, err, len(a.keychain))
	}
}

// TestALeftoverIsRemovedByWhateverUsesItsConnector: a computer on which no window ever starts keeps none either.
func TestALeftoverIsRemovedByWhateverUsesItsConnector(t *testing.T) {
	a := leftover(t)
	if token, err := a.keeper().Token(t.Context(), billing().ID, auth.PartnerCenter); err != nil || token.Value.Empty() {
		t.Error(err)
	}
	if row := a.row(); row.Leftover || row.Origin != connector.OriginVault || len(a.keychain) != 0 {
		t.Errorf("%+v", row)
	}
}

// leftover is a computer on which a move ended before the credential was removed from the keychain.
func leftover(t *testing.T) *azure {
	t.Helper()
	a := newAzure(t, billing())
	whole, at, _ := a.until(14, func() error { _, err := a.handOver(true); return err })
	if row := a.row(); whole || row.Origin != connector.OriginVault || !row.Leftover || len(a.keychain) != 1 {
		t.Fatalf("%q is no place between: %+v", at, row)
	}
	return a
}
