package connector

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
)

// stage is a runner at work in a world, and the newest state that it told.
type stage struct {
	t      *testing.T
	world  *world
	runner *Runner
	mu     sync.Mutex
	state  State
	news   chan struct{}
	end    func()
}

func start(t *testing.T, w *world) *stage {
	t.Helper()
	s := &stage{t: t, world: w, news: make(chan struct{}, 1)}
	s.runner = NewRunner(w.ports(), nil, func(state State) {
		s.mu.Lock()
		s.state = state
		s.mu.Unlock()
		select {
		case s.news <- struct{}{}:
		default:
		}
	})
	s.runner.limits = limits{
		consent: time.Hour, more: time.Hour, noStart: time.Hour, grace: time.Millisecond, typing: time.Millisecond, linger: time.Millisecond, pace: 0.0001,
	}
	return s
}

func (s *stage) run() *stage {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); s.runner.Run(ctx) }()
	s.end = sync.OnceFunc(func() {
		cancel()
		<-ended
		goleak.VerifyNone(s.t, goleak.IgnoreCurrent())
	})
	s.t.Cleanup(s.end)
	return s
}

// until waits for a state; it is shown in words if it never comes.
func (s *stage) until(what string, ok func(State) bool) State {
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
	return s.until("a draft", func(st State) bool { return st.Wizard.Draft.ID != "" }).Wizard.Draft.ID
}

func (s *stage) send(events ...Event) *stage {
	for _, e := range events {
		s.runner.Send(e)
	}
	return s
}

// toAdmin goes to page 5 with a public client.
func (s *stage) toAdmin() *stage {
	s.t.Helper()
	s.send(NewConnector{})
	s.until("the computer is checked", func(st State) bool { return st.Wizard.Ready.Done })
	s.send(Edited{FieldTenant, tenantA.Domain})
	s.until("the tenant is found", func(st State) bool { return st.Wizard.Draft.Tenant != nil })
	s.send(tick(Ticks1...)...).send(Forward{}, Edited{FieldUPN, "integration@contoso.example"}, Forward{}, Ticked{TickMFA, true}, Forward{})
	s.send(Chosen{FieldKind, "public"}, Edited{FieldClientID, clientID}, Forward{})
	s.until("page 5", func(st State) bool { return st.Wizard.Draft.Step == StepAdmin })
	return s
}

func waiting(c func(State) Consent) func(State) bool {
	return func(s State) bool { return c(s).Phase == PhaseWaiting }
}

func adminOf(s State) Consent { return s.Wizard.Admin }
func userOf(s State) Consent  { return s.Wizard.User }

func (s *stage) toUser() *stage {
	s.t.Helper()
	s.toAdmin().send(StartAdmin{Way: WayDefault})
	s.until("waiting for the administrator", waiting(adminOf))
	s.world.attempt(s.t).answers <- answered{answer: auth.Answer{Tenant: tenantA.ID}}
	s.until("reported", func(st State) bool { return st.Wizard.Draft.Admin.Status == AdminReported })
	s.send(Forward{})
	s.until("page 6", func(st State) bool { return st.Wizard.Draft.Step == StepUser })
	return s
}

func (s *stage) toChecked() *stage {
	s.t.Helper()
	s.toUser().send(StartUser{Way: WayPrivate, Mode: browser.ModePrivate})
	s.until("waiting for the user", waiting(userOf))
	s.world.attempt(s.t).answers <- answered{answer: auth.Answer{Code: auth.NewSecret("code")}}
	s.until("checked", func(st State) bool { return len(st.Wizard.Checks) > 0 && !st.Wizard.Checking.Running })
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
	s.send(Save{})
	saved := s.until("saved", func(st State) bool { return st.Wizard.Saved != nil || st.Wizard.Problem != nil })
	if saved.Wizard.Saved == nil {
		t.Fatalf("not saved: %+v %q %+v", saved.Wizard.Problem, saved.Blocked(), saved.Wizard.Checks)
	}
	id := saved.Wizard.Saved.ID
	s.until("in the list, the draft gone", func(st State) bool { return len(st.Home.Connectors) == 1 && len(st.Home.Drafts) == 0 })
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
	s := start(t, w).run().toAdmin().send(StartAdmin{Way: WayDefault})
	s.until("waiting", waiting(adminOf))
	w.attempt(t).answers <- answered{answer: auth.Answer{Tenant: "99999999-9999-9999-9999-999999999999"}}
	st := s.until("refused", func(st State) bool { return st.Wizard.Admin.Problem != nil })
	if p := st.Wizard.Admin.Problem; p.Kind != KindWrongTenant || p.Step != StepAdmin || w.attempt(t).shown() != auth.PageWrongTenant {
		t.Errorf("%+v, the browser shows %q", p, w.attempt(t).shown())
	}
	if st.Wizard.Draft.Admin.Status != AdminNone {
		t.Error("it counts as reported")
	}
}

