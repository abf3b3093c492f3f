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

// way is a way to the real keychain.
type way struct {
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
var overLibrary = way{
	"over go-keyring", libraryItems, vault.Library, []int{putOver}, []int{putOver}, []vault.Form{vault.FormChunks, vault.FormWhole},
}

// everything is what a vault must do on every real keychain.
func (w way) everything(t *testing.T, l lister) {
	t.Helper()
	w.atEveryCall(t, l)
	w.atAnyTime(t, l)
}

func (w way) atEveryCall(t *testing.T, l lister) {
	t.Helper()
	for _, form := range w.forms {
		t.Run(fmt.Sprintf("%s, form %d: black box", w.name, form), func(t *testing.T) {
			blackBox(t, form, func(t *testing.T, dir string) (v, beside *vault.Vault, k lister) {
				t.Helper()
				return openAs(t, form, w.keychain, dir), openAs(t, form, w.keychain, dir), l
			})
		})
	}
	t.Run(w.name+": killed at every call", func(t *testing.T) { w.killAtEveryCall(t, l) })
}

func (w way) atAnyTime(t *testing.T, l lister) {
	t.Helper()
	for _, action := range w.over {
		t.Run(w.name+": killed at any time: "+actions[action].name, func(t *testing.T) { w.killAtAnyTime(t, l, action) })
	}
}

// killAtEveryCall kills before every call, and for a put in place of another after every call too.
func (w way) killAtEveryCall(t *testing.T, l lister) {
	t.Helper()
	children := 0
	for _, action := range w.actions {
		children += w.killAtCalls(t, l, action, false)
	}
	for _, action := range w.over {
		children += w.killAtCalls(t, l, action, true)
	}
	t.Logf("%d children killed", children)
}

func (w way) killAtCalls(t *testing.T, l lister, action int, after bool) (children int) {
	t.Helper()
	d := actions[action]
	for call := 1; ; call++ {
		dir := tempDir(t)
		v := d.open(t, w.keychain, dir)
		d.prepareIn(t, w.keychain, dir)
		died := die(t, action, dir, w.items, call, after)
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
func (w way) killAtAnyTime(t *testing.T, l lister, action int) {
	t.Helper()
	d := actions[action]
	outcomes, whole := map[string]int{}, time.Duration(0)
	for i := range 21 {
		dir := tempDir(t)
		v := d.open(t, w.keychain, dir)
		d.prepareIn(t, w.keychain, dir)
		cmd := child(action, dir, w.items, 0, false)
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
