package vault_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/safefile"
	"partner-center-connector/connector/vault"

	"github.com/zalando/go-keyring"
)

// These tests look at what an operation itself leaves and tells, before any sweep puts things in order.

// The calls of a put: the header is read, each of three chunks is written and read back, then the header.
const callsUntilItCounts = 9

func TestAFailedPutPutsEverythingBack(t *testing.T) {
	t.Parallel()
	for _, d := range actions[:putOver+1] {
		for n := 1; n <= callsUntilItCounts; n++ {
			for _, f := range []fault{failBefore, failAfter, mangled} {
				k, dir := d.prepare(t)
				k.reset(at(n, f))
				v := open(t, k, dir)
				err := putNew(context.Background(), v)
				k.reset(at(0, none))
				want := newOne
				if err != nil {
					want = d.before
				}
				if got := d.held(t, v); got != want {
					t.Errorf("%s, %d, %s: another credential is there after %v", d.name, n, f, err)
				}
				chunks := chunksEach
				if want == "" {
					chunks = 0
				}
				nothingLeft(t, k, dir, chunks)
			}
		}
	}
}

func TestACanceledPutPutsEverythingBack(t *testing.T) {
	t.Parallel()
	d := actions[putOver]
	k, dir := d.prepare(t)
	ctx, cancel := context.WithCancel(context.Background())
	k.reset(func(call int, _ vault.Op) fault {
		if call == 5 { // the second chunk is read back
			cancel()
		}
		return none
	})
	v := open(t, k, dir)
	if err := putNew(ctx, v); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want %v", err, context.Canceled)
	}
	if got := get(t, v, id); got != oldOne {
		t.Error("the old one is not there any more")
	}
	nothingLeft(t, k, dir, chunksEach)
}

// Whoever dismissed the prompt once is not asked again for the tidying up: the note stays, for a sweep.
func TestADismissedPutIsLeftToTheSweep(t *testing.T) {
	t.Parallel()
	d := actions[putOver]
	k, dir := d.prepare(t)
	k.reset(at(4, dismissed)) // the second chunk
	v := open(t, k, dir)
	if err := putNew(context.Background(), v); !errors.Is(err, connector.ErrKeychainLocked) {
		t.Errorf("%v, want %v", err, connector.ErrKeychainLocked)
	}
	if n := k.count(); n != 5 {
		t.Errorf("%d calls, want 5", n)
	}
	if got := files(t, dir); !slices.Equal(got, []string{id + ".json"}) {
		t.Errorf("the folder holds %v", got)
	}
	d.verify(t, k, v, dir, connector.ErrKeychainLocked)
}

func TestDeleteTellsWhatItCouldNotRemove(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name   string
		call   int
		fault  fault
		op     vault.Op
		want   error
		there  bool // the credential
		items  int
		noted  bool
		number int // of calls
	}{
		{"the header stays", 2, failBefore, vault.OpRemove, connector.ErrKeychainBroken, true, 4, true, 3},
		{"the header stays, the prompt was dismissed", 2, dismissed, vault.OpRemove, connector.ErrKeychainLocked, true, 4, true, 3},
		{"nobody knows whether the header is gone", 3, failBefore, vault.OpRead, connector.ErrKeychainBroken, false, 3, true, 3},
		{"the first chunk stays", 4, failBefore, vault.OpRemove, connector.ErrKeychainBroken, false, 3, true, 5},
		{"nobody knows whether the first chunk is gone", 5, failBefore, vault.OpRead, connector.ErrKeychainBroken, false, 2, true, 5},
		{"the last chunk stays", 8, dismissed, vault.OpRemove, connector.ErrKeychainLocked, false, 1, true, 9},
	} {
		k, dir := actions[deleteChunks].prepare(t)
		k.reset(at(tc.call, tc.fault))
		v := open(t, k, dir)
		err := v.Delete(context.Background(), id)
		var failure *vault.Error
		if !errors.As(err, &failure) || failure.Op != tc.op || !errors.Is(err, tc.want) {
			t.Errorf("%s: %v, want %s: %v", tc.name, err, tc.op, tc.want)
		}
		if n := k.count(); n != tc.number {
			t.Errorf("%s: %d calls, want %d", tc.name, n, tc.number)
		}
		k.reset(at(0, none))
		if _, err := v.Get(context.Background(), id); (err == nil) != tc.there {
			t.Errorf("%s: afterwards: %v", tc.name, err)
		}
		if n := len(k.accounts()); n != tc.items {
			t.Errorf("%s: %d items are left, want %d", tc.name, n, tc.items)
		}
		if noted := len(files(t, dir)) == 1; noted != tc.noted {
			t.Errorf("%s: the folder holds %v", tc.name, files(t, dir))
		}
		if err := v.Delete(context.Background(), id); err != nil {
			t.Errorf("%s: deleting again: %v", tc.name, err)
		}
		nothingLeft(t, k, dir, 0)
	}
}

