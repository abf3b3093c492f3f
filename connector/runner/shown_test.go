package runner

import (
	"errors"
	"testing"

	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// TestTheScreenOfAConnectorHasItsChecks holds that the list brings none, that its screen has them, and that a record is made with them.
func TestTheScreenOfAConnectorHasItsChecks(t *testing.T) {
	w := newWorld()
	passed := connector.Check{ID: connector.CheckUser, State: connector.CheckPassed}
	w.connectors["c"] = connector.Connector{ID: "c", Name: "Contoso", Tenant: tenantA, Checks: []connector.Check{passed}}
	s := start(t, w).run()
	home := s.until("home", func(st wizard.State) bool { return st.Home.Loaded && len(st.Home.Connectors) == 1 })
	if home.Home.Connectors[0].Checks != nil {
		t.Errorf("the list has checks: %+v", home.Home.Connectors)
	}
	s.send(wizard.OpenConnector{ID: "c"})
	s.until("the checks", func(st wizard.State) bool {
		return len(st.Detail.Kept) == 1 && st.Detail.Kept[0].ID == connector.CheckUser
	})
}

// TestAConnectorThatCannotBeShown tells why on its screen.
func TestAConnectorThatCannotBeShown(t *testing.T) {
	w := newWorld()
	w.connectors["c"] = connector.Connector{ID: "c", Name: "Contoso", Tenant: tenantA}
	s := start(t, w)
	damaged := &connector.UnreadableError{ID: "c", Err: connector.ErrListDamaged}
	s.runner.ports.Store = unreadableStore{s.runner.ports.Store, damaged}
	s.run().until("home", func(st wizard.State) bool { return st.Home.Loaded })
	s.send(wizard.OpenConnector{ID: "c"})
	st := s.until("why", func(st wizard.State) bool { return st.Detail.Unread != nil })
	if st.Detail.Unread.Kind != connector.KindListDamaged {
		t.Errorf("%+v", st.Detail.Unread)
	}
	if out, ok := s.runner.writeRecord(wizard.WriteRecord{Connector: w.connectors["c"], Path: "x"}).(wizard.RecordDone); !ok || out.Reason != wizard.ReasonRecordFailed || out.Raw == "" {
		t.Errorf("a record of it: %+v", out)
	}
}

// unreadableStore can't read any connector whole.
type unreadableStore struct {
	connector.Store
	err error
}

func (s unreadableStore) Connector(string) (connector.Connector, error) {
	return connector.Connector{}, s.err
}

// TestWhatCanBeReadIsOffered holds that one connector which can't be read hides neither the others nor the drafts.
func TestWhatCanBeReadIsOffered(t *testing.T) {
	w := newWorld()
	w.connectors["c"] = connector.Connector{ID: "c", Name: "Contoso", Tenant: tenantA}
	w.fail["read connectors"] = connector.UnreadableErrors{{ID: "d", Err: connector.ErrListNewer}, {ID: "e", Err: errors.New("no")}}
	st := start(t, w).run().until("home", func(st wizard.State) bool { return st.Home.Loaded })
	if len(st.Home.Connectors) != 1 || st.Home.Problem == nil || st.Home.Problem.Kind != connector.KindListNewer {
		t.Errorf("%+v, %+v", st.Home.Connectors, st.Home.Problem)
	}
}
