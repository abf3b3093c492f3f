package cli_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"partner-center-connector/assets"
	notices "partner-center-connector/assets/notices/pcc"
	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/cli"
	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
	"partner-center-connector/connector/preset"
	"partner-center-connector/connector/vault"
	"partner-center-connector/rehearsal"
)

// asProgram is the variable with which the tests' program is pcc, for what has to run that.
const asProgram = "TEST_AS_PCC"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		os.Exit(cli.Main(context.Background(), cli.Host{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Language: "en", Version: "1.2.3"}, os.Args[1:]))
	}
	if zone := os.Getenv(envZone); zone != "" {
		here, err := time.LoadLocation(zone)
		if err != nil {
			panic(err)
		}
		time.Local = here // Go takes it from TZ, but not on Windows
	}
	goleak.VerifyTestMain(m)
}

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

// keychain is a keychain in memory.
type keychain struct {
	mu    sync.Mutex
	items map[string]string
	err   error
}

func (k *keychain) Set(_, account, text string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.items[account] = text
	return k.err
}

func (k *keychain) Get(_, account string) (string, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	text, ok := k.items[account]
	if !ok && k.err == nil {
		return "", vault.ErrNotFound
	}
	return text, k.err
}

func (k *keychain) Delete(_, account string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.items, account)
	return k.err
}

// credentials is how many connectors have items: on Windows a long credential takes several, which are called id.version.n.
func (k *keychain) credentials() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	ids := map[string]bool{}
	for account := range k.items {
		id, _, _ := strings.Cut(account, ".")
		ids[id] = true
	}
	return len(ids)
}

func (k *keychain) count() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.items)
}

// world is a practice cloud, and a computer on which pcc runs.
type world struct {
	t        *testing.T
	cloud    *rehearsal.Cloud
	facts    rehearsal.Facts
	clock    *clock
	keychain *keychain
	browsers *browsers
	dir      string
	// person is who sits at the terminal now, or sat there last.
	person *person
	// elevation refuses to go on as root, as outside a rehearsal.
	elevation bool
	// presets are where the program looks for a preset; kept makes what it locks count, as where nobody but root can write.
	presets []preset.Place
	kept    bool
	// disk stands in for the real one, if it is there.
	disk func(connector.Store) connector.Store
	// schedules is what the system has to call a program every day; nil for nothing.
	schedules connector.Schedules
	// notices stands in for the desktop, if it is there.
	notices connector.Notices
	// build is what the program was built from; nil for what the test was.
	build func() connector.Build
}

