package runner

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
)

// rough is a world that takes its time, now and then, and fails now and then.
type rough struct {
	*world
	dice
	locks sync.Map // of chan struct{}, by the ID of what is locked
	mu    sync.Mutex
	// stale are the drafts of which the disk has something older than the keychain, since it was full; unlisted are the connectors whose
	// credential was removed when their row could not be.
	stale, unlisted map[string]bool
	// open are the private windows that are open, and the attempts at a consent.
	open map[any]bool
}

// dice are thrown by many at once.
type dice struct {
	turn   sync.Mutex
	random *rand.Rand
}

func (d *dice) throw(n int) int {
	d.turn.Lock()
	defer d.turn.Unlock()
	return d.random.IntN(n)
}

func newRough(seed uint64) *rough {
	return &rough{
		world: newWorld(), dice: dice{random: rand.New(rand.NewPCG(seed, 1))},
		stale: map[string]bool{}, unlisted: map[string]bool{}, open: map[any]bool{},
	}
}

// delay takes some time: mostly none, now and then as much as many other things take together.
func (r *rough) delay() {
	switch r.throw(12) {
	case 0:
		r.take(time.Duration(r.throw(20)) * time.Millisecond)
	case 1, 2, 3:
		r.take(time.Duration(r.throw(2000)) * time.Microsecond)
	}
}

func (r *rough) take(d time.Duration) { _ = connector.Sleep(context.Background(), d) }

var errFull = errors.New("no space left on device")

// trouble takes some time, and fails one time in n.
func (r *rough) trouble(n int, err error) error {
	r.delay()
	if r.throw(n) > 0 {
		return nil
	}
	return err
}

func (r *rough) mark(set map[string]bool, id string, on bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	set[id] = on
}

func (r *rough) ports() connector.Ports {
	return connector.Ports{
		Tenants: r, Prober: r, Consents: r, Redeemer: r, Browsers: roughBrowsers{fakeBrowsers{r.world}, r}, Vault: roughVault{r.world, r},
		Store: roughStore{fakeStore{r.world}, r}, Clouds: r.world, Records: r.world, Registrations: r.world, Now: time.Now,
		Sleep: func(ctx context.Context, _ time.Duration) error { r.delay(); return ctx.Err() },
	}
}

func (r *rough) FindTenant(ctx context.Context, input string) ([]auth.Tenant, error) {
	if err := r.trouble(20, &auth.Error{Stage: auth.StageDiscovery, Cause: auth.ErrNetwork}); err != nil {
		return nil, err
	}
	return r.world.FindTenant(ctx, input)
}

func (r *rough) ProbeApp(context.Context, auth.Tenant, auth.App) (connector.ProbeResult, error) {
	return connector.ProbeFine, r.trouble(6, redeemError(7000215))
}

func (r *rough) Redeem(context.Context, auth.UserRequest, auth.Answer) (connector.Session, error) {
	s := &fakeSession{token: auth.Token{ScopesGiven: true, RefreshToken: true, Scopes: auth.Cloud{}.ConsentScopes(false)}}
	return s, r.trouble(6, redeemError(650051))
}

func (r *rough) Resume(_ context.Context, _ connector.Connector, _ auth.Secret, store func(context.Context, auth.Secret) error) (connector.Session, error) {
	s := &fakeSession{store: store, token: auth.Token{ScopesGiven: true, RefreshToken: true, Scopes: auth.Cloud{}.ConsentScopes(false)}}
	return s, r.trouble(10, redeemError(50173))
}

func (r *rough) begin() (connector.Attempt, error) {
	if err := r.trouble(10, errors.New("address already in use")); err != nil {
		return nil, err
	}
	a := &roughAttempt{r: r, started: make(chan struct{})}
	r.opened(a)
	return a, nil
}

func (r *rough) opened(what any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.open[what] = true
}

func (r *rough) closed(what any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.open, what)
}

func (r *rough) BeginAdmin(context.Context, auth.AdminRequest) (connector.Attempt, error) {
	return r.begin()
}

func (r *rough) BeginUser(context.Context, auth.UserRequest) (connector.Attempt, error) {
	return r.begin()
}

// BeginLink begins an attempt that no answer ever ends: it goes to the product.
func (r *rough) BeginLink(context.Context, auth.LinkRequest) (connector.Attempt, error) {
	a, err := r.begin()
	if err != nil {
		return nil, err
	}
	return silentAttempt{a}, nil
}

type silentAttempt struct{ connector.Attempt }

func (a silentAttempt) Answer(ctx context.Context) (auth.Answer, error) {
	if _, err := a.Attempt.Answer(ctx); err != nil && ctx.Err() == nil {
		return auth.Answer{}, &auth.Error{Stage: auth.StageUserConsent, Cause: auth.ErrNotPrivate}
	}
	<-ctx.Done()
	return auth.Answer{}, ctx.Err()
}

func (r *rough) Handover(context.Context, auth.AdminRequest) (connector.Attempt, string, string, error) {
	a, err := r.begin()
	return a, "https://login.example/adminconsent", "handed-over-state", err
}

// roughAttempt is answered after a while, or refused, or never.
type roughAttempt struct {
	r       *rough
	started chan struct{}
	once    sync.Once
}

