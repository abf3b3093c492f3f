package vault_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partner-center-connector/connector/vault"
)

// state is something that became of a credential which was put, perhaps more than once.
type state struct {
	name string
	harm func(t *testing.T, k *fake, dir string)
}

var states = []state{
	{"whole", func(*testing.T, *fake, string) {}},
	{"the header is gone", func(_ *testing.T, k *fake, _ string) { delete(k.items, id) }},
	{"the header can't be read", func(_ *testing.T, k *fake, _ string) { k.items[id] = "?" }},
	{"the header is cut", func(_ *testing.T, k *fake, _ string) { k.items[id] = k.items[id][:20] }},
	{"the header is empty", func(_ *testing.T, k *fake, _ string) { k.items[id] = "" }},
	{"the header is that of a newer program", func(_ *testing.T, k *fake, _ string) { k.setHeader("format", 9) }},
	{"the header names another version", func(_ *testing.T, k *fake, _ string) { k.setHeader("version", "0123456789abcdef") }},
	{"the header names a version that can't be", func(_ *testing.T, k *fake, _ string) { k.setHeader("version", "../x") }},
	{"the header names fewer chunks", func(_ *testing.T, k *fake, _ string) { k.setHeader("count", 1) }},
	{"the header names more chunks", func(_ *testing.T, k *fake, _ string) { k.setHeader("count", 9) }},
	{"the header is no header but a chunk", func(_ *testing.T, k *fake, _ string) { k.items[id] = strings.Repeat("QUJD", 500) }},
	{"the header of before is back", func(t *testing.T, k *fake, dir string) {
		t.Helper()
		before := k.items[id]
		put(t, open(t, k, dir), id, newOne)
		k.items[id] = before
	}},
	{"everything of before is back", func(t *testing.T, k *fake, dir string) {
		t.Helper()
		before := maps.Clone(k.items)
		put(t, open(t, k, dir), id, newOne)
		maps.Copy(k.items, before)
	}},
	{"every chunk is gone", func(_ *testing.T, k *fake, _ string) {
		maps.DeleteFunc(k.items, func(account, _ string) bool { return account != id })
	}},
	{"every chunk is nonsense", func(_ *testing.T, k *fake, _ string) {
		for account := range k.items {
			if account != id {
				k.items[account] = "?"
			}
		}
	}},
	{"the note of what is at rest is gone", func(t *testing.T, _ *fake, dir string) {
		t.Helper()
		if err := os.RemoveAll(filepath.Join(dir, settledFolder)); err != nil {
			t.Fatal(err)
		}
	}},
	{"the header is another connector's", func(t *testing.T, k *fake, _ string) {
		t.Helper()
		other := newFake()
		put(t, openAs(t, vault.FormWhole, other, tempDir(t)), "another", newOne)
		k.items[id] = other.items["another"]
	}},
	{"a chunk is gone", func(_ *testing.T, k *fake, _ string) {
		for account := range k.items {
			if strings.HasSuffix(account, ".1") {
				delete(k.items, account)
			}
		}
	}},
	{"nothing of the old one could be removed", func(t *testing.T, k *fake, dir string) {
		t.Helper()
		k.reset(from(10, failBefore))
		put(t, open(t, k, dir), id, newOne)
		k.reset(at(0, none))
	}},
	{"a put was killed before the header", func(t *testing.T, k *fake, dir string) {
		t.Helper()
		k.reset(from(8, dismissed))
		_ = putNew(context.Background(), open(t, k, dir))
		k.reset(at(0, none))
	}},
	{"the note of what is at rest is damaged", func(t *testing.T, _ *fake, dir string) {
		t.Helper()
		if names := settled(t, dir); len(names) > 0 {
			writeFile(t, filepath.Join(dir, settledFolder, names[0]), "?")
		}
	}},
	{"a crash left half a note", func(t *testing.T, _ *fake, dir string) {
		t.Helper()
		folder := filepath.Join(dir, settledFolder)
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(folder, "."+id+".json123"), "half")
	}},
}

// ways are what may be done before a credential is removed.
var ways = map[string]func(t *testing.T, v *vault.Vault){
	"removed":           func(*testing.T, *vault.Vault) {},
	"renewed":           func(t *testing.T, v *vault.Vault) { t.Helper(); put(t, v, id, newOne) },
	"swept":             func(t *testing.T, v *vault.Vault) { t.Helper(); _ = v.Sweep(context.Background()) },
	"renewed and swept": func(t *testing.T, v *vault.Vault) { t.Helper(); put(t, v, id, newOne); sweepOnce(t, v) },
	"swept and renewed": func(t *testing.T, v *vault.Vault) {
		t.Helper()
		_ = v.Sweep(context.Background()) // it may say that the header can't be read
		put(t, v, id, newOne)
	},
	"renewed twice": func(t *testing.T, v *vault.Vault) { t.Helper(); put(t, v, id, newOne); put(t, v, id, oldOne) },
}

func sweepOnce(t *testing.T, v *vault.Vault) {
	t.Helper()
	if err := v.Sweep(context.Background()); err != nil {
		t.Error(err)
	}
}

// TestEveryWayOutOfEveryState checks that one removal leaves nothing in the keychain, nor on disk, whatever came before it.
func TestEveryWayOutOfEveryState(t *testing.T) {
	t.Parallel()
	forms := map[string][2]vault.Form{
		"chunks":            {vault.FormChunks, vault.FormChunks},
		"whole":             {vault.FormWhole, vault.FormWhole},
		"chunks taken over": {vault.FormChunks, vault.FormWhole},
	}
	for name, form := range forms {
		for _, s := range states {
			for way, first := range ways {
				t.Run(fmt.Sprintf("%s/%s/%s", name, s.name, way), func(t *testing.T) {
					k, dir := newFake(), tempDir(t)
					put(t, openAs(t, form[0], k, dir), id, "the one before")
					put(t, openAs(t, form[0], k, dir), id, oldOne)
					s.harm(t, k, dir)
					v := openAs(t, form[1], k, dir)
					first(t, v)
					removedAtOnce(t, "one removal", k, v)
					sweepOnce(t, v)
					nothingLeft(t, k, dir, 0)
				})
			}
		}
	}
}

// TestAfterARenewalTheVersionIsNoted holds what the removal above rests on.
func TestAfterARenewalTheVersionIsNoted(t *testing.T) {
	t.Parallel()
	k, dir := newFake(), tempDir(t)
	v := open(t, k, dir)
	put(t, v, id, oldOne)
	put(t, v, id, newOne)
	version, _ := k.header()["version"].(string)
	text, err := os.ReadFile(filepath.Join(dir, settledFolder, id+".json"))
	if want := `{"format":1,"versions":[{"version":"` + version + `","count":3}]}`; err != nil || string(text) != want {
		t.Errorf("got  %s, %v\nwant %s", text, err, want)
	}
}

// TestASweepPassesByWhatIsAtRest checks that the start of the program does not ask for each of a thousand connectors.
func TestASweepPassesByWhatIsAtRest(t *testing.T) {
	t.Parallel()
	k, dir := newFake(), tempDir(t)
	v := open(t, k, dir)
	for i := range 20 {
		put(t, v, fmt.Sprintf("c-%d", i), oldOne)
	}
	k.reset(at(0, none))
	sweepOnce(t, v)
	if n := k.count(); n != 0 {
		t.Errorf("%d calls", n)
	}
	if n := len(settled(t, dir)); n != 20 {
		t.Errorf("%d are noted, want 20", n)
	}
}
