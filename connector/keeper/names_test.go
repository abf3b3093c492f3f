package keeper_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/keeper"
	"partner-center-connector/connector/store"
)

// keychain is one in memory, which all keepers of a test share.
type keychain struct {
	connector.Vault // what no test asks for
	mu              sync.Mutex
	items           map[string]string
	// before is done before an item is written.
	before func()
}

func (k *keychain) Put(_ context.Context, id string, credential auth.Secret) error {
	if k.before != nil {
		k.before()
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.items[id] = credential.Reveal()
	return nil
}

func (k *keychain) Delete(_ context.Context, id string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.items, id)
	return nil
}

// world is a folder and a keychain that several processes use at once.
type world struct {
	t        *testing.T
	dir      string
	keychain *keychain
}

func newWorld(t *testing.T, saved ...connector.Connector) world {
	t.Helper()
	w := world{t, t.TempDir(), &keychain{items: map[string]string{}}}
	k := w.keeper()
	for _, c := range saved {
		if err := k.Ports.Store.PutConnector(c); err != nil {
			t.Fatal(err)
		}
		w.keychain.items[c.ID] = "old"
	}
	return w
}

// keeper opens the folder, as one more process would.
func (w world) keeper() keeper.Keeper {
	w.t.Helper()
	s, err := store.Open(w.dir)
	if err != nil {
		w.t.Fatal(err)
	}
	return keeper.Keeper{Ports: connector.Ports{Store: s, Vault: w.keychain, Now: time.Now}}
}

func saving(k keeper.Keeper, d connector.Draft) keeper.Saving {
	return keeper.Saving{
		Draft: d, Credential: auth.NewSecret("new"),
		Change: func(c connector.Connector) connector.Connector { c.ClientID = "proven"; return c },
	}
}

func (w world) list() map[string]string {
	w.t.Helper()
	all, err := w.keeper().List()
	if err != nil {
		w.t.Fatal(err)
	}
	names := map[string]string{}
	for _, c := range all {
		names[c.ID] = c.Name
	}
	return names
}

func TestFind(t *testing.T) {
	const guid = "1f0c2a4e-9d3b-4c5d-8e6f-7a8b9c0d1e2f"
	w := newWorld(t,
		connector.Connector{ID: "a", Name: guid}, // an older version let somebody call it so
		connector.Connector{ID: guid, Name: "Contoso "},
		connector.Connector{ID: "c", Name: "Con\u00adtoso  Europe"},
		connector.Connector{ID: "d", Name: "M\u00fcller"},
		connector.Connector{ID: "e"},
	)
	k := w.keeper()
	for wanted, id := range map[string]string{
		guid: guid, " " + guid + " ": guid, "a": "a", "contoso": guid, "Contoso ": guid, "CONTOSO\t": guid, "contoso europe": "c",
		"Mu\u0308ller": "d", "e": "e",
	} {
		if c, err := k.Find(wanted); err != nil || c.ID != id {
			t.Errorf("%+q found %q, %v", wanted, c.ID, err)
		}
	}
	for _, wanted := range []string{"", " ", "\u200b", "nobody", "Conto", "A"} {
		if c, err := k.Find(wanted); !errors.Is(err, connector.ErrAbsent) {
			t.Errorf("%+q found %q, %v", wanted, c.ID, err)
		}
	}
}