func TestRunnerConsentEnds(t *testing.T) {
	cases := map[string]struct {
		limits func(*limits)
		do     func(*stage)
		want   Kind
	}{
		"window closed after the start page": {nil, func(s *stage) {
			close(s.world.attempt(s.t).started)
			s.until("started", func(st State) bool { return st.Wizard.User.Started })
			s.world.windows[0].exit <- browser.Exit{}
		}, KindWindowClosed},
		"window gone before the start page": {nil, func(s *stage) { s.world.windows[0].exit <- browser.Exit{Code: 1} }, KindBrowserFailed},
		"time limit":                        {func(l *limits) { l.consent = 200 * time.Millisecond }, func(*stage) {}, KindTimedOut},
		"not private": {nil, func(s *stage) {
			s.world.attempt(s.t).answers <- answered{err: &auth.Error{Stage: auth.StageUserConsent, Cause: auth.ErrNotPrivate}}
		}, KindNotPrivate},
		"declined": {nil, func(s *stage) {
			s.world.attempt(s.t).answers <- answered{err: &auth.Error{Stage: auth.StageUserConsent, OAuth: "access_denied"}}
		}, KindDeclined},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			s := start(t, newWorld())
			if c.limits != nil {
				c.limits(&s.runner.limits)
			}
			s.run().toUser()
			s.send(StartUser{Way: WayPrivate, Mode: browser.ModePrivate})
			if c.limits == nil {
				s.until("waiting", waiting(userOf))
			}
			c.do(s)
			st := s.until("ended", func(st State) bool { return st.Wizard.User.Problem != nil })
			if p := st.Wizard.User.Problem; p.Kind != c.want || p.Step != StepUser {
				t.Errorf("ended with %q on page %v, want %q", p.Kind, p.Step, c.want)
			}
			s.end()
			if !s.world.order("open private", "close window") {
				t.Errorf("the window was left open: %v", s.world.log)
			}
		})
	}
}

func TestRunnerHandedOverWindowIsNotClosed(t *testing.T) {
	s := start(t, newWorld()).run().toUser().send(StartUser{Way: WayPrivate, Mode: browser.ModePrivate})
	s.until("waiting", waiting(userOf))
	s.world.windows[0].exit <- browser.Exit{Code: 38, HandedOver: true}
	s.world.attempt(t).answers <- answered{answer: auth.Answer{Code: auth.NewSecret("code")}}
	s.until("signed in", func(st State) bool { return st.Wizard.SignedIn != nil })
}

func TestRunnerNoStartAndMoreTime(t *testing.T) {
	s := start(t, newWorld())
	s.runner.limits.noStart = time.Millisecond
	s.run().toAdmin().send(StartAdmin{Way: WayDefault})
	st := s.until("no start", func(st State) bool { return st.Wizard.Admin.NoStart })
	s.send(MoreTime{})
	s.until("more time", func(now State) bool { return now.Wizard.Admin.Until.Equal(st.Wizard.Admin.Until.Add(time.Hour)) })
	s.send(StopWait{})
	s.until("stopped", func(st State) bool { return st.Wizard.Admin.Phase == PhaseIdle && st.Wizard.Admin.Problem == nil })
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
			w.fail[operation+" "+id] = ErrKeychainFull
			w.mu.Unlock()
			s.send(Save{})
			s.until("a problem", func(st State) bool { return st.Wizard.Problem != nil })
			s.send(Save{})
			s.until("saved", func(st State) bool { return st.Wizard.Saved != nil })
		})
	}
}

func TestRunnerDraftOnDiskFollowsTyping(t *testing.T) {
	w := newWorld()
	s := start(t, w).run().toAdmin()
	id := s.draftID()
	s.send(GoTo{StepConnector}, Edited{FieldName, "first"}, Edited{FieldName, "second"})
	s.until("typed", func(st State) bool { return st.Wizard.Draft.Name == "second" })
	s.end()
	if got := w.drafts[id]; got.Name != "second" || got.Step != StepConnector {
		t.Errorf("the draft on disk is %+v", got)
	}
}

func TestRunnerSecretWaitsInTheKeychainAndGoesWithTheDraft(t *testing.T) {
	w := newWorld()
	s := start(t, w).run().toAdmin()
	id := s.draftID()
	s.send(GoTo{StepConnector}, AskChange{FieldKind}, AgreeChange{}, Chosen{FieldKind, "secret"}, SecretEntered{FieldSecret, auth.NewSecret("s3cret")})
	s.until("kept", func(st State) bool { return st.Wizard.Draft.HasSecret })
	if got, _ := w.Get(t.Context(), DraftSecretID(id)); got.Reveal() != "s3cret" {
		t.Fatal("the client secret does not wait in the keychain")
	}
	s.send(GoHome{})
	s.until("home", func(st State) bool { return st.Screen == ScreenHome && len(st.Home.Drafts) == 1 })
	s.send(Discard{id})
	s.until("discarded", func(st State) bool { return len(st.Home.Drafts) == 0 })
	if _, err := w.Get(t.Context(), DraftSecretID(id)); !errors.Is(err, ErrCredentialAbsent) {
		t.Error("the client secret outlived its draft")
	}
}

