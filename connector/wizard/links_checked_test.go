package wizard

import (
	"slices"
	"testing"

	"partner-center-connector/connector"
)

// TestEachOriginHasItsOwnChecks holds which checks stand on the screen of a connector before the first of them is made.
func TestEachOriginHasItsOwnChecks(t *testing.T) {
	for origin, want := range map[connector.Origin]struct {
		first connector.CheckID
		count int
	}{
		connector.OriginHere: {connector.CheckOurs, 13},
		connector.OriginLink: {connector.CheckLinkApp, 4},
	} {
		c := connector.Connector{ID: "c", Name: "Contoso", Origin: origin, Tenant: tenantA, Links: &connector.Links{}}
		m := newMachine(t).send(Loaded{Now: day, Connectors: []connector.Connector{c}}, OpenConnector{ID: "c"}, CheckNow{})
		made := m.state.Detail.Checks
		pending := func(c connector.Check) bool { return c.State == connector.CheckPending }
		if len(made) != want.count || made[0].ID != want.first || slices.IndexFunc(made, func(c connector.Check) bool { return !pending(c) }) >= 0 {
			t.Errorf("%q: %+v", origin, made)
		}
		if e := effect[CheckConnector](m); e.ID != "c" {
			t.Errorf("%q: %+v", origin, e)
		}
	}
}