func newWorld(t *testing.T, scenario string) *world {
	t.Helper()
	w := &world{t: t, clock: &clock{}, keychain: &keychain{items: map[string]string{}}, dir: t.TempDir()}
	cloud, err := rehearsal.Start(context.Background(), rehearsal.Options{Scenario: scenario, Now: w.clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	w.cloud, w.facts = cloud, cloud.Facts()
	if err := cloud.WriteCloudsFile(w.path("clouds.toml")); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	w.browsers = &browsers{ctx: ctx, installed: []browser.Browser{practiceBrowser}}
	t.Cleanup(func() {
		cancel()
		w.browsers.gone.Wait()
		if err := cloud.Close(); err != nil {
			t.Error("close:", err)
		}
	})
	return w
}

func (w *world) path(name string) string { return filepath.Join(w.dir, name) }

func (w *world) write(name, text string) string {
	w.t.Helper()
	if err := os.WriteFile(w.path(name), []byte(text), 0o600); err != nil {
		w.t.Fatal(err)
	}
	return w.path(name)
}

// open puts the program's outside world together: all of it is real but the keychain, the browsers and the time.
func (w *world) open(o engine.Options) (*engine.Engine, error) {
	o.Keychain, o.Now, o.Rehearsal, o.PresetPlaces = w.keychain, w.clock.Now, true, w.presets
	e, err := engine.New(o)
	if err != nil {
		return nil, err
	}
	if w.disk != nil {
		e.Ports.Store = w.disk(e.Ports.Store)
	}
	e.Ports.Notices = w.notices
	e.Ports.Browsers, e.Ports.Sleep, e.Ports.AllowElevated = w.browsers, w.clock.sleep, !w.elevation
	e.Ports.Schedules = w.schedules
	e.Ports.Preset.Loose = e.Ports.Preset.Loose && !w.kept
	w.t.Cleanup(func() {
		for _, c := range e.Clouds {
			if client, err := auth.HTTPClient(c); err == nil {
				client.CloseIdleConnections()
			}
		}
	})
	return e, nil
}

// words are an English sentence of the translations, so that no test depends on how it is worded.
func words(key string, pairs ...any) string {
	tr := assets.NewTranslator("en")
	args := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		args[pairs[i].(string)] = pairs[i+1]
	}
	return tr.Text(key, args)
}

// mustOpen opens the world as another program would.
func (w *world) mustOpen() *engine.Engine {
	w.t.Helper()
	e, err := w.open(engine.Options{ConfigDir: w.path("config"), CloudsFile: w.path("clouds.toml")})
	if err != nil {
		w.t.Fatal(err)
	}
	return e
}

// result is what came of a command line.
type result struct {
	code     int
	out, err string
}

// host is a computer on which nobody sits.
func (w *world) host(stdin string, out, errs *bytes.Buffer) cli.Host {
	return cli.Host{
		In: strings.NewReader(stdin), Out: out, Err: errs, Language: "en", Version: "1.2.3", Build: w.build, Notices: notices.Set(), Open: w.open,
	}
}

// run runs a command line without a person, with the world's own folder and clouds.
func (w *world) run(args ...string) result { return w.runWith("", args...) }

func (w *world) runWith(stdin string, args ...string) result {
	w.t.Helper()
	out, errs := &bytes.Buffer{}, &bytes.Buffer{}
	code := cli.Main(w.t.Context(), w.host(stdin, out, errs), w.args(args))
	return result{code, out.String(), errs.String()}
}

// runPlain runs a command line without adding anything.
func (w *world) runPlain(args ...string) result {
	w.t.Helper()
	out, errs := &bytes.Buffer{}, &bytes.Buffer{}
	code := cli.Main(w.t.Context(), w.host("", out, errs), args)
	return result{code, out.String(), errs.String()}
}

func (w *world) args(args []string) []string {
	return append(slices.Clone(args), "--config-dir", w.path("config"), "--clouds", w.path("clouds.toml"))
}

// connectArgs are the flags that make a connector of the scenario's values.
func (w *world) connectArgs(more ...string) []string {
	args := []string{
		"connect", "--tenant", w.facts.Domain, "--user", w.facts.IntegrationUPN, "--name", "Practice",
		"--client-id", w.clientID(w.facts.ClientKind), "--client-kind", w.facts.ClientKind, "--yes",
	}
	if w.facts.WithGroups {
		args = append(args, "--with-groups")
	}
	return append(append(args, w.credentialArgs(w.facts.ClientKind)...), more...)
}

func (w *world) credentialArgs(kind string) []string {
	switch kind {
	case "secret":
		return []string{"--secret-stdin"}
	case "certificate":
		return []string{"--certificate", w.write("app.pem", w.facts.Certificate)}
	}
	return nil
}

func (w *world) clientID(kind string) string {
	return map[string]string{
		"public": w.facts.Clients.Public, "secret": w.facts.Clients.Secret, "certificate": w.facts.Clients.Certificate,
	}[kind]
}

// connect makes the connector "Practice".
func (w *world) connect(more ...string) result {
	w.t.Helper()
	return w.runWith(w.facts.ClientSecret+"\n", w.connectArgs(more...)...)
}

// mustConnect makes it, or ends the test.
func (w *world) mustConnect() {
	w.t.Helper()
	if r := w.connect(); r.code != cli.ExitFine {
		w.t.Fatalf("connect: exit code %d\n%s%s", r.code, r.out, r.err)
	}
}

// noSecrets holds that the texts, and the log, have nothing that the cloud issued.
func (w *world) noSecrets(texts ...string) {
	w.t.Helper()
	texts = append(texts, w.logged())
	for _, secret := range w.cloud.Journal().Issued() {
		for _, text := range texts {
			if strings.Contains(text, secret) {
				w.t.Error("a secret is in the output")
			}
		}
	}
}
