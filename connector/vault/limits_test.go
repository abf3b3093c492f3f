package vault_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/vault"
)

// slow is a keychain whose calls take their time, by a clock that stands still while anything happens.
type slow struct {
	*fake
	takes func(call int) time.Duration
}

func newSlow(takes map[int]time.Duration) *slow {
	return &slow{newFake(), func(call int) time.Duration { return takes[call] }}
}

func (k *slow) wait() { <-time.After(k.takes(k.count() + 1)) }

func (k *slow) Set(service, account, text string) error {
	k.wait()
	return k.fake.Set(service, account, text)
}

func (k *slow) Get(service, account string) (string, error) {
	k.wait()
	return k.fake.Get(service, account)
}

func (k *slow) Delete(service, account string) error {
	k.wait()
	return k.fake.Delete(service, account)
}

// TestLimitsOfCalls holds the numbers: two minutes for the first call of an operation, which may wait for a person, and 15 seconds for
// each after it.
func TestLimitsOfCalls(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name  string
		call  int
		takes time.Duration
		want  error
		after time.Duration
	}{
		{"the first, in time", 1, 2*time.Minute - time.Millisecond, nil, 2*time.Minute - time.Millisecond},
		{"the first, too late", 1, 2*time.Minute + time.Millisecond, connector.ErrKeychainSlow, 2 * time.Minute},
		{"the second, in time", 2, 15*time.Second - time.Millisecond, nil, 15*time.Second - time.Millisecond},
		{"the second, too late", 2, 15*time.Second + time.Millisecond, connector.ErrKeychainSlow, 15 * time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			k, dir := newSlow(map[int]time.Duration{tc.call: tc.takes}), tempDir(t)
			began := time.Now()
			if err := putNew(t.Context(), open(t, k, dir)); !errors.Is(err, tc.want) {
				t.Errorf("%s: %v, want %v", tc.name, err, tc.want)
			}
			if took := time.Since(began); took != tc.after {
				t.Errorf("%s: it took %v, want %v", tc.name, took, tc.after)
			}
			<-time.After(time.Minute)
			if held(dir) {
				t.Errorf("%s: the lock is not given back", tc.name)
			}
		})
	}
}

// TestLimitOfTheLock checks that an operation waits for another on the same credential as long as a holder may need.
func TestLimitOfTheLock(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name  string
		takes time.Duration
		want  error
	}{
		{"in time", 2*time.Minute + 14*time.Second, nil},
		{"too late", 2*time.Minute + 16*time.Second, connector.ErrKeychainSlow},
	} {
		synctest.Test(t, func(t *testing.T) {
			k, dir := newSlow(map[int]time.Duration{2: tc.takes}), tempDir(t) // a write, which is given up and goes on
			done := make(chan error)
			go func() { done <- putNew(context.Background(), open(t, k, dir)) }()
			synctest.Wait()
			began := time.Now()
			err := open(t, k.fake, dir).Put(context.Background(), id, auth.NewSecret("third"))
			if !errors.Is(err, tc.want) {
				t.Errorf("%s: %v, want %v", tc.name, err, tc.want)
			}
			const words = "keychain: lock: the keychain did not answer in time: another operation is using this credential"
			if tc.want != nil && err.Error() != words {
				t.Errorf("%s: got  %v\nwant %s", tc.name, err, words)
			}
			if took := time.Since(began); tc.want != nil && took != 2*time.Minute+15*time.Second {
				t.Errorf("%s: it took %v, want 2m15s", tc.name, took)
			}
			if err := <-done; !errors.Is(err, connector.ErrKeychainSlow) {
				t.Errorf("%s: the first: %v", tc.name, err)
			}
			<-time.After(time.Minute)
		})
	}
}

// TestWhenAWaitIsTold checks that a person hears of the keychain after two seconds, once, and only while the first call is running.
func TestWhenAWaitIsTold(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name  string
		takes map[int]time.Duration
		want  int32
	}{
		{"soon", map[int]time.Duration{1: 2*time.Second - time.Millisecond}, 0},
		{"late", map[int]time.Duration{1: 2*time.Second + time.Millisecond}, 1},
		{"later calls", map[int]time.Duration{2: 3 * time.Second, 3: 3 * time.Second}, 0},
	} {
		synctest.Test(t, func(t *testing.T) {
			var told atomic.Int32
			v := vault.Open(vault.Config{Service: service, Dir: tempDir(t), Keychain: newSlow(tc.takes), Form: vault.FormChunks, Waits: func() { told.Add(1) }})
			if err := putNew(t.Context(), v); err != nil {
				t.Fatal(err)
			}
			<-time.After(time.Minute)
			if n := told.Load(); n != tc.want {
				t.Errorf("%s: told %d times, want %d", tc.name, n, tc.want)
			}
		})
	}
}

// TestFourCallsMayHang checks that a fifth is not begun, and that one that returns makes room.
func TestFourCallsMayHang(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		k := &slow{newFake(), func(int) time.Duration { return time.Hour }}
		v := open(t, k, tempDir(t))
		began := time.Now()
		for range 5 {
			if _, err := v.Get(t.Context(), id); !errors.Is(err, connector.ErrKeychainSlow) {
				t.Errorf("%v, want %v", err, connector.ErrKeychainSlow)
			}
		}
		if took := time.Since(began); took != 8*time.Minute {
			t.Errorf("it took %v, want four times two minutes", took)
		}
		<-time.After(time.Hour)
		k.takes = func(int) time.Duration { return 0 }
		if _, err := v.Get(t.Context(), id); !errors.Is(err, connector.ErrCredentialAbsent) {
			t.Errorf("when they have returned: %v, want %v", err, connector.ErrCredentialAbsent)
		}
	})
}

// TestACallWaitsItsTurn checks that one that is waited for by another operation is no failure of that one.
func TestACallWaitsItsTurn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		k := newSlow(map[int]time.Duration{1: 110 * time.Second})
		v := open(t, k, tempDir(t))
		done := make(chan error)
		go func() {
			_, err := v.Get(t.Context(), "one")
			done <- err
		}()
		synctest.Wait()
		began := time.Now()
		if _, err := v.Get(t.Context(), "two"); !errors.Is(err, connector.ErrCredentialAbsent) {
			t.Errorf("%v, want %v", err, connector.ErrCredentialAbsent)
		}
		if took := time.Since(began); took != 110*time.Second {
			t.Errorf("it took %v, want 1m50s", took)
		}
		if err := <-done; !errors.Is(err, connector.ErrCredentialAbsent) {
			t.Errorf("the other: %v, want %v", err, connector.ErrCredentialAbsent)
		}
	})
}
