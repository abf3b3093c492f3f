package runner

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/keeper"
	"partner-center-connector/connector/wizard"
)

// savedContoso is a connector that a person has to sign in for again.
func savedContoso() connector.Connector {
	return connector.Connector{
		ID: "saved", Name: "Contoso", Tenant: tenantA, ClientID: clientID, ClientKind: auth.PublicClient, RedirectPath: "/consent",
		User: connector.Identity{TenantID: tenantA.ID, ObjectID: "oid", UPN: "integration@contoso.example"}, Health: connector.HealthSignIn,
		Admin: connector.Admin{Status: connector.AdminReported, Tenant: tenantA.ID, At: day.AddDate(0, -1, 0)},
	}
}

// renewing goes on to the user consent of a renewal, and waits for its answer.
func renewing(t *testing.T, w *world) *stage {
	t.Helper()
	w.session.token = auth.Token{ScopesGiven: true, RefreshToken: true, Scopes: auth.Cloud{}.ConsentScopes(false)}
	w.connectors["saved"], w.secrets["saved"] = savedContoso(), auth.NewSecret("old credential")
	s := start(t, w).run()
	s.until("loaded", func(st wizard.State) bool { return st.Home.Loaded && len(st.Home.Connectors) == 1 })
	s.send(wizard.OpenConnector{ID: "saved"}, wizard.Renew{})
	s.until("ready", func(st wizard.State) bool { return st.Wizard.Open && st.Wizard.Ready.Done && !st.Wizard.Lookup.Running })
	s.send(wizard.StartUser{Way: wizard.WayPrivate, Mode: browser.ModePrivate})
	s.until("waiting for the user", waiting(userOf))
	return s
}

// answer lets the user consent be given, and waits for the end of the checks.
func (s *stage) answer() wizard.State {
	s.t.Helper()
	s.world.attempt(s.t).answers <- answered{answer: auth.Answer{Code: auth.NewSecret("code")}}
	return s.until("checked", func(st wizard.State) bool { return len(st.Wizard.Checks) > 0 && !st.Wizard.Checking.Running })
}

// save presses Save, and waits for what comes of it.
func (s *stage) save() wizard.State {
	s.t.Helper()
	s.send(wizard.Save{})
	st := s.until("an end of Save", func(st wizard.State) bool { return st.Wizard.Saved != nil || st.Wizard.Problem != nil })
	s.until("no effect of it under way", func(st wizard.State) bool { return !st.Wizard.Saving.Running })
	return st
}

// name types another name, and comes back to the page of the checks, which may make them again.
func (s *stage) name(name string) {
	s.t.Helper()
	s.send(wizard.GoTo{Step: connector.StepConnector}, wizard.Edited{Field: connector.FieldName, Value: name}, wizard.GoTo{Step: connector.StepCheck})
	s.until("named and checked", func(st wizard.State) bool {
		return st.Wizard.Draft.Name == strings.TrimSpace(name) && st.Wizard.Draft.Step == connector.StepCheck && st.Blocked() == ""
	})
}

// another is another process.
func (w *world) another() keeper.Keeper { return keeper.Keeper{Ports: w.ports()} }

func TestARenewalKeepsANameThatWasGivenMeanwhile(t *testing.T) {
	w := newWorld()
	s := renewing(t, w)
	s.answer()
	if err := w.another().Rename(t.Context(), "saved", "Contoso Europe"); err != nil {
		t.Fatal(err)
	}
	st := s.save()
	s.end()
	want := savedContoso()
	got := w.connectors["saved"]
	if st.Wizard.Saved == nil || got.Name != "Contoso Europe" || got.Health == want.Health || got.Consented.IsZero() || got.Admin != want.Admin {
		t.Errorf("it was renamed to %q, and became %+v", "Contoso Europe", got)
	}
	if w.secrets["saved"].Reveal() != "credential" {
		t.Error("the new credential is not kept")
	}
}

func TestARenewalTakesTheNameThatWasTyped(t *testing.T) {
	w := newWorld()
	s := renewing(t, w)
	s.answer()
	s.name(" Contoso  Asia ")
	if err := w.another().Rename(t.Context(), "saved", "Contoso Europe"); err != nil {
		t.Fatal(err)
	}
	s.save()
	s.end()
	if got := w.connectors["saved"].Name; got != "Contoso Asia" {
		t.Errorf("the connector is called %q", got)
	}
}

// TestARenewalDoesNotBringBackWhatIsGone holds that it writes nothing at all, and says what happened.
func TestARenewalDoesNotBringBackWhatIsGone(t *testing.T) {
	w := newWorld()
	s := renewing(t, w)
	s.answer()
	if err := w.another().Remove(t.Context(), "saved"); err != nil {
		t.Fatal(err)
	}
	st := s.save()
	s.end()
	if p := st.Wizard.Problem; st.Wizard.Saved != nil || p == nil || p.Kind != connector.KindConnectorGone {
		t.Errorf("Save ended with %+v", p)
	}
	if len(w.connectors)+len(w.secrets) != 0 || !w.order("unlist saved", "lock saved", "unlock saved") || w.order("unlist saved", "put saved") {
		t.Errorf("the list has %v, the keychain %d items: %v", w.connectors, len(w.secrets), w.log)
	}
}

