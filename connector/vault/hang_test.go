package vault_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/vault"
)

// short is a limit for calls that are to come too late; patient one for calls that must not, on a computer with much else to do.
const (
	short   = 10 * time.Millisecond
	patient = time.Second
)

// openShort opens a vault that waits for a call for a limit only.
func openShort(k vault.Keychain, dir string, limit time.Duration) *vault.Vault {
	return openShortAs(vault.FormChunks, k, dir, limit)
}

func openShortAs(form vault.Form, k vault.Keychain, dir string, limit time.Duration) *vault.Vault {
	return vault.Open(vault.Config{Service: service, Dir: dir, Keychain: k, Form: form, CallLimit: limit, FirstLimit: limit})
}

func TestACallThatHangsAndReturnsLate(t *testing.T) {
	t.Parallel()
	for _, d := range actions {
		calls := d.calls(t)
		for n := 1; n <= calls; n++ {
			for _, f := range []fault{hangBefore, hangAfter} {
				t.Run(fmt.Sprintf("%s/%d/%s", d.name, n, f), func(t *testing.T) {
					t.Parallel()
					k, dir := d.prepare(t)
					k.reset(at(n, f))
					err := d.do(context.Background(), openShortAs(d.form, k, dir, short))
					if err != nil && !errors.Is(err, connector.ErrKeychainSlow) {
						t.Errorf("%v, want %v", err, connector.ErrKeychainSlow)
					}
					close(k.release)
					until(t, "the lock is given back", func() bool { return !held(dir) })
					d.verify(t, k, d.open(t, k, dir), dir, err)
				})
			}
		}
	}
}

// While a write that was given up may still come, nobody else may change that credential; every other one may be.
func TestACallThatHangsKeepsItsOwnCredentialOnly(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	k, dir := newFake(), tempDir(t)
	v := openShort(k, dir, patient)
	put(t, v, id, oldOne)
	k.reset(at(8, hangBefore)) // the header
	if err := putNew(ctx, v); !errors.Is(err, connector.ErrKeychainSlow) {
		t.Fatalf("%v, want %v", err, connector.ErrKeychainSlow)
	}
	for _, other := range []*vault.Vault{v, openShort(k, dir, patient)} {
		if err := other.Put(ctx, id, auth.NewSecret("third")); !errors.Is(err, connector.ErrKeychainSlow) {
			t.Errorf("a put meanwhile: %v, want %v", err, connector.ErrKeychainSlow)
		}
		if err := other.Sweep(ctx); err != nil {
			t.Errorf("a sweep meanwhile: %v", err)
		}
		if got := get(t, other, id); got != oldOne {
			t.Error("the old one can't be read meanwhile")
		}
		put(t, other, "another", "whole")
		if got := get(t, other, "another"); got != "whole" {
			t.Error("another credential is not whole")
		}
	}
	if err := v.Delete(ctx, "another"); err != nil {
		t.Fatal(err)
	}
	close(k.release)
	until(t, "the lock is given back", func() bool { return !held(dir) })
	if got := get(t, v, id); got != newOne {
		t.Error("the late write did not count")
	}
	if err := v.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	nothingLeft(t, k, dir, chunksEach)
}

func TestAKeychainThatNeverReturns(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	k, dir := newFake(), tempDir(t)
	defer close(k.release)
	k.reset(from(1, hangBefore))
	v := openShort(k, dir, short)
	start := time.Now()
	for i := range 20 {
		if _, err := v.Get(ctx, id); !errors.Is(err, connector.ErrKeychainSlow) {
			t.Errorf("get: %v, want %v", err, connector.ErrKeychainSlow)
		}
		if err := v.Test(ctx); !errors.Is(err, connector.ErrKeychainSlow) {
			t.Errorf("test: %v, want %v", err, connector.ErrKeychainSlow)
		}
		if i == 0 {
			continue
		}
		if n := k.inside.Load(); n > 4 {
			t.Fatalf("%d calls hang at once", n)
		}
	}
	if d := time.Since(start); d > 10*time.Second {
		t.Errorf("twenty rounds took %v", d)
	}
}

