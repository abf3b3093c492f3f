package runner

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/keeper"
	"partner-center-connector/connector/wizard"
)

// stage is a runner at work in a world, and the newest state that it told.
type stage struct {
	t      *testing.T
	world  *world
	runner *Runner
	mu     sync.Mutex
	state  wizard.State
	news   chan struct{}
	end    func()
}

func start(t *testing.T, w *world) *stage {
	t.Helper()
	return startWith(t, w, w.ports())
}

// startWith is start with some of the world's ports replaced.
func startWith(t *testing.T, w *world, ports connector.Ports) *stage {
	t.Helper()
	s := &stage{t: t, world: w, news: make(chan struct{}, 1)}
	s.runner = New(ports, nil, func(state wizard.State) {
		s.mu.Lock()
		s.state = state
		s.mu.Unlock()
		select {
		case s.news <- struct{}{}:
		default:
		}
	})
	s.runner.limits = limits{
		consent: time.Hour, more: time.Hour, noStart: time.Hour, look: time.Hour, grace: time.Millisecond, typing: time.Millisecond, linger: time.Millisecond, pace: 0.0001,
	}
	return s
}

func (s *stage) run() *stage {
	ctx, cancel := context.WithCancel(context.Background())
	ended, before := make(chan struct{}), goleak.IgnoreCurrent()
	go func() { defer close(ended); s.runner.Run(ctx) }()
	s.end = sync.OnceFunc(func() {
		cancel()
		<-ended
		goleak.VerifyNone(s.t, before)
	})
	s.t.Cleanup(s.end)
	return s
}

// until waits for a state; it is shown in words if it never comes.
func (s *stage) until(what string, ok func(wizard.State) bool) wizard.State {
	s.t.Helper()
	limit := time.After(10 * time.Second)
	for {
		s.mu.Lock()
		state := s.state
		s.mu.Unlock()
		if ok(state) {
			return state
		}
		select {
		case <-s.news:
		case <-limit:
			s.t.Fatalf("never came to: %s\n%+v", what, state.Wizard)
		}
	}
}

func (s *stage) draftID() string {
	return s.until("a draft", func(st wizard.State) bool { return st.Wizard.Draft.ID != "" }).Wizard.Draft.ID
}

func (s *stage) send(events ...wizard.Event) *stage {
	for _, e := range events {
		s.runner.Send(e)
	}
	return s
}

// fillIn fills in the pages up to the app registration.
func (s *stage) fillIn(kind string) *stage {
	s.t.Helper()
	s.send(wizard.NewConnector{})
	s.until("the computer is checked", func(st wizard.State) bool { return st.Wizard.Ready.Done })
	s.send(wizard.Edited{Field: connector.FieldTenant, Value: tenantA.Domain})
	s.until("the tenant is found", func(st wizard.State) bool { return st.Wizard.Draft.Tenant != nil })
	s.send(tick(connector.Ticks1...)...).send(tick(connector.TickMFA)...)
	s.send(wizard.Edited{Field: connector.FieldUPN, Value: "integration@contoso.example"}, wizard.GoTo{Step: connector.StepConnector})
	return s.send(wizard.Chosen{Field: connector.FieldClientKind, Value: kind}, wizard.Edited{Field: connector.FieldClientID, Value: clientID})
}

// toAdmin goes to the admin consent with a public client.
func (s *stage) toAdmin() *stage {
	s.t.Helper()
	s.fillIn("public").send(wizard.GoTo{Step: connector.StepAdmin})
	s.until("the admin consent", func(st wizard.State) bool { return st.Wizard.Draft.Step == connector.StepAdmin })
	return s
}

func waiting(c func(wizard.State) wizard.Consent) func(wizard.State) bool {
	return func(s wizard.State) bool { return c(s).Phase == wizard.PhaseWaiting }
}

func adminOf(s wizard.State) wizard.Consent { return s.Wizard.Admin }
func userOf(s wizard.State) wizard.Consent  { return s.Wizard.User }

