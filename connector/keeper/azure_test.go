package keeper_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/keeper"
	"partner-center-connector/connector/store"
)

const vaultURL = "https://contoso.vault.azure.net"

// fuse ends the process, by a panic, at an operation: before it has its effect, or after. It counts all operations that change something.
type fuse struct {
	mu   sync.Mutex
	left int // how many halves of operations are still done; negative for all of them
	done []string
}

type killed struct{ before string }

func (f *fuse) burn(what string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.left == 0 {
		panic(killed{what})
	}
	f.left--
}

// do does something that changes the world outside.
func (f *fuse) do(what string, change func() error) error {
	f.burn("before " + what)
	err := change()
	f.mu.Lock()
	f.done = append(f.done, what)
	f.mu.Unlock()
	f.burn("after " + what)
	return err
}

// azure is a computer, a key vault in memory, and a sign-in service that takes every refresh token that it gave, as Entra does.
type azure struct {
	t     *testing.T
	dir   string
	fuse  *fuse
	clock *clock

	mu       sync.Mutex
	keychain map[string]auth.Secret
	// versions are those of each secret of the vault, the newest last.
	versions map[string][]connector.VaultSecret
	// refuse answers a call of the vault; nil lets it pass.
	refuse func(call, name string) error
	// given are the refresh tokens that the service gave; it refuses all others, and everything where down is set.
	given     []string
	refreshes int
	down      error
	// keychainDown is why nothing can be put into the keychain; nil where it can.
	keychainDown error
}

type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) forward(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// billing is a connector whose credential is here.
func billing() connector.Connector {
	return connector.Connector{
		ID: "a1b2c3d4e5", Name: "Contoso Billing", Tenant: auth.Tenant{ID: "A", Domain: "contoso.example", Cloud: "global", Issuer: "https://login.example/A/v2.0"},
		ClientID: "11111111-2222-3333-4444-555555555555", ClientKind: auth.SecretClient, RedirectPath: "/consent", WithGroups: true,
		Scopes: []string{auth.ScopeApplications}, Role: connector.RoleAdminAgent,
		User:   connector.Identity{TenantID: "A", ObjectID: "oid", UPN: "u@example.org", HomeAccountID: "oid.A"},
		Health: connector.HealthGood, Consented: time.Date(2026, time.November, 1, 12, 0, 0, 0, time.UTC),
		SecretExpires: connector.Day{Year: 2027, Month: time.May, Day: 1},
	}
}

// newAzure is a computer that has the connectors.
func newAzure(t *testing.T, saved ...connector.Connector) *azure {
	t.Helper()
	a := &azure{
		t: t, dir: t.TempDir(), fuse: &fuse{left: -1}, clock: &clock{at: time.Date(2026, time.December, 1, 12, 0, 0, 0, time.UTC)},
		keychain: map[string]auth.Secret{}, versions: map[string][]connector.VaultSecret{}, given: []string{"refresh-0"},
	}
	for _, c := range saved {
		if err := a.keeper().Ports.Store.PutConnector(c); err != nil {
			t.Fatal(err)
		}
		a.keychain[c.ID] = credentialOf(c.ClientKind, "refresh-0", "client-secret", c.User.HomeAccountID, c.User.ObjectID)
	}
	return a
}

// atAnother goes on at another computer, whose list and keychain are empty.
func (a *azure) atAnother() { a.dir, a.keychain = a.t.TempDir(), map[string]auth.Secret{} }

// keeper opens the folder, as one more process would.
func (a *azure) keeper() keeper.Keeper {
	a.t.Helper()
	s, err := store.Open(a.dir)
	if err != nil {
		a.t.Fatal(err)
	}
	return keeper.Keeper{Ports: connector.Ports{
		Store: fusedStore{s, a}, Vault: fusedKeychain{nil, a}, KeyVaults: keyVaults{a}, Redeemer: bareRedeemer{nil, a}, Tenants: discovery{}, Clouds: azureClouds{clouds{newOutside()}},
		Now: a.clock.now,
	}}
}

// server has neither a list nor a keychain.
func (a *azure) server() keeper.Keeper {
	return keeper.Keeper{Ports: connector.Ports{
		KeyVaults: keyVaults{a}, Redeemer: bareRedeemer{nil, a}, Clouds: azureClouds{clouds{newOutside()}}, Now: a.clock.now,
	}}
}

// row is the connector of the list, which has one.
func (a *azure) row() connector.Connector {
	a.t.Helper()
	all, err := a.keeper().List()
	if err != nil || len(all) != 1 {
		a.t.Fatalf("the list has %+v, %v", all, err)
	}
	return a.rowOf(all[0].ID)
}

// rowOf is a connector of the list, whole.
func (a *azure) rowOf(id string) connector.Connector {
	a.t.Helper()
	c, err := a.keeper().Find(id)
	if err != nil {
		a.t.Fatal(err)
	}
	return c
}

// text is what a secret of the vault holds; empty where it is not there.
func (a *azure) text(name string) string {
	a.mu.Lock()
	defer a.mu.Unlock()
	all := a.versions[name]
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1].Value.Reveal()
}

type fusedStore struct {
	*store.Store
	*azure
}

func (s fusedStore) PutConnector(c connector.Connector) error {
	return s.fuse.do("list "+string(c.Origin), func() error { return s.Store.PutConnector(c) })
}

func (s fusedStore) DeleteConnector(id string) error {
	return s.fuse.do("unlist", func() error { return s.Store.DeleteConnector(id) })
}

type fusedKeychain struct {
	connector.Vault
	*azure
}

func (k fusedKeychain) Get(_ context.Context, id string) (auth.Secret, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	credential, ok := k.keychain[id]
	if !ok {
		return auth.Secret{}, connector.ErrCredentialAbsent
	}
	return credential, nil
}

func (k fusedKeychain) Put(_ context.Context, id string, credential auth.Secret) error {
	return k.fuse.do("keep", func() error {
		k.mu.Lock()
		defer k.mu.Unlock()
		if k.keychainDown != nil {
			return k.keychainDown
		}
		k.keychain[id] = credential
		return nil
	})
}

func (k fusedKeychain) Delete(_ context.Context, id string) error {
	return k.fuse.do("forget", func() error {
		k.mu.Lock()
		defer k.mu.Unlock()
		delete(k.keychain, id)
		return nil
	})
}

func (k fusedKeychain) Sweep(context.Context) error  { return nil }
func (k fusedKeychain) Tested(context.Context) error { return nil }