// Where the chunks are noted, a header that can't be read keeps nothing from being removed; where they are not, only it knows them.
func TestDeleteWhereTheHeaderCannotBeRead(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	k, dir := actions[deleteChunks].prepare(t)
	k.reset(at(1, failBefore))
	if err := open(t, k, dir).Delete(ctx, id); err != nil {
		t.Error(err)
	}
	nothingLeft(t, k, dir, 0)

	legacy := actions[deleteLegacy]
	k, dir = legacy.prepare(t)
	k.reset(at(1, failBefore))
	if err := legacy.do(ctx, legacy.open(t, k, dir)); !errors.Is(err, connector.ErrKeychainBroken) {
		t.Errorf("without a note: %v, want %v", err, connector.ErrKeychainBroken)
	}
	if n := k.count(); n != 1 {
		t.Errorf("without a note: %d calls, want 1", n)
	}
	itemsAndNotes(t, k, dir, chunksEach+1, 0)
}

func TestDeletingNothingAsksOnce(t *testing.T) {
	t.Parallel()
	k, dir := newFake(), tempDir(t)
	if err := open(t, k, dir).Delete(context.Background(), id); err != nil {
		t.Fatal(err)
	}
	if n := k.count(); n != 1 {
		t.Errorf("%d calls, want 1", n)
	}
}

// crashed makes a keychain and folder with what two puts left that could not go on.
func crashed(t *testing.T) (k *fake, dir string) {
	t.Helper()
	k, dir = newFake(), tempDir(t)
	for _, id := range []string{"one", "two"} {
		k.reset(from(8, dismissed)) // the header, and everything after
		if err := open(t, k, dir).Put(context.Background(), id, auth.NewSecret(oldOne)); err == nil {
			t.Fatal("the put was done")
		}
	}
	k.reset(at(0, none))
	if n := len(k.accounts()); n != 6 {
		t.Fatalf("%d items are left of two puts, want 6", n)
	}
	return k, dir
}

func TestSweepTellsWhatItCouldNotDo(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name  string
		call  int
		fault fault
		want  error
		items int
		left  []string
	}{
		{"the header can't be read", 1, failBefore, connector.ErrKeychainBroken, 3, []string{"one.json"}},
		{"a chunk stays", 2, failBefore, connector.ErrKeychainBroken, 3, []string{"one.json"}},
		{"nobody knows whether a chunk is gone", 3, failBefore, connector.ErrKeychainBroken, 2, []string{"one.json"}},
		// Nothing more is asked of a keychain that is locked.
		{"the prompt is dismissed", 2, dismissed, connector.ErrKeychainLocked, 6, []string{"one.json", "two.json"}},
	} {
		k, dir := crashed(t)
		k.reset(at(tc.call, tc.fault))
		err := open(t, k, dir).Sweep(context.Background())
		if !errors.Is(err, tc.want) || !strings.HasPrefix(err.Error(), "one: ") || strings.Contains(err.Error(), "two: ") {
			t.Errorf("%s: %v, want %v of one", tc.name, err, tc.want)
		}
		if n := len(k.accounts()); n != tc.items {
			t.Errorf("%s: %d items are left, want %d", tc.name, n, tc.items)
		}
		if got := files(t, dir); !slices.Equal(got, tc.left) {
			t.Errorf("%s: the folder holds %v, want %v", tc.name, got, tc.left)
		}
		k.reset(at(0, none))
		if err := open(t, k, dir).Sweep(context.Background()); err != nil {
			t.Errorf("%s: sweeping again: %v", tc.name, err)
		}
		nothingLeft(t, k, dir, 0)
	}
}