// TestTheFirstCallMayTakeLonger: a person may have to unlock the keychain. A further call has the limit of a call only.
func TestTheFirstCallMayTakeLonger(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	synctest.Test(t, func(t *testing.T) {
		k := newFake()
		k.reset(at(1, hangBefore)) // somebody unlocks the keychain
		time.AfterFunc(119*time.Second, func() { close(k.release) })
		began := time.Now()
		if err := putNew(context.Background(), open(t, k, dir)); err != nil || time.Since(began) != 119*time.Second {
			t.Errorf("the first call: %v after %v", err, time.Since(began))
		}
		k.release = make(chan struct{})
		k.reset(at(2, hangBefore))
		began = time.Now()
		if err := putNew(context.Background(), open(t, k, dir)); !errors.Is(err, connector.ErrKeychainSlow) || time.Since(began) != 15*time.Second {
			t.Errorf("the second call: %v after %v", err, time.Since(began))
		}
		close(k.release)
	})
}

func TestCanceledWithinACall(t *testing.T) {
	t.Parallel()
	k, dir := newFake(), tempDir(t)
	ctx, cancel := context.WithCancel(context.Background())
	k.reset(func(call int, _ vault.Op) fault {
		if call == 2 {
			cancel()
			return hangAfter
		}
		return none
	})
	if err := putNew(ctx, open(t, k, dir)); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want %v", err, context.Canceled)
	}
	limited, stop := context.WithTimeout(context.Background(), short)
	defer stop()
	if err := putNew(limited, open(t, k, dir)); !errors.Is(err, connector.ErrKeychainSlow) {
		t.Errorf("while the lock is held: %v, want %v", err, connector.ErrKeychainSlow)
	}
	if err := putNew(ctx, open(t, k, dir)); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled while the lock is held: %v, want %v", err, context.Canceled)
	}
	close(k.release)
	until(t, "the lock is given back", func() bool { return !held(dir) })
	actions[0].verify(t, k, open(t, k, dir), dir, context.Canceled)
}

func TestCallsAreSerialised(t *testing.T) {
	t.Parallel()
	k, dir := newFake(), tempDir(t)
	v := open(t, k, dir)
	errs := make(chan error, 8)
	for i := range cap(errs) {
		go func() {
			id := fmt.Sprintf("c-%d", i)
			err := v.Put(context.Background(), id, auth.NewSecret(newOne))
			errs <- errors.Join(err, v.Delete(context.Background(), id))
		}()
	}
	for range cap(errs) {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	if n := k.most.Load(); n != 1 {
		t.Errorf("%d calls at once", n)
	}
	nothingLeft(t, k, dir, 0)
}

func TestAWaitForAPersonIsTold(t *testing.T) {
	t.Parallel()
	told := make(chan struct{}, 10)
	open := func(k vault.Keychain, after time.Duration) *vault.Vault {
		return vault.Open(vault.Config{Service: service, Dir: tempDir(t), Keychain: k, Form: vault.FormChunks, Waits: func() { told <- struct{}{} }, WaitsAfter: after})
	}
	k := newFake()
	k.reset(at(1, hangBefore)) // somebody unlocks the keychain
	done := make(chan error, 1)
	go func() { done <- putNew(context.Background(), open(k, short)) }()
	<-told
	close(k.release)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if err := open(newFake(), time.Hour).Test(context.Background()); err != nil {
		t.Fatal(err)
	}
	if n := len(told); n != 0 {
		t.Errorf("told %d times more", n)
	}
}

// broken is a keychain whose library panics, as go-keyring does when the session bus goes while a person is asked.
type broken struct{ *fake }

func (broken) Get(string, string) (string, error) { panic("with " + oldOne) }

func TestALibraryThatPanics(t *testing.T) {
	t.Parallel()
	v := open(t, broken{newFake()}, tempDir(t))
	for name, err := range map[string]error{
		"put": putNew(context.Background(), v), "delete": deleteIt(context.Background(), v), "test": v.Test(context.Background()),
	} {
		if !errors.Is(err, connector.ErrKeychainMissing) {
			t.Errorf("%s: %v, want %v", name, err, connector.ErrKeychainMissing)
		}
		silent(t, err)
	}
}