// TestNoChecksWithoutThePins holds that a renewal whose connector can't be read is not checked as a new connector would be, whose account is
// the one that signs in.
func TestNoChecksWithoutThePins(t *testing.T) {
	for name, c := range map[string]struct {
		meanwhile func(*world) error
		want      connector.ProblemKind
	}{
		"removed": {func(w *world) error { return w.another().Remove(t.Context(), "saved") }, connector.KindConnectorGone},
		"the list is unreadable": {func(w *world) error {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.fail["read connectors"] = connector.ErrListDamaged
			return nil
		}, connector.KindListDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			s := renewing(t, w)
			if err := c.meanwhile(w); err != nil {
				t.Fatal(err)
			}
			st := s.answer()
			if p := st.Wizard.Problem; p == nil || p.Kind != c.want || p.At != day {
				t.Errorf("the checks ended with %+v", p)
			}
			for _, check := range st.Wizard.Checks {
				if check.State != connector.CheckPending {
					t.Errorf("%s was made: %s", check.ID, check.State)
				}
			}
			if st.Blocked() != wizard.ReasonChecksUnmade {
				t.Errorf("Save is refused because of %q", st.Blocked())
			}
		})
	}
}

// TestOnlyAnotherAccountGoesWithoutThePin holds that the pinned account counts, but where another one is to take its place.
func TestOnlyAnotherAccountGoesWithoutThePin(t *testing.T) {
	w := newWorld()
	w.connectors["saved"] = savedContoso()
	r := New(w.ports(), nil, nil)
	for name, c := range map[string]struct {
		draft  connector.Draft
		pinned string
	}{
		"the account stays":   {connector.Draft{ID: "r", Renews: "saved"}, "oid"},
		"another account":     {connector.Draft{ID: "r", Renews: "saved", Replaces: "integration@contoso.example"}, ""},
		"no renewal, no pins": {connector.Draft{ID: "saved"}, "none"},
	} {
		got, err := r.renewed(c.draft)
		pinned := "none"
		if got != nil {
			pinned = got.User.ObjectID
		}
		if err != nil || pinned != c.pinned {
			t.Errorf("%s: %q, %v", name, pinned, err)
		}
	}
}

// TestANameThatIsLostToAnotherProcess holds that of a new connector nothing is left in the keychain, and that the page says why.
func TestANameThatIsLostToAnotherProcess(t *testing.T) {
	for name, before := range map[string]string{"while Save begins": "lock ", "while the keychain asks": "put "} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			w.connectors["other"] = connector.Connector{ID: "other", Name: "Other"}
			s := start(t, w).run().toChecked()
			id := s.draftID()
			hold := make(chan struct{})
			w.mu.Lock()
			w.hold = map[string]chan struct{}{before + id: hold}
			w.mu.Unlock()
			s.send(wizard.Save{})
			s.until("saving", func(st wizard.State) bool { return st.Wizard.Saving.Running })
			for !w.order(before + id) {
				_ = connector.Sleep(t.Context(), time.Millisecond)
			}
			if err := w.another().Rename(t.Context(), "other", "CONTOSO.EXAMPLE "); err != nil {
				t.Fatal(err)
			}
			close(hold)
			st := s.until("an end", func(st wizard.State) bool { return !st.Wizard.Saving.Running })
			if p := st.Wizard.Problem; p == nil || p.Kind != connector.KindNameTaken || p.Step != connector.StepConnector {
				t.Fatalf("Save ended with %+v", p)
			}
			s.until("the page knows it, too", func(st wizard.State) bool {
				return st.BlockedAt(connector.StepConnector) == connector.ReasonNameTaken
			})
			s.name("Mine")
			w.mu.Lock()
			_, left := w.secrets[id]
			marked := w.drafts[id].Saving
			w.mu.Unlock()
			if left || marked {
				t.Errorf("a credential is left: %v, the draft is marked: %v", left, marked)
			}
			if st := s.save(); st.Wizard.Saved == nil || st.Wizard.Saved.Name != "Mine" {
				t.Errorf("by another name it ends with %+v", st.Wizard.Problem)
			}
			s.end()
		})
	}
}

