package vault_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/vault"
)

// action is something that is done to a vault which may hold oldOne.
type action struct {
	name   string
	before string
	do     func(context.Context, *vault.Vault) error
	// after are the credentials that may be there when the action is done, or failed; "" is none.
	after []string
	// done is the one that must be there when it returned nil.
	done string
	// form is the vault's, beforeForm that of what is there before.
	form, beforeForm vault.Form
	// legacy reports whether what is there before was put by a program that noted nothing.
	legacy bool
}

// Numbers of actions: a put over another credential, a deletion of chunks, and what is done to what an older program left.
const (
	putOver      = 1
	deleteChunks = 2
	putWholeOver = 6
	putLegacy    = 10
	deleteLegacy = 11
)

var actions = append(append(actionsIn(vault.FormChunks), actionsIn(vault.FormWhole)...), takeovers...)

func actionsIn(form vault.Form) []action {
	all := []action{
		{name: "put the first", do: putNew, after: []string{"", newOne}, done: newOne},
		{name: "put over", before: oldOne, do: putNew, after: []string{oldOne, newOne}, done: newOne},
		{name: "delete", before: oldOne, do: deleteIt, after: []string{oldOne, ""}},
		{name: "delete nothing", do: deleteIt, after: []string{""}},
		{name: "test", before: oldOne, do: testIt, after: []string{oldOne}, done: oldOne},
	}
	for i := range all {
		all[i].form, all[i].beforeForm = form, form
		if form == vault.FormWhole {
			all[i].name += ", whole"
		}
	}
	return all
}

// takeovers are for what an older program left in chunks on a keychain that takes one item.
var takeovers = []action{
	{
		name: "put over chunks", before: oldOne, do: putNew, after: []string{oldOne, newOne}, done: newOne,
		form: vault.FormWhole, beforeForm: vault.FormChunks, legacy: true,
	},
	{
		name: "delete chunks", before: oldOne, do: deleteIt, after: []string{oldOne, ""},
		form: vault.FormWhole, beforeForm: vault.FormChunks, legacy: true,
	},
}

func putNew(ctx context.Context, v *vault.Vault) error {
	return v.Put(ctx, id, auth.NewSecret(newOne))
}

func deleteIt(ctx context.Context, v *vault.Vault) error { return v.Delete(ctx, id) }

func testIt(ctx context.Context, v *vault.Vault) error { return v.Test(ctx) }

func (d action) open(t *testing.T, k vault.Keychain, dir string) *vault.Vault {
	t.Helper()
	return openAs(t, d.form, k, dir)
}

// prepareIn puts what is there before into a keychain.
func (d action) prepareIn(t *testing.T, k vault.Keychain, dir string) {
	t.Helper()
	if d.before == "" {
		return
	}
	put(t, openAs(t, d.beforeForm, k, dir), id, d.before)
	if d.legacy {
		if err := os.RemoveAll(filepath.Join(dir, settledFolder)); err != nil {
			t.Fatal(err)
		}
	}
}

// prepare makes a keychain and folder in which the action can be done, and counts the calls that it makes.
func (d action) prepare(t *testing.T) (k *fake, dir string) {
	t.Helper()
	k, dir = newFake(), tempDir(t)
	d.prepareIn(t, k, dir)
	return k, dir
}

func (d action) calls(t *testing.T) int {
	t.Helper()
	k, dir := d.prepare(t)
	k.reset(at(0, none))
	if err := d.do(context.Background(), d.open(t, k, dir)); err != nil {
		t.Fatal(err)
	}
	return k.count()
}

// verify checks that one of the allowed credentials is there, whole, and that after a Sweep nothing else is.
func (d action) verify(t *testing.T, k lister, v *vault.Vault, dir string, err error) {
	t.Helper()
	before := d.held(t, v)
	if sweepErr := v.Sweep(context.Background()); sweepErr != nil {
		t.Errorf("sweep: %v", sweepErr)
	}
	now := d.held(t, v)
	if now != before {
		t.Error("the sweep changed the credential")
	}
	if err == nil && now != d.done {
		t.Error("it returned nil and was not done")
	}
	d.nothingElse(t, k, dir, now)
}

// nothingElse checks that the keychain and the folder hold what belongs to a credential, "" for none, and nothing else.
func (d action) nothingElse(t *testing.T, k lister, dir, credential string) {
	t.Helper()
	form := d.form
	if credential == d.before {
		form = d.beforeForm
	}
	switch {
	case credential == "":
		nothingLeft(t, k, dir, 0)
	case form == vault.FormWhole:
		oneItemLeft(t, k, dir)
	case d.legacy:
		itemsAndNotes(t, k, dir, chunksEach+1, len(settled(t, dir)))
	default:
		nothingLeft(t, k, dir, chunksEach)
	}
}

func (d action) held(t *testing.T, v *vault.Vault) string {
	t.Helper()
	got, err := v.Get(context.Background(), id)
	var damaged *vault.DamagedError
	switch {
	case errors.As(err, &damaged), err != nil && !errors.Is(err, connector.ErrCredentialAbsent):
		t.Fatalf("the credential is not whole: %v", err)
	}
	text := got.Reveal()
	for _, allowed := range d.after {
		if text == allowed {
			return text
		}
	}
	t.Fatalf("a credential of %d bytes is there", len(text))
	return ""
}

