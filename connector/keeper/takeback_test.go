package keeper_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
)

// TestWhatWasMovedIsTakenBack: it works here again, the consent was not seen again, and the vault still has a copy.
func TestWhatWasMovedIsTakenBack(t *testing.T) {
	a := newAzure(t, billing())
	if _, err := a.handOver(true); err != nil {
		t.Fatal(err)
	}
	before := a.row()
	a.clock.forward(time.Hour)
	c, err := a.keeper().TakeBack(t.Context(), billing().ID)
	if err != nil {
		t.Fatal(err)
	}
	row := a.row()
	if !reflect.DeepEqual(row, c) || row.Origin != connector.OriginTaken || row.Vault != nil || !reflect.DeepEqual(row.Copies, []connector.VaultPlace{*before.Vault}) ||
		row.Health != connector.HealthUnknown || !row.Refreshed.Equal(a.clock.now()) || !row.Consented.Equal(billing().Consented) || row.User != billing().User {
		t.Errorf("%+v", row)
	}
	if last := row.History[len(row.History)-1]; last.What != "take-back" {
		t.Errorf("%+v", row.History)
	}
	if !a.keychainWorks(row.ID) || a.keychain[row.ID].Reveal() != "secret|refresh-2|client-secret|oid.A|oid" || !a.vaultWorks() || len(a.versions[refreshName]) != 2 {
		t.Error("it is not in both places")
	}
	if _, err := a.keeper().TakeBack(t.Context(), billing().ID); !errors.Is(err, connector.ErrVaultHere) {
		t.Errorf("once more: %v", err)
	}
	// From here it can be moved there again.
	if c, err := a.handOver(true); err != nil || c.Origin != connector.OriginVault || len(c.Copies) != 0 || len(a.keychain) != 0 {
		t.Errorf("%+v, %v", c, err)
	}
}

// TestAnotherComputerTakesItBack, which knows nothing but vault, prefix and name.
func TestAnotherComputerTakesItBack(t *testing.T) {
	a := newAzure(t, billing())
	if _, err := a.handOver(true); err != nil {
		t.Fatal(err)
	}
	a.atAnother()
	synctest.Test(t, func(t *testing.T) { // Graph takes a second to say who it is
		c, err := a.keeper().Adopt(t.Context(), "global", connector.VaultPlace{URL: vaultURL, Name: "Contoso Billing"}, "")
		if err != nil {
			t.Fatal(err)
		}
		row := a.row()
		want := billing()
		want.Name, want.Origin, want.Health, want.Refreshed, want.Saved = "contoso-billing", connector.OriginTaken, connector.HealthUnknown, a.clock.now(), a.clock.now()
		want.Tenant = auth.Tenant{ID: "A", Cloud: "global", Issuer: "https://login.example/A/v2.0", Token: "https://login.example/A/token", Region: "EU"}
		want.Copies, want.History = row.Copies, row.History
		if !reflect.DeepEqual(row, c) || !reflect.DeepEqual(row, want) || !slices.Equal(row.KeptIn(), []string{"contoso.vault.azure.net"}) || !row.Copies[0].WithSecret ||
			!row.Copies[0].At.Equal(time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)) {
			t.Errorf("%+v\ninstead of\n%+v", row, want)
		}
		if a.keychain[row.ID].Reveal() != "secret|refresh-3|client-secret|oid.A|oid" {
			t.Error("the keychain does not have it")
		}
		if _, err := a.keeper().Adopt(t.Context(), "global", connector.VaultPlace{URL: vaultURL, Name: "Contoso Billing"}, ""); !errors.Is(err, connector.ErrVaultHere) {
			t.Errorf("once more: %v", err)
		}
	})
}

