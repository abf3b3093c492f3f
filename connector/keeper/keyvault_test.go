package keeper_test

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
	"partner-center-connector/connector/keeper"
)

// handedOver is a vault that has a connector, put there a while ago.
func handedOver(t *testing.T, move bool, ago time.Duration) *azure {
	t.Helper()
	a := newAzure(t, billing())
	if _, err := a.handOver(move); err != nil {
		t.Fatal(err)
	}
	a.clock.forward(ago)
	a.refreshes = 0
	return a
}

func onServer() connector.VaultPlace {
	return connector.VaultPlace{URL: vaultURL, Prefix: "pcc", Name: "contoso-billing"}
}

// TestAServerNeedsNeitherListNorKeychain: it has ports for nothing else than the vault and the sign-in service. What it writes back keeps its tags.
func TestAServerNeedsNeitherListNorKeychain(t *testing.T) {
	for ago, versions := range map[time.Duration]int{0: 1, 24 * time.Hour: 1, 24*time.Hour + time.Second: 2} {
		a := handedOver(t, false, ago)
		before := a.versions[refreshName][0]
		token, err := a.server().VaultToken(t.Context(), "global", onServer(), auth.PartnerCenter)
		if err != nil || token.Value.Reveal() != "A-access-token" || a.refreshes != 1 {
			t.Fatalf("after %v: %v", ago, err)
		}
		all := a.versions[refreshName]
		if len(all) != versions {
			t.Errorf("after %v there are %d versions", ago, len(all))
		}
		if versions == 2 {
			want := maps.Clone(before.Tags)
			want["written"] = "2026-12-02"
			if all[1].Value.Reveal() != "refresh-1" || !maps.Equal(all[1].Tags, want) || before.Tags["written"] != "2026-12-01" {
				t.Errorf("%+v", all[1].Tags)
			}
		}
	}
}

// TestATagMakesNoTokenYounger: whoever changes the tags of the vault's secrets every day does not keep a newer refresh token out of it.
func TestATagMakesNoTokenYounger(t *testing.T) {
	a := handedOver(t, false, 25*time.Hour)
	a.versions[refreshName][0].Updated = a.clock.now()
	if _, err := a.server().VaultToken(t.Context(), "global", onServer(), auth.PartnerCenter); err != nil || len(a.versions[refreshName]) != 2 {
		t.Errorf("%v; there are %d versions", err, len(a.versions[refreshName]))
	}
}

// TestTenServersAtOnce: none fails, there are at most ten refreshes, and the newest version in the vault works, whoever wrote it. The vault's is
// over a day old, so that each of them would write.
func TestTenServersAtOnce(t *testing.T) {
	a := handedOver(t, true, 25*time.Hour)
	var all sync.WaitGroup
	failed := make(chan error, 10)
	for range 10 {
		all.Go(func() {
			token, err := a.server().VaultToken(t.Context(), "global", onServer(), auth.PartnerCenter)
			if err != nil || token.Value.Empty() {
				failed <- err
			}
		})
	}
	all.Wait()
	close(failed)
	for err := range failed {
		t.Errorf("one failed: %v", err)
	}
	if written := len(a.versions[refreshName]) - 2; a.refreshes > 10 || written < 1 || written > 10 {
		t.Errorf("%d refreshes, %d versions", a.refreshes, written)
	}
	versions := len(a.versions[refreshName])
	if !a.vaultWorks() || len(a.versions[refreshName]) != versions {
		t.Error("the newest version does not work, or was written over at once")
	}
}

// TestALostRaceWritesNothing: what another server has written meanwhile stays the newest.
func TestALostRaceWritesNothing(t *testing.T) {
	a := handedOver(t, false, 25*time.Hour)
	gets := 0
	a.refuse = func(call, name string) error {
		if call != "get" || name != refreshName {
			return nil
		}
		if gets++; gets == 2 { // it looks again before it writes
			a.mu.Lock()
			defer a.mu.Unlock()
			a.versions[name] = append(a.versions[name], connector.VaultSecret{Name: name, Value: auth.NewSecret("refresh-0"), Created: a.clock.now()})
		}
		return nil
	}
	if token, err := a.server().VaultToken(t.Context(), "global", onServer(), auth.PartnerCenter); err != nil || token.Value.Empty() || len(a.versions[refreshName]) != 2 {
		t.Errorf("%v, %d versions", err, len(a.versions[refreshName]))
	}
}

