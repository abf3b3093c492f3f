package vault_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/vault"
)

// lister is a keychain that can be listed, so that a test sees what is left in it.
type lister interface{ accounts() []string }

// blackBox is what every keychain must pass in a form: open gives a vault, a second one over the same keychain, and its list.
func blackBox(t *testing.T, form vault.Form, open func(t *testing.T, dir string) (v, beside *vault.Vault, k lister)) {
	t.Helper()
	ctx := context.Background()
	only := nothingLeft
	if form == vault.FormWhole {
		only = func(t *testing.T, k lister, dir string, _ int) { t.Helper(); oneItemLeft(t, k, dir) }
	}
	t.Run("round trips", func(t *testing.T) {
		for name, credential := range map[string]string{
			"one byte":         "x",
			"just one chunk":   strings.Repeat("x", 1500),
			"one byte more":    strings.Repeat("x", 1501),
			"full size":        strings.Repeat("full", 3<<10),
			"not ASCII":        strings.Repeat("ä€\U0001F511", 700),
			"not even text":    "\x00\xff\xfe\r\n\x80",
			"spaces and lines": " \n a\tb \n",
		} {
			dir := tempDir(t)
			v, beside, k := open(t, dir)
			put(t, v, id, credential)
			if got := get(t, beside, id); got != credential {
				t.Errorf("%s: %d bytes come back as %d others", name, len(credential), len(got))
			}
			only(t, k, dir, (len(credential)+1499)/1500)
			if err := v.Delete(ctx, id); err != nil {
				t.Fatal(err)
			}
			nothingLeft(t, k, dir, 0)
		}
	})
	t.Run("a new one takes the place of the old one", func(t *testing.T) {
		dir := tempDir(t)
		v, beside, k := open(t, dir)
		put(t, v, id, oldOne)
		put(t, beside, id, newOne)
		if got := get(t, v, id); got != newOne {
			t.Error("the old one came back")
		}
		only(t, k, dir, chunksEach)
		if err := v.Purge(ctx, []string{id, "never-was"}); err != nil {
			t.Fatal(err)
		}
		nothingLeft(t, k, dir, 0)
	})
	t.Run("what is not there", func(t *testing.T) {
		dir := tempDir(t)
		v, _, k := open(t, dir)
		if _, err := v.Get(ctx, "nobody"); !errors.Is(err, connector.ErrCredentialAbsent) {
			t.Errorf("get: %v, want %v", err, connector.ErrCredentialAbsent)
		}
		if err := v.Delete(ctx, "nobody"); err != nil {
			t.Errorf("delete: %v", err)
		}
		if err := v.Sweep(ctx); err != nil {
			t.Errorf("sweep: %v", err)
		}
		nothingLeft(t, k, dir, 0)
	})
	t.Run("two connectors", func(t *testing.T) {
		dir := tempDir(t)
		v, _, k := open(t, dir)
		put(t, v, "one", oldOne)
		put(t, v, "one-more", newOne)
		if err := v.Delete(ctx, "one"); err != nil {
			t.Fatal(err)
		}
		if got := get(t, v, "one-more"); got != newOne {
			t.Error("the other one is not whole")
		}
		if err := v.Delete(ctx, "one-more"); err != nil {
			t.Fatal(err)
		}
		nothingLeft(t, k, dir, 0)
	})
	t.Run("test leaves nothing", func(t *testing.T) {
		dir := tempDir(t)
		v, _, k := open(t, dir)
		if err := v.Test(ctx); err != nil {
			t.Fatal(err)
		}
		nothingLeft(t, k, dir, 0)
	})
	t.Run("two vaults at once", func(t *testing.T) {
		dir := tempDir(t)
		v, beside, k := open(t, dir)
		together(t, v, beside, 6)
		if err := v.Delete(ctx, id); err != nil {
			t.Fatal(err)
		}
		nothingLeft(t, k, dir, 0)
	})
}

// together lets two vaults put, get and sweep the same credential at once: whoever reads gets one that was put, whole.
func together(t *testing.T, v, beside *vault.Vault, rounds int) {
	t.Helper()
	ctx := context.Background()
	put(t, v, id, oldOne)
	errs := make(chan error, 5)
	go func() { errs <- repeat(rounds, func() error { return v.Put(ctx, id, auth.NewSecret(newOne)) }) }()
	go func() { errs <- repeat(rounds, func() error { return beside.Put(ctx, id, auth.NewSecret(oldOne)) }) }()
	go func() { errs <- repeat(rounds, func() error { return v.Sweep(ctx) }) }()
	for _, reader := range []*vault.Vault{v, beside} {
		go func() {
			errs <- repeat(rounds, func() error {
				got, err := reader.Get(ctx, id)
				if err == nil && got.Reveal() != oldOne && got.Reveal() != newOne {
					return errors.New("a credential came back that nobody put")
				}
				return err
			})
		}()
	}
	for range cap(errs) {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}

func repeat(n int, f func() error) error {
	for range n {
		if err := f(); err != nil {
			return err
		}
	}
	return nil
}

func TestBlackBox(t *testing.T) {
	t.Parallel()
	for name, form := range map[string]vault.Form{"chunks": vault.FormChunks, "whole": vault.FormWhole} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			blackBox(t, form, func(t *testing.T, dir string) (v, beside *vault.Vault, k lister) {
				t.Helper()
				f := newFake()
				return openAs(t, form, f, dir), openAs(t, form, f, dir), f
			})
		})
	}
}