// TestWhatIsNotTakenBack: what somebody else wrote, another connector's, what has no client secret, what is refused, what nobody can keep. Nothing changes.
func TestWhatIsNotTakenBack(t *testing.T) {
	retagAt := func(a *azure, name, tag, value string) {
		all := a.versions[name]
		all[len(all)-1].Tags[tag] = value
	}
	retag := func(a *azure, tag, value string) { retagAt(a, refreshName, tag, value) }
	for name, tt := range map[string]struct {
		spoil func(*azure)
		want  error
	}{
		"without our tag": {func(a *azure) { retag(a, "program", "another") }, connector.ErrVaultNotOurs},
		"without an ID":   {func(a *azure) { retag(a, "connector", "") }, connector.ErrVaultNotOurs},
		"another connector's": {func(a *azure) {
			for name := range a.versions {
				retagAt(a, name, "connector", "f0e1")
			}
		}, connector.ErrVaultNotOurs},
		"of an unknown kind":              {func(a *azure) { retag(a, "client-kind", "newer") }, connector.ErrVaultNotOurs},
		"of another cloud":                {func(a *azure) { retag(a, "cloud", "usgov") }, connector.ErrVaultNotOurs},
		"the app of another program":      {func(a *azure) { retagAt(a, idName, "program", "another") }, connector.ErrVaultNotOurs},
		"another connector's app":         {func(a *azure) { retagAt(a, idName, "connector", "f0e1") }, connector.ErrVaultNotOurs},
		"the secret of another program":   {func(a *azure) { retagAt(a, secretName, "program", "another") }, connector.ErrVaultNotOurs},
		"another connector's secret":      {func(a *azure) { retagAt(a, secretName, "connector", "f0e1") }, connector.ErrVaultNotOurs},
		"a secret that somebody typed in": {func(a *azure) { all := a.versions[secretName]; all[len(all)-1].Tags = nil }, connector.ErrVaultNotOurs},
		"without the secret":              {func(a *azure) { delete(a.versions, secretName) }, connector.ErrVaultNoSecret},
		"without the token":               {func(a *azure) { delete(a.versions, refreshName) }, connector.ErrVaultAbsent},
		"without the app":                 {func(a *azure) { delete(a.versions, idName) }, connector.ErrVaultAbsent},
		"refused":                         {func(a *azure) { a.down = &auth.Error{Stage: auth.StageRefresh, Cause: auth.ErrNetwork} }, auth.ErrNetwork},
		"a keychain that's full":          {func(a *azure) { a.keychainDown = connector.ErrKeychainFull }, connector.ErrKeychainFull},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAzure(t, billing())
			if _, err := a.handOver(true); err != nil {
				t.Fatal(err)
			}
			before := a.row()
			tt.spoil(a)
			if _, err := a.keeper().TakeBack(t.Context(), billing().ID); !errors.Is(err, tt.want) {
				t.Errorf("%v", err)
			}
			if row := a.row(); !reflect.DeepEqual(row, before) || len(a.keychain) != 0 {
				t.Errorf("it changed: %+v", row)
			}
			a.atAnother()
			synctest.Test(t, func(t *testing.T) {
				_, err := a.keeper().Adopt(t.Context(), "global", connector.VaultPlace{URL: vaultURL, Name: "contoso-billing"}, "")
				if errors.Is(err, tt.want) == (name == "another connector's") { // to a computer without a list it is as good as any
					t.Errorf("elsewhere: %v", err)
				}
			})
			if all, err := a.keeper().List(); err != nil || name != "another connector's" && (len(all) != 0 || len(a.keychain) != 0) {
				t.Errorf("elsewhere: %+v, %v", all, err)
			}
		})
	}
	for origin, want := range map[connector.Origin]error{
		connector.OriginHere: connector.ErrVaultHere, connector.OriginTaken: connector.ErrVaultHere, connector.OriginLink: connector.ErrOrigin, "newer": connector.ErrOrigin,
	} {
		c := billing()
		c.Origin = origin
		if _, err := newAzure(t, c).keeper().TakeBack(t.Context(), c.ID); !errors.Is(err, want) {
			t.Errorf("%q: %v", origin, err)
		}
	}
}

// TestANameThatIsTakenIsToldBeforeAnythingIsKept.
func TestANameThatIsTakenIsToldBeforeAnythingIsKept(t *testing.T) {
	a := newAzure(t, billing())
	if _, err := a.handOver(false); err != nil {
		t.Fatal(err)
	}
	a.atAnother()
	other := billing()
	other.ID, other.Name = "other", "Contoso-Billing"
	if err := a.keeper().Ports.Store.PutConnector(other); err != nil {
		t.Fatal(err)
	}
	if _, err := a.keeper().Adopt(t.Context(), "global", connector.VaultPlace{URL: vaultURL, Name: "contoso-billing"}, ""); !errors.Is(err, connector.ErrNameTaken) || len(a.keychain) != 0 || a.refreshes != 0 {
		t.Errorf("%v", err)
	}
	synctest.Test(t, func(t *testing.T) {
		c, err := a.keeper().Adopt(t.Context(), "global", connector.VaultPlace{URL: vaultURL, Name: "contoso-billing"}, " Billing  of Contoso ")
		if err != nil || c.Name != "Billing of Contoso" || a.rowOf(billing().ID).Name != "Billing of Contoso" || len(a.keychain) != 1 {
			t.Errorf("by another name: %+v, %v", c, err)
		}
	})
}