func (*roughAttempt) Link() string               { return "http://localhost:1/start/ticket" }
func (a *roughAttempt) Started() <-chan struct{} { return a.started }
func (a *roughAttempt) Finish(auth.Page)         { a.r.delay() }
func (a *roughAttempt) Close()                   { a.r.closed(a) }

func (a *roughAttempt) Answer(ctx context.Context) (auth.Answer, error) {
	if a.r.throw(10) > 0 {
		a.once.Do(func() { close(a.started) })
	}
	a.r.delay()
	switch a.r.throw(6) {
	case 0:
		return auth.Answer{}, &auth.Error{Stage: auth.StageUserConsent, OAuth: "access_denied"}
	case 1:
		<-ctx.Done()
		return auth.Answer{}, ctx.Err()
	}
	return auth.Answer{Tenant: tenantA.ID, Code: auth.NewSecret("code")}, ctx.Err()
}

type roughBrowsers struct {
	fakeBrowsers
	r *rough
}

func (b roughBrowsers) OpenPrivate(context.Context, browser.Browser, browser.Mode, string) (connector.Window, error) {
	if err := b.r.trouble(10, errors.New("no such program")); err != nil {
		return nil, err
	}
	w := &roughWindow{r: b.r, exit: make(chan browser.Exit, 1), gone: make(chan struct{})}
	if b.r.throw(5) == 0 {
		w.exit <- browser.Exit{HandedOver: b.r.throw(2) == 0}
	}
	b.r.opened(w)
	return w, nil
}

// roughWindow is closed once, and everybody who closes it waits for that: by a channel, since a clock that goes on when everybody waits does
// not count those who wait for a lock.
type roughWindow struct {
	r       *rough
	exit    chan browser.Exit
	closing atomic.Bool
	gone    chan struct{}
}

func (w *roughWindow) Exit() <-chan browser.Exit { return w.exit }
func (w *roughWindow) Kept() browser.Kept        { return browser.KeptNothing }

func (w *roughWindow) Close() error {
	if !w.closing.Swap(true) {
		w.r.delay()
		w.r.closed(w)
		close(w.gone)
	}
	<-w.gone
	return nil
}

type roughVault struct {
	*world
	r *rough
}

func (v roughVault) Tested(ctx context.Context) error { return v.Test(ctx) }

func (v roughVault) Test(context.Context) error { return v.r.trouble(30, connector.ErrKeychainLocked) }

func (v roughVault) Put(ctx context.Context, id string, s auth.Secret) error {
	if err := v.r.trouble(8, connector.ErrKeychainLocked); err != nil {
		return err
	}
	return v.world.Put(ctx, id, s)
}

func (v roughVault) Get(ctx context.Context, id string) (auth.Secret, error) {
	v.r.delay()
	return v.world.Get(ctx, id)
}

func (v roughVault) Delete(ctx context.Context, id string) error {
	if err := v.r.trouble(8, connector.ErrKeychainLocked); err != nil {
		return err
	}
	return v.world.Delete(ctx, id)
}

type roughStore struct {
	fakeStore
	r *rough
}

func (s roughStore) Connectors() ([]connector.Connector, error) {
	if err := s.r.trouble(40, connector.ErrListDamaged); err != nil {
		return nil, err
	}
	return s.fakeStore.Connectors()
}

func (s roughStore) Connector(id string) (connector.Connector, error) {
	if err := s.r.trouble(40, connector.ErrListDamaged); err != nil {
		return connector.Connector{}, err
	}
	return s.fakeStore.Connector(id)
}

func (s roughStore) Drafts() ([]connector.Draft, error) {
	if err := s.r.trouble(40, connector.ErrListDamaged); err != nil {
		return nil, err
	}
	return s.fakeStore.Drafts()
}

func (s roughStore) PutConnector(c connector.Connector) error {
	if err := s.r.trouble(10, errFull); err != nil {
		return err
	}
	return s.fakeStore.PutConnector(c)
}

func (s roughStore) DeleteConnector(id string) error {
	err := s.r.trouble(6, errFull)
	if err == nil {
		err = s.fakeStore.DeleteConnector(id)
	}
	s.r.mark(s.r.unlisted, id, err != nil)
	return err
}

func (s roughStore) PutDraft(d connector.Draft) error {
	if err := s.r.trouble(12, errFull); err != nil {
		s.r.mark(s.r.stale, d.ID, true)
		return err
	}
	return s.fakeStore.PutDraft(d)
}

func (s roughStore) DeleteDraft(id string) error {
	if err := s.r.trouble(8, errFull); err != nil {
		s.r.mark(s.r.stale, id, true)
		return err
	}
	return s.fakeStore.DeleteDraft(id)
}

func (s roughStore) Lock(ctx context.Context, id string) (func(), error) {
	s.r.delay()
	held, _ := s.r.locks.LoadOrStore(id, make(chan struct{}, 1))
	lock := held.(chan struct{})
	select {
	case lock <- struct{}{}:
		return func() { <-lock }, nil
	case <-ctx.Done():
		return nil, connector.ErrBusy
	}
}
