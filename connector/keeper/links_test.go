package keeper_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/keeper"
)

const productID = "14f38d7d-c4fc-448a-b2df-0fc60e75465a"

// keptOf is a connector of tenant A that another product keeps.
func keptOf(id string) connector.Connector {
	user := &connector.ProductLink{Facts: link.Facts{Kind: link.User, ClientID: productID}}
	return connector.Connector{
		ID: id, Name: id, Origin: connector.OriginLink, Tenant: auth.Tenant{ID: "A", Cloud: "global"}, ClientID: productID, Health: connector.HealthKept,
		User: connector.Identity{UPN: "u@contoso.example"}, Links: &connector.Links{User: user},
	}
}

// untouchable is a keychain that nobody may ask for anything but what is in it for connectors of our own.
type untouchable struct {
	connector.Vault
	t    *testing.T
	kept string
}

func (u untouchable) asked(what, id string) {
	if strings.Contains(id, u.kept) {
		u.t.Errorf("the keychain was asked to %s %s", what, id)
	}
}

func (u untouchable) Get(ctx context.Context, id string) (auth.Secret, error) {
	u.asked("get", id)
	return u.Vault.Get(ctx, id)
}

func (u untouchable) Put(ctx context.Context, id string, credential auth.Secret) error {
	u.asked("put", id)
	return u.Vault.Put(ctx, id, credential)
}

func (u untouchable) Delete(ctx context.Context, id string) error {
	u.asked("delete", id)
	return u.Vault.Delete(ctx, id)
}

// TestWhatAnotherProductKeepsIsCheckedWithOneOfOurOwn holds which one that is, and that the keychain is asked for that one alone.
func TestWhatAnotherProductKeepsIsCheckedWithOneOfOurOwn(t *testing.T) {
	reads := []string{auth.ScopeApplications, auth.ScopeGrants}
	for name, tt := range map[string]struct {
		own   map[string]func(*connector.Connector)
		with  string
		first connector.ProblemKind
	}{
		"none":                       {nil, "", connector.KindLinkNoConnector},
		"of another tenant":          {map[string]func(*connector.Connector){"B1": func(c *connector.Connector) { c.Scopes = reads }}, "", connector.KindLinkNoConnector},
		"of another cloud":           {map[string]func(*connector.Connector){"A1": func(c *connector.Connector) { c.Tenant.Cloud = "usgov" }}, "", connector.KindLinkNoConnector},
		"that others keep":           {map[string]func(*connector.Connector){"A1": func(c *connector.Connector) { c.Origin = "elsewhere" }}, "", connector.KindLinkNoConnector},
		"without the permissions":    {map[string]func(*connector.Connector){"A1": func(*connector.Connector) {}}, "A1", connector.KindLinkRights},
		"the one that may read":      {map[string]func(*connector.Connector){"A1": func(*connector.Connector) {}, "A2": func(c *connector.Connector) { c.Scopes = reads }}, "A2", connector.KindLinkAppAbsent},
		"the one that has not ended": {map[string]func(*connector.Connector){"A1": func(c *connector.Connector) { c.Scopes, c.Health = reads, connector.HealthSignIn }, "A2": func(c *connector.Connector) { c.Scopes = reads }}, "A2", connector.KindLinkAppAbsent},
	} {
		synctest.Test(t, func(t *testing.T) {
			o := newOutside(slices.Sorted(keysOf(tt.own))...)
			for i := range o.rows {
				tt.own[o.rows[i].ID](&o.rows[i])
			}
			o.rows = append(o.rows, keptOf("kept"))
			k := o.keeper()
			k.Ports.Vault = untouchable{o, t, "kept"}
			c, err := k.Check(t.Context(), "kept", nil)
			if err != nil || len(c.Checks) != 4 || c.Checks[0].Problem == nil || c.Checks[0].Problem.Kind != tt.first {
				t.Fatalf("%s: %+v, %v", name, c.Checks, err)
			}
			for _, line := range o.log {
				if tt.with == "" || !strings.Contains(line, " "+tt.with+" ") {
					t.Errorf("%s: asked %q", name, o.log)
				}
			}
			want := connector.HealthKept
			if tt.first == connector.KindLinkAppAbsent {
				want = connector.HealthAttention
			}
			if saved, _ := o.Connector("kept"); saved.Health != want || saved.Checked.IsZero() || c.Health != want {
				t.Errorf("%s: kept as %q", name, saved.Health)
			}
		})
	}
}

