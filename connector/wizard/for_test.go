package wizard

import (
	"testing"

	"partner-center-connector/connector"
)

// TestWhatTheConnectorIsForIsKept holds that the draft remembers it, that nothing is voided by it, and that a product nobody knows is not taken.
func TestWhatTheConnectorIsForIsKept(t *testing.T) {
	m := checked(atCheck(t), nil)
	m.state.Products = []connector.Product{{ID: "fabrikam", Name: "Fabrikam Billing"}}
	before := m.state.Wizard
	for _, id := range []string{"fabrikam", connector.ForOther, connector.ForOwn, "fabrikam"} {
		if m.send(Chosen{connector.FieldFor, id}); m.state.Wizard.Draft.For != id || effect[KeepDraft](m).Draft.For != id {
			t.Errorf("%q was chosen, and %q is kept", id, m.state.Wizard.Draft.For)
		}
	}
	if m.send(Chosen{connector.FieldFor, "nobody"}); m.state.Wizard.Draft.For != "fabrikam" {
		t.Errorf("became %q", m.state.Wizard.Draft.For)
	}
	after := m.state.Wizard
	if after.SignedIn == nil || after.Draft.Admin != before.Draft.Admin || len(after.Checks) != len(before.Checks) || len(after.Checks) == 0 {
		t.Error("something was voided")
	}
}
