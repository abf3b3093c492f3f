package engine_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"partner-center-connector/assets"
	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
	"partner-center-connector/connector/keeper"
	"partner-center-connector/rehearsal"
	"partner-center-connector/rehearsal/visitor"
)

// clock is the one clock of cloud and program. Whoever would sleep puts it forward instead.
type clock struct {
	mu    sync.Mutex
	ahead time.Duration
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.ahead)
}

func (c *clock) forward(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead += d
}

func (c *clock) sleep(ctx context.Context, d time.Duration) error {
	c.forward(d)
	return ctx.Err()
}

// world is a practice cloud, the engine that was put together for it, and the computer around the engine.
type world struct {
	cloud    *rehearsal.Cloud
	clock    *clock
	engine   *engine.Engine
	vault    *memoryVault
	dir      string
	browsers *people
}

// newWorld starts a scenario and the engine for it, on a disk and with a keychain of their own.
func newWorld(t *testing.T, scenario string) *world {
	t.Helper()
	w := &world{clock: &clock{}, vault: &memoryVault{kept: map[string]auth.Secret{}}, dir: t.TempDir()}
	cloud, err := rehearsal.Start(context.Background(), rehearsal.Options{Scenario: scenario, Now: w.clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	w.cloud = cloud
	file := filepath.Join(w.dir, "clouds.toml")
	if err := cloud.WriteCloudsFile(file); err != nil {
		t.Fatal(err)
	}
	w.engine, err = engine.New(engine.Options{
		ConfigDir: filepath.Join(w.dir, "config"), CloudsFile: file, Rehearsal: true, Now: w.clock.Now, Translator: translator(t),
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(w.engine.Clouds) != 1 {
		t.Fatalf("a rehearsal knows other clouds than its own: %v", w.engine.Clouds)
	}
	ctx, cancel := context.WithCancel(context.Background())
	w.browsers = &people{cloud: cloud, ctx: ctx, own: visitor.New(), left: make(chan lastPage, 16), product: make(chan visitor.Page, 16)}
	w.engine.Ports.Browsers, w.engine.Ports.Vault, w.engine.Ports.Sleep = w.browsers, w.vault, w.clock.sleep
	hurry{cloud}.up(&w.engine.Ports)
	t.Cleanup(func() {
		cancel()
		w.browsers.gone.Wait()
		w.hangUp()
		if err := cloud.Close(); err != nil {
			t.Error("close:", err)
		}
	})
	return w
}

// hangUp closes the idle connections to the cloud, which would wait for them otherwise.
func (w *world) hangUp() {
	for _, c := range w.engine.Clouds {
		if client, err := auth.HTTPClient(c); err == nil {
			client.CloseIdleConnections()
		}
	}
}

func translator(t *testing.T) *assets.Translator {
	t.Helper()
	tr := assets.NewTranslator("en")
	return tr
}

// leaks returns the names of files that hold something which the cloud issued: tokens, codes and secrets belong into the keychain.
func (w *world) leaks(t *testing.T) []string {
	t.Helper()
	issued, found := append(w.cloud.Journal().Issued(), w.linkSecrets()...), []string{}
	err := filepath.WalkDir(filepath.Join(w.dir, "config"), func(path string, entry os.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // a file on its way to its name
		}
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		for _, secret := range issued {
			if strings.Contains(string(data), secret) {
				found = append(found, path)
				break
			}
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	return found
}

// linkSecrets are the links of the practice product, and what each has for itself.
func (w *world) linkSecrets() []string {
	secrets := []string{}
	for _, made := range w.cloud.Journal().Links {
		secrets = append(secrets, made.Address, made.State)
		if made.Nonce != "" {
			secrets = append(secrets, made.Nonce)
		}
	}
	return secrets
}

// memoryVault is a keychain that works.
type memoryVault struct {
	mu   sync.Mutex
	kept map[string]auth.Secret
}

func (*memoryVault) Test(ctx context.Context) error { return ctx.Err() }

func (*memoryVault) Tested(ctx context.Context) error { return ctx.Err() }

func (*memoryVault) Sweep(ctx context.Context) error { return ctx.Err() }

func (v *memoryVault) Put(_ context.Context, id string, credential auth.Secret) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.kept[id] = credential
	return nil
}

func (v *memoryVault) Get(_ context.Context, id string) (auth.Secret, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	credential, ok := v.kept[id]
	if !ok {
		return auth.Secret{}, connector.ErrCredentialAbsent
	}
	return credential, nil
}

func (v *memoryVault) Delete(_ context.Context, id string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.kept, id)
	return nil
}

// ids are the credentials that are kept, those of drafts left out.
func (v *memoryVault) ids() []string {
	v.mu.Lock()
	defer v.mu.Unlock()
	ids := []string{}
	for id := range v.kept {
		if !strings.HasPrefix(id, keeper.DraftSecretID("")) {
			ids = append(ids, id)
		}
	}
	return ids
}
