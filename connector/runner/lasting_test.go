package runner

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// lastingInTime runs a window that has one connector, whose integration user signed in so long ago, by a clock that goes on when everybody waits.
func lastingInTime(t *testing.T, ago time.Duration, test func(s *stage, w *world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		w.session.token = auth.Token{ScopesGiven: true, RefreshToken: true, Scopes: auth.Cloud{}.ConsentScopes(false)}
		c := savedContoso()
		at := time.Now().Add(-ago)
		c.Health, c.Consented, c.Checked, c.Saved = connector.HealthNew, at, at, at
		w.connectors["saved"], w.secrets["saved"] = c, auth.NewSecret("credential")
		ports := w.ports()
		ports.Now = time.Now
		s := startWith(t, w, ports)
		s.runner.CheckByItself()
		s.run()
		test(s, w)
		s.end()
	})
}

// times is how often something was done.
func (w *world) times(what string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := 0
	for _, did := range w.log {
		if did == what {
			n++
		}
	}
	return n
}

func healthAt(s *stage) connector.Health { return s.now().Home.Connectors[0].Health }

// TestTheSignInIsCheckedByItselfInTime: nothing is asked before, and once it is, the health changes without a press.
func TestTheSignInIsCheckedByItselfInTime(t *testing.T) {
	lastingInTime(t, 0, func(s *stage, w *world) {
		s.pass(6*time.Minute - time.Second)
		if got := healthAt(s); got != connector.HealthNew || w.times("resume") != 0 {
			t.Fatalf("before its time: %s, resumed %d times", got, w.times("resume"))
		}
		s.pass(time.Second)
		if got := healthAt(s); got != connector.HealthGood || w.times("resume") != 1 {
			t.Errorf("at its time: %s, resumed %d times", got, w.times("resume"))
		}
		s.pass(48 * time.Hour)
		if s.now(); w.times("resume") != 1 {
			t.Errorf("resumed %d times", w.times("resume"))
		}
	})
}

// TestItIsMadeUpForAtTheStart: a window that was closed meanwhile checks at once.
func TestItIsMadeUpForAtTheStart(t *testing.T) {
	lastingInTime(t, time.Hour, func(s *stage, w *world) {
		if got := healthAt(s); got != connector.HealthGood || w.times("resume") != 1 {
			t.Errorf("%s, resumed %d times", got, w.times("resume"))
		}
	})
}

// TestAnotherProcessHasChecked: whoever has the lock first makes the checks, and nobody makes them again.
func TestAnotherProcessHasChecked(t *testing.T) {
	lastingInTime(t, 0, func(s *stage, w *world) {
		s.pass(6*time.Minute - time.Second)
		w.mu.Lock()
		c := w.connectors["saved"]
		c.Checked, c.Health = c.Consented.Add(connector.LastsAfter), connector.HealthGood
		w.connectors["saved"] = c
		w.mu.Unlock()
		s.pass(time.Second)
		if got := healthAt(s); got != connector.HealthGood || w.times("lock saved") != 1 || w.times("resume") != 0 {
			t.Errorf("%s, locked %d times, resumed %d times", got, w.times("lock saved"), w.times("resume"))
		}
	})
}

// TestAFailureIsToldAndNotRepeated: nobody is asked every hour for what is gone.
func TestAFailureIsToldAndNotRepeated(t *testing.T) {
	lastingInTime(t, 0, func(s *stage, w *world) {
		s.now()
		w.mu.Lock()
		delete(w.secrets, "saved")
		w.mu.Unlock()
		s.pass(3 * time.Hour)
		p, told := s.now().Home.Checking.Unchecked["saved"]
		if !told || p.Kind != connector.KindCredentialGone || w.times("lock saved") != 1 {
			t.Errorf("told %v: %s, locked %d times", told, p.Kind, w.times("lock saved"))
		}
	})
}

// TestATerminalProgramChecksNothingByItself: it ends before.
func TestATerminalProgramChecksNothingByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		c := savedContoso()
		c.Health, c.Consented, c.Checked = connector.HealthNew, time.Now(), time.Now()
		w.connectors["saved"] = c
		ports := w.ports()
		ports.Now = time.Now
		s := startWith(t, w, ports).run()
		s.pass(time.Hour)
		if s.now(); w.times("lock saved") != 0 {
			t.Error("it checked")
		}
		s.end()
	})
}

// TestTheWaitEndsWithTheProgram: Run returns at once, whatever is waited for or checked.
func TestTheWaitEndsWithTheProgram(t *testing.T) {
	for name, ago := range map[string]time.Duration{"waiting": 0, "checking": time.Hour} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld()
				c := savedContoso()
				at := time.Now().Add(-ago)
				c.Health, c.Consented, c.Checked = connector.HealthNew, at, at
				w.connectors["saved"], w.secrets["saved"] = c, auth.NewSecret("credential")
				ports := w.ports()
				ports.Now = time.Now
				ports.Sleep = connector.Sleep
				r := New(ports, nil, func(wizard.State) {})
				r.CheckByItself()
				ctx, cancel := context.WithCancel(t.Context())
				ended := make(chan struct{})
				go func() { defer close(ended); r.Run(ctx) }()
				synctest.Wait()
				begun := time.Now()
				cancel()
				<-ended
				if took := time.Since(begun); took != 0 {
					t.Errorf("the end took %v", took)
				}
			})
		})
	}
}