// silent checks that an error tells nothing of the credentials.
func silent(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		return
	}
	const window = 12
	secrets := oldOne + newOne + base64.StdEncoding.EncodeToString([]byte(oldOne)) + base64.StdEncoding.EncodeToString([]byte(newOne))
	text := fmt.Sprintf("%+v", err)
	for i := range len(text) - window {
		if strings.Contains(secrets, text[i:i+window]) {
			t.Fatalf("the error tells a part of the credential at %d of %d bytes", i, len(text))
		}
	}
}

// withFaultsAt does every action with each of the faults at each of its calls, as plan says, and looks at what came of it.
func withFaultsAt(t *testing.T, faults []fault, plan func(int, fault) func(int, vault.Op) fault, look func(t *testing.T, d action, k *fake, dir string, err error)) {
	t.Helper()
	for _, d := range actions {
		calls := d.calls(t)
		for n := 1; n <= calls; n++ {
			for _, f := range faults {
				t.Run(fmt.Sprintf("%s/%d/%s", d.name, n, f), func(t *testing.T) {
					k, dir := d.prepare(t)
					k.reset(plan(n, f))
					look(t, d, k, dir, d.do(context.Background(), d.open(t, k, dir)))
				})
			}
		}
	}
}

// wholeAndSilent holds what must be true after any fault.
func wholeAndSilent(t *testing.T, d action, k *fake, dir string, err error) {
	t.Helper()
	k.reset(at(0, none))
	silent(t, err)
	d.verify(t, k, d.open(t, k, dir), dir, err)
}

func TestOneFaultAtEveryCall(t *testing.T) {
	t.Parallel()
	withFaultsAt(t, []fault{failBefore, failAfter, dismissed, mangled}, at, wholeAndSilent)
}

func TestEveryCallFailsFromOneOn(t *testing.T) {
	t.Parallel()
	withFaultsAt(t, []fault{failBefore, failAfter, dismissed}, from, wholeAndSilent)
}

// A second failure while the first one is being fixed must not make it worse either.
func TestTwoFaults(t *testing.T) {
	t.Parallel()
	for _, d := range []action{actions[putOver], actions[putWholeOver], actions[putLegacy]} {
		calls := d.calls(t)
		for first := 1; first <= calls; first++ {
			for second := first + 1; second <= first+8; second++ {
				for _, f := range []fault{failBefore, mangled} {
					t.Run(fmt.Sprintf("%s/%d/%d/%s", d.name, first, second, f), func(t *testing.T) { d.withTwo(t, first, second, f) })
				}
			}
		}
	}
}

// withTwo does the action with a fault at one call and a refusal at another.
func (d action) withTwo(t *testing.T, first, second int, f fault) {
	t.Helper()
	k, dir := d.prepare(t)
	k.reset(func(call int, _ vault.Op) fault {
		switch call {
		case first:
			return f
		case second:
			return failBefore
		}
		return none
	})
	err := d.do(context.Background(), d.open(t, k, dir))
	k.reset(at(0, none))
	if f == mangled && headerMangled(k) {
		return // a keychain that spoils what it keeps and then refuses to mend it keeps no credential
	}
	d.verify(t, k, d.open(t, k, dir), dir, err)
}

func headerMangled(k *fake) bool { return strings.HasSuffix(k.items[id], "?") }

func TestFaultsAreNamed(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name  string
		fault fault
		call  int
		want  error
	}{
		{"the first chunk is dismissed", dismissed, 2, connector.ErrKeychainLocked},
		{"the first chunk is mangled", mangled, 2, connector.ErrKeychainBroken},
		{"the first chunk is refused", failBefore, 2, connector.ErrKeychainBroken},
		{"the header is dismissed", dismissed, 8, connector.ErrKeychainLocked},
		{"the header is mangled", mangled, 8, connector.ErrKeychainBroken},
		{"a chunk is refused and kept all the same", failAfter, 2, nil},
		{"the header is refused and kept all the same", failAfter, 8, nil},
		{"what is removed stays", dismissed, 10, nil},
	} {
		d := actions[putOver]
		k, dir := d.prepare(t)
		k.reset(at(tc.call, tc.fault))
		if err := d.do(context.Background(), open(t, k, dir)); !errors.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, err, tc.want)
		}
	}
	d := actions[deleteChunks]
	k, dir := d.prepare(t)
	k.reset(at(2, dismissed))
	if err := d.do(context.Background(), open(t, k, dir)); !errors.Is(err, connector.ErrKeychainLocked) {
		t.Errorf("a deletion is dismissed: %v, want %v", err, connector.ErrKeychainLocked)
	}
}

func TestCanceledBetweenCalls(t *testing.T) {
	t.Parallel()
	for _, d := range actions {
		calls := d.calls(t)
		for n := 1; n <= calls; n++ {
			k, dir := d.prepare(t)
			ctx, cancel := context.WithCancel(context.Background())
			k.reset(func(call int, _ vault.Op) fault {
				if call == n {
					cancel()
				}
				return none
			})
			err := d.do(ctx, d.open(t, k, dir))
			cancel()
			if err != nil && !errors.Is(err, context.Canceled) {
				t.Errorf("%s, %d: %v", d.name, n, err)
			}
			v := d.open(t, k, dir)
			until(t, "the lock is given back", func() bool { return !held(dir) })
			d.verify(t, k, v, dir, err)
		}
	}
}
