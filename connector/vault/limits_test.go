package vault_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/vault"
)

// took is how long a Get, or a Put, takes by the clock of a bubble when one of its calls never returns. Nobody has set a limit.
func took(t *testing.T, call int, do func(v *vault.Vault) error) (waited time.Duration, told []time.Duration) {
	t.Helper()
	dir := tempDir(t)
	synctest.Test(t, func(t *testing.T) {
		k := newFake()
		defer close(k.release)
		began := time.Now()
		v := vault.Open(vault.Config{Service: service, Dir: dir, Keychain: k, Waits: func() { told = append(told, time.Since(began)) }})
		put(t, v, id, oldOne)
		began = time.Now()
		k.reset(at(call, hangBefore))
		if err := do(v); !errors.Is(err, connector.ErrKeychainSlow) {
			t.Errorf("call %d: %v, want %v", call, err, connector.ErrKeychainSlow)
		}
		waited = time.Since(began)
	})
	return waited, told
}

// TestTheFirstCallMayTakeLonger: a person may have to unlock the keychain, who has two minutes and is told after two seconds; every
// further call has fifteen seconds.
func TestTheFirstCallMayTakeLonger(t *testing.T) {
	t.Parallel()
	for what, do := range map[string]func(v *vault.Vault) error{
		"get": func(v *vault.Vault) error { _, err := v.Get(context.Background(), id); return err },
		"put": func(v *vault.Vault) error { return putNew(context.Background(), v) },
	} {
		for call, want := range map[int]time.Duration{1: 2 * time.Minute, 2: 15 * time.Second, 3: 15 * time.Second} {
			waited, told := took(t, call, do)
			if waited != want {
				t.Errorf("%s, call %d: waited for %v, want %v", what, call, waited, want)
			}
			if first := call == 1; first != (len(told) == 1 && told[0] == 2*time.Second) || !first && len(told) != 0 {
				t.Errorf("%s, call %d: told after %v", what, call, told)
			}
		}
	}
}

// TestAFirstCallThatWaitsForAPersonSucceeds: whoever unlocks the keychain within the two minutes gets what was asked for.
func TestAFirstCallThatWaitsForAPersonSucceeds(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	synctest.Test(t, func(t *testing.T) {
		k := newFake()
		v := open(t, k, dir)
		put(t, v, id, oldOne)
		k.reset(at(1, hangBefore))
		time.AfterFunc(119*time.Second, func() { close(k.release) })
		if got := get(t, v, id); got != oldOne {
			t.Errorf("%d bytes", len(got))
		}
	})
}

// TestALockIsNotWaitedForWithoutEnd: the holder may wait for a person and then for one more call.
func TestALockIsNotWaitedForWithoutEnd(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	synctest.Test(t, func(t *testing.T) {
		k := newFake()
		v := open(t, k, dir)
		k.reset(at(2, hangBefore))
		if err := putNew(context.Background(), v); !errors.Is(err, connector.ErrKeychainSlow) { // its call goes on, and so does its lock
			t.Errorf("%v, want %v", err, connector.ErrKeychainSlow)
		}
		began := time.Now()
		err := putNew(context.Background(), v)
		var failed *vault.Error
		if waited := time.Since(began); !errors.Is(err, connector.ErrKeychainSlow) || !errors.As(err, &failed) || failed.Op != vault.OpLock ||
			waited != 2*time.Minute+15*time.Second {
			t.Errorf("%v after %v", err, waited)
		}
		close(k.release)
		synctest.Wait()
	})
}
