package runner

import (
	"context"
	"errors"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/keeper"
	"partner-center-connector/connector/wizard"
)

// heldVault lets calls wait: a Put of a text, and a Delete of an ID, until their channel is closed. Each call is told before.
type heldVault struct {
	*world
	hold  map[string]chan struct{}
	calls chan string
}

func newHeldVault(w *world, held ...string) *heldVault {
	v := &heldVault{world: w, hold: map[string]chan struct{}{}, calls: make(chan string, 100)}
	for _, what := range held {
		v.hold[what] = make(chan struct{})
	}
	return v
}

func (v *heldVault) wait(what string) {
	v.calls <- what
	if hold := v.hold[what]; hold != nil {
		<-hold
	}
}

func (v *heldVault) Put(ctx context.Context, id string, s auth.Secret) error {
	v.wait("put " + s.Reveal())
	if err := ctx.Err(); err != nil {
		return err
	}
	return v.world.Put(ctx, id, s)
}

func (v *heldVault) Delete(ctx context.Context, id string) error {
	v.wait("delete " + id)
	if err := ctx.Err(); err != nil {
		return err
	}
	return v.world.Delete(ctx, id)
}

// called waits for a call.
func (v *heldVault) called(t *testing.T, what string) {
	t.Helper()
	limit := time.After(10 * time.Second)
	for {
		select {
		case got := <-v.calls:
			if got == what {
				return
			}
		case <-limit:
			t.Fatalf("the keychain is never asked to %s", what)
		}
	}
}

func withVault(w *world, v connector.Vault) connector.Ports {
	ports := w.ports()
	ports.Vault = v
	return ports
}

// toConnector goes to page 4 with the kind of client that a new draft begins with: one with a client secret.
func (s *stage) toConnector() *stage {
	s.t.Helper()
	s.fillIn("secret").until("page 4", func(st wizard.State) bool { return st.Wizard.Draft.Step == connector.StepConnector })
	return s
}

func entered(secret string) wizard.Event {
	return wizard.SecretEntered{Field: connector.FieldSecret, Secret: auth.NewSecret(secret)}
}

func secretKept(st wizard.State) bool {
	return st.Wizard.Draft.HasSecret && !st.Wizard.StoringSecret.Running
}

// TestTheLastSecretEnteredIsKept enters three while the keychain asks a person for its password.
func TestTheLastSecretEnteredIsKept(t *testing.T) {
	w := newWorld()
	v := newHeldVault(w, "put first-secret")
	s := startWith(t, w, withVault(w, v)).run().toConnector().send(entered("first-secret"))
	v.called(t, "put first-secret")
	s.send(entered("second-secret"), entered("third-secret"), wizard.Edited{Field: connector.FieldSearch, Value: "all entered"})
	s.until("all entered", func(st wizard.State) bool { return st.Home.Search == "all entered" })
	close(v.hold["put first-secret"])
	st := s.until("kept", secretKept)
	s.end()
	if got := w.secrets[keeper.DraftSecretID(st.Wizard.Draft.ID)]; got.Reveal() != "third-secret" {
		t.Errorf("the keychain holds %q", got.Reveal())
	}
	for len(v.calls) > 0 {
		if call := <-v.calls; call == "put second-secret" {
			t.Error("the keychain was asked to keep one that was superseded already")
		}
	}
}

// TestAnotherKindAndItsSecretInOneGo is what "pcc connect --resume" does with another credential.
func TestAnotherKindAndItsSecretInOneGo(t *testing.T) {
	for range 50 {
		w := newWorld()
		s := start(t, w).run().toConnector().send(entered("old-secret"))
		st := s.until("kept", secretKept)
		last := st.LastAttempt
		s.send(wizard.Chosen{Field: connector.FieldClientKind, Value: "public"}, wizard.Chosen{Field: connector.FieldClientKind, Value: "secret"}, entered("new-secret"))
		s.until("kept again", func(st wizard.State) bool { return secretKept(st) && st.Wizard.StoringSecret.Attempt > last })
		s.end()
		if got := w.secrets[keeper.DraftSecretID(st.Wizard.Draft.ID)]; got.Reveal() != "new-secret" {
			t.Fatalf("the wizard says that the new secret is kept, and the keychain holds %q", got.Reveal())
		}
	}
}

