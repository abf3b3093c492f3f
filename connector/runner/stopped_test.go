package runner

import (
	"slices"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// TestAStoppedConsentLeavesNothing stops the user consent at each moment at which it waits for something else: what it yields
// afterwards counts no more.
func TestAStoppedConsentLeavesNothing(t *testing.T) {
	for _, moment := range []string{"open private", "redeem", "finish user-done"} {
		t.Run(moment, func(t *testing.T) {
			w := newWorld()
			hold := make(chan struct{})
			w.hold = map[string]chan struct{}{moment: hold}
			s := start(t, w).run().toUser()
			s.send(wizard.StartUser{Way: wizard.WayPrivate, Mode: browser.ModePrivate})
			if moment != "open private" {
				s.until("waiting for the user", waiting(userOf))
				w.attempt(t).answers <- answered{answer: auth.Answer{Code: auth.NewSecret("code")}}
			}
			w.comesTo(t, moment)
			s.send(wizard.StopWait{}, wizard.GoHome{})
			s.until("home", func(st wizard.State) bool { return st.Screen == wizard.ScreenHome })
			close(hold)
			w.comesTo(t, "close window")
			s.end()
			if s.runner.currentGrant() != nil {
				t.Error("the refresh token is still in memory")
			}
			if w.order("redeem", "finish user-done") && moment != "finish user-done" {
				t.Error("the browser says that all is well")
			}
			if st := s.state; st.Wizard.SignedIn != nil {
				t.Error("somebody is signed in")
			}
		})
	}
}

// TestAStoppedAdminConsentHasNoOutcome goes on without the administrator's answer while the browser fetches its last page.
func TestAStoppedAdminConsentHasNoOutcome(t *testing.T) {
	w := newWorld()
	hold := make(chan struct{})
	w.hold = map[string]chan struct{}{"finish admin-done": hold}
	s := start(t, w).run().toAdmin()
	s.send(wizard.StartAdmin{Way: wizard.WayDefault})
	s.until("waiting for the administrator", waiting(adminOf))
	w.attempt(t).answers <- answered{answer: auth.Answer{Tenant: tenantA.ID}}
	w.comesTo(t, "finish admin-done")
	s.send(wizard.GoUnconfirmed{})
	s.until("not confirmed", func(st wizard.State) bool { return st.Wizard.Draft.Admin.Status == connector.AdminNotConfirmed })
	close(hold)
	s.end()
	if got := s.state.Wizard.Draft.Admin.Status; got != connector.AdminNotConfirmed {
		t.Errorf("the admin consent is %q", got)
	}
}

// TestAnOutcomeThatNobodyHearsIsForgotten stops the user consent when it is over, and its outcome waits behind the stop.
func TestAnOutcomeThatNobodyHearsIsForgotten(t *testing.T) {
	r := New(newWorld().ports(), nil, func(wizard.State) {})
	for _, stopped := range []int{7, 8} {
		if !r.keepGrant(t.Context(), &grant{attempt: 7}) {
			t.Fatal("a grant was not kept though its attempt goes on")
		}
		r.stop(stopped)
		if kept := r.currentGrant() != nil; kept != (stopped != 7) {
			t.Errorf("attempt %d was stopped; the grant of attempt 7 is there: %v", stopped, kept)
		}
	}
}

// comesTo waits until the world was asked for something.
func (w *world) comesTo(t *testing.T, what string) {
	t.Helper()
	w.until(t, what, func() bool { return slices.Contains(w.log, what) })
}

// until waits until something holds of the world.
func (w *world) until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	holds := func() bool {
		w.mu.Lock()
		defer w.mu.Unlock()
		return ok()
	}
	limit := time.NewTimer(10 * time.Second)
	defer limit.Stop()
	for pause := time.NewTicker(time.Millisecond); !holds(); {
		select {
		case <-pause.C:
		case <-limit.C:
			t.Fatalf("it never comes to %q", what)
		}
	}
}