// TestSavedByACleanName holds that a connector is found by what is shown, however its name was typed.
func TestSavedByACleanName(t *testing.T) {
	w := newWorld()
	s := start(t, w).run().toChecked()
	s.name(" Mu\u0308ller \u00a0 GmbH ")
	st := s.save()
	if st.Wizard.Saved == nil || st.Wizard.Saved.Name != "M\u00fcller GmbH" {
		t.Fatalf("saved as %+v", st.Wizard.Saved)
	}
	s.until("listed", func(st wizard.State) bool { return len(st.Home.Connectors) == 1 })
	for _, name := range []string{"M\u00fcller GmbH", " MU\u0308LLER  gmbh "} {
		if _, err := w.another().Find(name); err != nil {
			t.Errorf("%q: %v", name, err)
		}
		if st := s.until("listed", func(wizard.State) bool { return true }); !st.NameTaken(name) {
			t.Errorf("another one can be called %q", name)
		}
	}
}

// TestWhatARenewalChanges holds which facts are the draft's and the sign-in's, and that everything else stays.
func TestWhatARenewalChanges(t *testing.T) {
	saved := savedContoso()
	saved.Checked, saved.Refreshed, saved.Consented = day.AddDate(0, -1, 0), day.AddDate(0, 0, -9), day.AddDate(0, -1, 0)
	newer, older := saved.Admin, saved.Admin
	newer.At, newer.Pasted = day, true
	older.At = day.AddDate(-1, 0, 0)
	for name, c := range map[string]struct {
		draft, want connector.Admin
		groups      bool
	}{
		"the admin consent of before":                    {saved.Admin, saved.Admin, false},
		"a new one":                                      {newer, newer, false},
		"one that another process has taken since":       {older, saved.Admin, false},
		"none confirmed":                                 {connector.Admin{Status: connector.AdminNotConfirmed, At: saved.Admin.At}, connector.Admin{Status: connector.AdminNotConfirmed, At: saved.Admin.At}, false},
		"an older one, but the saved one asked for less": {older, older, true},
	} {
		d := connector.RenewalOf(saved, "", day)
		d.Admin, d.SecretExpires, d.WithGroups = c.draft, connector.Day{Year: 2027, Month: 11, Day: 23}, c.groups
		got := proven(saved, d, &grant{identity: connector.Identity{TenantID: tenantA.ID, ObjectID: "oid", Mail: "new@contoso.example"}, consented: day})
		want := saved
		want.Admin, want.SecretExpires, want.WithGroups, want.Consented, want.Refreshed = c.want, d.SecretExpires, c.groups, day, day
		want.User = connector.Identity{TenantID: tenantA.ID, ObjectID: "oid", Mail: "new@contoso.example"}
		if got.Admin != want.Admin || got.User != want.User || got.Consented != day || got.Refreshed != day || got.SecretExpires != want.SecretExpires ||
			got.WithGroups != c.groups || got.Checked != saved.Checked || got.Name != saved.Name || got.ID != saved.ID {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// TestARenewalSeesTheConsentOfWhatWasTakenBack: from then on it is like any other, and its copies in key vaults stay known.
func TestARenewalSeesTheConsentOfWhatWasTakenBack(t *testing.T) {
	saved := savedContoso()
	saved.Origin, saved.Copies = connector.OriginTaken, []connector.VaultPlace{{URL: "https://contoso.vault.azure.net", Prefix: "pcc", Name: "contoso"}}
	got := proven(saved, connector.RenewalOf(saved, "", day), &grant{consented: day})
	if got.Origin != connector.OriginHere || !slices.Equal(got.KeptIn(), []string{"contoso.vault.azure.net"}) {
		t.Errorf("%+v", got)
	}
}

func TestARenewalOfWhatIsGoneTakesNoSecretOfIt(t *testing.T) {
	w := newWorld()
	w.secrets["saved"] = auth.NewSecret("left behind")
	r := New(w.ports(), nil, nil)
	d := connector.Draft{ID: "r", Renews: "saved", ClientKind: auth.SecretClient}
	if _, err := r.appOf(t.Context(), d); !errors.Is(err, connector.ErrAbsent) {
		t.Errorf("it ended with %v", err)
	}
}

// TestATrialSignsInWithTheSavedAppRegistration takes the client secret out of the connector's credential, as long as that connector is there.
func TestATrialSignsInWithTheSavedAppRegistration(t *testing.T) {
	w := newWorld()
	saved := savedContoso()
	saved.ClientKind = auth.SecretClient
	w.secrets[saved.ID] = auth.NewSecret("credential")
	r := New(w.ports(), nil, nil)
	d := connector.TrialOf(saved, connector.NewLinksDraft(""), day)
	d.ID = "trial"
	if _, err := r.appOf(t.Context(), d); !errors.Is(err, connector.ErrAbsent) {
		t.Errorf("without the connector it ended with %v", err)
	}
	w.connectors[saved.ID] = saved
	app, err := r.appOf(t.Context(), d)
	if err != nil || app.Secret.Reveal() != "saved secret" || app.ClientID != saved.ClientID {
		t.Errorf("signs in with %+v, %v", app, err)
	}
}