// TestASecretThatIsBeingStoredGoesWithItsKind chooses another kind of client before the keychain has answered.
func TestASecretThatIsBeingStoredGoesWithItsKind(t *testing.T) {
	w := newWorld()
	v := newHeldVault(w, "put first-secret")
	s := startWith(t, w, withVault(w, v)).run().toConnector().send(entered("first-secret"))
	v.called(t, "put first-secret")
	s.send(wizard.Chosen{Field: connector.FieldClientKind, Value: "certificate"})
	st := s.until("another kind", func(st wizard.State) bool { return st.Wizard.Draft.ClientKind == auth.CertificateClient })
	close(v.hold["put first-secret"])
	s.end()
	if _, ok := w.secrets[keeper.DraftSecretID(st.Wizard.Draft.ID)]; ok || st.Wizard.Draft.HasSecret {
		t.Errorf("in the keychain: %v, counted as the certificate: %v", ok, st.Wizard.Draft.HasSecret)
	}
}

// TestASecretThatIsStoredLateGoesWithItsDraft drops the draft while the keychain is asked to keep its secret.
func TestASecretThatIsStoredLateGoesWithItsDraft(t *testing.T) {
	w := newWorld()
	v := newHeldVault(w, "put first-secret")
	s := startWith(t, w, withVault(w, v)).run().toConnector().send(entered("first-secret"))
	v.called(t, "put first-secret")
	s.send(wizard.GoHome{})
	st := s.until("home", func(st wizard.State) bool { return st.Screen == wizard.ScreenHome && len(st.Home.Drafts) == 1 })
	s.send(wizard.Discard{ID: st.Home.Drafts[0].ID})
	s.until("discarded", func(st wizard.State) bool { return len(st.Home.Drafts) == 0 })
	close(v.hold["put first-secret"])
	s.end()
	if len(w.secrets)+len(w.drafts) != 0 {
		t.Errorf("%d items in the keychain, %d drafts", len(w.secrets), len(w.drafts))
	}
}

// TestASlowKeychainHoldsUpNoOtherDraft discards one draft and types into another one meanwhile.
func TestASlowKeychainHoldsUpNoOtherDraft(t *testing.T) {
	w := newWorld()
	w.drafts["d"] = connector.Draft{ID: "d", Name: "discarded"}
	v := newHeldVault(w, "delete draft-d")
	s := startWith(t, w, withVault(w, v)).run()
	s.until("loaded", func(st wizard.State) bool { return len(st.Home.Drafts) == 1 })
	s.send(wizard.Discard{ID: "d"})
	v.called(t, "delete draft-d")
	if lists := s.runner.load(); len(lists.Drafts) != 0 {
		t.Errorf("what is being discarded is offered: %+v", lists.Drafts)
	}
	id := s.toConnector().send(wizard.Edited{Field: connector.FieldName, Value: "typed"}).draftID()
	w.comesTo(t, "draft "+id)
	s.send(entered("kept-meanwhile"))
	s.until("kept", secretKept)
	close(v.hold["delete draft-d"])
	s.end()
	if _, there := w.drafts["d"]; there || w.drafts[id].Name != "typed" {
		t.Errorf("drafts: %+v", w.drafts)
	}
}

// TestADraftThatIsDroppedDoesNotComeBack has the disk write one late that is being dropped.
func TestADraftThatIsDroppedDoesNotComeBack(t *testing.T) {
	w := newWorld()
	d := connector.Draft{ID: "d", Name: "discarded"}
	hold := make(chan struct{})
	w.hold = map[string]chan struct{}{"draft d": hold}
	r := New(w.ports(), nil, func(wizard.State) {})
	r.perform(t.Context(), wizard.KeepDraft{Draft: d})
	w.comesTo(t, "draft d")
	r.perform(t.Context(), wizard.KeepDraft{Draft: d})
	r.perform(t.Context(), wizard.DropDraft{ID: "d"})
	w.comesTo(t, "delete draft-d")
	close(hold)
	r.work.Wait()
	r.perform(t.Context(), wizard.KeepDraft{Draft: d}) // what was on its way when it went
	r.perform(t.Context(), wizard.KeepSecret{DraftID: "d", Attempt: 9, ClientKind: auth.SecretClient, Secret: auth.NewSecret("late")})
	r.work.Wait()
	if len(w.drafts)+len(w.secrets) != 0 {
		t.Errorf("%+v, %d items in the keychain", w.drafts, len(w.secrets))
	}
}

