package runner

import (
	"context"
	"sync"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/keeper"
	"partner-center-connector/connector/wizard"
)

// limits are the times of a consent.
type limits struct {
	consent time.Duration // the whole consent
	more    time.Duration // what "10 more minutes" adds
	noStart time.Duration // the browser has this long to ask for the start page
	look    time.Duration // how often it is looked whether the window is private
	grace   time.Duration // after the private window was closed, since the answer may still be on its way
	typing  time.Duration // how long typing must rest before Microsoft is asked
	// pace stretches the usual pauses between tries.
	pace   float64
	linger time.Duration // how long the private window stays open on its last page
}

var usualLimits = limits{
	consent: 15 * time.Minute, more: 10 * time.Minute, noStart: 20 * time.Second, look: 3 * time.Second, grace: 2 * time.Second,
	typing: 400 * time.Millisecond, linger: 2 * time.Second, pace: 1,
}

// Runner performs the effects of the [wizard.Machine] in goroutines and feeds their outcomes back as events. Every method but Run may be
// called from any goroutine; none of them waits.
type Runner struct {
	ports     connector.Ports
	rehearsal *connector.Rehearsal
	notify    func(wizard.State)
	keeper    keeper.Keeper
	limits    limits
	queues    *queues
	drops     drops
	links     links
	secret    secretTime
	// marks says of drafts whether Save, or whoever ends one that was cut short, has marked them. Only the queue of the lists has it.
	marks map[string]bool
	// hour is how often the screens are told the time.
	hour time.Duration

	mu      sync.Mutex
	queue   []wizard.Event
	wake    chan struct{}
	work    sync.WaitGroup
	cancels map[int]context.CancelFunc
	more    map[int]*extension
	grant   *grant
	windows map[connector.Window]struct{}
	// ending is closed when Run comes to its end.
	ending <-chan struct{}
	// first has the settings that the first state begins with.
	first wizard.State
	// byItself says that the sign-ins of new connectors are checked by themselves.
	byItself bool
}

// grant is what a user consent yielded, kept in memory until Save.
type grant struct {
	attempt   int
	session   connector.Session
	request   auth.UserRequest
	consented time.Time
	identity  connector.Identity
}

// New returns a runner that tells notify every new state, one after the other, from Run's goroutine; it may leave out one that only has
// newer lists, or one more checked connector, where the next state is about to come. rehearsal is nil for the real thing.
func New(ports connector.Ports, rehearsal *connector.Rehearsal, notify func(wizard.State)) *Runner {
	if ports.Sleep == nil {
		ports.Sleep = connector.Sleep
	}
	r := &Runner{
		ports: ports, rehearsal: rehearsal, notify: notify, limits: usualLimits, hour: time.Hour,
		marks: map[string]bool{}, wake: make(chan struct{}, 1), cancels: map[int]context.CancelFunc{}, more: map[int]*extension{},
		windows: map[connector.Window]struct{}{},
	}
	r.queues = newQueues(&r.work)
	ports.Store = draftStore{Store: ports.Store, r: r}
	r.keeper = keeper.Keeper{Ports: ports}
	return r
}