func keysOf(m map[string]func(*connector.Connector)) func(func(string) bool) {
	return func(yield func(string) bool) {
		for key := range m {
			if !yield(key) {
				return
			}
		}
	}
}

// TestLinksOfADraftAreChecked checks that a draft's links are looked at likewise, and that nothing of it is written.
func TestLinksOfADraftAreChecked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOutside("A1")
		o.rows[0].Scopes = []string{auth.ScopeApplications, auth.ScopeGrants}
		kept := keptOf("kept")
		told := []string{}
		made, err := o.keeper().CheckLinks(t.Context(), connector.Draft{ID: "d", Tenant: &kept.Tenant, UPN: kept.User.UPN, Links: kept.Links}, func(c connector.Check) {
			told = append(told, string(c.ID)+" "+string(c.State))
		})
		want := []string{
			"link-app running", "link-app failed", "link-admin running", "link-admin unknown", "link-user running", "link-user unknown", "link-mfa running",
			"link-mfa unknown",
		}
		if err != nil || len(made) != 4 || !slices.Equal(told, want) || len(o.rows) != 1 {
			t.Errorf("%q, %v", told, err)
		}
		if got := o.asks("app "+productID, "A1"); len(got) != 1 {
			t.Errorf("asked %q", o.log)
		}
	})
}

// lost has no credential.
type lost struct{ *outside }

func (lost) Get(context.Context, string) (auth.Secret, error) {
	return auth.Secret{}, fmt.Errorf("keychain: %w", connector.ErrCredentialAbsent)
}

// TestACheckOfLinksNotesWhatItLearnsOfOurOwn checks that a connector of our own whose sign-in is gone says so, and that the other one is no worse
// for it.
func TestACheckOfLinksNotesWhatItLearnsOfOurOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOutside("A1")
		o.rows = append(o.rows, keptOf("kept"))
		k := o.keeper()
		k.Ports.Vault = lost{o}
		c, err := k.Check(t.Context(), "kept", nil)
		if err != nil || c.Health != "kept" || c.Checks[0].Problem.Kind != connector.KindCredentialGone || c.Checks[3].Problem != nil {
			t.Errorf("%+v, %v", c, err)
		}
		if own, _ := o.Connector("A1"); own.Health != "sign-in" {
			t.Errorf("our own one is %q", own.Health)
		}
	})
}

// TestCheckAllHasThemBesideOurOwn checks both kinds of one tenant at once.
func TestCheckAllHasThemBesideOurOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOutside("A1", "A2")
		o.rows = append(o.rows, keptOf("A-kept-1"), keptOf("A-kept-2"))
		all, _ := o.Connectors()
		healths := map[string]connector.Health{}
		o.keeper().CheckAll(t.Context(), all, 0, func(c keeper.Checked) {
			if c.Err != nil {
				t.Errorf("%s: %v", c.Connector.ID, c.Err)
			}
			healths[c.Connector.ID] = c.Connector.Health
		})
		if len(healths) != 4 || healths["A-kept-1"] != "kept" || healths["A-kept-2"] != "kept" {
			t.Errorf("%v", healths)
		}
	})
}

func TestNoTokenOfWhatAnotherProductKeeps(t *testing.T) {
	o := newOutside()
	o.rows = append(o.rows, keptOf("kept"))
	k := o.keeper()
	k.Ports.Vault = untouchable{o, t, "kept"}
	if token, err := k.Token(t.Context(), "kept", auth.PartnerCenter); !errors.Is(err, connector.ErrNoToken) || !token.Value.Empty() {
		t.Errorf("%v", err)
	}
}

