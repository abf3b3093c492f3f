package vault_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/vault"
)

// TestCallsOfAWholeCredential holds how little is asked of a keychain that takes one item, and that the disk is left alone.
func TestCallsOfAWholeCredential(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name   string
		before string
		do     func(context.Context, *vault.Vault) error
		want   []vault.Op
		notes  bool // whether a note is on disk meanwhile
	}{
		{"get", oldOne, getIt, []vault.Op{vault.OpRead}, false},
		{"put the first", "", putNew, []vault.Op{vault.OpRead, vault.OpWrite, vault.OpRead}, false},
		{"put over", oldOne, putNew, []vault.Op{vault.OpRead, vault.OpWrite, vault.OpRead}, false},
		{"delete", oldOne, deleteIt, []vault.Op{vault.OpRead, vault.OpRemove, vault.OpRead}, false},
		{"test", "", testIt, []vault.Op{vault.OpWrite, vault.OpRead, vault.OpRemove, vault.OpRead}, true},
	} {
		k, dir := newFake(), tempDir(t)
		v := openAs(t, vault.FormWhole, k, dir)
		if tc.before != "" {
			put(t, v, id, tc.before)
		}
		var got []vault.Op
		k.reset(func(_ int, op vault.Op) fault {
			got = append(got, op)
			if notes, _ := filepath.Glob(filepath.Join(dir, "*.json")); (len(notes) > 0) != tc.notes {
				t.Errorf("%s: %v on disk at call %d", tc.name, notes, len(got))
			}
			return none
		})
		if err := tc.do(context.Background(), v); err != nil {
			t.Errorf("%s: %v", tc.name, err)
		}
		if len(got) != len(tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, got, tc.want)
		}
		for i := range min(len(got), len(tc.want)) {
			if got[i] != tc.want[i] {
				t.Errorf("%s: %v, want %v", tc.name, got, tc.want)
				break
			}
		}
		if len(files(t, dir))+len(settled(t, dir)) > 0 {
			t.Errorf("%s: the folder holds %v and %v", tc.name, files(t, dir), settled(t, dir))
		}
	}
}

func getIt(ctx context.Context, v *vault.Vault) error {
	_, err := v.Get(ctx, id)
	return err
}

// TestAnOlderProgramTellsAWholeCredential reads the item as the version before did: its format is newer, and it names no chunks.
func TestAnOlderProgramTellsAWholeCredential(t *testing.T) {
	t.Parallel()
	k := newFake()
	put(t, openAs(t, vault.FormWhole, k, tempDir(t)), id, oldOne)
	text, err := base64.StdEncoding.DecodeString(k.items[id])
	if err != nil {
		t.Fatal(err)
	}
	h := struct {
		Format  int    `json:"format"`
		Version string `json:"version"`
		Count   int    `json:"count"`
	}{}
	if err := json.Unmarshal(text, &h); err != nil {
		t.Fatal(err)
	}
	if h.Format <= 1 || h.Version != "" || h.Count != 0 {
		t.Errorf("format %d, version %q, %d chunks", h.Format, h.Version, h.Count)
	}
}

func TestDamagedWholeCredential(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for want, harm := range map[string]func(*fake){
		"its header can't be read":            func(k *fake) { k.items[id] = k.items[id][:400] },
		"its header is wrong":                 func(k *fake) { k.setHeader("id", "") },
		"it is that of another connector":     func(k *fake) { k.setHeader("id", "5f0d") },
		"it has 4200 bytes and should have 5": func(k *fake) { k.setHeader("length", 5) },
		"its SHA-256 is another one":          func(k *fake) { k.setHeader("text", newOne) },
		"it is no base64 text":                func(k *fake) { k.setHeader("base64", "?") },
		"it has 0 bytes and should have 4200": func(k *fake) { k.setHeader("text", "") },
	} {
		k, dir := newFake(), tempDir(t)
		v := openAs(t, vault.FormWhole, k, dir)
		put(t, v, id, oldOne)
		harm(k)
		_, err := v.Get(ctx, id)
		if want := "the credential in the keychain is damaged: " + want; err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
		if !errors.Is(err, connector.ErrCredentialAbsent) {
			t.Errorf("%v is not %v", err, connector.ErrCredentialAbsent)
		}
		put(t, v, id, newOne)
		if got := get(t, v, id); got != newOne {
			t.Errorf("%s: a new one could not take its place", want)
		}
		oneItemLeft(t, k, dir)
	}
}

func TestTheLargestWholeCredential(t *testing.T) {
	t.Parallel()
	k, dir := newFake(), tempDir(t)
	v := openAs(t, vault.FormWhole, k, dir)
	put(t, v, id, strings.Repeat("x", 150_000))
	if got := get(t, v, id); len(got) != 150_000 {
		t.Errorf("%d bytes came back", len(got))
	}
	// A third more than the credential: each write rewrites the file of all items.
	if n := len(k.items[id]); n > 201_000 {
		t.Errorf("the item has %d bytes", n)
	}
	if strings.ContainsAny(k.items[id], "{} \n") {
		t.Error("the item is no base64 text")
	}
	if err := v.Put(context.Background(), id, auth.NewSecret(strings.Repeat("x", 150_001))); !errors.Is(err, connector.ErrKeychainFull) {
		t.Errorf("a byte more: %v, want %v", err, connector.ErrKeychainFull)
	}
}

// TestAPutTakesOldChunksOver checks that what an older program left is read, replaced at once, and gone.
func TestAPutTakesOldChunksOver(t *testing.T) {
	t.Parallel()
	d := actions[putLegacy]
	k, dir := d.prepare(t)
	v := d.open(t, k, dir)
	if got := get(t, v, id); got != oldOne {
		t.Fatal("the old one can't be read")
	}
	k.reset(from(4, dismissed)) // the header is read, written and read back; no chunk goes
	put(t, v, id, newOne)
	k.reset(at(0, none))
	if got := get(t, v, id); got != newOne {
		t.Error("the new one does not count")
	}
	if noted, err := os.ReadFile(filepath.Join(dir, id+".json")); err != nil || !strings.Contains(string(noted), `"count":3`) {
		t.Errorf("the old chunks are not noted: %s, %v", noted, err)
	}
	if err := v.Sweep(context.Background()); err != nil {
		t.Fatal(err)
	}
	oneItemLeft(t, k, dir)
}
