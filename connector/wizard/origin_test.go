package wizard

import (
	"testing"

	"partner-center-connector/connector"
)

// TestAnotherOriginCanOnlyBeRemoved sends everything that a connector's screen can ask for, as an old window on a new list might.
func TestAnotherOriginCanOnlyBeRemoved(t *testing.T) {
	c := connector.Connector{ID: "c", Name: "Contoso", Origin: "orbit", Tenant: tenantA, ClientID: clientID}
	m := newMachine(t).send(Loaded{Connectors: []connector.Connector{c}}, OpenConnector{"c"})
	for _, e := range []Event{
		CheckNow{},
		Renew{},
		AskChangeUser{},
		Edited{connector.FieldNewUser, "other@contoso.example"},
		ChangeUser{},
		AskRename{},
		Edited{connector.FieldRename, "Mine"},
		Rename{},
		AskRecord{},
		SaveRecord{},
	} {
		m.send(e)
		if has[CheckConnector](m) || has[MakeRenewal](m) || has[RenameConnector](m) || has[SuggestRecord](m) || has[WriteRecord](m) {
			t.Errorf("%T does something", e)
		}
	}
	if d := m.state.Detail; d.Renaming || d.ChangingUser || d.Checking.Running || m.state.Record.Open {
		t.Errorf("asked for: %+v", d)
	}
	m.send(AskRemove{}, Remove{})
	if e := effect[RemoveConnector](m); e.ID != "c" {
		t.Errorf("removed: %+v", e)
	}
}
