package cli

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"partner-center-connector/connector"
)

// TestEveryRemovalHasALimitOfItsOwn holds that a slow keychain ends no run of many, as one with a limit for all of them did.
func TestEveryRemovalHasALimitOfItsOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := removal{}
		for n := range 5 {
			done := r.do(t.Context(), func(ctx context.Context) error {
				<-time.After(2 * time.Minute)
				return ctx.Err()
			})
			if !done {
				t.Fatalf("number %d: %v", n+1, r.failed)
			}
		}
		hangs := func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
		if began := time.Now(); r.do(t.Context(), hangs) || time.Since(began) != 3*time.Minute {
			t.Errorf("one that hangs ends after %s", time.Since(began))
		}
	})
}

func TestRemovalsAfterAFailure(t *testing.T) {
	for _, c := range []struct {
		why         error
		tried, told int
	}{
		{connector.ErrKeychainMissing, 3, 1}, // nobody is asked, and a draft needs none
		{connector.ErrKeychainLocked, 1, 1},
		{connector.ErrKeychainSlow, 1, 1},
		{connector.ErrBusy, 3, 1},
	} {
		r, tried := removal{}, 0
		for range 3 {
			r.do(t.Context(), func(context.Context) error { tried++; return fmt.Errorf("keychain: read: %w", c.why) })
		}
		if tried != c.tried || len(r.failed) != c.told || !errors.Is(r.failed[0], c.why) {
			t.Errorf("%v: tried %d times, told %v", c.why, tried, r.failed)
		}
	}
}

func TestAStoppedRunRemovesNoMore(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	r := removal{}
	r.do(ctx, func(ctx context.Context) error { stop(); return ctx.Err() })
	if r.do(ctx, func(context.Context) error { return nil }) || len(r.failed) != 1 || !errors.Is(r.failed[0], context.Canceled) {
		t.Errorf("%v", r.failed)
	}
}