// TestTheConsentOfWhatWasTakenBackWasNotSeen checks that the check of the answer says so for a connector out of a vault, and that it may be good all the same.
func TestTheConsentOfWhatWasTakenBackWasNotSeen(t *testing.T) {
	for _, origin := range []connector.Origin{connector.OriginVault, connector.OriginTaken, connector.OriginHere} {
		a := newAzure(t, billing())
		if origin != connector.OriginHere {
			if _, err := a.handOver(true); err != nil {
				t.Fatal(err)
			}
		}
		if origin == connector.OriginTaken {
			if _, err := a.keeper().TakeBack(t.Context(), billing().ID); err != nil {
				t.Fatal(err)
			}
		}
		synctest.Test(t, func(t *testing.T) {
			c, err := a.keeper().Check(t.Context(), billing().ID, nil)
			if err != nil || c.Origin != origin || len(c.Checks) != len(checks.OrderFor(origin)) {
				t.Fatalf("%q: %+v, %v", origin, c, err)
			}
			first, want := c.Checks[0], connector.CheckUnknown
			if origin == connector.OriginHere {
				want = connector.CheckPassed
			}
			if first.ID != connector.CheckOurs || first.State != want {
				t.Errorf("%q: %+v", origin, first)
			}
			if c.Health != connector.HealthGood {
				t.Errorf("%q: it is %q: %+v", origin, c.Health, c.Checks)
			}
		})
	}
}

// TestARefusedTakingBackIsNoted: only a new sign-in helps, and that is the same in the vault and here.
func TestARefusedTakingBackIsNoted(t *testing.T) {
	a := newAzure(t, billing())
	if _, err := a.handOver(true); err != nil {
		t.Fatal(err)
	}
	a.given = nil
	if _, err := a.keeper().TakeBack(t.Context(), billing().ID); err == nil || a.row().Health != "sign-in" || a.row().Origin != connector.OriginVault || len(a.keychain) != 0 {
		t.Errorf("%v; it is %q", err, a.row().Health)
	}
}

// inTwoPlaces is a vault that has a connector twice: moved to the usual place, and before that copied to one with another prefix.
func inTwoPlaces(t *testing.T) (a *azure, other connector.VaultPlace) {
	t.Helper()
	a = newAzure(t, billing())
	other = connector.VaultPlace{URL: vaultURL, Prefix: "other", Name: "contoso-billing", WithSecret: true}
	if _, err := a.keeper().HandOver(t.Context(), billing().ID, connector.HandoverPlan{Place: other}, false, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := a.handOver(true); err != nil {
		t.Fatal(err)
	}
	return a, other
}

// TestWhatIsTakenFromAnotherPlaceLeavesTheOldOneInTheList: both vaults still have it, and whoever removes it must be told of both.
func TestWhatIsTakenFromAnotherPlaceLeavesTheOldOneInTheList(t *testing.T) {
	a, other := inTwoPlaces(t)
	c, err := a.keeper().Adopt(t.Context(), "global", other, "")
	if err != nil || c.Origin != connector.OriginTaken || c.Vault != nil || !reflect.DeepEqual(a.row(), c) {
		t.Fatalf("%+v, %v", c, err)
	}
	if len(c.Copies) != 2 || c.Copies[0].Prefix != "pcc" || c.Copies[1].Prefix != "other" || !c.Copies[0].WithSecret {
		t.Errorf("%+v", c.Copies)
	}
}

// TestWhatIsRefusedFromAnotherPlaceChangesNothing: it says nothing of what stands where the list has it.
func TestWhatIsRefusedFromAnotherPlaceChangesNothing(t *testing.T) {
	for name, spoil := range map[string]func(*azure){
		"refused":                func(a *azure) { a.given = nil },
		"no network":             func(a *azure) { a.down = &auth.Error{Stage: auth.StageRefresh, Cause: auth.ErrNetwork} },
		"a keychain that's full": func(a *azure) { a.keychainDown = connector.ErrKeychainFull },
		"without the secret":     func(a *azure) { delete(a.versions, "other-contoso-billing-client-secret") },
	} {
		a, other := inTwoPlaces(t)
		before := a.row()
		spoil(a)
		if _, err := a.keeper().Adopt(t.Context(), "global", other, ""); err == nil {
			t.Errorf("%s: it was taken", name)
		}
		if row := a.row(); !reflect.DeepEqual(row, before) || row.Vault.Prefix != "pcc" || len(a.keychain) != 0 {
			t.Errorf("%s: it became %+v", name, row)
		}
	}
}
