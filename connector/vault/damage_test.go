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

	"github.com/zalando/go-keyring"
)

// chunk is the account of a chunk by its number.
func (k *fake) chunk(n string) string {
	for _, account := range k.accounts() {
		if strings.HasPrefix(account, id+".") && strings.HasSuffix(account, "."+n) {
			return account
		}
	}
	panic("there is no chunk " + n)
}

// header takes the header apart.
func (k *fake) header() map[string]any {
	var h map[string]any
	text, decodeErr := base64.StdEncoding.DecodeString(k.items[id])
	if err := errors.Join(decodeErr, json.Unmarshal(text, &h)); err != nil {
		panic(err)
	}
	return h
}

// setHeader changes a field of the header.
func (k *fake) setHeader(field string, value any) {
	h := k.header()
	h[field] = value
	text, err := json.Marshal(h)
	if err != nil {
		panic(err)
	}
	k.items[id] = base64.StdEncoding.EncodeToString(text)
}

func TestDamagedCredential(t *testing.T) {
	t.Parallel()
	for name, harm := range map[string]func(*fake){
		"a chunk is missing":   func(k *fake) { delete(k.items, k.chunk("1")) },
		"a chunk is cut":       func(k *fake) { a := k.chunk("2"); k.items[a] = k.items[a][:4] },
		"a chunk is no base64": func(k *fake) { k.items[k.chunk("0")] = "?" },
		"two chunks change places": func(k *fake) {
			a, b := k.chunk("0"), k.chunk("2")
			k.items[a], k.items[b] = k.items[b], k.items[a]
		},
		"a letter is another one": func(k *fake) {
			a := k.chunk("0")
			k.items[a] = "A" + k.items[a][1:]
		},
		"the header is empty":     func(k *fake) { k.items[id] = "e30=" },
		"the header is no base64": func(k *fake) { k.items[id] = "{}" },
		"the header is no JSON":   func(k *fake) { k.items[id] = "Z29uZQ==" },
		"the header is an array":  func(k *fake) { k.items[id] = "WzFd" },
		"no chunks":               func(k *fake) { k.setHeader("count", 0) },
		"a million chunks":        func(k *fake) { k.setHeader("count", 1_000_000) },
		"a negative length":       func(k *fake) { k.setHeader("length", -1) },
		"another length":          func(k *fake) { k.setHeader("length", 5) },
		"another hash":            func(k *fake) { k.setHeader("sha256", "00") },
		"a version of its own":    func(k *fake) { k.setHeader("version", "../../x") },
		"format 0":                func(k *fake) { k.setHeader("format", 0) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			k, dir := newFake(), tempDir(t)
			v := open(t, k, dir)
			put(t, v, id, oldOne)
			harm(k)
			_, err := v.Get(ctx, id)
			var damaged *vault.DamagedError
			if !errors.As(err, &damaged) || !errors.Is(err, connector.ErrCredentialAbsent) {
				t.Errorf("%v, want a *DamagedError that is %v", err, connector.ErrCredentialAbsent)
			}
			silent(t, err)
			put(t, v, id, newOne)
			if got := get(t, v, id); got != newOne {
				t.Error("a new one could not take the place of the damaged one")
			}
			if err := v.Delete(ctx, id); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestNewerFormat(t *testing.T) {
	t.Parallel()
	k, dir := newFake(), tempDir(t)
	v := open(t, k, dir)
	put(t, v, id, oldOne)
	k.setHeader("format", 3)
	if _, err := v.Get(context.Background(), id); !errors.Is(err, connector.ErrListNewer) {
		t.Errorf("header: %v, want %v", err, connector.ErrListNewer)
	}
	writeFile(t, filepath.Join(dir, "other.json"), `{"format":2,"versions":[]}`)
	for name, err := range map[string]error{
		"sweep":  v.Sweep(context.Background()),
		"put":    v.Put(context.Background(), "other", auth.NewSecret("x")),
		"delete": v.Delete(context.Background(), "other"),
	} {
		if !errors.Is(err, connector.ErrListNewer) {
			t.Errorf("%s with a note: %v, want %v", name, err, connector.ErrListNewer)
		}
	}
	if got := files(t, dir); len(got) != 1 {
		t.Errorf("the folder holds %v", got)
	}
}

func writeFile(tb testing.TB, path, text string) {
	tb.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		tb.Fatal(err)
	}
}

func TestNotesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "{", "null", "[]", `{"format":0}`, `{"format":1,"versions":[{"version":"..","count":1}]}`,
		`{"format":1,"versions":[{"version":"0123456789abcdef","count":100000}]}`, "\x00",
	} {
		k, dir := newFake(), tempDir(t)
		v := open(t, k, dir)
		put(t, v, id, oldOne)
		note := filepath.Join(dir, id+".json")
		writeFile(t, note, text)
		if err := v.Sweep(context.Background()); err == nil {
			t.Errorf("%q: the sweep said nothing", text)
		}
		if err := v.Sweep(context.Background()); err != nil {
			t.Errorf("%q: the second sweep: %v", text, err)
		}
		writeFile(t, note, text)
		put(t, v, id, newOne)
		if got := get(t, v, id); got != newOne {
			t.Errorf("%q: the credential is not whole", text)
		}
		if got := files(t, dir); len(got) != 1 || got[0] != id+".json.damaged" {
			t.Errorf("%q: the folder holds %v", text, got)
		}
	}
}

