//go:build e2e

package vault_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"partner-center-connector/connector/vault"
)

// everything is what a vault must do on every real keychain.
func everything(t *testing.T, l lister) {
	t.Helper()
	atEveryCall(t, l)
	atAnyTime(t, l)
}

func atEveryCall(t *testing.T, l lister) {
	t.Helper()
	t.Run("black box", func(t *testing.T) {
		blackBox(t, func(t *testing.T, dir string) (v, beside *vault.Vault, k lister) {
			t.Helper()
			return open(t, nil, dir), open(t, nil, dir), l
		})
	})
	t.Run("killed at every call", func(t *testing.T) { killAtEveryCall(t, l) })
}

func atAnyTime(t *testing.T, l lister) {
	t.Helper()
	t.Run("killed at any time", func(t *testing.T) { killAtAnyTime(t, l) })
}

// killAtEveryCall kills before every call, and for a put in place of another after every call too.
func killAtEveryCall(t *testing.T, l lister) {
	t.Helper()
	children := 0
	for i := range actions {
		children += killAtCalls(t, l, i, false)
	}
	children += killAtCalls(t, l, putOver, true)
	t.Logf("%d children killed", children)
}

func killAtCalls(t *testing.T, l lister, action int, after bool) (children int) {
	t.Helper()
	d := actions[action]
	for call := 1; ; call++ {
		dir := tempDir(t)
		v := open(t, nil, dir)
		if d.before != "" {
			put(t, v, id, d.before)
		}
		died := die(t, action, dir, "", call, after)
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
func killAtAnyTime(t *testing.T, l lister) {
	t.Helper()
	outcomes, whole := map[string]int{}, time.Duration(0)
	for i := range 21 {
		dir := tempDir(t)
		v := open(t, nil, dir)
		put(t, v, id, oldOne)
		cmd := child(putOver, dir, "", 0, false)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		note := filepath.Join(dir, id+".json")
		until(t, "the child has begun", func() bool {
			_, err := os.Stat(note)
			return err == nil || get(t, v, id) == newOne
		})
		begun := time.Now()
		if i > 0 {
			<-time.After(rand.N(whole)) // when, is what this test leaves to chance
			_ = cmd.Process.Kill()
		}
		err := cmd.Wait()
		if i == 0 {
			whole = time.Since(begun)
		}
		actions[putOver].verify(t, l, v, dir, err)
		outcomes[get(t, v, id)[:3]]++
		if err := v.Delete(context.Background(), id); err != nil {
			t.Fatal(err)
		}
	}
	nothingLeft(t, l, tempDir(t), 0)
	t.Logf("outcomes: %v", outcomes)
}
