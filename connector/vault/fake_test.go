package vault_test

import (
	"errors"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"partner-center-connector/connector/vault"
)

const service = "Partner Center Connector Test"

// fault is what a fake keychain does to one call.
type fault string

const (
	none       fault = ""
	failBefore fault = "error before"
	failAfter  fault = "error after"
	dismissed  fault = "nothing done, no error"
	mangled    fault = "something else kept"
	hangBefore fault = "hangs, then acts"
	hangAfter  fault = "acts, then hangs"
)

// fake is a keychain in memory whose faults are decided call by call.
type fake struct {
	mu    sync.Mutex
	items map[string]string
	// calls counts the calls so far; decide is asked with the number of each, from 1 on.
	calls  int
	decide func(call int, op vault.Op) fault
	// refusal is the error of a refused call, made of the text that was to be kept.
	refusal func(text string) error
	// release ends the calls that hang.
	release chan struct{}
	// inside and most count the calls under way.
	inside, most atomic.Int32
}

func newFake() *fake {
	return &fake{
		items:   map[string]string{},
		decide:  func(int, vault.Op) fault { return none },
		refusal: func(text string) error { return errors.New("refused: " + text) },
		release: make(chan struct{}),
	}
}

// at makes a decision that puts f on one call alone.
func at(n int, f fault) func(int, vault.Op) fault {
	return func(call int, _ vault.Op) fault {
		if call == n {
			return f
		}
		return none
	}
}

// from makes a decision that puts f on a call and all after it.
func from(n int, f fault) func(int, vault.Op) fault {
	return func(call int, _ vault.Op) fault {
		if call >= n {
			return f
		}
		return none
	}
}

func (k *fake) begin(op vault.Op) fault {
	k.most.Store(max(k.most.Load(), k.inside.Add(1)))
	k.mu.Lock()
	k.calls++
	f := k.decide(k.calls, op)
	k.mu.Unlock()
	if f == hangBefore {
		<-k.release
	}
	return f
}

func (k *fake) end(f fault, text string) error {
	defer k.inside.Add(-1)
	switch f {
	case hangAfter:
		<-k.release
	case failBefore, failAfter:
		return k.refusal(text)
	default:
	}
	return nil
}

func (k *fake) Set(_, account, text string) error {
	f := k.begin(vault.OpWrite)
	k.mu.Lock()
	switch f {
	case failBefore, dismissed:
	case mangled:
		k.items[account] = text + "?"
	default:
		k.items[account] = text
	}
	k.mu.Unlock()
	return k.end(f, text)
}

func (k *fake) Get(_, account string) (string, error) {
	f := k.begin(vault.OpRead)
	k.mu.Lock()
	text, ok := k.items[account]
	k.mu.Unlock()
	if err := k.end(f, ""); err != nil {
		return "", err
	}
	if !ok {
		return "", vault.ErrNotFound
	}
	return text, nil
}

func (k *fake) Delete(_, account string) error {
	f := k.begin(vault.OpRemove)
	k.mu.Lock()
	_, ok := k.items[account]
	if f != failBefore && f != dismissed {
		delete(k.items, account)
	}
	k.mu.Unlock()
	if err := k.end(f, ""); err != nil {
		return err
	}
	if !ok {
		return vault.ErrNotFound
	}
	return nil
}

func (k *fake) accounts() []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.Sorted(maps.Keys(k.items))
}

// reset takes every fault away and begins to count again.
func (k *fake) reset(decide func(int, vault.Op) fault) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.calls = 0
	k.decide = decide
}

func (k *fake) count() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.calls
}
