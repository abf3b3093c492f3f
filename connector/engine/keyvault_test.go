package engine_test

import (
	"errors"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/keeper"
	"partner-center-connector/connector/keyvault"
)

// azured is a practice cloud with a saved connector, and a computer that has a sign-in for Azure.
func azured(t *testing.T) (w *world, id string) {
	t.Helper()
	w = newWorld(t, "good")
	azure := w.cloud.Facts().Azure
	t.Setenv("IDENTITY_ENDPOINT", azure.IdentityEndpoint)
	t.Setenv("IDENTITY_HEADER", azure.IdentityHeader)
	p := sitDown(t, w)
	p.begin()
	p.nothingWrong(p.goOn())
	id = p.rest().Wizard.Saved.ID
	w.clock.forward(10 * time.Minute)
	return w, id
}

// vaultOf is the address of a practice key vault.
func (w *world) vaultOf(name string) string {
	return "https://" + name + "." + w.cloud.Facts().Azure.KeyVaultSuffix
}

// server is a computer without list and keychain, whose clock is ahead.
func (w *world) server(ahead time.Duration) keeper.Keeper {
	return keeper.Keeper{Ports: connector.Ports{
		Redeemer: w.engine.Ports.Redeemer, Clouds: w.engine.Ports.Clouds, KeyVaults: keyvault.New(),
		Now: func() time.Time { return w.clock.Now().Add(ahead) },
	}}
}

// TestFromThisComputerToServersAndBack hands a connector over to a practice key vault by Microsoft's SDK: as a copy, from which a server gets a token,
// then as a move, after which its checks are made from there, then ten servers at once, and then it is taken back.
func TestFromThisComputerToServersAndBack(t *testing.T) {
	w, id := azured(t)
	k := w.engine.Keeper()
	plan, err := k.PlanHandover(t.Context(), id, connector.VaultPlace{URL: w.vaultOf("contoso"), WithSecret: true})
	if err != nil || plan.Missing != nil || len(plan.Foreign()) != 0 {
		t.Fatalf("%+v, %v", plan, err)
	}
	place := connector.VaultPlace{URL: plan.Place.URL, Prefix: plan.Place.Prefix, Name: plan.Place.Name}
	if c, err := k.HandOver(t.Context(), id, plan, false, nil); err != nil || !slices.Equal(c.KeptIn(), []string{place.Host()}) || len(w.vault.ids()) != 1 {
		t.Fatalf("%+v, %v", c, err)
	}
	token := func(ahead time.Duration) error {
		got, err := w.server(ahead).VaultToken(t.Context(), "rehearsal", place, auth.PartnerCenter)
		if err == nil && got.Value.Empty() {
			err = errors.New("there was none")
		}
		return err
	}
	if err := token(0); err != nil {
		t.Errorf("a server got no token of the copy: %v", err)
	}
	if c, err := k.HandOver(t.Context(), id, plan, true, nil); err != nil || c.Origin != connector.OriginVault || len(w.vault.ids()) != 0 {
		t.Fatalf("%+v, %v; the keychain has %q", c, err, w.vault.ids())
	}
	c, err := k.Check(t.Context(), id, nil)
	if err != nil || c.Health != connector.HealthGood || c.Checks[0].State != connector.CheckUnknown {
		t.Errorf("%q, %v: %+v", c.Health, err, c.Checks)
	}
	var all sync.WaitGroup
	for range 10 {
		all.Go(func() {
			if err := token(25 * time.Hour); err != nil {
				t.Errorf("one of ten servers got no token: %v", err)
			}
		})
	}
	all.Wait()
	if err := token(0); err != nil {
		t.Errorf("the newest version is of no use: %v", err)
	}
	if c, err := k.TakeBack(t.Context(), id); err != nil || c.Origin != connector.OriginTaken || len(w.vault.ids()) != 1 {
		t.Fatalf("%+v, %v; the keychain has %q", c, err, w.vault.ids())
	}
	if c, err := k.Check(t.Context(), id, nil); err != nil || c.Health != connector.HealthGood || c.Checks[0].State != connector.CheckUnknown {
		t.Errorf("%q, %v: %+v", c.Health, err, c.Checks)
	}
	if found := w.leaks(t); len(found) > 0 {
		t.Errorf("secrets stand in %q", found)
	}
}

// TestAnotherComputerTakesItBack out of a practice key vault, without a list.
func TestAnotherComputerTakesItBack(t *testing.T) {
	w, id := azured(t)
	k := w.engine.Keeper()
	plan, err := k.PlanHandover(t.Context(), id, connector.VaultPlace{URL: w.vaultOf("contoso"), Prefix: "team", WithSecret: true})
	moved, handed := k.HandOver(t.Context(), id, plan, true, nil)
	if err != nil || handed != nil {
		t.Fatal(err, handed)
	}
	if err := k.Remove(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	place := *moved.Vault
	place.Name = moved.Name
	c, err := k.Adopt(t.Context(), "rehearsal", place, "")
	if err != nil || c.ID != id || c.Name != moved.Vault.Name || c.User.UPN != moved.User.UPN || c.User.ObjectID != moved.User.ObjectID || c.ClientID != moved.ClientID ||
		c.Tenant.Token != moved.Tenant.Token || len(w.vault.ids()) != 1 {
		t.Fatalf("%+v, %v", c, err)
	}
	if c, err := k.Check(t.Context(), id, nil); err != nil || c.Health != connector.HealthGood {
		t.Errorf("%q, %v: %+v", c.Health, err, c.Checks)
	}
	if drafted := connector.RenewalOf(c, "", w.clock.Now()); drafted.ClientID != moved.ClientID || drafted.RedirectPath != moved.RedirectPath {
		t.Errorf("it can't be renewed: %+v", drafted)
	}
}

// TestWhatPracticeKeyVaultsRefuse: the plan says why, and nothing of the connector changes.
func TestWhatPracticeKeyVaultsRefuse(t *testing.T) {
	w, id := azured(t)
	before, err := w.engine.Store.Connector(id)
	if err != nil {
		t.Fatal(err)
	}
	credentials := maps.Clone(w.vault.kept)
	for name, want := range map[string]error{
		"no-rights": connector.ErrVaultRight, "read-only": connector.ErrVaultRight, "deleted": connector.ErrVaultDeleted, "firewall": connector.ErrVaultFirewall,
		"throttled": connector.ErrVaultThrottled, "other-address": connector.ErrVaultTenant, "revoked": connector.ErrVaultRefused,
	} {
		plan, err := w.engine.Keeper().PlanHandover(t.Context(), id, connector.VaultPlace{URL: w.vaultOf(name), WithSecret: true})
		if err != nil || !errors.Is(plan.Missing, want) {
			t.Errorf("%s: %v, %v", name, plan.Missing, err)
		}
		if _, err := w.engine.Keeper().HandOver(t.Context(), id, plan, true, nil); !errors.Is(err, want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	after, err := w.engine.Store.Connector(id)
	if err != nil || after.Origin != before.Origin || len(after.Copies) != 0 || !maps.Equal(w.vault.kept, credentials) {
		t.Errorf("%+v, %v", after, err)
	}
}