// TestFindBesideADamagedList checks that what is still there is found, by name too, although nobody knows what the damaged file held.
func TestFindBesideADamagedList(t *testing.T) {
	w := newWorld(t, connector.Connector{ID: "a", Name: "contoso"})
	if err := os.WriteFile(filepath.Join(w.dir, "connectors.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, wanted := range []string{"a", "contoso", "Contoso"} {
		if c, err := w.keeper().Find(wanted); err != nil || c.ID != "a" {
			t.Errorf("%q found %q, %v", wanted, c.ID, err)
		}
	}
	for _, wanted := range []string{"nobody", "Nobody"} {
		if c, err := w.keeper().Find(wanted); !errors.Is(err, connector.ErrListDamaged) {
			t.Errorf("%q found %q, %v, want %v", wanted, c.ID, err, connector.ErrListDamaged)
		}
	}
}

func TestFindTellsSeveralApart(t *testing.T) {
	w := newWorld(t, connector.Connector{ID: "a", Name: "Contoso"}, connector.Connector{ID: "b", Name: "Fabrikam"}, connector.Connector{ID: "c", Name: "x"})
	k := w.keeper()
	k.Ports.Store = oldList{k.Ports.Store, "Contoso\u200b"}
	_, err := k.Find("contoso ")
	var several *keeper.SeveralError
	if !errors.As(err, &several) || !slices.Equal(several.IDs, []string{"a", "c"}) || several.Name != "contoso" {
		t.Errorf("found: %v", err)
	}
	for _, id := range []string{"a", "b", "c"} {
		if c, err := k.Find(id); err != nil || c.ID != id {
			t.Errorf("%s: %q, %v", id, c.ID, err)
		}
	}
}

// oldList calls the last connector as an older version did.
type oldList struct {
	connector.Store
	name string
}

func (oldList) Named(string) ([]string, error) { return nil, nil }

func (s oldList) Connectors() ([]connector.Connector, error) {
	all, err := s.Store.Connectors()
	all[len(all)-1].Name = s.name
	return all, err
}

func TestRenameIsByItsID(t *testing.T) {
	w := newWorld(t, connector.Connector{ID: "a", Name: "b"}, connector.Connector{ID: "b", Name: "Contoso"})
	k := w.keeper()
	if err := k.Rename(t.Context(), "b", " Fabrikam \u00a0 Europe "); err != nil {
		t.Fatal(err)
	}
	if got := w.list(); got["a"] != "b" || got["b"] != "Fabrikam Europe" {
		t.Errorf("called %q", got)
	}
	if err := k.Rename(t.Context(), "Fabrikam Europe", "x"); err == nil {
		t.Error("a name counts as an ID")
	}
	if err := k.Rename(t.Context(), "gone", "x"); !errors.Is(err, connector.ErrAbsent) {
		t.Errorf("one that is gone: %v", err)
	}
	if err := k.Rename(t.Context(), "b", "B"); !errors.Is(err, connector.ErrNameTaken) {
		t.Errorf("a name that is taken: %v", err)
	}
}

// TestOneNameForManySavesAndRenames checks that of many processes which want one name at once exactly one gets it, and that the others leave
// nothing behind: no credential, no mark.
func TestOneNameForManySavesAndRenames(t *testing.T) {
	const each = 6
	saved := []connector.Connector{}
	for i := range each {
		saved = append(saved, connector.Connector{ID: fmt.Sprint("old-", i), Name: fmt.Sprint("Old ", i)})
	}
	w := newWorld(t, saved...)
	// All of them have looked at the list before anybody writes to it.
	together := make(chan struct{})
	arrived := make(chan struct{}, 2*each)
	w.keychain.before = func() { arrived <- struct{}{}; <-together }
	go func() {
		for range each {
			<-arrived
		}
		close(together)
	}()
	failures := make(chan error, 2*each)
	var all sync.WaitGroup
	for i := range each {
		saver, renamer := w.keeper(), w.keeper()
		all.Go(func() {
			d := connector.Draft{ID: fmt.Sprint("new-", i), Name: " contoso"}
			_, err := saver.Save(t.Context(), saving(saver, d))
			arrived <- struct{}{} // one that failed before it came to the keychain holds nobody up
			failures <- err
		})
		all.Go(func() {
			<-together
			failures <- renamer.Rename(t.Context(), fmt.Sprint("old-", i), "Contoso")
		})
	}
	all.Wait()
	close(failures)
	won := 0
	for err := range failures {
		if err == nil {
			won++
		} else if !errors.Is(err, connector.ErrNameTaken) {
			t.Error(err)
		}
	}
	named := 0
	for id, name := range w.list() {
		if connector.SameName(name, "Contoso") {
			named++
		}
		if w.keychain.items[id] == "" {
			t.Errorf("%s is listed without a credential", id)
		}
		delete(w.keychain.items, id)
	}
	drafts, err := w.keeper().Ports.Store.Drafts()
	marked := slices.DeleteFunc(drafts, func(d connector.Draft) bool { return !d.Saving })
	if won != 1 || named != 1 || len(w.keychain.items) != 0 || err != nil {
		t.Errorf("%d won, %d have the name; credentials left behind: %v; %v", won, named, w.keychain.items, err)
	}
	for _, d := range marked { // but for that of the one that was saved, whose draft its runner removes
		if _, listed := w.list()[d.ID]; !listed {
			t.Errorf("%s is still marked", d.ID)
		}
	}
}
