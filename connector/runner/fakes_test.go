package runner

import (
	"context"
	"fmt"
	"io/fs"
	"sync"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
)

// world is an outside world in memory. It keeps the order of everything that changes something.
type world struct {
	mu         sync.Mutex
	log        []string
	connectors map[string]connector.Connector
	drafts     map[string]connector.Draft
	// scheduledRun is what came of the last run of the schedule.
	scheduledRun connector.ScheduledRun
	secrets      map[string]auth.Secret
	// fail makes the operation of that name fail once.
	fail map[string]error
	// hold lets the operation of that name wait until its channel is closed; what happened before it is in the log.
	hold     map[string]chan struct{}
	attempts []*fakeAttempt
	// asked are the links that were to be opened; shown are the addresses that browsers were started with.
	asked    []auth.LinkRequest
	shown    []string
	windows  []*fakeWindow
	session  *fakeSession
	elevated bool
	// refusals are what the next redemptions answer.
	refusals []error
	offset   time.Duration
	settings connector.Settings
	// keeps is what the next looks at a window tell; the last one stays.
	keeps []browser.Kept
}

func (w *world) kept() browser.Kept {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.keeps) == 0 {
		return browser.KeptNothing
	}
	kept := w.keeps[0]
	if len(w.keeps) > 1 {
		w.keeps = w.keeps[1:]
	}
	return kept
}

func newWorld() *world {
	return &world{
		connectors: map[string]connector.Connector{}, drafts: map[string]connector.Draft{}, secrets: map[string]auth.Secret{}, fail: map[string]error{},
		session: &fakeSession{},
	}
}

func (w *world) did(format string, args ...any) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	what := fmt.Sprintf(format, args...)
	if err := w.fail[what]; err != nil {
		delete(w.fail, what)
		return err
	}
	w.log = append(w.log, what)
	if hold := w.hold[what]; hold != nil {
		w.mu.Unlock()
		<-hold
		w.mu.Lock()
	}
	return nil
}

func (w *world) order(wanted ...string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	at := 0
	for _, what := range w.log {
		if at < len(wanted) && what == wanted[at] {
			at++
		}
	}
	return at == len(wanted)
}

func (w *world) ports() connector.Ports {
	return connector.Ports{
		Tenants: w, Prober: w, Consents: w, Redeemer: w, Browsers: fakeBrowsers{w}, Vault: w, Store: fakeStore{w}, Clouds: w, Records: w, Registrations: w,
		Reports: fakeReports{w},
		Now:     func() time.Time { return day },
	}
}

func (w *world) FindTenant(_ context.Context, input string) ([]auth.Tenant, error) {
	if input != tenantA.Domain && input != tenantA.ID {
		return nil, &auth.Error{Stage: auth.StageDiscovery, Cause: auth.ErrUnknownTenant}
	}
	return []auth.Tenant{tenantA}, nil
}

func (w *world) ClockOffset() time.Duration { return w.offset }

func (w *world) AskClock(context.Context, string) time.Duration { return w.offset }

func (w *world) ProbeApp(context.Context, auth.Tenant, auth.App) (connector.ProbeResult, error) {
	return connector.ProbeFine, nil
}

func (w *world) begin() (connector.Attempt, error) {
	if err := w.did("listen"); err != nil {
		return nil, err
	}
	a := &fakeAttempt{world: w, started: make(chan struct{}), answers: make(chan answered, 1), closed: make(chan struct{})}
	w.mu.Lock()
	w.attempts = append(w.attempts, a)
	w.mu.Unlock()
	return a, nil
}

func (w *world) BeginAdmin(context.Context, auth.AdminRequest) (connector.Attempt, error) {
	return w.begin()
}

func (w *world) BeginUser(context.Context, auth.UserRequest) (connector.Attempt, error) {
	return w.begin()
}

func (w *world) BeginLink(_ context.Context, r auth.LinkRequest) (connector.Attempt, error) {
	w.mu.Lock()
	w.asked = append(w.asked, r)
	w.mu.Unlock()
	return w.begin()
}

func (w *world) Handover(context.Context, auth.AdminRequest) (connector.Attempt, string, string, error) {
	a, err := w.begin()
	return a, "https://login.example/adminconsent", "handed-over-state", err
}
func (w *world) Release() { _ = w.did("release") }

func (w *world) attempt(t *testing.T) *fakeAttempt {
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.attempts) == 0 {
		t.Fatal("no consent was begun")
	}
	return w.attempts[len(w.attempts)-1]
}

func (w *world) Redeem(context.Context, auth.UserRequest, auth.Answer) (connector.Session, error) {
	if err := w.did("redeem"); err != nil {
		return nil, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.refusals) > 0 {
		err := w.refusals[0]
		w.refusals = w.refusals[1:]
		return nil, err
	}
	return w.session, nil
}

func (w *world) Resume(_ context.Context, _ connector.Connector, _ auth.Secret, store func(context.Context, auth.Secret) error) (connector.Session, error) {
	w.session.store = store
	return w.session, w.did("resume")
}

func (w *world) AppSecrets(auth.Secret) (secret, certificate auth.Secret, err error) {
	return auth.NewSecret("saved secret"), auth.Secret{}, nil
}

