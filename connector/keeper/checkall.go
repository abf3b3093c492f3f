package keeper

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"partner-center-connector/connector"
)

// How many connectors are checked beside each other where nobody says otherwise, and how many of one tenant in one cloud: services throttle
// by tenant.
const (
	DefaultWidth = 8
	tenantWidth  = 2
)

// Checked is what came of one connector of CheckAll.
type Checked struct {
	// Connector is the connector as the list has it now; as it was given where the list has it no more.
	Connector connector.Connector
	// Made are the checks that were made, in their order.
	Made []connector.Check
	// Err is why the connector could not be checked, or why its outcome could not be kept; nil where all went well.
	Err error
}

// CheckAll checks connectors of the list, up to width of them beside each other, or DefaultWidth where width is not positive, and keeps the
// outcome of each in the list. At most two of a tenant in a cloud are checked beside each other; where a service asks to wait (Retry-After), that
// tenant's connectors wait, and others take their place unless width is 1. One that can't be checked does not end the others. The keychain is
// tried once for all of them; where it is locked or hangs, those that were not begun are told so without waiting for it again.
//
// done is told what came of each connector, in whatever order they come to an end, from one goroutine at a time. When ctx ends, those that
// are not done come to nothing: done is not told of them, and what was stored before stays. When CheckAll returns nothing of it runs on.
func (k Keeper) CheckAll(ctx context.Context, wanted []connector.Connector, width int, done func(Checked)) {
	if width < 1 {
		width = DefaultWidth
	}
	d := newDesk(width, wanted)
	defer context.AfterFunc(ctx, d.wake)()
	keychain := &onceTested{test: k.Ports.Vault.Tested}
	clocks := &onceAsked{ask: k.Ports.Tenants.AskClock, offsets: map[string]time.Duration{}}
	var work sync.WaitGroup
	var telling sync.Mutex
	var shut atomic.Pointer[error]
	for {
		l, c, ok := d.next(ctx)
		if !ok {
			break
		}
		work.Go(func() {
			defer d.leave(l)
			checked := Checked{Connector: c}
			if why := shut.Load(); why != nil && c.Origin != connector.OriginVault {
				checked.Err = errors.Join(*why, k.noteUnbegun(ctx, c.ID, *why))
			} else {
				checked = k.checkBeside(ctx, c, surroundings{sleep: k.sleepAside(d), waits: &l.waits, keychain: keychain.run, clock: clocks.offset})
			}
			if errors.Is(checked.Err, connector.ErrKeychainLocked) || errors.Is(checked.Err, connector.ErrKeychainSlow) {
				shut.CompareAndSwap(nil, &checked.Err)
			}
			if ctx.Err() != nil && checked.Err != nil {
				return
			}
			telling.Lock()
			defer telling.Unlock()
			done(checked)
		})
	}
	work.Wait()
}

// checkBeside checks one of several connectors, within its own limit.
func (k Keeper) checkBeside(ctx context.Context, c connector.Connector, s surroundings) Checked {
	ctx, cancel := context.WithTimeout(ctx, CheckLimit)
	defer cancel()
	checked := Checked{Connector: c}
	after, err := k.check(ctx, c.ID, s, func(check connector.Check) {
		if check.State != connector.CheckRunning {
			checked.Made = append(checked.Made, check)
		}
	})
	k.logChecked(c.ID, after, err)
	if checked.Err = err; err == nil {
		checked.Connector = after
	} else if now, there, err := k.saved(c.ID); err == nil && there {
		checked.Connector = now // what stopped the checks may be noted there
	}
	return checked
}

// sleepAside gives the place of a connector that has to wait to another one.
func (k Keeper) sleepAside(d *desk) func(context.Context, time.Duration) error {
	sleep := k.Ports.Sleep
	if sleep == nil {
		sleep = connector.Sleep
	}
	return func(ctx context.Context, pause time.Duration) error {
		d.stepAside()
		defer d.comeBack(ctx)
		return sleep(ctx, pause)
	}
}

// onceAsked asks each cloud once for its time.
type onceAsked struct {
	ask func(ctx context.Context, cloud string) time.Duration

	mu      sync.Mutex
	offsets map[string]time.Duration
}

func (o *onceAsked) offset(ctx context.Context, cloud string) time.Duration {
	o.mu.Lock()
	defer o.mu.Unlock()
	offset, asked := o.offsets[cloud]
	if !asked {
		offset = o.ask(ctx, cloud)
		o.offsets[cloud] = offset
	}
	return offset
}

// onceTested tries the keychain once. Whoever wants to know meanwhile waits; a test that was cut short counts for nothing.
type onceTested struct {
	test func(context.Context) error

	mu   sync.Mutex
	done bool
	err  error
}

func (t *onceTested) run(ctx context.Context) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.done {
		return t.err
	}
	err := t.test(ctx)
	if !errors.Is(ctx.Err(), context.Canceled) {
		t.done, t.err = true, err
	}
	return err
}