// TestAServerThatMayOnlyReadHasItsToken, and is told when nobody has written a newer one for a month.
func TestAServerThatMayOnlyReadHasItsToken(t *testing.T) {
	for ago, told := range map[time.Duration]bool{25 * time.Hour: false, 30 * 24 * time.Hour: false, 30*24*time.Hour + time.Second: true} {
		a := handedOver(t, false, ago)
		a.refuse = func(call, name string) error {
			if call == "set" {
				return vaultSays(name, http.StatusForbidden, connector.ErrVaultRight)
			}
			return nil
		}
		token, err := a.server().VaultToken(t.Context(), "global", onServer(), auth.PartnerCenter)
		if token.Value.Empty() || (err != nil) != told || told && (!errors.Is(err, auth.ErrNotStored) || !errors.Is(err, connector.ErrVaultRight)) {
			t.Errorf("after %v: %v", ago, err)
		}
	}
	a := handedOver(t, false, 25*time.Hour)
	a.refuse = func(call, name string) error {
		if call == "set" {
			return vaultSays(name, http.StatusTooManyRequests, connector.ErrVaultThrottled)
		}
		return nil
	}
	if token, err := a.server().VaultToken(t.Context(), "global", onServer(), auth.PartnerCenter); token.Value.Empty() || !errors.Is(err, auth.ErrNotStored) {
		t.Errorf("what is no matter of rights is told at once: %v", err)
	}
}

func TestWhyAServerGetsNoToken(t *testing.T) {
	for name, tt := range map[string]struct {
		spoil func(*azure)
		cloud string
		place func(*connector.VaultPlace)
		want  error
	}{
		"another name":       {place: func(p *connector.VaultPlace) { p.Name = "other" }, want: connector.ErrVaultAbsent},
		"no name":            {place: func(p *connector.VaultPlace) { p.Name = "" }, want: connector.ErrVaultName},
		"no prefix":          {place: func(p *connector.VaultPlace) { p.Prefix = "a_b" }, want: connector.ErrVaultName},
		"another address":    {place: func(p *connector.VaultPlace) { p.URL = "https://contoso.example" }, want: connector.ErrVaultAddress},
		"an unknown cloud":   {cloud: "mars", want: auth.ErrUnknownCloud},
		"another's cloud":    {spoil: func(a *azure) { a.versions[refreshName][0].Tags["cloud"] = "china" }, want: connector.ErrVaultNotOurs},
		"not ours":           {spoil: func(a *azure) { a.versions[refreshName][0].Tags = nil }, want: connector.ErrVaultNotOurs},
		"no connector's":     {spoil: func(a *azure) { a.versions[refreshName][0].Tags["connector"] = "A connector" }, want: connector.ErrVaultNotOurs},
		"another's app":      {spoil: func(a *azure) { a.versions[idName][0].Tags["connector"] = "f0e1" }, want: connector.ErrVaultNotOurs},
		"another's secret":   {spoil: func(a *azure) { a.versions[secretName][0].Tags = nil }, want: connector.ErrVaultNotOurs},
		"without the secret": {spoil: func(a *azure) { delete(a.versions, secretName) }, want: connector.ErrVaultNoSecret},
		"no right": {spoil: func(a *azure) {
			a.refuse = func(call, name string) error { return vaultSays(name, http.StatusForbidden, connector.ErrVaultRight) }
		}, want: connector.ErrVaultRight},
		"no network": {spoil: func(a *azure) { a.down = &auth.Error{Stage: auth.StageRefresh, Cause: auth.ErrNetwork} }, want: auth.ErrNetwork},
	} {
		t.Run(name, func(t *testing.T) {
			a, place, cloud := handedOver(t, false, 0), onServer(), "global"
			if tt.spoil != nil {
				tt.spoil(a)
			}
			if tt.place != nil {
				tt.place(&place)
			}
			if tt.cloud != "" {
				cloud = tt.cloud
			}
			if token, err := a.server().VaultToken(t.Context(), cloud, place, auth.PartnerCenter); !errors.Is(err, tt.want) || !token.Value.Empty() {
				t.Errorf("%v", err)
			}
		})
	}
}