// TestLinksAreSavedWithoutTheKeychain goes through the life of such a connector, for which the keychain is never asked.
func TestLinksAreSavedWithoutTheKeychain(t *testing.T) {
	w := newWorld(t, contoso)
	k := w.keeper()
	k.Ports.Vault = untouchable{w.keychain, t, "kept"}
	d := connector.Draft{ID: "kept", Name: "  Contoso  Billing", Links: &connector.Links{}}
	save := func(d connector.Draft, c connector.Connector) (connector.Connector, error) {
		return k.Save(t.Context(), keeper.Saving{Draft: d, Change: func(before connector.Connector) connector.Connector {
			c.Saved = before.Saved.Add(time.Hour)
			return c
		}})
	}
	first := keptOf("")
	got, err := save(d, first)
	if err != nil || got.ID != "kept" || got.Name != "Contoso Billing" {
		t.Fatalf("%+v, %v", got, err)
	}
	if drafts, err := k.Ports.Store.Drafts(); err != nil || len(drafts) != 1 || !drafts[0].Saving {
		t.Errorf("the draft is not marked: %+v, %v", drafts, err)
	}
	if _, err := save(connector.Draft{ID: "other", Name: "contoso billing", Links: &connector.Links{}}, first); !errors.Is(err, connector.ErrNameTaken) {
		t.Errorf("a name twice: %v", err)
	}
	for _, wrong := range []connector.Draft{{ID: "r", Renews: "kept"}, {ID: "r", Renews: "a", Links: &connector.Links{}}} {
		if _, err := save(wrong, first); !errors.Is(err, connector.ErrOrigin) {
			t.Errorf("renewed in another way than it was made: %v", err)
		}
	}
	renewal := connector.RenewalOf(got, "new@contoso.example", time.Now())
	renewal.ID = "r"
	changed := first
	changed.User.UPN = renewal.UPN
	again, err := save(renewal, changed)
	if err != nil || again.ID != "kept" || again.Name != "Contoso Billing" || again.User.UPN != "new@contoso.example" || !again.Saved.Equal(got.Saved.Add(time.Hour)) {
		t.Errorf("%+v, %v", again, err)
	}
	refused := connector.Draft{ID: "n", Renews: "kept", Name: "Contoso", Renamed: true, Links: &connector.Links{}}
	if _, err := save(refused, changed); !errors.Is(err, connector.ErrNameTaken) {
		t.Errorf("a renewal by a name that is taken: %v", err)
	}
	if d := drafted(t, k, "n"); d.Saving {
		t.Error("the next start would end a renewal that was refused")
	}
	if err := k.Rename(t.Context(), "kept", "Billing"); err != nil {
		t.Error(err)
	}
	if err := k.Remove(t.Context(), "kept"); err != nil {
		t.Error(err)
	}
	if all, err := k.List(); err != nil || len(all) != 1 || !reflect.DeepEqual(all[0], contoso) || w.keychain.items["a"] != "old" {
		t.Errorf("%+v, %v", all, err)
	}
}

// drafted is a draft of the list.
func drafted(t *testing.T, k keeper.Keeper, id string) connector.Draft {
	t.Helper()
	drafts, err := k.Ports.Store.Drafts()
	i := slices.IndexFunc(drafts, func(d connector.Draft) bool { return d.ID == id })
	if err != nil || i < 0 {
		t.Fatalf("%+v, %v", drafts, err)
	}
	return drafts[i]
}

// quiet is a keychain where nothing was left behind.
type quiet struct{ connector.Vault }

func (quiet) Sweep(context.Context) error { return nil }

// TestASaveOfLinksThatACrashEnded checks that what is saved ends its draft, and that what is not stays a draft.
func TestASaveOfLinksThatACrashEnded(t *testing.T) {
	for _, saved := range []bool{true, false} {
		w := newWorld(t)
		k := w.keeper()
		k.Ports.Vault = quiet{untouchable{w.keychain, t, "kept"}}
		if err := k.Ports.Store.PutDraft(connector.Draft{ID: "kept", Name: "Billing", Saving: true, Links: &connector.Links{}}); err != nil {
			t.Fatal(err)
		}
		if saved {
			// What the keychain holds of the draft, the links themselves, goes with it.
			k.Ports.Vault = quiet{w.keychain}
			w.keychain.items[keeper.DraftSecretID("kept")] = "links"
			if err := k.Ports.Store.PutConnector(keptOf("kept")); err != nil {
				t.Fatal(err)
			}
		}
		if changed, err := k.Sweep(t.Context()); !changed || err != nil {
			t.Errorf("saved %v: %v, %v", saved, changed, err)
		}
		drafts, err := k.Ports.Store.Drafts()
		if err != nil || len(drafts) != map[bool]int{true: 0, false: 1}[saved] || !saved && drafts[0].Saving || len(w.keychain.items) != 0 {
			t.Errorf("saved %v: %+v, %v; the keychain has %v", saved, drafts, err, w.keychain.items)
		}
	}
}
