//go:build e2e && linux

package soak

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
	"partner-center-connector/rehearsal"
)

// newCloud starts a practice cloud and writes the file that leads to it.
func newCloud(t *testing.T) (cloud *rehearsal.Cloud, file string) {
	t.Helper()
	cloud, err := rehearsal.Start(context.Background(), rehearsal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cloud.Close(); err != nil {
			t.Error(err)
		}
	})
	file = filepath.Join(t.TempDir(), "clouds.toml")
	if err := cloud.WriteCloudsFile(file); err != nil {
		t.Fatal(err)
	}
	return cloud, file
}

func factsOf(c *rehearsal.Cloud) facts {
	f := c.Facts()
	return facts{Domain: f.Domain, UPN: f.IntegrationUPN, ClientID: f.Clients.Secret, ClientSecret: f.ClientSecret, Name: "Contoso", WithGroups: f.WithGroups}
}

// world is a place to kill programs in: a config folder and a keychain service of its own.
type world struct {
	t        *testing.T
	cloud    *rehearsal.Cloud
	place    place
	keychain keychain
	// errors is the file of what a child says that fails.
	errors string
}

func newWorld(t *testing.T, cloud *rehearsal.Cloud, file, service string) *world {
	t.Helper()
	dir := t.TempDir()
	w := &world{
		t: t, cloud: cloud, keychain: connect(t), place: place{dir: filepath.Join(dir, "config"), service: service, clouds: file}, errors: filepath.Join(dir, "errors"),
	}
	t.Cleanup(w.clear)
	return w
}

func (w *world) open() *engine.Engine {
	w.t.Helper()
	e, err := w.place.open(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	return e
}

// clear empties the keychain and the folder.
func (w *world) clear() {
	e := w.open()
	if err := e.Vault.Purge(context.Background(), e.CredentialIDs()); err != nil {
		w.t.Error(err)
	}
	w.expectItems(nil)
	if err := os.RemoveAll(w.place.dir); err != nil {
		w.t.Error(err)
	}
}

// connect makes a connector, in this process.
func (w *world) connect() connector.Connector {
	w.t.Helper()
	e := w.open()
	walk, stop := begin(e, factsOf(w.cloud))
	err := errors.Join(walk.toSave(), walk.save())
	stop()
	if err != nil {
		w.t.Fatal(err)
	}
	all, err := e.Store.Connectors()
	if err != nil || len(all) != 1 {
		w.t.Fatalf("%d connectors, %v", len(all), err)
	}
	c, err := e.Store.Connector(all[0].ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

// expire takes the access tokens out of a credential, as time does, so that the next token is refreshed.
func (w *world) expire(id string) {
	w.t.Helper()
	v := w.open().Vault
	credential, err := v.Get(context.Background(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	var saved, tokens map[string]json.RawMessage
	err = json.Unmarshal([]byte(credential.Reveal()), &saved)
	if err == nil {
		err = json.Unmarshal(saved["cache"], &tokens)
	}
	if err != nil || len(tokens["RefreshToken"]) == 0 {
		w.t.Fatalf("the credential has no refresh token: %v", err)
	}
	if tokens["AccessToken"] == nil {
		return
	}
	delete(tokens, "AccessToken")
	saved["cache"], err = json.Marshal(tokens)
	text, encodeErr := json.Marshal(saved)
	if err := errors.Join(err, encodeErr, v.Put(context.Background(), id, auth.NewSecret(string(text)))); err != nil {
		w.t.Fatal(err)
	}
}

// sweep does what the next start does.
func (w *world) sweep() *engine.Engine {
	w.t.Helper()
	e := w.open()
	if _, err := e.Keeper().Sweep(context.Background()); err != nil {
		w.t.Fatalf("sweep: %v", err)
	}
	w.expectTidyFolders()
	return e
}

// expectItems checks that the keychain holds the credentials of these IDs, each in one item, and nothing else.
func (w *world) expectItems(ids []string) {
	w.t.Helper()
	want := slices.Sorted(slices.Values(ids))
	if got := w.keychain.accounts(w.t, w.place.service); !slices.Equal(got, want) {
		w.t.Errorf("the keychain holds %v, want %v", got, want)
	}
}

// expectTidyFolders checks that no note, lock or half a file of the vault is left.
func (w *world) expectTidyFolders() {
	w.t.Helper()
	left, err := os.ReadDir(filepath.Join(w.place.dir, "intents"))
	if err != nil && !os.IsNotExist(err) {
		w.t.Error(err)
	}
	for _, entry := range left {
		w.t.Errorf("the vault's folder still holds %s", entry.Name())
	}
}

// expectUsable checks that the credential of a connector is whole and good: its refresh token is taken.
func (w *world) expectUsable(e *engine.Engine, id string) {
	w.t.Helper()
	w.expire(id)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	token, err := e.Keeper().Token(ctx, id, auth.PartnerCenter)
	if err != nil || token.Cached || token.Value.Empty() {
		w.t.Errorf("the credential can't be used: %v", err)
	}
}