// TestATokenOfWhatWasMoved comes from the vault, also at the computer that moved it.
func TestATokenOfWhatWasMoved(t *testing.T) {
	a := handedOver(t, true, time.Hour)
	token, err := a.keeper().Token(t.Context(), billing().ID, auth.PartnerCenter)
	if err != nil || token.Value.Reveal() != "A-access-token" || a.refreshes != 1 || len(a.keychain) != 0 {
		t.Errorf("%v", err)
	}
	if row := a.row(); !row.Refreshed.Equal(a.clock.now()) || row.Origin != connector.OriginVault || row.Vault == nil {
		t.Errorf("%+v", row)
	}
}

// lockedKeychain lets nobody at what it has.
type lockedKeychain struct{ fusedKeychain }

func (lockedKeychain) Get(context.Context, string) (auth.Secret, error) {
	return auth.Secret{}, connector.ErrKeychainLocked
}

// TestALockedKeychainIsNoReasonNotToCheckWhatIsInAVault, which a list of both kinds goes on with.
func TestALockedKeychainIsNoReasonNotToCheckWhatIsInAVault(t *testing.T) {
	a := handedOver(t, true, 0)
	here := billing()
	here.ID, here.Name, here.Tenant.ID = "0here", "Here", "B"
	k := a.keeper()
	if err := k.Ports.Store.PutConnector(here); err != nil {
		t.Fatal(err)
	}
	k.Ports.Vault = lockedKeychain{fusedKeychain{nil, a}}
	synctest.Test(t, func(t *testing.T) {
		told := map[string]error{}
		k.CheckAll(t.Context(), []connector.Connector{here, a.rowOf(billing().ID)}, 1, func(c keeper.Checked) { told[c.Connector.ID] = c.Err })
		if len(told) != 2 || !errors.Is(told["0here"], connector.ErrKeychainLocked) || told[billing().ID] != nil {
			t.Errorf("%v", told)
		}
	})
}

// TestTheListFollowsTheVault: another computer has handed it over again meanwhile, with a new consent and a new client secret.
func TestTheListFollowsTheVault(t *testing.T) {
	a := handedOver(t, true, time.Hour)
	tags := a.versions[refreshName][len(a.versions[refreshName])-1].Tags
	tags["consented"], tags["secret-expires"] = "2026-12-01T12:30:00Z", "2028-01-01"
	synctest.Test(t, func(t *testing.T) {
		if c, err := a.keeper().Check(t.Context(), billing().ID, nil); err != nil || c.Consented != time.Date(2026, 12, 1, 12, 30, 0, 0, time.UTC) || c.SecretExpires.Year != 2028 {
			t.Errorf("%+v, %v", c, err)
		}
	})
}