// TestADraftWhoseRemovalFailsIsThereAgain holds that it is offered, and kept, as before.
func TestADraftWhoseRemovalFailsIsThereAgain(t *testing.T) {
	w := newWorld()
	w.drafts["d"] = connector.Draft{ID: "d", Name: "stays"}
	w.fail["delete draft-d"] = connector.ErrKeychainLocked
	s := start(t, w).run()
	s.until("loaded", func(st wizard.State) bool { return len(st.Home.Drafts) == 1 })
	s.send(wizard.Discard{ID: "d"})
	st := s.until("told", func(st wizard.State) bool { return len(st.Home.Failures) > 0 && len(st.Home.Drafts) == 1 })
	if f := st.Home.Failures[0]; f.Problem.Kind != connector.KindKeychainLocked || f.About[0] != "stays" {
		t.Errorf("%+v of %q", f.Problem, f.About)
	}
	s.send(wizard.OpenDraft{ID: "d"}, wizard.Edited{Field: connector.FieldName, Value: "goes on"})
	s.until("open", func(st wizard.State) bool { return st.Wizard.Draft.Name == "goes on" })
	s.end()
	if w.drafts["d"].Name != "goes on" {
		t.Errorf("on disk: %+v", w.drafts["d"])
	}
}

// TestWhatBecameAConnectorIsNoDraft: going on with one that could not be removed after its Save would save it over the connector.
func TestWhatBecameAConnectorIsNoDraft(t *testing.T) {
	w := newWorld()
	w.drafts["d"], w.drafts["e"] = connector.Draft{ID: "d", Saving: true}, connector.Draft{ID: "e"}
	w.connectors["d"] = connector.Connector{ID: "d", Name: "Contoso"}
	r := New(w.ports(), nil, nil)
	if got := r.load().Drafts; len(got) != 1 || got[0].ID != "e" {
		t.Errorf("offered: %+v", got)
	}
}

// TestAConsentSeesTheSecretThatWasEnteredBeforeIt probes, and opens the admin consent, while the keychain is slow.
func TestAConsentSeesTheSecretThatWasEnteredBeforeIt(t *testing.T) {
	w := newWorld()
	v := newHeldVault(w, "put second-secret")
	d := connector.Draft{ID: "d", Tenant: &tenantA, ClientID: clientID, ClientKind: auth.SecretClient, HasSecret: true}
	w.drafts["d"], w.secrets["draft-d"] = d, auth.NewSecret("first")
	ports := withVault(w, v)
	seen := make(chan string, 4)
	ports.Prober = prober{seen}
	ports.Consents = consents{w, seen}
	r := New(ports, nil, func(wizard.State) {})
	r.limits.typing = 0
	ctx, cancel := context.WithCancel(t.Context())
	r.perform(ctx, wizard.KeepSecret{Attempt: 1, DraftID: "d", ClientKind: auth.SecretClient, Secret: auth.NewSecret("second-secret")})
	v.called(t, "put second-secret")
	r.perform(ctx, wizard.ProbeRegistration{Attempt: 2, Draft: d})
	r.perform(ctx, wizard.OpenAdminConsent{Opening: wizard.Opening{Attempt: 3, Draft: d, Way: wizard.WayDefault}})
	r.perform(ctx, wizard.OpenUserConsent{Opening: wizard.Opening{Attempt: 4, Draft: d, Way: wizard.WayLink}})
	r.perform(ctx, wizard.MakeHandover{Attempt: 5, Draft: d})
	time.AfterFunc(50*time.Millisecond, func() { close(v.hold["put second-secret"]) })
	for range 4 {
		if got := <-seen; got != "second-secret" {
			t.Errorf("it uses %q", got)
		}
	}
	cancel()
	r.work.Wait()
}

// prober and consents tell the client secret that they are given.
type prober struct{ seen chan<- string }