func TestKeeperTokenKeepsTheOldCredentialWhenStoringFails(t *testing.T) {
	w := newWorld()
	w.connectors["c"] = Connector{ID: "c", Name: "Contoso", Tenant: tenantA}
	w.secrets["c"] = auth.NewSecret("old")
	k := Keeper{Ports: w.ports()}
	w.session.tokenErr = auth.ErrNotStored
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
	w.connectors["c"] = Connector{ID: "c", Name: "Contoso", Tenant: tenantA, Health: HealthGood}
	w.secrets["c"] = auth.NewSecret("old")
	w.session.tokenErr = &auth.Error{Stage: auth.StageRefresh, OAuth: "invalid_grant", Codes: []int{50173}}
	if _, err := (Keeper{Ports: w.ports()}).Token(t.Context(), "c", auth.Graph); err == nil {
		t.Fatal("a token came")
	}
	if w.connectors["c"].Health != HealthSignIn {
		t.Errorf("health %q", w.connectors["c"].Health)
	}
}

func TestKeeperRemove(t *testing.T) {
	w := newWorld()
	w.connectors["c"] = Connector{ID: "c"}
	w.secrets["c"] = auth.NewSecret("x")
	w.fail["delete c"] = ErrKeychainLocked
	k := Keeper{Ports: w.ports()}
	if err := k.Remove(t.Context(), "c"); !errors.Is(err, ErrKeychainLocked) || len(w.connectors) != 1 {
		t.Fatalf("%v; the row must stay while the credential does", err)
	}
	if err := k.Remove(t.Context(), "c"); err != nil || len(w.connectors)+len(w.secrets) != 0 {
		t.Fatalf("%v, left %v", err, w.connectors)
	}
}

func TestRunnerClockThatIsWrong(t *testing.T) {
	w := newWorld()
	w.offset = -6 * time.Minute
	s := start(t, w).run().send(NewConnector{})
	s.until("checked", func(st State) bool { return st.Wizard.Ready.Done })
	s.send(Edited{FieldTenant, tenantA.Domain}).send(tick(Ticks1...)...)
	st := s.until("found", func(st State) bool { return st.Wizard.Draft.Tenant != nil && len(st.Wizard.Draft.Ticks) == 3 })
	if st.Wizard.Lookup.Clock == nil || st.Blocked() != ReasonClock {
		t.Fatalf("blocked by %q, clock %+v", st.Blocked(), st.Wizard.Lookup.Clock)
	}
}

func redeemError(code int) error {
	return &auth.Error{Stage: auth.StageRedeem, OAuth: "invalid_grant", Status: 400, Codes: []int{code}}
}

func TestRunnerGivesMicrosoftTime(t *testing.T) {
	cases := map[string]struct {
		refusals []error
		want     Kind // empty: signed in
	}{
		"a consent that is not known everywhere": {[]error{redeemError(65001), redeemError(650051)}, ""},
		"a busy service":                         {[]error{&auth.Error{Stage: auth.StageRedeem, OAuth: "server_error", Status: 503}}, ""},
		"what no waiting mends":                  {[]error{redeemError(50076)}, KindMFAAgain},
		"a code that the first try used up":      {[]error{redeemError(65001), redeemError(54005)}, KindConsentMissing},
		"for ever": {[]error{
			redeemError(650051), redeemError(650051), redeemError(650051), redeemError(650051), redeemError(650051), redeemError(650051),
		}, KindNotReplicated},
		"a Retry-After beyond patience": {[]error{
			&auth.Error{Stage: auth.StageRedeem, OAuth: "temporarily_unavailable", Status: 429, RetryAfter: time.Hour},
		}, KindThrottled},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			w.refusals = c.refusals
			s := start(t, w).run().toUser().send(StartUser{Way: WayPrivate, Mode: browser.ModePrivate})
			s.until("waiting", waiting(userOf))
			w.attempt(t).answers <- answered{answer: auth.Answer{Code: auth.NewSecret("code")}}
			st := s.until("an end", func(st State) bool { return st.Wizard.SignedIn != nil || st.Wizard.User.Problem != nil })
			var got Kind
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
	s.run().toUser().send(StartUser{Way: WayPrivate, Mode: browser.ModePrivate})
	s.until("waiting", waiting(userOf))
	w.attempt(t).answers <- answered{answer: auth.Answer{Code: auth.NewSecret("code")}}
	s.until("told when the next try begins", func(st State) bool { return st.Wizard.User.Retry != nil })
	s.send(StopWait{})
	s.until("stopped", func(st State) bool { return st.Wizard.User.Phase == PhaseIdle && st.Wizard.User.Problem == nil })
}