// TestWithoutTheRightTheTagsAreShown, and that nothing could be checked.
func TestWithoutTheRightTheTagsAreShown(t *testing.T) {
	for name, tt := range map[string]struct {
		tags   bool
		key    string
		args   map[string]string
		health connector.Health
	}{
		"the tags alone":    {true, "vault-tags", map[string]string{"Vault": "contoso.vault.azure.net", "Secret": refreshName, "Day": "2026-12-01"}, "unknown"},
		"not even the tags": {false, "vault-closed", map[string]string{"Vault": "contoso.vault.azure.net"}, "unknown"},
	} {
		a := handedOver(t, true, 30*time.Hour)
		a.refuse = func(call, name string) error {
			if call == "tags" && tt.tags {
				return nil
			}
			return vaultSays(name, http.StatusForbidden, connector.ErrVaultRight)
		}
		told := 0
		c, err := a.keeper().Check(t.Context(), billing().ID, func(connector.Check) { told++ })
		if err != nil || c.Health != tt.health || told != 12 || !reflect.DeepEqual(a.row(), c) || checks.HealthAt(c, a.clock.now()) != tt.health {
			t.Fatalf("%s: %+v, %v", name, c, err)
		}
		for _, check := range c.Checks {
			if check.State != connector.CheckUnknown || (check.ID == connector.CheckRefresh) != (check.Problem != nil) || check.ID == connector.CheckKeychain {
				t.Errorf("%s: %+v", name, check)
			}
			if check.ID == connector.CheckRefresh && (check.Evidence[0].Key != tt.key || !maps.Equal(check.Evidence[0].Args, tt.args)) {
				t.Errorf("%s: %+v", name, check.Evidence)
			}
		}
		if a.refreshes != 0 {
			t.Errorf("%s: it was refreshed", name)
		}
		if _, err := a.keeper().Token(t.Context(), billing().ID, auth.PartnerCenter); !errors.Is(err, connector.ErrVaultRight) {
			t.Errorf("%s: a token: %v", name, err)
		}
	}
}

// TestTheTagsTellWhenOthersRefreshed: a server has written a newer refresh token than this computer knew of.
func TestTheTagsTellWhenOthersRefreshed(t *testing.T) {
	a := handedOver(t, true, 80*24*time.Hour)
	if !a.vaultWorks() {
		t.Fatal("the server did not write")
	}
	written := a.clock.now()
	a.clock.forward(20 * 24 * time.Hour)
	a.refuse = func(call, name string) error {
		if call == "get" {
			return vaultSays(name, http.StatusForbidden, connector.ErrVaultRight)
		}
		return nil
	}
	c, err := a.keeper().Check(t.Context(), billing().ID, nil)
	if err != nil || !c.Refreshed.Equal(written) || checks.HealthAt(c, a.clock.now()) != "unknown" {
		t.Errorf("%+v, %v", c, err)
	}
}

// TestWhatTheVaultHasNoMoreNeedsSomebody.
func TestWhatTheVaultHasNoMoreNeedsSomebody(t *testing.T) {
	a := handedOver(t, true, 0)
	delete(a.versions, refreshName)
	if _, err := a.keeper().Check(t.Context(), billing().ID, nil); !errors.Is(err, connector.ErrVaultAbsent) || a.row().Health != "attention" {
		t.Errorf("%v; it is %q", err, a.row().Health)
	}
}

// TestWhatIsInAVaultIsRenamedAndRemovedHereAlone: the vault keeps what it has, and where it stands does not follow a name.
func TestWhatIsInAVaultIsRenamedAndRemovedHereAlone(t *testing.T) {
	a := handedOver(t, true, 0)
	names := slices.Sorted(maps.Keys(a.versions))
	if err := a.keeper().Rename(t.Context(), billing().ID, "Fabrikam"); err != nil {
		t.Fatal(err)
	}
	if row := a.row(); row.Name != "Fabrikam" || row.Vault.Name != "contoso-billing" || !slices.Equal(row.KeptIn(), []string{"contoso.vault.azure.net"}) {
		t.Errorf("%+v", row)
	}
	if _, err := a.keeper().Token(t.Context(), billing().ID, auth.PartnerCenter); err != nil {
		t.Error(err)
	}
	if err := a.keeper().Remove(t.Context(), billing().ID); err != nil {
		t.Fatal(err)
	}
	if all, err := a.keeper().List(); err != nil || len(all) != 0 || !slices.Equal(slices.Sorted(maps.Keys(a.versions)), names) || !a.vaultWorks() {
		t.Errorf("%+v, %v; the vault has %s", all, err, strings.Join(names, ", "))
	}
}