func (s *stage) toUser() *stage {
	s.t.Helper()
	s.toAdmin().send(wizard.StartAdmin{Way: wizard.WayDefault})
	s.until("waiting for the administrator", waiting(adminOf))
	s.world.attempt(s.t).answers <- answered{answer: auth.Answer{Tenant: tenantA.ID}}
	s.until("reported", func(st wizard.State) bool { return st.Wizard.Draft.Admin.Status == connector.AdminReported })
	s.send(wizard.Forward{})
	s.until("the user consent", func(st wizard.State) bool { return st.Wizard.Draft.Step == connector.StepUser })
	return s
}

func (s *stage) toChecked() *stage {
	s.t.Helper()
	s.toUser().send(wizard.StartUser{Way: wizard.WayPrivate, Mode: browser.ModePrivate})
	s.until("waiting for the user", waiting(userOf))
	s.world.attempt(s.t).answers <- answered{answer: auth.Answer{Code: auth.NewSecret("code")}}
	s.until("checked", func(st wizard.State) bool { return len(st.Wizard.Checks) > 0 && !st.Wizard.Checking.Running })
	return s
}

func TestRunnerWholeWay(t *testing.T) {
	w := newWorld()
	w.session.token = auth.Token{
		ScopesGiven: true, RefreshToken: true,
		Scopes: auth.Cloud{}.ConsentScopes(false),
	}
	s := start(t, w).run().toChecked()
	if page := w.attempt(t).shown(); page != auth.PageUserDone {
		t.Errorf("the browser shows %q", page)
	}
	s.send(wizard.Save{})
	saved := s.until("saved", func(st wizard.State) bool { return st.Wizard.Saved != nil || st.Wizard.Problem != nil })
	if saved.Wizard.Saved == nil {
		t.Fatalf("not saved: %+v %q %+v", saved.Wizard.Problem, saved.Blocked(), saved.Wizard.Checks)
	}
	id := saved.Wizard.Saved.ID
	s.until("in the list, the draft gone", func(st wizard.State) bool { return len(st.Home.Connectors) == 1 && len(st.Home.Drafts) == 0 })
	s.end()
	if !w.order("listen", "open default", "listen", "open private", "redeem", "lock "+id, "put "+id, "list "+id, "unlock "+id, "undraft "+id) {
		t.Errorf("in this order: %v", w.log)
	}
	if !w.order("close window", "release") {
		t.Errorf("the window or the listener was left: %v", w.log)
	}
	if got := w.secrets[id]; got.Reveal() != "credential" {
		t.Error("the credential is not in the keychain")
	}
}

func TestRunnerAdminConsentInAnotherTenant(t *testing.T) {
	w := newWorld()
	s := start(t, w).run().toAdmin().send(wizard.StartAdmin{Way: wizard.WayDefault})
	s.until("waiting", waiting(adminOf))
	w.attempt(t).answers <- answered{answer: auth.Answer{Tenant: "99999999-9999-9999-9999-999999999999"}}
	st := s.until("refused", func(st wizard.State) bool { return st.Wizard.Admin.Problem != nil })
	if p := st.Wizard.Admin.Problem; p.Kind != connector.KindWrongTenant || p.Step != connector.StepAdmin || w.attempt(t).shown() != auth.PageWrongTenant {
		t.Errorf("%+v, the browser shows %q", p, w.attempt(t).shown())
	}
	if st.Wizard.Draft.Admin.Status != connector.AdminNone {
		t.Error("it counts as reported")
	}
}

