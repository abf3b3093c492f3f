package runner

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// inTime runs a stage with the usual limits, by a clock that goes on when everybody waits.
func inTime(t *testing.T, test func(s *stage)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		ports := w.ports()
		ports.Now = time.Now
		s := startWith(t, w, ports)
		s.runner.limits = usualLimits
		s.run()
		test(s)
		s.end()
	})
}

// pass lets some time pass.
func (s *stage) pass(d time.Duration) {
	s.t.Helper()
	if err := connector.Sleep(s.t.Context(), d); err != nil {
		s.t.Fatal(err)
	}
}

// now is the state when everything that goes on by itself has come to its end.
func (s *stage) now() wizard.State {
	synctest.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state
}

func TestAConsentEndsAfterFifteenMinutes(t *testing.T) {
	inTime(t, func(s *stage) {
		s.toUser().send(wizard.StartUser{Way: wizard.WayPrivate, Mode: browser.ModePrivate})
		begun := time.Now()
		if until := s.now().Wizard.User.Until; until.Sub(begun) != 15*time.Minute {
			s.t.Errorf("it says that it waits until %v after its begin", until.Sub(begun))
		}
		s.pass(15*time.Minute - time.Second)
		if p := s.now().Wizard.User.Problem; p != nil {
			s.t.Fatalf("ended before its time: %+v", p)
		}
		s.pass(time.Second)
		if p := s.now().Wizard.User.Problem; p == nil || p.Kind != connector.KindTimedOut {
			s.t.Errorf("15 minutes are over: %+v", p)
		}
	})
}

func TestMoreTimeMovesTheEndOfTheWait(t *testing.T) {
	inTime(t, func(s *stage) {
		s.toUser().send(wizard.StartUser{Way: wizard.WayPrivate, Mode: browser.ModePrivate})
		begun := time.Now()
		s.now()
		s.pass(14 * time.Minute)
		s.send(wizard.MoreTime{}, wizard.MoreTime{})
		if until := s.now().Wizard.User.Until; until.Sub(begun) != 35*time.Minute {
			s.t.Errorf("twice ten more minutes: it says that it waits until %v after its begin", until.Sub(begun))
		}
		s.pass(21*time.Minute - time.Second)
		if c := s.now().Wizard.User; c.Phase != wizard.PhaseWaiting {
			s.t.Fatalf("ended before its time: %q, %+v", c.Phase, c.Problem)
		}
		s.pass(time.Second)
		if p := s.now().Wizard.User.Problem; p == nil || p.Kind != connector.KindTimedOut {
			s.t.Errorf("35 minutes are over: %+v", p)
		}
	})
}

func TestABrowserThatDoesNotStartIsToldAfterTwentySeconds(t *testing.T) {
	inTime(t, func(s *stage) {
		s.toAdmin().send(wizard.StartAdmin{Way: wizard.WayDefault})
		s.now()
		s.pass(20*time.Second - time.Millisecond)
		if s.now().Wizard.Admin.NoStart {
			s.t.Error("told before its time")
		}
		s.pass(time.Millisecond)
		if !s.now().Wizard.Admin.NoStart {
			s.t.Error("20 seconds are over")
		}
		close(s.world.attempt(s.t).started)
		if st := s.now(); st.Wizard.Admin.NoStart || !st.Wizard.Admin.Started {
			s.t.Errorf("it has started: %+v", st.Wizard.Admin)
		}
	})
}