func TestSweepThatWasCanceled(t *testing.T) {
	t.Parallel()
	k, dir := crashed(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	err := open(t, k, dir).Sweep(ctx)
	if !errors.Is(err, context.Canceled) || strings.Contains(err.Error(), "two: ") {
		t.Errorf("%v, want %v of one", err, context.Canceled)
	}
	if n := k.count(); n != 0 {
		t.Errorf("%d calls", n)
	}
}

func TestSweepTellsWhatIsWrongWithTheFolder(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	k, dir := newFake(), tempDir(t)
	writeFile(t, filepath.Join(dir, "file"), "")
	// Windows says of a file's entries that they are not there.
	if err := open(t, k, filepath.Join(dir, "file")).Sweep(ctx); runtime.GOOS != "windows" && (err == nil || !strings.HasPrefix(err.Error(), "note of intent: ")) {
		t.Errorf("a file: %v", err)
	}
	// A folder can't be removed as if it were a file that a crash left, nor read as a note.
	for _, name := range []string{".one.json1", "two.json"} {
		if err := os.MkdirAll(filepath.Join(dir, name, "full"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	err := open(t, k, dir).Sweep(ctx)
	if err == nil || !strings.Contains(err.Error(), "one: note of intent: ") || !errors.Is(err, safefile.ErrNotRegular) {
		t.Errorf("folders: %v", err)
	}
	if got := files(t, dir); !slices.Equal(got, []string{".one.json1", "file", "two.json"}) {
		t.Errorf("the folder holds %v", got)
	}
}

// Without its note nobody would find what a put or a deletion leaves: neither is begun.
func TestNothingIsBegunWithoutTheNote(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for name, spoil := range map[string]func(note string) error{
		"a folder in its place": func(note string) error { return os.MkdirAll(filepath.Join(note, "full"), 0o700) },
		"damaged, and nowhere to put it": func(note string) error {
			return errors.Join(os.WriteFile(note, []byte("?"), 0o600), os.MkdirAll(filepath.Join(note+".damaged", "full"), 0o700))
		},
		"too large": func(note string) error { return os.WriteFile(note, []byte(noteOf(1<<20+1)), 0o600) },
	} {
		k, dir := actions[putOver].prepare(t)
		if err := spoil(filepath.Join(dir, id+".json")); err != nil {
			t.Fatal(err)
		}
		v := open(t, k, dir)
		k.reset(at(0, none))
		for what, err := range map[string]error{"put": putNew(ctx, v), "delete": v.Delete(ctx, id)} {
			if err == nil || !strings.HasPrefix(err.Error(), "note of intent: ") {
				t.Errorf("%s, %s: %v", name, what, err)
			}
		}
		if n := k.count(); n != 0 {
			t.Errorf("%s: %d calls", name, n)
		}
		if got := get(t, v, id); got != oldOne {
			t.Errorf("%s: the credential is another one", name)
		}
	}
	k, dir := actions[putOver].prepare(t)
	writeFile(t, filepath.Join(dir, id+".json"), noteOf(1<<20))
	put(t, open(t, k, dir), id, newOne)
	nothingLeft(t, k, dir, chunksEach)
}

// noteOf is an empty note of so many bytes.
func noteOf(size int) string {
	const text = `{"format":1,"versions":[]}`
	return text + strings.Repeat(" ", size-len(text))
}

func TestANoteThatCannotBeRemovedIsTold(t *testing.T) {
	t.Parallel()
	k, dir := actions[deleteChunks].prepare(t)
	note := filepath.Join(dir, id+".json")
	k.reset(func(call int, _ vault.Op) fault {
		if call == 9 { // the last of the deletion
			if err := errors.Join(os.Remove(note), os.MkdirAll(filepath.Join(note, "full"), 0o700)); err != nil {
				panic(err)
			}
		}
		return none
	})
	if err := open(t, k, dir).Delete(context.Background(), id); err == nil || !strings.HasPrefix(err.Error(), "note of intent: ") {
		t.Errorf("%v", err)
	}
}

func TestPurgeGoesOnWhileTheKeychainCanBeUsed(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for _, tc := range []struct {
		name    string
		refusal error
		want    error
		items   int
	}{
		{"one can't be removed", errors.New("refused"), connector.ErrKeychainBroken, 4},
		{"no keychain", keyring.ErrUnsupportedPlatform, connector.ErrKeychainMissing, 12},
	} {
		k, dir := newFake(), tempDir(t)
		v := open(t, k, dir)
		ids := []string{"one", "three", "two"}
		for _, id := range ids {
			put(t, v, id, oldOne)
		}
		k.refusal = func(string) error { return tc.refusal }
		k.reset(at(2, failBefore)) // the header of the first
		err := v.Purge(ctx, ids)
		if !errors.Is(err, tc.want) || !strings.HasPrefix(err.Error(), "one: ") {
			t.Errorf("%s: %v, want %v of one", tc.name, err, tc.want)
		}
		// The sweep at the end finds nothing to do for a header that counts.
		if n := len(k.accounts()); n != tc.items {
			t.Errorf("%s: %d items are left, want %d", tc.name, n, tc.items)
		}
		k.reset(at(0, none))
		if err := v.Purge(ctx, ids); err != nil {
			t.Errorf("%s: purging again: %v", tc.name, err)
		}
		nothingLeft(t, k, dir, 0)
	}
}

func TestPurgeSweepsAndTellsWhatItCould(t *testing.T) {
	t.Parallel()
	k, dir := crashed(t)
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if err := open(t, k, dir).Purge(ended, []string{"three", "four"}); !errors.Is(err, context.Canceled) || strings.Contains(err.Error(), "four: ") {
		t.Errorf("%v, want %v of three", err, context.Canceled)
	}
	if err := open(t, k, dir).Purge(context.Background(), []string{"three"}); err != nil {
		t.Fatal(err)
	}
	nothingLeft(t, k, dir, 0)
}

func TestAnEmptyNoteAsksNobody(t *testing.T) {
	t.Parallel()
	k, dir := newFake(), tempDir(t)
	writeFile(t, filepath.Join(dir, id+".json"), `{"format":1,"versions":[]}`)
	if err := open(t, k, dir).Sweep(context.Background()); err != nil {
		t.Fatal(err)
	}
	if n := k.count(); n != 0 {
		t.Errorf("%d calls", n)
	}
	nothingLeft(t, k, dir, 0)
}

// TestTheWordsOfAFailure holds what a log says beside the cause.
func TestTheWordsOfAFailure(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		action int
		call   int
		fault  fault
		want   string
	}{
		{putOver, 2, dismissed, "keychain: write: the keychain is locked: nothing was written: a prompt was dismissed"},
		{putOver, 8, dismissed, "keychain: write: the keychain is locked: nothing was written: a prompt was dismissed"},
		{putOver, 2, mangled, "keychain: write: the keychain does not keep what is written to it: what was read back is something else"},
		{putOver, 2, failBefore, "keychain: write: the keychain answered with an error"}, // what it said had the credential in it
		{deleteChunks, 2, failBefore, "keychain: remove: the keychain answered with an error: refused:"},
		{deleteChunks, 2, dismissed, "keychain: remove: the keychain is locked: nothing was removed: a prompt was dismissed"},
		{deleteLegacy, 1, failBefore, "keychain: read: the keychain answered with an error: refused:"},
	} {
		k, dir := actions[tc.action].prepare(t)
		k.reset(at(tc.call, tc.fault))
		if err := actions[tc.action].do(context.Background(), actions[tc.action].open(t, k, dir)); err == nil || err.Error() != tc.want {
			t.Errorf("got  %v\nwant %s", err, tc.want)
		}
	}
	v := open(t, newFake(), tempDir(t))
	err := v.Put(context.Background(), id, auth.NewSecret(strings.Repeat("x", 160_000)))
	if want := "keychain: write: " + connector.ErrKeychainFull.Error() + ": 160000 bytes"; err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func TestTheWordsOfADamage(t *testing.T) {
	t.Parallel()
	for want, harm := range map[string]func(*fake){
		"chunk 2 of 3 is missing":             func(k *fake) { delete(k.items, k.chunk("1")) },
		"a chunk is no base64 text":           func(k *fake) { k.items[k.chunk("0")] = "?" },
		"it has 4200 bytes and should have 5": func(k *fake) { k.setHeader("length", 5) },
		"its SHA-256 is another one":          func(k *fake) { k.setHeader("sha256", "00") },
		"its header can't be read":            func(k *fake) { k.items[id] = "?" },
		"its header is wrong":                 func(k *fake) { k.setHeader("count", 0) },
	} {
		k, dir := actions[putOver].prepare(t)
		harm(k)
		_, err := open(t, k, dir).Get(context.Background(), id)
		if want := "the credential in the keychain is damaged: " + want; err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
}