func TestRunnerConsentEnds(t *testing.T) {
	cases := map[string]struct {
		limits func(*limits)
		do     func(*stage)
		want   connector.ProblemKind
	}{
		"window closed after the start page": {nil, func(s *stage) {
			close(s.world.attempt(s.t).started)
			s.until("started", func(st wizard.State) bool { return st.Wizard.User.Started })
			s.world.windows[0].exit <- browser.Exit{}
		}, connector.KindWindowClosed},
		"window gone before the start page": {nil, func(s *stage) { s.world.windows[0].exit <- browser.Exit{Code: 1} }, connector.KindBrowserFailed},
		"time limit":                        {func(l *limits) { l.consent = 200 * time.Millisecond }, func(*stage) {}, connector.KindTimedOut},
		"not private": {nil, func(s *stage) {
			s.world.attempt(s.t).answers <- answered{err: &auth.Error{Stage: auth.StageUserConsent, Cause: auth.ErrNotPrivate}}
		}, connector.KindNotPrivate},
		"opened twice": {nil, func(s *stage) {
			s.world.attempt(s.t).answers <- answered{err: &auth.Error{Stage: auth.StageUserConsent, Cause: auth.ErrTicketSpent}}
		}, connector.KindTicketSpent},
		"declined": {nil, func(s *stage) {
			s.world.attempt(s.t).answers <- answered{err: &auth.Error{Stage: auth.StageUserConsent, OAuth: "access_denied"}}
		}, connector.KindDeclined},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			s := start(t, newWorld())
			if c.limits != nil {
				c.limits(&s.runner.limits)
			}
			s.run().toUser()
			s.send(wizard.StartUser{Way: wizard.WayPrivate, Mode: browser.ModePrivate})
			if c.limits == nil {
				s.until("waiting", waiting(userOf))
			}
			c.do(s)
			st := s.until("ended", func(st wizard.State) bool { return st.Wizard.User.Problem != nil })
			if p := st.Wizard.User.Problem; p.Kind != c.want || p.Step != connector.StepUser {
				t.Errorf("ended with %q on page %v, want %q", p.Kind, p.Step, c.want)
			}
			s.end()
			if !s.world.order("open private", "close window") {
				t.Errorf("the window was left open: %v", s.world.log)
			}
		})
	}
}

func TestRunnerWaitThatIsStopped(t *testing.T) {
	s := start(t, newWorld()).run().toAdmin().send(wizard.StartAdmin{Way: wizard.WayDefault})
	s.until("waiting", waiting(adminOf))
	s.send(wizard.StopWait{})
	s.until("stopped", func(st wizard.State) bool {
		return st.Wizard.Admin.Phase == wizard.PhaseIdle && st.Wizard.Admin.Problem == nil
	})
	<-s.world.attempt(t).closed
}

func TestRunnerSaveThatFailsCanBeRepeated(t *testing.T) {
	for _, operation := range []string{"put", "list"} {
		t.Run(operation, func(t *testing.T) {
			w := newWorld()
			w.session.token = auth.Token{ScopesGiven: true, RefreshToken: true, Scopes: auth.Cloud{}.ConsentScopes(false)}
			s := start(t, w).run().toChecked()
			id := s.draftID()
			w.mu.Lock()
			w.fail[operation+" "+id] = connector.ErrKeychainFull
			w.mu.Unlock()
			s.send(wizard.Save{})
			s.until("a problem", func(st wizard.State) bool { return st.Wizard.Problem != nil })
			s.send(wizard.Save{})
			s.until("saved", func(st wizard.State) bool { return st.Wizard.Saved != nil })
		})
	}
}

func TestRunnerDraftOnDiskFollowsTyping(t *testing.T) {
	w := newWorld()
	s := start(t, w).run().toAdmin()
	id := s.draftID()
	s.send(wizard.GoTo{Step: connector.StepConnector}, wizard.Edited{Field: connector.FieldName, Value: "first"}, wizard.Edited{Field: connector.FieldName, Value: "second"})
	s.until("typed", func(st wizard.State) bool { return st.Wizard.Draft.Name == "second" })
	s.end()
	if got := w.drafts[id]; got.Name != "second" || got.Step != connector.StepConnector {
		t.Errorf("the draft on disk is %+v", got)
	}
}