// TakeApart and PutTogether are for key vaults, which nothing here does anything with.
func (w *world) TakeApart(auth.Secret) (auth.Bare, error) { return auth.Bare{}, auth.ErrNoRefresh }

func (w *world) PutTogether(connector.Connector, auth.Bare) (auth.Secret, error) {
	return auth.Secret{}, auth.ErrNoRefresh
}

func (w *world) Test(context.Context) error { return w.did("test keychain") }

func (w *world) Tested(ctx context.Context) error { return w.Test(ctx) }
func (w *world) Put(_ context.Context, id string, s auth.Secret) error {
	if err := w.did("put %s", id); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.secrets[id] = s
	return nil
}

func (w *world) Get(_ context.Context, id string) (auth.Secret, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	s, ok := w.secrets[id]
	if !ok {
		return s, connector.ErrCredentialAbsent
	}
	return s, nil
}

func (w *world) Delete(_ context.Context, id string) error {
	if err := w.did("delete %s", id); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.secrets, id)
	return nil
}
func (w *world) Sweep(context.Context) error { return nil }

func (w *world) Cloud(name string) (auth.Cloud, bool) {
	return auth.Cloud{Name: name}, name == "global"
}
func (w *world) All() []auth.Cloud                                { return auth.BuiltinClouds() }
func (w *world) PartnerCenter(auth.Cloud) connector.PartnerCenter { return fakePartnerCenter{} }
func (w *world) Graph(auth.Cloud) connector.Graph                 { return fakeGraph{} }

type fakeBrowsers struct{ *world }

func (b fakeBrowsers) Installed(context.Context) ([]browser.Browser, error) {
	return []browser.Browser{chromium}, nil
}

func (b fakeBrowsers) OpenDefault(_ context.Context, url string) error {
	b.note(url)
	return b.did("open default")
}

func (b fakeBrowsers) OpenWith(_ context.Context, which browser.Browser, url string) error {
	b.note(url)
	return b.did("open %s", which.ID)
}

func (b fakeBrowsers) OpenPrivate(_ context.Context, _ browser.Browser, _ browser.Mode, url string) (connector.Window, error) {
	b.note(url)
	if err := b.did("open private"); err != nil {
		return nil, err
	}
	w := &fakeWindow{world: b.world, exit: make(chan browser.Exit, 1)}
	b.mu.Lock()
	b.windows = append(b.windows, w)
	b.mu.Unlock()
	return w, nil
}

func (b fakeBrowsers) note(url string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.shown = append(b.shown, url)
}

func (b fakeBrowsers) Sweep() error   { return nil }
func (b fakeBrowsers) Elevated() bool { return b.elevated }

type fakeWindow struct {
	*world
	exit chan browser.Exit
}

func (w *fakeWindow) Exit() <-chan browser.Exit { return w.exit }
func (w *fakeWindow) Kept() browser.Kept        { return w.kept() }
func (w *fakeWindow) Close() error              { return w.did("close window") }

type fakeAttempt struct {
	world   *world
	started chan struct{}
	answers chan answered
	closed  chan struct{}
	mu      sync.Mutex
	page    auth.Page
}

func (a *fakeAttempt) Link() string             { return "http://localhost:1/start/ticket" }
func (a *fakeAttempt) Started() <-chan struct{} { return a.started }
func (a *fakeAttempt) Close()                   { close(a.closed) }
func (a *fakeAttempt) Finish(p auth.Page) {
	_ = a.world.did("finish %s", p)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.page = p
}

func (a *fakeAttempt) shown() auth.Page {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.page
}

func (a *fakeAttempt) Answer(ctx context.Context) (auth.Answer, error) {
	select {
	case got := <-a.answers:
		return got.answer, got.err
	case <-ctx.Done():
		return auth.Answer{}, ctx.Err()
	}
}

func (w *world) Suggest(c connector.Connector) string { return "/home/me/" + c.Name + ".txt" }

// Write refuses a path of which the world has an error.
func (w *world) Write(c connector.Connector, path string, replace bool) (string, error) {
	if !replace {
		return path, fmt.Errorf("%s: %w", path, fs.ErrExist)
	}
	return path, w.did("record %s %s", c.ID, path)
}

func (w *world) Folders(path string) connector.FolderList { return connector.FolderList{Path: path} }

func (w *world) Text(r connector.Registration, way connector.RegistrationWay) string {
	subject := "no certificate"
	if r.Certificate != nil {
		subject = r.Certificate.Subject
	}
	return fmt.Sprintf("%s makes %s in %s at %s with %s", way, r.Name, r.Tenant.ID, r.RedirectURI(), subject)
}

// fakeReports makes reports that count the problems which are shown.
type fakeReports struct{ *world }

func (f fakeReports) Text(_ context.Context, shown []connector.Problem) string {
	return fmt.Sprintf("a report with %d problems", len(shown))
}

func (fakeReports) JSON(context.Context, []connector.Problem) []byte { return nil }

func (f fakeReports) Save(text string) (string, error) {
	return "/home/me/report.md", f.did("save %s", text)
}

func (w *world) Save(text string, r connector.Registration, way connector.RegistrationWay) (string, error) {
	return "/home/me/" + r.Name + "." + string(way), w.did("save %s", text)
}
