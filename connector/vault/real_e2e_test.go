//go:build e2e

package vault_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"partner-center-connector/connector/vault"
)

// real is a way to the real keychain.
type real struct {
	name string
	// items is what a child is told.
	items    string
	keychain vault.Keychain
	// actions are the numbers of those that are killed at every call, and over those that are killed after a call and at any time too.
	actions []int
	over    []int
	forms   []vault.Form
}

// overLibrary is go-keyring, where the system's keychain is another one.
var overLibrary = real{
	"over go-keyring", libraryItems, vault.Library, []int{putOver}, []int{putOver}, []vault.Form{vault.FormChunks, vault.FormWhole},
}

// everything is what a vault must do on every real keychain.
func (r real) everything(t *testing.T, l lister) {
	t.Helper()
	r.atEveryCall(t, l)
	r.atAnyTime(t, l)
}

func (r real) atEveryCall(t *testing.T, l lister) {
	t.Helper()
	for _, form := range r.forms {
		t.Run(fmt.Sprintf("%s, form %d: black box", r.name, form), func(t *testing.T) {
			blackBox(t, form, func(t *testing.T, dir string) (v, beside *vault.Vault, k lister) {
				t.Helper()
				return openAs(t, form, r.keychain, dir), openAs(t, form, r.keychain, dir), l
			})
		})
	}
	t.Run(r.name+": killed at every call", func(t *testing.T) { r.killAtEveryCall(t, l) })
}

func (r real) atAnyTime(t *testing.T, l lister) {
	t.Helper()
	for _, action := range r.over {
		t.Run(r.name+": killed at any time: "+actions[action].name, func(t *testing.T) { r.killAtAnyTime(t, l, action) })
	}
}

// killAtEveryCall kills before every call, and for a put in place of another after every call too.
func (r real) killAtEveryCall(t *testing.T, l lister) {
	t.Helper()
	children := 0
	for _, action := range r.actions {
		children += r.killAtCalls(t, l, action, false)
	}
	for _, action := range r.over {
		children += r.killAtCalls(t, l, action, true)
	}
	t.Logf("%d children killed", children)
}

func (r real) killAtCalls(t *testing.T, l lister, action int, after bool) (children int) {
	t.Helper()
	d := actions[action]
	for call := 1; ; call++ {
		dir := tempDir(t)
		v := d.open(t, r.keychain, dir)
		d.prepareIn(t, r.keychain, dir)
		died := die(t, action, dir, r.items, call, after)
		if died {
			d.verify(t, l, v, dir, errors.New("killed"))
			children++
		}
		if err := v.Delete(context.Background(), id); err != nil {
			t.Fatal(err)
		}
		nothingLeft(t, l, dir, 0)
		if !died {
			return children
		}
	}
}

// killAtAnyTime kills from outside, so that a call may be under way.
func (r real) killAtAnyTime(t *testing.T, l lister, action int) {
	t.Helper()
	d := actions[action]
	outcomes, whole := map[string]int{}, time.Duration(0)
	for i := range 21 {
		dir := tempDir(t)
		v := d.open(t, r.keychain, dir)
		d.prepareIn(t, r.keychain, dir)
		cmd := child(action, dir, r.items, 0, false)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		until(t, "the child has begun", func() bool { return held(dir) || get(t, v, id) == newOne })
		begun := time.Now()
		if i > 0 {
			<-time.After(rand.N(whole)) // when, is what this test leaves to chance
			_ = cmd.Process.Kill()
		}
		err := cmd.Wait()
		if i == 0 {
			whole = time.Since(begun)
		}
		d.verify(t, l, v, dir, err)
		outcomes[get(t, v, id)[:3]]++
		if err := v.Delete(context.Background(), id); err != nil {
			t.Fatal(err)
		}
	}
	nothingLeft(t, l, tempDir(t), 0)
	t.Logf("outcomes: %v", outcomes)
}