func TestRunnerSecretWaitsInTheKeychainAndGoesWithTheDraft(t *testing.T) {
	w := newWorld()
	s := start(t, w).run().toAdmin()
	id := s.draftID()
	s.send(wizard.GoTo{Step: connector.StepConnector}, wizard.AskChange{Field: connector.FieldClientKind}, wizard.AgreeChange{}, wizard.Chosen{Field: connector.FieldClientKind, Value: "secret"}, wizard.SecretEntered{Field: connector.FieldSecret, Secret: auth.NewSecret("s3cret-secret")})
	s.until("kept", func(st wizard.State) bool { return st.Wizard.Draft.HasSecret })
	if got, _ := w.Get(t.Context(), keeper.DraftSecretID(id)); got.Reveal() != "s3cret-secret" {
		t.Fatal("the client secret does not wait in the keychain")
	}
	s.send(wizard.GoHome{})
	s.until("home", func(st wizard.State) bool { return st.Screen == wizard.ScreenHome && len(st.Home.Drafts) == 1 })
	s.send(wizard.Discard{ID: id})
	s.until("discarded", func(st wizard.State) bool { return len(st.Home.Drafts) == 0 })
	s.end()
	if _, err := w.Get(t.Context(), keeper.DraftSecretID(id)); !errors.Is(err, connector.ErrCredentialAbsent) {
		t.Error("the client secret outlived its draft")
	}
}

func TestKeeperTokenKeepsTheOldCredentialWhenStoringFails(t *testing.T) {
	w := newWorld()
	w.connectors["c"] = connector.Connector{ID: "c", Name: "Contoso", Tenant: tenantA}
	w.secrets["c"] = auth.NewSecret("old")
	k := keeper.Keeper{Ports: w.ports()}
	w.session.keepErr = auth.ErrNotStored
	token, err := k.Token(t.Context(), "c", auth.PartnerCenter)
	if token.Value.Empty() || !errors.Is(err, auth.ErrNotStored) {
		t.Fatalf("token there: %v, error %v", !token.Value.Empty(), err)
	}
	if !w.order("lock c", "resume", "unlock c") || w.secrets["c"].Reveal() != "old" {
		t.Errorf("order %v", w.log)
	}
}

func TestKeeperNotesThatAPersonMustSignIn(t *testing.T) {
	w := newWorld()
	w.connectors["c"] = connector.Connector{ID: "c", Name: "Contoso", Tenant: tenantA, Health: connector.HealthGood}
	w.secrets["c"] = auth.NewSecret("old")
	w.session.tokenErr = &auth.Error{Stage: auth.StageRefresh, OAuth: "invalid_grant", Codes: []int{50173}}
	if _, err := (keeper.Keeper{Ports: w.ports()}).Token(t.Context(), "c", auth.Graph); err == nil {
		t.Fatal("a token came")
	}
	if w.connectors["c"].Health != connector.HealthSignIn {
		t.Errorf("health %q", w.connectors["c"].Health)
	}
	w.session.tokenErr = nil
	for _, step := range []struct {
		resource auth.Resource
		want     connector.Health
	}{{auth.Graph, "sign-in"}, {auth.PartnerCenter, "unknown"}} {
		if _, err := (keeper.Keeper{Ports: w.ports()}).Token(t.Context(), "c", step.resource); err != nil {
			t.Fatal(err)
		}
		if got := w.connectors["c"]; got.Health != step.want || !got.Refreshed.Equal(day) {
			t.Errorf("after a token for %s: %q, refreshed %v", step.resource, got.Health, got.Refreshed)
		}
	}
}

func TestKeeperRemove(t *testing.T) {
	w := newWorld()
	w.connectors["c"] = connector.Connector{ID: "c"}
	w.secrets["c"] = auth.NewSecret("x")
	w.fail["delete c"] = connector.ErrKeychainLocked
	k := keeper.Keeper{Ports: w.ports()}
	if err := k.Remove(t.Context(), "c"); !errors.Is(err, connector.ErrKeychainLocked) || len(w.connectors) != 1 {
		t.Fatalf("%v; the row must stay while the credential does", err)
	}
	if err := k.Remove(t.Context(), "c"); err != nil || len(w.connectors)+len(w.secrets) != 0 {
		t.Fatalf("%v, left %v", err, w.connectors)
	}
}