// TestAWindowIsLookedAtForFifteenSeconds: an ordinary window is told at once, a private one when an ordinary one would have shown itself.
func TestAWindowIsLookedAtForFifteenSeconds(t *testing.T) {
	for name, c := range map[string]struct {
		keeps []browser.Kept
		mode  browser.Mode
		after time.Duration
		want  browser.Kept
		then  browser.Mode
	}{
		"private":            {[]browser.Kept{browser.KeptNothing}, browser.ModePrivate, 15 * time.Second, browser.KeptNothing, browser.ModePrivate},
		"a guest's":          {[]browser.Kept{browser.KeptUnknown, browser.KeptNothing}, browser.ModeGuest, 15 * time.Second, browser.KeptNothing, browser.ModeGuest},
		"not to be told":     {[]browser.Kept{browser.KeptNothing, browser.KeptUnknown}, browser.ModePrivate, 15 * time.Second, browser.KeptUnknown, browser.ModePrivate},
		"ordinary":           {[]browser.Kept{browser.KeptPages}, browser.ModePrivate, 3 * time.Second, browser.KeptPages, browser.ModePlain},
		"ordinary, but slow": {[]browser.Kept{browser.KeptUnknown, browser.KeptNothing, browser.KeptPages}, browser.ModeGuest, 9 * time.Second, browser.KeptPages, browser.ModePlain},
		"as asked for":       {[]browser.Kept{browser.KeptPages}, browser.ModePlain, time.Minute, "", browser.ModePlain},
	} {
		inTime(t, func(s *stage) {
			s.world.keeps = c.keeps
			s.toUser().send(wizard.StartUser{Way: wizard.WayPrivate, Mode: c.mode})
			s.now()
			close(s.world.attempt(s.t).started)
			s.now()
			s.pass(c.after - time.Millisecond)
			if got := s.now().Wizard.User.Kept; got != "" {
				s.t.Errorf("%s: told %q before its time", name, got)
			}
			s.pass(time.Millisecond)
			if u := s.now().Wizard.User; u.Kept != c.want || u.Mode != c.then {
				s.t.Errorf("%s: %q, %q", name, u.Kept, u.Mode)
			}
		})
	}
}

func TestAnAnswerMayComeTwoSecondsAfterItsWindow(t *testing.T) {
	for _, late := range []time.Duration{2*time.Second - time.Millisecond, 2 * time.Second} {
		inTime(t, func(s *stage) {
			s.toUser().send(wizard.StartUser{Way: wizard.WayPrivate, Mode: browser.ModePrivate})
			s.now()
			close(s.world.attempt(s.t).started)
			s.now()
			s.world.windows[0].exit <- browser.Exit{}
			s.pass(late)
			st := s.now()
			if inTime := late < 2*time.Second; inTime != (st.Wizard.User.Problem == nil) {
				s.t.Fatalf("%v after the window was closed: %+v", late, st.Wizard.User.Problem)
			}
			if st.Wizard.User.Problem != nil {
				return
			}
			s.world.attempt(s.t).answers <- answered{answer: auth.Answer{Code: auth.NewSecret("code")}}
			if s.now().Wizard.SignedIn == nil {
				s.t.Error("an answer in time does not count")
			}
		})
	}
}

// TestAWindowThatWasHandedOverGoesOn: on Windows the process that we started may pass the page on and end.
func TestAWindowThatWasHandedOverGoesOn(t *testing.T) {
	inTime(t, func(s *stage) {
		s.toUser().send(wizard.StartUser{Way: wizard.WayPrivate, Mode: browser.ModePrivate})
		s.now()
		close(s.world.attempt(s.t).started)
		s.now()
		s.world.windows[0].exit <- browser.Exit{Code: 38, HandedOver: true}
		s.pass(10 * time.Minute)
		if c := s.now().Wizard.User; c.Phase != wizard.PhaseWaiting || s.world.order("close window") {
			s.t.Fatalf("%q, %+v; the window is closed: %v", c.Phase, c.Problem, s.world.order("close window"))
		}
		s.world.attempt(s.t).answers <- answered{answer: auth.Answer{Code: auth.NewSecret("code")}}
		if s.now().Wizard.SignedIn == nil {
			s.t.Error("nobody is signed in")
		}
	})
}