// Send hands an event in.
func (r *Runner) Send(e wizard.Event) {
	r.mu.Lock()
	r.queue = append(r.queue, e)
	r.mu.Unlock()
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

func (r *Runner) next(ctx context.Context) (wizard.Event, bool) {
	for {
		r.mu.Lock()
		if len(r.queue) > 0 {
			e := r.queue[0]
			r.queue = r.queue[1:]
			r.mu.Unlock()
			return e, true
		}
		r.mu.Unlock()
		select {
		case <-r.wake:
		case <-ctx.Done():
			return nil, false
		}
	}
}

// Run works until ctx ends or the state says Quit. When it returns, everything it started has ended, the draft is on disk, what was
// dropped or was to be removed from the keychain is gone (a keychain that never answers is given up within the Vault's limits), and no
// private window of ours is left. A client secret that was still waiting to be kept is not: no draft says that it has it. The links of another
// product are: a draft tells of them as soon as they are read.
func (r *Runner) Run(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	r.ending = ctx.Done()
	defer r.shutdown(cancel)
	r.sweep(ctx)
	r.watch(ctx)
	r.tellTime(ctx)
	machine := wizard.Machine{Preset: r.ports.Preset, Policy: r.ports.Policy, Products: r.ports.Products, VaultSuffixes: r.vaultSuffixes(), ChecksLasting: r.byItself}
	state, effects := machine.Start(r.rehearsal)
	state.Settings, state.Given, state.SettingsPage = r.first.Settings, r.first.Given, r.first.SettingsPage
	var event wizard.Event
	for {
		for _, e := range effects {
			r.logEffect(e)
			r.perform(ctx, e)
		}
		if !r.overtaken(event) {
			r.notify(state)
		}
		if state.Quit {
			return
		}
		var ok bool
		if event, ok = r.next(ctx); !ok {
			return
		}
		r.logEvent(event)
		state, effects = machine.Next(state, event)
	}
}

// overtaken reports whether nobody need be told of the state that an event has made, since the next one is about to come. A check of all
// connectors sends those events faster than a long list is drawn, and what the person does would wait behind them.
func (r *Runner) overtaken(e wizard.Event) bool {
	switch e.(type) {
	case wizard.ConnectorChecked, wizard.Loaded:
		r.mu.Lock()
		defer r.mu.Unlock()
		return len(r.queue) > 0
	}
	return false
}

func (r *Runner) shutdown(cancel context.CancelFunc) {
	cancel()
	r.closeAll(r.openWindows())
	r.work.Wait()
	r.closeAll(r.openWindows())
	r.ports.Consents.Release()
}

// sweep removes what a crash left behind; it is no hindrance to the start.
func (r *Runner) sweep(ctx context.Context) {
	r.work.Go(func() {
		_ = r.ports.Browsers.Sweep()
		if changed, _ := r.keeper.Sweep(ctx); changed {
			r.reload()
		}
	})
}

func (r *Runner) watch(ctx context.Context) {
	r.work.Go(func() {
		r.ports.Store.Watch(ctx, func() {
			r.reload()
			r.rereadSettings()
		})
	})
}

// tellTime tells the time every hour of the usual clock, so that a window which stays open for days does not go on saying what was true once.
func (r *Runner) tellTime(ctx context.Context) {
	r.work.Go(func() {
		for connector.Sleep(ctx, r.hour) == nil {
			r.Send(wizard.TimePassed{Now: r.ports.Now()})
		}
	})
}

// start runs f under an attempt's number, so that StopAttempt can cancel it.
func (r *Runner) start(ctx context.Context, attempt int, f func(context.Context)) {
	ctx, cancel := context.WithCancel(ctx)
	r.mu.Lock()
	r.cancels[attempt] = cancel
	r.more[attempt] = &extension{asked: make(chan struct{}, 1)}
	r.mu.Unlock()
	r.work.Go(func() {
		defer func() {
			cancel()
			r.mu.Lock()
			delete(r.cancels, attempt)
			delete(r.more, attempt)
			r.mu.Unlock()
		}()
		f(ctx)
	})
}

// startSettled is start for what needs the client secret or certificate of a draft: f sees what was entered before.
func (r *Runner) startSettled(ctx context.Context, attempt int, draftID string, f func(context.Context)) {
	settled := r.queues.settled(secretOf(draftID))
	r.start(ctx, attempt, func(ctx context.Context) {
		select {
		case <-settled:
			f(ctx)
		case <-ctx.Done():
		}
	})
}

// stop cancels what runs under the number. What it yielded already is forgotten: nobody will ever hear of it.
func (r *Runner) stop(attempt int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if cancel := r.cancels[attempt]; cancel != nil {
		cancel()
	}
	if r.grant != nil && r.grant.attempt == attempt {
		r.grant = nil
	}
}

// extension is more time for an attempt, as often as it was asked for and not given yet.
type extension struct {
	asked chan struct{}
	times int
}

func (r *Runner) extend(attempt int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	more := r.more[attempt]
	if more == nil {
		return
	}
	more.times++
	select {
	case more.asked <- struct{}{}:
	default:
	}
}

// extended returns how many times an attempt is to get more time now.
func (r *Runner) extended(attempt int) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	more := r.more[attempt]
	times := more.times
	more.times = 0
	return times
}

// keepGrant keeps what an attempt yielded, unless that was stopped meanwhile; it reports whether it did.
func (r *Runner) keepGrant(ctx context.Context, g *grant) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if ctx.Err() != nil {
		return false
	}
	r.grant = g
	return true
}

func (r *Runner) forgetGrant() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.grant = nil
}

func (r *Runner) currentGrant() *grant {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.grant
}
