package vault

import (
	"context"
	"errors"
	"sync/atomic"
	"time"
)

// maxAbandoned is how many calls may hang at once before no further one is begun.
const maxAbandoned = 4

var errSlow = errors.New("the keychain did not return")

// gate lets one call at a time through to a keychain, and gives up those that do not return.
type gate struct {
	turn      chan struct{}
	abandoned atomic.Int32
	// returned counts the calls that returned in time: a queue that moves is long, not slow.
	returned atomic.Uint64
}

func newGate() *gate { return &gate{turn: make(chan struct{}, 1)} }

// run waits its turn, while another call returns at least every wait, then calls begin and, in a goroutine of its own, call, and waits for
// it for at most limit. Its error says that the call was not begun or was given up: errSlow, or ctx's. A call that was given up goes on by
// itself: left is closed when it returns. Nothing that call sets may be looked at before.
func (g *gate) run(ctx context.Context, wait, limit time.Duration, begin, call func()) (left <-chan struct{}, err error) {
	if err := g.enter(ctx, wait); err != nil {
		return nil, err
	}
	defer func() { <-g.turn }()
	begin()

	done := make(chan struct{})
	go func() {
		defer close(done)
		call()
	}()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-done:
		g.returned.Add(1)
		return nil, nil
	case <-ctx.Done():
		err = ctx.Err()
	case <-timer.C:
		err = errSlow
	}
	g.abandon(done)
	return done, err
}

func (g *gate) enter(ctx context.Context, wait time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if g.abandoned.Load() >= maxAbandoned {
		return errSlow
	}
	for {
		before := g.returned.Load()
		entered, err := g.queue(ctx, wait)
		if entered || err != nil {
			return err
		}
		if g.returned.Load() == before {
			return errSlow
		}
	}
}

// queue waits its turn for at most wait.
func (g *gate) queue(ctx context.Context, wait time.Duration) (entered bool, err error) {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case g.turn <- struct{}{}:
		return true, nil
	case <-ctx.Done():
		return false, ctx.Err()
	case <-timer.C:
		return false, nil
	}
}

// abandon counts a call that was given up until it returns.
func (g *gate) abandon(done <-chan struct{}) {
	g.abandoned.Add(1)
	go func() {
		<-done
		g.abandoned.Add(-1)
	}()
}