// TestThePausesBetweenTries lets Microsoft say again and again that it does not know something yet.
func TestThePausesBetweenTries(t *testing.T) {
	seconds := func(all ...float64) []time.Duration {
		pauses := []time.Duration{}
		for _, s := range all {
			pauses = append(pauses, time.Duration(s*float64(time.Second)))
		}
		return pauses
	}
	again := &auth.Error{Stage: auth.StageRedeem, OAuth: "invalid_grant", Status: 400, Codes: []int{650051}}
	after := func(wait time.Duration) error {
		return &auth.Error{Stage: auth.StageRedeem, OAuth: "temporarily_unavailable", Status: 429, RetryAfter: wait}
	}
	for name, c := range map[string]struct {
		policy   retryPolicy
		refusals []error
		want     []time.Duration
	}{
		"redeem":                    {redeemRetries, []error{again, again, again, again, again, again, again}, seconds(3, 6, 12, 24, 45)},
		"probe":                     {probeRetries, []error{again, again, again, again, again, again, again, again}, seconds(5, 10, 20, 40, 60, 60)},
		"what the service asks for": {redeemRetries, []error{after(70 * time.Second), after(time.Second), nil}, seconds(70, 6)},
		"two minutes":               {redeemRetries, []error{after(2 * time.Minute), nil}, seconds(120)},
		"more than two minutes":     {redeemRetries, []error{after(2*time.Minute + time.Second), nil}, seconds()},
	} {
		t.Run(name, func(t *testing.T) {
			got := []time.Duration{}
			ports := newWorld().ports()
			ports.Sleep = func(_ context.Context, d time.Duration) error { got = append(got, d); return nil }
			r := New(ports, nil, nil)
			tries := 0
			r.retry(t.Context(), 1, auth.App{}, c.policy, func() *connector.Problem {
				tries++
				return r.problem(c.refusals[tries-1])
			})
			if !slices.Equal(got, c.want) || tries != len(c.want)+1 {
				t.Errorf("%d tries, pauses %v, want %v", tries, got, c.want)
			}
			queue := r.queue
			for i, pause := range got {
				told := queue[2*i].(wizard.Retrying)
				if told.Retry == nil || told.Retry.At.Sub(told.Retry.Since) != pause || queue[2*i+1].(wizard.Retrying).Retry != nil {
					t.Errorf("pause %d is told as %+v", i, told.Retry)
				}
			}
		})
	}
}

// TestHowLongAWrongSecretIsTriedAgain gives a new client secret the time that was asked for it, and what can't be one none at all.
func TestHowLongAWrongSecretIsTriedAgain(t *testing.T) {
	const guid = "8D2B6F14-0a5c-4e3d-b7f9-6c1e2d3a4b58"
	wrong := &auth.Error{Stage: auth.StageProbe, OAuth: "invalid_client", Codes: []int{7000215}, Status: 401}
	secret := func(text string) auth.App {
		return auth.App{ClientKind: auth.SecretClient, Secret: auth.NewSecret(text)}
	}
	seconds := func(all ...int) []time.Duration {
		pauses := []time.Duration{}
		for _, n := range all {
			pauses = append(pauses, time.Duration(n)*time.Second)
		}
		return pauses
	}
	limit := func(d time.Duration) *time.Duration { return &d }
	for name, c := range map[string]struct {
		app    auth.App
		policy retryPolicy
		limit  *time.Duration
		want   []time.Duration
		kind   connector.ProblemKind
	}{
		"somebody watches":       {secret("a~value"), probeRetries, nil, seconds(5, 10, 20, 40, 60, 60), connector.KindSecretWrong},
		"a script":               {secret("a~value"), probeRetries, limit(ScriptWait), seconds(5, 10, 5), connector.KindSecretWrong},
		"a script, at the end":   {secret("a~value"), redeemRetries, limit(ScriptWait), seconds(3, 6, 11), connector.KindSecretWrong},
		"a script that waits":    {secret("a~value"), probeRetries, limit(5 * time.Minute), seconds(5, 10, 20, 40, 60, 60, 60, 45), connector.KindSecretWrong},
		"a script that does not": {secret("a~value"), probeRetries, limit(0), seconds(), connector.KindSecretWrong},
		"a Secret ID":            {secret(guid), probeRetries, nil, seconds(), connector.KindSecretWrong},
		"a certificate":          {auth.App{ClientKind: auth.CertificateClient}, probeRetries, nil, seconds(), connector.KindCertificate},
		"no secret at all":       {auth.App{ClientKind: auth.PublicClient}, redeemRetries, nil, seconds(), connector.KindSecretMissing},
	} {
		t.Run(name, func(t *testing.T) {
			got := []time.Duration{}
			ports := newWorld().ports()
			ports.Sleep = func(_ context.Context, d time.Duration) error { got = append(got, d); return nil }
			r := New(ports, nil, nil)
			if c.limit != nil {
				r.WaitForSecret(*c.limit)
			}
			p := r.retry(t.Context(), 1, c.app, c.policy, func() *connector.Problem { return r.problem(wrong) })
			if !slices.Equal(got, c.want) || p == nil || p.Kind != c.kind || (p.Args["IsID"] != "") != (name == "a Secret ID") {
				t.Errorf("pauses %v, %+v; want %v, %s", got, p, c.want, c.kind)
			}
		})
	}
}