func TestRunnerClockThatIsWrong(t *testing.T) {
	w := newWorld()
	w.offset = -6 * time.Minute
	s := start(t, w).run().send(wizard.NewConnector{})
	s.until("checked", func(st wizard.State) bool { return st.Wizard.Ready.Done })
	s.send(wizard.Edited{Field: connector.FieldTenant, Value: tenantA.Domain}).send(tick(connector.Ticks1...)...)
	st := s.until("found", func(st wizard.State) bool { return st.Wizard.Draft.Tenant != nil && len(st.Wizard.Draft.Ticks) == 3 })
	if st.Wizard.Lookup.Clock == nil || st.Blocked() != wizard.ReasonClock {
		t.Fatalf("blocked by %q, clock %+v", st.Blocked(), st.Wizard.Lookup.Clock)
	}
}

func redeemError(code int) error {
	return &auth.Error{Stage: auth.StageRedeem, OAuth: "invalid_grant", Status: 400, Codes: []int{code}}
}

func TestRunnerGivesMicrosoftTime(t *testing.T) {
	cases := map[string]struct {
		refusals []error
		want     connector.ProblemKind // empty: signed in
	}{
		"a consent that is not known everywhere": {[]error{redeemError(65001), redeemError(650051)}, ""},
		"a busy service":                         {[]error{&auth.Error{Stage: auth.StageRedeem, OAuth: "server_error", Status: 503}}, ""},
		"what no waiting mends":                  {[]error{redeemError(50076)}, connector.KindMFAAgain},
		"a code that the first try used up":      {[]error{redeemError(65001), redeemError(54005)}, connector.KindConsentMissing},
		"for ever": {[]error{
			redeemError(650051), redeemError(650051), redeemError(650051), redeemError(650051), redeemError(650051), redeemError(650051),
		}, connector.KindNotReplicated},
		"a Retry-After beyond patience": {[]error{
			&auth.Error{Stage: auth.StageRedeem, OAuth: "temporarily_unavailable", Status: 429, RetryAfter: time.Hour},
		}, connector.KindThrottled},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			w.refusals = c.refusals
			s := start(t, w).run().toUser().send(wizard.StartUser{Way: wizard.WayPrivate, Mode: browser.ModePrivate})
			s.until("waiting", waiting(userOf))
			w.attempt(t).answers <- answered{answer: auth.Answer{Code: auth.NewSecret("code")}}
			st := s.until("an end", func(st wizard.State) bool { return st.Wizard.SignedIn != nil || st.Wizard.User.Problem != nil })
			var got connector.ProblemKind
			if p := st.Wizard.User.Problem; p != nil {
				got = p.Kind
			}
			if got != c.want {
				t.Errorf("ended with %q, want %q", got, c.want)
			}
		})
	}
}

func TestRunnerWaitForMicrosoftCanBeStopped(t *testing.T) {
	w := newWorld()
	w.refusals = []error{redeemError(650051)}
	s := start(t, w)
	s.runner.limits.pace = 10
	s.run().toUser().send(wizard.StartUser{Way: wizard.WayPrivate, Mode: browser.ModePrivate})
	s.until("waiting", waiting(userOf))
	w.attempt(t).answers <- answered{answer: auth.Answer{Code: auth.NewSecret("code")}}
	s.until("told when the next try begins", func(st wizard.State) bool { return st.Wizard.User.Retry != nil })
	s.send(wizard.StopWait{})
	s.until("stopped", func(st wizard.State) bool {
		return st.Wizard.User.Phase == wizard.PhaseIdle && st.Wizard.User.Problem == nil
	})
}
