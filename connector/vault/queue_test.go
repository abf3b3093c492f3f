package vault_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/vault"
)

// TestAQueueThatMovesIsNotSlow lets more operations wait for a keychain than it can serve within the limit of one: each gets its turn,
// and nobody is told to unlock anything.
func TestAQueueThatMovesIsNotSlow(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const users, write = 8, 100 * time.Millisecond
		var told atomic.Int32
		k := &slow{newFake(), func(int) time.Duration { return write }}
		v := vault.Open(vault.Config{
			Service: service, Dir: tempDir(t), Keychain: k, Form: vault.FormWhole, Waits: func() { told.Add(1) }, WaitsAfter: 2 * write,
			CallLimit: 3 * write, FirstLimit: 3 * write, // eight calls take eight times write
		})
		var all sync.WaitGroup
		for i := range users {
			all.Go(func() {
				if err := v.Put(context.Background(), fmt.Sprintf("c-%d", i), auth.NewSecret(newOne)); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if n := len(k.accounts()); n != users || told.Load() != 0 {
			t.Errorf("%d credentials, want %d; told %d times", n, users, told.Load())
		}
	})
}

// TestAQueueThatStandsStillIsSlow is the other side: behind a call that hangs nobody waits longer than for a call.
func TestAQueueThatStandsStillIsSlow(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		k := &slow{newFake(), func(int) time.Duration { return time.Hour }}
		v := open(t, k, tempDir(t))
		began := time.Now()
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				if _, err := v.Get(context.Background(), id); !errors.Is(err, connector.ErrKeychainSlow) {
					t.Errorf("%v, want %v", err, connector.ErrKeychainSlow)
				}
			})
		}
		all.Wait()
		if took := time.Since(began); took > 4*time.Minute {
			t.Errorf("it took %v", took)
		}
		<-time.After(time.Hour)
	})
}

// TestSomebodyUnlocksWhileOthersWait checks that one prompt is enough for eight that wait, however long it takes within the limit.
func TestSomebodyUnlocksWhileOthersWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var told atomic.Int32
		k := newSlow(map[int]time.Duration{1: 119 * time.Second})
		v := vault.Open(vault.Config{Service: service, Dir: tempDir(t), Keychain: k, Form: vault.FormWhole, Waits: func() { told.Add(1) }})
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				if err := v.Put(context.Background(), fmt.Sprintf("c-%d", i), auth.NewSecret(newOne)); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if n := len(k.accounts()); n != 8 || told.Load() != 1 {
			t.Errorf("%d credentials, want 8; told %d times, want once", n, told.Load())
		}
	})
}

// TestTestedOncePerRun checks that the trial of full size is made once, however many ask for it, until something fails.
func TestTestedOncePerRun(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	k := newFake()
	v := openAs(t, vault.FormWhole, k, tempDir(t))
	writes := 0
	k.reset(func(_ int, op vault.Op) fault {
		if op == vault.OpWrite {
			writes++
		}
		return none
	})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if err := v.Tested(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if writes != 1 {
		t.Errorf("%d trials, want 1", writes)
	}
	if err := v.Test(ctx); err != nil || writes != 2 {
		t.Errorf("a Test of its own: %v, %d trials", err, writes)
	}
	k.reset(from(1, failBefore))
	_ = putNew(ctx, v)
	if err := v.Tested(ctx); !errors.Is(err, connector.ErrKeychainBroken) {
		t.Errorf("when the keychain has failed: %v, want %v", err, connector.ErrKeychainBroken)
	}
	k.reset(at(0, none))
	if err := v.Tested(ctx); err != nil {
		t.Error(err)
	}
	if n := k.count(); n != 4 {
		t.Errorf("%d calls, want a trial", n)
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if err := openAs(t, vault.FormWhole, newFake(), tempDir(t)).Tested(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want %v", err, context.Canceled)
	}
}
