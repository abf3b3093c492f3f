package runner

import (
	"testing"

	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
	"partner-center-connector/connector/wizard"
)

// passed are all checks, passed, but for some that are changed.
func passed(changed ...connector.Check) []connector.Check {
	all := []connector.Check{}
	for _, id := range checks.Order() {
		all = append(all, connector.Check{ID: id, State: connector.CheckPassed})
	}
	for _, c := range changed {
		for i := range all {
			if all[i].ID == c.ID {
				all[i] = c
			}
		}
	}
	return all
}

// TestTheLastGuardBeforeSave asks the runner to save what the machine would not: nothing is written.
func TestTheLastGuardBeforeSave(t *testing.T) {
	attention := connector.Check{ID: connector.CheckRole, State: connector.CheckFailed, Weight: connector.WeightAttention}
	signedIn := &grant{attempt: 1, session: &fakeSession{}, consented: day}
	for name, c := range map[string]struct {
		grant  *grant
		checks []connector.Check
		health connector.Health // that the checks alone would make
		saved  bool
	}{
		"all passed":      {signedIn, passed(), connector.HealthGood, true},
		"needs attention": {signedIn, passed(attention), connector.HealthAttention, true},
		"no grant":        {nil, passed(), connector.HealthGood, false},
		"a check that runs": {
			signedIn, passed(attention, connector.Check{ID: connector.CheckMFA, State: connector.CheckRunning}), connector.HealthAttention, false,
		},
		"a check that waits": {
			signedIn, passed(attention, connector.Check{ID: connector.CheckMFA, State: connector.CheckPending}), connector.HealthAttention, false,
		},
		"a check that is missing": {signedIn, append(passed(attention)[:3:3], passed(attention)[4:]...), connector.HealthAttention, false},
		"health unknown": {
			signedIn, passed(connector.Check{ID: connector.CheckOurs, State: connector.CheckUnknown}), connector.HealthUnknown, false,
		},
		"a check that says never": {
			signedIn, passed(connector.Check{ID: connector.CheckUser, State: connector.CheckFailed, Weight: connector.WeightNever}), connector.HealthAttention, false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := checks.HealthOf(c.checks); got != c.health {
				t.Fatalf("the checks make %q; the case is for %q", got, c.health)
			}
			w := newWorld()
			r := New(w.ports(), nil, func(wizard.State) {})
			r.grant = c.grant
			r.perform(t.Context(), wizard.SaveConnector{Attempt: 3, Draft: connector.Draft{ID: "d", Name: "Contoso", Tenant: &tenantA}, Checks: c.checks})
			r.work.Wait()
			done := r.queue[0].(wizard.SaveDone)
			if done.Attempt != 3 || (done.Connector != nil) != c.saved || (done.Problem == nil) != c.saved {
				t.Errorf("%+v", done)
			}
			if wrote := len(w.log) > 0; wrote != c.saved || len(w.connectors) != len(w.secrets) || len(w.connectors) == 1 != c.saved {
				t.Errorf("%v", w.log)
			}
		})
	}
}
