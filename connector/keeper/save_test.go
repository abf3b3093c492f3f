package keeper_test

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

var contoso = connector.Connector{
	ID: "a", Name: "Contoso", RedirectPath: "/consent", User: connector.Identity{TenantID: "t", ObjectID: "o", UPN: "u@contoso.example"},
}

// TestSaveOfARenewalKeepsTheRest checks that it changes the connector as it is by then, and its name only where another one was typed.
func TestSaveOfARenewalKeepsTheRest(t *testing.T) {
	for _, c := range []struct {
		name  string
		draft connector.Draft
		want  string
	}{
		{"nobody typed a name", connector.Draft{ID: "r", Renews: "a", Name: "Contoso"}, "Contoso Europe"},
		{"a name was typed", connector.Draft{ID: "r", Renews: "a", Name: " Contoso  Asia", Renamed: true}, "Contoso Asia"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, contoso)
			if err := w.keeper().Rename(t.Context(), "a", "Contoso Europe"); err != nil {
				t.Fatal(err)
			}
			k := w.keeper()
			got, err := k.Save(t.Context(), saving(k, c.draft))
			if err != nil {
				t.Fatal(err)
			}
			want := contoso
			want.Name, want.ClientID = c.want, "proven"
			if listed, err := k.Find("a"); err != nil || !reflect.DeepEqual(listed, want) || !reflect.DeepEqual(got, want) || w.keychain.items["a"] != "new" {
				t.Errorf("%+v, %v; the keychain has %v", listed, err, w.keychain.items)
			}
		})
	}
}

// TestSaveThatIsRefusedChangesNothing checks that a refused Save leaves list, keychain and drafts as they were.
func TestSaveThatIsRefusedChangesNothing(t *testing.T) {
	fabrikam := connector.Connector{ID: "b", Name: "Fabrikam"}
	other := connector.Identity{TenantID: "t", ObjectID: "another", UPN: "u@contoso.example"}
	for _, c := range []struct {
		name  string
		draft connector.Draft
		user  connector.Identity
		want  error
	}{
		{"a renewal of a connector that is gone", connector.Draft{ID: "r", Renews: "gone", Name: "Gone"}, connector.Identity{}, connector.ErrAbsent},
		{"a new connector by a name that is taken", connector.Draft{ID: "n", Name: "fabrikam "}, connector.Identity{}, connector.ErrNameTaken},
		{"a renewal by a name that is taken", connector.Draft{ID: "r", Renews: "a", Name: "fabrikam", Renamed: true}, connector.Identity{}, connector.ErrNameTaken},
		{"a renewal by another account", connector.Draft{ID: "r", Renews: "a"}, other, connector.ErrOtherAccount},
		{"a renewal by an account of another tenant", connector.Draft{ID: "r", Renews: "a"}, connector.Identity{TenantID: "u", ObjectID: "o"}, connector.ErrOtherAccount},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, contoso, fabrikam)
			k := w.keeper()
			s := saving(k, c.draft)
			s.Change = func(row connector.Connector) connector.Connector {
				row.ClientID, row.User = "changed", c.user
				return row
			}
			if _, err := k.Save(t.Context(), s); !errors.Is(err, c.want) {
				t.Errorf("it ended with %v", err)
			}
			drafts, err := k.Ports.Store.Drafts()
			if err != nil || len(drafts) != 0 || len(w.keychain.items) != 2 || w.keychain.items["a"] != "old" {
				t.Errorf("drafts %+v, %v; the keychain has %v", drafts, err, w.keychain.items)
			}
			all, err := k.List()
			if err != nil || len(all) != 2 || !reflect.DeepEqual(all[0], contoso) || !reflect.DeepEqual(all[1], fabrikam) {
				t.Errorf("the list has %+v, %v", all, err)
			}
		})
	}
}

