package wizard

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"partner-center-connector/connector"
)

// TestTheScreenOfAConnectorReadsItsChecks holds that they are read when it opens and whenever the list has changed, and that those of another
// connector do not count.
func TestTheScreenOfAConnectorReadsItsChecks(t *testing.T) {
	passed := []connector.Check{{ID: connector.CheckUser, State: connector.CheckPassed}}
	list := []connector.Connector{{ID: "c", Name: "Contoso"}, {ID: "d", Name: "Other"}}
	m := newMachine(t).send(Loaded{Connectors: list, Now: day})
	if has[ReadConnector](m) {
		t.Error("home reads a connector")
	}
	m.send(OpenConnector{"c"})
	if got := effect[ReadConnector](m); got.ID != "c" || m.state.Detail.Kept != nil {
		t.Errorf("reads %+v, and has %+v", got, m.state.Detail.Kept)
	}
	if m.send(DetailOpened{ID: "d", Checks: []connector.Check{{ID: connector.CheckMFA}}}); m.state.Detail.Kept != nil {
		t.Errorf("another one's are shown: %+v", m.state.Detail.Kept)
	}
	if m.send(DetailOpened{ID: "c", Checks: passed, Now: day.Add(time.Hour)}); !reflect.DeepEqual(m.state.Detail.Kept, passed) || m.state.Detail.Now != day.Add(time.Hour) {
		t.Errorf("shown: %+v", m.state.Detail)
	}
	locked := &connector.Problem{Kind: connector.KindDisk}
	if m.send(DetailOpened{ID: "c", Problem: locked}); m.state.Detail.Unread != locked || !reflect.DeepEqual(m.state.Detail.Kept, passed) {
		t.Errorf("what could not be read: %+v", m.state.Detail)
	}
	if m.send(DetailOpened{ID: "c", Checks: passed}); m.state.Detail.Unread != nil {
		t.Errorf("once it was read: %+v", m.state.Detail.Unread)
	}
	if m.send(Loaded{Connectors: list}); effect[ReadConnector](m).ID != "c" {
		t.Error("a new list leaves the checks as they were")
	}
	if m.send(Loaded{Connectors: list[1:]}); has[ReadConnector](m) || m.state.Screen != ScreenHome {
		t.Error("one that is gone is read")
	}
}

// TestChecksAndHealthChangeAtOnce holds that nothing old stands beside the outcome of new checks, not for a moment.
func TestChecksAndHealthChangeAtOnce(t *testing.T) {
	list := []connector.Connector{{ID: "a", Name: "A"}, {ID: "c", Name: "Contoso", Health: connector.HealthUnknown}}
	m := newMachine(t).send(Loaded{Connectors: list}, OpenConnector{"c"}, CheckNow{})
	after := list[1]
	after.Health, after.Checks = connector.HealthGood, []connector.Check{{ID: connector.CheckUser, State: connector.CheckPassed}}
	m.send(ChecksDone{Attempt: effect[CheckConnector](m).Attempt, Now: day, Connector: &after})
	if c := m.state.Shown(); c.Health != connector.HealthGood || c.Checks != nil || !reflect.DeepEqual(m.state.Detail.Kept, after.Checks) {
		t.Errorf("%+v with %+v", c, m.state.Detail.Kept)
	}
	if list[1].Health != connector.HealthUnknown || m.state.connector("a").Name != "A" {
		t.Error("the list of a state before was changed")
	}
	m.send(CheckNow{})
	m.send(ChecksDone{Attempt: effect[CheckConnector](m).Attempt, Now: day, Problem: &connector.Problem{Kind: connector.KindBusy}})
	if !reflect.DeepEqual(m.state.Detail.Kept, after.Checks) {
		t.Errorf("checks that were not made took the last ones away: %+v", m.state.Detail.Kept)
	}
}

// TestWhatWasJustSavedIsShownWhole holds that its checks, which are known, are not waited for.
func TestWhatWasJustSavedIsShownWhole(t *testing.T) {
	m := checked(atCheck(t), nil).send(Forward{})
	saved := connector.Connector{ID: "draft-id", Name: "contoso.example", Checks: []connector.Check{{ID: connector.CheckUser, State: connector.CheckPassed}}}
	m.send(SaveDone{Attempt: effect[SaveConnector](m).Attempt, Connector: &saved}, OpenConnector{"draft-id"})
	if !reflect.DeepEqual(m.state.Detail.Kept, saved.Checks) {
		t.Errorf("shown: %+v", m.state.Detail.Kept)
	}
}

// TestAConnectorIsFoundInAnyList holds that the places of the list before do not lead astray.
func TestAConnectorIsFoundInAnyList(t *testing.T) {
	m := newMachine(t).send(Loaded{Connectors: []connector.Connector{{ID: "a"}, {ID: "b"}, {ID: "c"}}})
	for _, list := range [][]connector.Connector{
		{{ID: "a"}, {ID: "b"}, {ID: "c"}}, {{ID: "c"}, {ID: "a"}}, {{ID: "b"}}, {}, {{ID: "x"}, {ID: "y"}, {ID: "b"}},
	} {
		s := m.state
		s.Home.Connectors = list // as tests and pictures make their states
		there := map[string]bool{}
		for _, c := range list {
			there[c.ID] = true
		}
		for _, id := range []string{"a", "b", "c", "x", "y", ""} {
			if c := s.connector(id); (c != nil) != there[id] || c != nil && c.ID != id {
				t.Errorf("%v: %q is %+v", list, id, c)
			}
		}
	}
}

// BenchmarkConnector finds each row of home.
func BenchmarkConnector(b *testing.B) {
	for _, n := range []int{10, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			all := make([]connector.Connector, n)
			for i := range all {
				all[i].ID = fmt.Sprint("c-", i)
			}
			s, _ := Machine{}.Next(State{}, Loaded{Connectors: all})
			for i := range b.N {
				if s.connector(all[i%n].ID) == nil {
					b.Fatal("not found")
				}
			}
		})
	}
}