func (p prober) ProbeApp(_ context.Context, _ auth.Tenant, app auth.App) (connector.ProbeResult, error) {
	p.seen <- app.Secret.Reveal()
	return connector.ProbeFine, nil
}

type consents struct {
	*world
	seen chan<- string
}

var errNotBegun = errors.New("not begun")

func (c consents) BeginAdmin(_ context.Context, r auth.AdminRequest) (connector.Attempt, error) {
	c.seen <- r.App.Secret.Reveal()
	return nil, errNotBegun
}

func (c consents) BeginUser(_ context.Context, r auth.UserRequest) (connector.Attempt, error) {
	c.seen <- r.App.Secret.Reveal()
	return nil, errNotBegun
}

func (c consents) Handover(_ context.Context, r auth.AdminRequest) (a connector.Attempt, link, state string, err error) {
	c.seen <- r.App.Secret.Reveal()
	return nil, "", "", errNotBegun
}

// TestTheEndSettlesWhatWaits ends the program while the keychain waits for a person.
func TestTheEndSettlesWhatWaits(t *testing.T) {
	w := newWorld()
	v := newHeldVault(w, "put first-secret")
	s := startWith(t, w, withVault(w, v)).run().toConnector().send(entered("first-secret"))
	id := s.draftID()
	v.called(t, "put first-secret")
	w.mu.Lock()
	w.drafts["other"], w.secrets["draft-other"] = connector.Draft{ID: "other"}, auth.NewSecret("x")
	w.mu.Unlock()
	s.send(s.runner.load())
	s.send(
		entered("second-secret"), wizard.Chosen{Field: connector.FieldClientKind, Value: "public"}, wizard.Edited{Field: connector.FieldName, Value: "last"},
		wizard.Discard{ID: "other"}, wizard.Quit{},
	)
	s.until("quit", func(st wizard.State) bool { return st.Quit })
	close(v.hold["put first-secret"])
	s.end()
	if len(w.secrets) != 0 || len(w.drafts) != 1 || w.drafts[id].Name != "last" || w.drafts[id].HasSecret {
		t.Errorf("%d items in the keychain, drafts %+v", len(w.secrets), w.drafts)
	}
}

// TestASecretThatWaitsAtTheEndIsNotKept: no draft says that there is one.
func TestASecretThatWaitsAtTheEndIsNotKept(t *testing.T) {
	w := newWorld()
	w.drafts["d"], w.secrets["draft-d"] = connector.Draft{ID: "d"}, auth.NewSecret("of another kind")
	v := newHeldVault(w, "delete draft-d")
	r := New(withVault(w, v), nil, func(wizard.State) {})
	ctx, cancel := context.WithCancel(t.Context())
	r.perform(ctx, wizard.KeepSecret{DraftID: "d"})
	v.called(t, "delete draft-d")
	r.perform(ctx, wizard.KeepSecret{DraftID: "d", Attempt: 2, ClientKind: auth.SecretClient, Secret: auth.NewSecret("late")})
	cancel()
	close(v.hold["delete draft-d"])
	r.work.Wait()
	if len(w.secrets) != 0 || len(v.calls) != 0 {
		t.Errorf("%d items; after the end the keychain was asked %d times", len(w.secrets), len(v.calls))
	}
}

// TestNoSecretIsKeptForADraftThatIsNotOnDisk: the keychain can't be listed, so nobody would ever remove it.
func TestNoSecretIsKeptForADraftThatIsNotOnDisk(t *testing.T) {
	w := newWorld()
	r := New(w.ports(), nil, func(wizard.State) {})
	w.fail["draft d"] = errors.New("no space left on device")
	r.perform(t.Context(), wizard.KeepDraft{Draft: connector.Draft{ID: "d"}})
	r.perform(t.Context(), wizard.KeepSecret{DraftID: "d", Attempt: 3, ClientKind: auth.SecretClient, Secret: auth.NewSecret("x")})
	r.work.Wait()
	if out := r.queue[1].(wizard.SecretKept); out.Problem == nil || out.Problem.Kind != connector.KindDisk || out.Attempt != 3 || len(w.secrets) != 0 {
		t.Errorf("%+v, %d items", out, len(w.secrets))
	}
}