// TestTheTimeOfANewSecret is one for the test of the registration and the redemption, and holds no pause for anything else; another secret has
// its own.
func TestTheTimeOfANewSecret(t *testing.T) {
	wrong := &auth.Error{Stage: auth.StageRedeem, OAuth: "invalid_client", Codes: []int{7000215}, Status: 401}
	notYet := &auth.Error{Stage: auth.StageRedeem, OAuth: "invalid_client", Codes: []int{650051}, Status: 400}
	got := []time.Duration{}
	ports := newWorld().ports()
	ports.Sleep = func(_ context.Context, d time.Duration) error { got = append(got, d); return nil }
	r := New(ports, nil, nil)
	r.WaitForSecret(ScriptWait)
	for _, c := range []struct {
		secret  string
		policy  retryPolicy
		answers []error // the last one stays
		want    []int
	}{
		{"a~first", probeRetries, []error{notYet, notYet, wrong, nil}, []int{5, 10, 20}},
		{"a~first", redeemRetries, []error{wrong}, []int{}},
		{"a~second", probeRetries, []error{wrong, wrong, nil}, []int{5, 10}},
		{"a~second", redeemRetries, []error{wrong}, []int{3, 2}},
		{"a~second", redeemRetries, []error{notYet, nil}, []int{3}},
	} {
		got = got[:0]
		tries := 0
		app := auth.App{ClientKind: auth.SecretClient, Secret: auth.NewSecret(c.secret)}
		r.retry(t.Context(), 1, app, c.policy, func() *connector.Problem {
			tries++
			return r.problem(c.answers[min(tries, len(c.answers))-1])
		})
		want := []time.Duration{}
		for _, n := range c.want {
			want = append(want, time.Duration(n)*time.Second)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s, %v: pauses %v, want %v", c.secret, c.answers, got, want)
		}
	}
}

// TestTypingRests asks Microsoft 400 ms after the last key.
func TestTypingRests(t *testing.T) {
	inTime(t, func(s *stage) {
		s.send(wizard.NewConnector{})
		s.now()
		s.send(wizard.Edited{Field: connector.FieldTenant, Value: tenantA.Domain})
		s.now()
		s.pass(400*time.Millisecond - 1)
		if s.now().Wizard.Draft.Tenant != nil {
			s.t.Error("asked before its time")
		}
		s.pass(1)
		if s.now().Wizard.Draft.Tenant == nil {
			s.t.Error("not asked after 400 ms")
		}
	})
}
