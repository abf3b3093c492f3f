package runner

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
	"partner-center-connector/connector/wizard"
)

// pastOf tells a history, an entry a line.
func pastOf(c *connector.Connector) []string {
	lines := []string{}
	for _, p := range c.History {
		lines = append(lines, fmt.Sprintf("%s %s%s %s", p.From.Format(time.DateOnly), p.What, p.Health, p.Problem))
	}
	return lines
}

// TestSaveBeginsTheHistory saves a new connector, and renews one with the client secret that it has and with another one.
func TestSaveBeginsTheHistory(t *testing.T) {
	made := []connector.Check{}
	for _, id := range checks.Order() {
		made = append(made, connector.Check{ID: id, State: connector.CheckPassed, At: day})
	}
	last := day.AddDate(0, -2, 0)
	for name, tt := range map[string]struct {
		renews, secret string
		kind           auth.ClientKind
		lost           bool
		want           []string
	}{
		"new":                             {"", "typed", auth.SecretClient, false, []string{"2026-11-23 consent ", "2026-11-23 checkgood "}},
		"renewed":                         {"saved", "saved secret", auth.SecretClient, false, []string{"2026-09-23 consent ", "2026-11-23 consent ", "2026-11-23 checkgood "}},
		"renewed with another secret":     {"saved", "typed", auth.SecretClient, false, []string{"2026-09-23 consent ", "2026-11-23 credential ", "2026-11-23 consent ", "2026-11-23 checkgood "}},
		"renewed, the credential is gone": {"saved", "typed", auth.SecretClient, true, []string{"2026-09-23 consent ", "2026-11-23 credential ", "2026-11-23 consent ", "2026-11-23 checkgood "}},
		"renewed without a secret":        {"saved", "", auth.PublicClient, false, []string{"2026-09-23 consent ", "2026-11-23 consent ", "2026-11-23 checkgood "}},
	} {
		w := newWorld()
		saved := savedContoso()
		saved.Consented = last
		saved = saved.WithPast(connector.Past{What: connector.HappenedConsent, From: last})
		w.connectors["saved"] = saved
		if !tt.lost {
			w.secrets["saved"] = auth.NewSecret("x")
		}
		r := New(w.ports(), nil, nil)
		r.grant = &grant{attempt: 1, session: w.session, consented: day, identity: saved.User}
		r.grant.request.App.Secret = auth.NewSecret(tt.secret)
		if tt.secret == "" {
			r.grant.request.App.Secret = auth.Secret{}
		}
		d := connector.Draft{ID: "d", Renews: tt.renews, Name: "Another", Tenant: &tenantA, ClientID: saved.ClientID, ClientKind: tt.kind}
		out := r.saved(t.Context(), wizard.SaveConnector{Draft: d, Checks: made}, r.grant)
		if out.Connector == nil {
			t.Fatalf("%s: %+v", name, out.Problem)
		}
		kept := w.connectors[out.Connector.ID]
		if got := pastOf(&kept); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}