// TestAnotherAccountMayTakeThePlace checks that the pinned account counts only where it was to stay.
func TestAnotherAccountMayTakeThePlace(t *testing.T) {
	w := newWorld(t, contoso)
	k := w.keeper()
	s := saving(k, connector.Draft{ID: "r", Renews: "a", Replaces: "u@contoso.example"})
	s.Change = func(row connector.Connector) connector.Connector { row.User.ObjectID = "another"; return row }
	if c, err := k.Save(t.Context(), s); err != nil || c.User.ObjectID != "another" {
		t.Errorf("%+v, %v", c.User, err)
	}
}

// fullKeychain takes nothing.
type fullKeychain struct{ *keychain }

func (fullKeychain) Put(context.Context, string, auth.Secret) error { return connector.ErrKeychainFull }

// TestARenewalThatFailsGivesTheNameBack checks that nothing of a saved connector changes before its new credential is kept.
func TestARenewalThatFailsGivesTheNameBack(t *testing.T) {
	w := newWorld(t, contoso)
	k := w.keeper()
	k.Ports.Vault = fullKeychain{w.keychain}
	d := connector.Draft{ID: "r", Renews: "a", Name: "Contoso Asia", Renamed: true}
	if _, err := k.Save(t.Context(), saving(k, d)); !errors.Is(err, connector.ErrKeychainFull) {
		t.Errorf("it ended with %v", err)
	}
	if c, err := k.Find("a"); err != nil || !reflect.DeepEqual(c, contoso) {
		t.Errorf("%+v, %v", c, err)
	}
}

// fullDisk can't take the nth row that is written.
type fullDisk struct {
	connector.Store
	rows, fails int
}

func (d *fullDisk) PutConnector(c connector.Connector) error {
	if d.rows++; d.rows == d.fails {
		return errors.New("no space left")
	}
	return d.Store.PutConnector(c)
}

// TestARenewalThatTheListRefusesGivesTheNameBack holds the same of the last thing that is written.
func TestARenewalThatTheListRefusesGivesTheNameBack(t *testing.T) {
	w := newWorld(t, contoso)
	k := w.keeper()
	k.Ports.Store = &fullDisk{Store: k.Ports.Store, fails: 2}
	d := connector.Draft{ID: "r", Renews: "a", Name: "Contoso Asia", Renamed: true}
	if _, err := k.Save(t.Context(), saving(k, d)); err == nil {
		t.Error("it says that it is saved")
	}
	if c, err := k.Find("a"); err != nil || !reflect.DeepEqual(c, contoso) {
		t.Errorf("%+v, %v", c, err)
	}
}

// TestTheListVouchesForNoOtherAccount ends a Save, for whatever reason, between the credential of another account and the list.
func TestTheListVouchesForNoOtherAccount(t *testing.T) {
	good := contoso
	good.Health, good.Checks, good.Checked = connector.HealthGood, []connector.Check{{ID: connector.CheckUser, State: connector.CheckPassed}}, time.Now().UTC()
	for fails, want := range map[int]connector.Health{1: "good", 2: "unknown", 3: "new"} {
		w := newWorld(t, good)
		k := w.keeper()
		k.Ports.Store = &fullDisk{Store: k.Ports.Store, fails: fails}
		s := saving(k, connector.Draft{ID: "r", Renews: "a", Replaces: "u@contoso.example", Name: "Contoso Asia", Renamed: true})
		s.Change = func(row connector.Connector) connector.Connector {
			row.User.ObjectID, row.Health = "another", connector.HealthNew
			return row
		}
		if _, err := k.Save(t.Context(), s); (err == nil) != (fails == 3) {
			t.Errorf("row %d: %v", fails, err)
		}
		c, err := k.Find("a")
		if err != nil || c.Health != want || (w.keychain.items["a"] == "new") != (fails > 1) || (c.User.ObjectID == "another") != (fails == 3) {
			t.Errorf("row %d: %s of %q, the keychain has %q, %v", fails, c.Health, c.User.ObjectID, w.keychain.items["a"], err)
		}
		if fails < 3 && c.Name != contoso.Name {
			t.Errorf("row %d: called %q", fails, c.Name)
		}
	}
}