func TestSweepClearsTheFolder(t *testing.T) {
	t.Parallel()
	k, dir := newFake(), tempDir(t)
	v := open(t, k, dir)
	put(t, v, id, oldOne)
	writeFile(t, filepath.Join(dir, "."+id+".json123"), "half")
	writeFile(t, filepath.Join(dir, "dead.lock"), "")
	writeFile(t, filepath.Join(dir, "empty.json"), `{"format":1,"versions":[]}`)
	writeFile(t, filepath.Join(dir, "Not Ours.json"), "kept")
	if err := v.Sweep(context.Background()); err != nil {
		t.Fatal(err)
	}
	if got := files(t, dir); len(got) != 1 || got[0] != "Not Ours.json" {
		t.Errorf("the folder holds %v", got)
	}
}

// A keychain that spoils what it keeps: nothing is removed before a Put has fixed the header.
func TestSweepLeavesAHeaderThatCannotBeRead(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	k, dir := newFake(), tempDir(t)
	v := open(t, k, dir)
	put(t, v, id, oldOne)
	k.reset(from(8, dismissed))
	_ = putNew(ctx, v)
	k.reset(at(0, none))
	items := len(k.accounts())
	k.items[id] = "spoilt"
	if err := v.Sweep(ctx); !errors.Is(err, connector.ErrCredentialAbsent) {
		t.Errorf("%v, want %v", err, connector.ErrCredentialAbsent)
	}
	if got := len(k.accounts()); got != items {
		t.Errorf("%d items are left of %d", got, items)
	}
	put(t, v, id, newOne)
	nothingLeft(t, k, dir, chunksEach)
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	k, dir := newFake(), tempDir(t)
	v := open(t, k, dir)
	for _, bad := range []string{"", "A", "a.b", "../a", "a/b", "a b", strings.Repeat("a", 65), "ä"} {
		err := v.Put(ctx, bad, auth.NewSecret("x"))
		_, getErr := v.Get(ctx, bad)
		if err == nil || getErr == nil || v.Delete(ctx, bad) == nil {
			t.Errorf("the ID %q was taken", bad)
		}
	}
	if v.Put(ctx, id, auth.Secret{}) == nil {
		t.Error("an empty credential was taken")
	}
	if err := v.Put(ctx, id, auth.NewSecret(strings.Repeat("x", 200_000))); !errors.Is(err, connector.ErrKeychainFull) {
		t.Errorf("200,000 bytes: %v, want %v", err, connector.ErrKeychainFull)
	}
	k.reset(at(2, failBefore))
	k.refusal = func(string) error { return keyring.ErrSetDataTooBig }
	if err := v.Put(ctx, id, auth.NewSecret("x")); !errors.Is(err, connector.ErrKeychainFull) {
		t.Errorf("too big: %v, want %v", err, connector.ErrKeychainFull)
	}
	k.reset(at(0, none))
	nothingLeft(t, k, dir, 0)
	writeFile(t, filepath.Join(dir, "file"), "")
	if err := open(t, k, filepath.Join(dir, "file")).Test(ctx); err == nil {
		t.Error("a file was taken for a folder")
	}
}

func TestItemsFitEverySystem(t *testing.T) {
	t.Parallel()
	k := newFake()
	put(t, open(t, k, tempDir(t)), strings.Repeat("a", 64), strings.Repeat("ü", 70_000))
	for account, text := range k.items {
		if len(text) > 2000 {
			t.Errorf("%s holds %d bytes", account, len(text))
		}
		if strings.ContainsFunc(account+text, func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Errorf("%s is not plain ASCII", account)
		}
	}
}
