package vault_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/connector"
)

// left are the items that no header names, and those of them that no note names either.
func left(t *testing.T, k *fake, dir string) (items, forgotten []string) {
	t.Helper()
	current := "none"
	if _, ok := k.items[id]; ok {
		current, _ = k.header()["version"].(string)
	}
	for _, account := range k.accounts() {
		if account == id || strings.Contains(account, current) {
			continue
		}
		items = append(items, account)
		whose, chunk, _ := strings.Cut(account, ".")
		version, _, _ := strings.Cut(chunk, ".")
		note, _ := os.ReadFile(filepath.Join(dir, whose+".json"))
		if !strings.Contains(string(note), `"version":"`+version) {
			forgotten = append(forgotten, account)
		}
	}
	return items, forgotten
}

// TestWhatIsLeftIsTold: who is told that something was removed finds nothing of it, before any sweep; and whatever stays is noted.
func TestWhatIsLeftIsTold(t *testing.T) {
	t.Parallel()
	withFaultsAt(t, []fault{failBefore, failAfter, dismissed}, from, func(t *testing.T, d action, k *fake, dir string, err error) {
		t.Helper()
		items, forgotten := left(t, k, dir)
		if len(forgotten) > 0 {
			t.Errorf("nobody knows any more of %v", forgotten)
		}
		// A credential that was put counts, whatever stays of the one before it.
		if err == nil && d.done != newOne && len(items)+len(files(t, dir)) > 0 {
			t.Errorf("it returned nil, and left %v and %v", items, files(t, dir))
		}
	})
}

// leavings are a keychain and a folder after a Put that could remove nothing of the old credential.
func leavings(t *testing.T, id string, k *fake, dir string) {
	t.Helper()
	v := open(t, k, dir)
	put(t, v, id, oldOne)
	k.reset(from(10, failBefore))
	put(t, v, id, newOne)
	k.reset(at(0, none))
}

// TestWhatASweepCannotRemoveIsTold: a sweep that fails says why, and leaves the note to the next one.
func TestWhatASweepCannotRemoveIsTold(t *testing.T) {
	t.Parallel()
	// The sweep reads the header, then removes three chunks, and looks whether each is gone.
	for n := 1; n <= 6; n++ {
		k, dir := newFake(), tempDir(t)
		leavings(t, id, k, dir)
		v := open(t, k, dir)
		k.reset(from(n, failBefore))
		sweepErr, purgeErr := v.Sweep(context.Background()), v.Purge(context.Background(), nil)
		for what, err := range map[string]error{"sweep": sweepErr, "purge": purgeErr} {
			if !errors.Is(err, connector.ErrKeychainBroken) || !strings.Contains(err.Error(), id+": ") {
				t.Errorf("%s, call %d: %v, want %v of %s", what, n, err, connector.ErrKeychainBroken, id)
			}
		}
		if items, forgotten := left(t, k, dir); len(items) == 0 || len(forgotten) != 0 {
			t.Errorf("call %d: left %v, of which %v are forgotten", n, items, forgotten)
		}
		k.reset(at(0, none))
		if err := v.Sweep(context.Background()); err != nil {
			t.Errorf("call %d: the next sweep: %v", n, err)
		}
		nothingLeft(t, k, dir, chunksEach)
	}
}

// TestASweepOfADamagedCredential: nobody knows which version counts, so that all of them stay, and the note.
func TestASweepOfADamagedCredential(t *testing.T) {
	t.Parallel()
	k, dir := newFake(), tempDir(t)
	leavings(t, id, k, dir)
	k.items[id] = "?"
	before := len(k.items)
	err := open(t, k, dir).Sweep(context.Background())
	if want := id + ": the credential in the keychain is damaged: its header can't be read"; err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	if got := files(t, dir); len(k.items) != before || !slices.Equal(got, []string{id + ".json"}) {
		t.Errorf("%d of %d items are left, and the folder holds %v", len(k.items), before, got)
	}
}

// TestASweepGoesOn: a credential that can't be swept does not keep the others from it, unless the keychain can't be used at all: then
// nobody is asked to unlock it once more.
func TestASweepGoesOn(t *testing.T) {
	t.Parallel()
	for f, want := range map[fault]error{failBefore: connector.ErrKeychainBroken, dismissed: connector.ErrKeychainLocked} {
		k, dir := newFake(), tempDir(t)
		leavings(t, "one", k, dir)
		leavings(t, "two", k, dir)
		k.reset(at(2, f)) // the first removal
		err := open(t, k, dir).Sweep(context.Background())
		if !errors.Is(err, want) || !strings.Contains(err.Error(), "one: ") || strings.Contains(err.Error(), "two: ") {
			t.Errorf("%s: %v, want %v of one", f, err, want)
		}
		swept := !slices.Contains(files(t, dir), "two.json")
		if swept != (f == failBefore) || !slices.Contains(files(t, dir), "one.json") {
			t.Errorf("%s: the folder holds %v", f, files(t, dir))
		}
	}
}

// TestATrialThatCannotBeSweptIsTold: what a crash left of a trial of the keychain stays noted until it is gone.
func TestATrialThatCannotBeSweptIsTold(t *testing.T) {
	t.Parallel()
	k, dir := newFake(), tempDir(t)
	v := open(t, k, dir)
	k.reset(from(4, failBefore))
	if err := v.Test(context.Background()); err == nil {
		t.Fatal("a keychain that keeps nothing is fine")
	}
	for range 2 {
		if err := v.Sweep(context.Background()); !errors.Is(err, connector.ErrKeychainBroken) || len(files(t, dir)) != 1 {
			t.Errorf("%v, want %v; the folder holds %v", err, connector.ErrKeychainBroken, files(t, dir))
		}
	}
}
