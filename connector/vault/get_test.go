package vault_test

import (
	"context"
	"errors"
	"maps"
	"testing"

	"partner-center-connector/connector"
	"partner-center-connector/connector/vault"
)

// A read of oldOne is call 1 for the header, 2 to 4 for its chunks.
const lastChunk = 4

// TestACredentialThatCannotBeReadIsNotGone: a person who is told that a credential is gone has to sign in again, so nothing but a
// credential that is not there, or not whole, is called that.
func TestACredentialThatCannotBeReadIsNotGone(t *testing.T) {
	t.Parallel()
	for call := 1; call <= lastChunk; call++ {
		for f, want := range map[fault]error{hangBefore: connector.ErrKeychainSlow, failBefore: connector.ErrKeychainBroken} {
			k, dir := newFake(), tempDir(t)
			put(t, open(t, k, dir), id, oldOne)
			k.reset(at(call, f))
			_, err := openShort(k, dir, short).Get(context.Background(), id)
			if !errors.Is(err, want) || errors.Is(err, connector.ErrCredentialAbsent) {
				t.Errorf("call %d, %s: %v, want %v", call, f, err, want)
			}
			if got := k.count(); f == hangBefore && got != call {
				t.Errorf("call %d hangs, and %d more are made, each of which may ask a person", call, got-call)
			}
			close(k.release)
		}
	}
}

// changing lets a credential be changed by another process at a call: k gets the items that other has then.
func changing(k *fake, call int, other map[string]string) {
	k.reset(func(n int, _ vault.Op) fault {
		if n == call {
			k.items = maps.Clone(other) // the caller holds k.mu
		}
		return none
	})
}

// written are the items of a keychain in which a credential was put.
func written(t *testing.T, credential string) map[string]string {
	t.Helper()
	k := newFake()
	put(t, open(t, k, tempDir(t)), id, credential)
	return k.items
}

func TestACredentialThatIsChangedWhileItIsRead(t *testing.T) {
	t.Parallel()
	for call := 2; call <= lastChunk; call++ {
		k, dir := newFake(), tempDir(t)
		v := open(t, k, dir)
		put(t, v, id, oldOne)
		changing(k, call, written(t, newOne))
		if got := get(t, v, id); got != newOne {
			t.Errorf("changed at call %d: %d bytes", call, len(got))
		}
		put(t, v, id, oldOne)
		changing(k, call, nil)
		if _, err := v.Get(context.Background(), id); !errors.Is(err, connector.ErrCredentialAbsent) || errors.As(err, new(*vault.DamagedError)) {
			t.Errorf("deleted at call %d: %v", call, err)
		}
	}
}

// TestACredentialThatIsChangedAtEveryTry: who can never read it whole says so, and not that it is gone.
func TestACredentialThatIsChangedAtEveryTry(t *testing.T) {
	t.Parallel()
	k, dir := newFake(), tempDir(t)
	put(t, open(t, k, dir), id, oldOne)
	versions := []map[string]string{written(t, oldOne), written(t, newOne)}
	k.reset(func(n int, _ vault.Op) fault {
		if n%2 == 0 { // the first chunk, after each read of the header
			k.items = versions[n/2%2]
		}
		return none
	})
	_, err := open(t, k, dir).Get(context.Background(), id)
	if !errors.Is(err, connector.ErrKeychainSlow) || errors.Is(err, connector.ErrCredentialAbsent) {
		t.Errorf("%v, want %v", err, connector.ErrKeychainSlow)
	}
	if got := k.count(); got != 11 {
		t.Errorf("%d calls, want 11: five tries, and the header before each and at the end", got)
	}
}

// TestTheHeaderCannotBeReadAgain: a chunk is missing, perhaps because of a change, and the keychain does not say which.
func TestTheHeaderCannotBeReadAgain(t *testing.T) {
	t.Parallel()
	k, dir := newFake(), tempDir(t)
	put(t, open(t, k, dir), id, oldOne)
	delete(k.items, k.chunk("2"))
	k.reset(at(5, failBefore))
	if _, err := open(t, k, dir).Get(context.Background(), id); !errors.Is(err, connector.ErrKeychainBroken) || errors.Is(err, connector.ErrCredentialAbsent) {
		t.Errorf("%v, want %v", err, connector.ErrKeychainBroken)
	}
}
