package vault_test

import (
	"context"
	"errors"
	"testing"

	"partner-center-connector/connector"
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
