package wizard

import (
	"testing"

	"partner-center-connector/connector"
)

func connectors(ids ...string) Loaded {
	loaded := Loaded{}
	for _, id := range ids {
		loaded.Connectors = append(loaded.Connectors, connector.Connector{ID: id, Name: id})
	}
	return loaded
}

// TestCheckAll: one run at a time, whose outcomes are counted and told.
func TestCheckAll(t *testing.T) {
	m := newMachine(t)
	if got := m.state.Refuses(CheckAll{}); got != ReasonGone {
		t.Errorf("with no connector it is refused for %q", got)
	}
	loaded := connectors("a", "b", "c")
	loaded.Connectors[2].Origin = "another"
	m.send(loaded, CheckAll{})
	e := effect[CheckConnectors](m)
	if c := m.state.Home.Checking; !c.Running || c.Done != 0 || c.Total != 2 || len(e.Connectors) != 2 || e.Attempt != c.Attempt {
		t.Fatalf("%+v, %+v", c, e)
	}
	if got := m.state.Refuses(CheckAll{}); got != ReasonChecksRunning {
		t.Errorf("while one runs it is refused for %q", got)
	}
	busy := &connector.Problem{Kind: connector.KindBusy}
	m.send(ConnectorChecked{Attempt: e.Attempt + 1, ID: "a"}, AllChecked{Attempt: e.Attempt + 1}, ConnectorChecked{Attempt: e.Attempt, ID: "b", Problem: busy})
	if c := m.state.Home.Checking; !c.Running || c.Done != 1 || len(c.Unchecked) != 1 || c.Unchecked["b"].Kind != connector.KindBusy {
		t.Errorf("%+v", c)
	}
	m.send(OpenConnector{"a"}, GoHome{}, ConnectorChecked{Attempt: e.Attempt, ID: "a"}, AllChecked{Attempt: e.Attempt})
	if c := m.state.Home.Checking; c.Running || c.Done != 2 || m.state.Refuses(CheckAll{}) != "" {
		t.Errorf("%+v", c)
	}
	// Checked by itself, it is told of it no more.
	m.send(OpenConnector{"b"}, CheckNow{})
	m.send(ChecksDone{Attempt: m.state.Detail.Checking.Attempt})
	if c := m.state.Home.Checking; len(c.Unchecked) != 0 {
		t.Errorf("%+v", c)
	}
	m.send(GoHome{}, CheckAll{})
	if c := m.state.Home.Checking; !c.Running || c.Done != 0 || c.Attempt == e.Attempt {
		t.Errorf("again: %+v", c)
	}
}

func TestCheckAllIsStopped(t *testing.T) {
	m := newMachine(t).send(connectors("a", "b"))
	if got := m.state.Refuses(StopCheckAll{}); got != ReasonGone {
		t.Errorf("with nothing to stop it is refused for %q", got)
	}
	m.send(CheckAll{}, StopCheckAll{})
	n := m.state.Home.Checking.Attempt
	if got := effect[StopAttempt](m).Attempt; got != n || m.state.Home.Checking.Running {
		t.Errorf("attempt %d was stopped instead of %d", got, n)
	}
	// One that was done at that very moment counts.
	m.send(ConnectorChecked{Attempt: n, ID: "a"})
	if c := m.state.Home.Checking; c.Done != 1 || c.Running || m.state.Refuses(CheckAll{}) != "" {
		t.Errorf("%+v", c)
	}
}

// TestAsBegun: the list has the health of when the run began, and what else changed meanwhile.
func TestAsBegun(t *testing.T) {
	m := newMachine(t)
	good, failed := connectors("a", "b"), connectors("a", "b", "c")
	good.Connectors[1].Health, failed.Connectors[1].Health = connector.HealthGood, connector.HealthSignIn
	failed.Connectors[1].Name = "renamed"
	m.send(good, CheckAll{}, failed)
	if as := m.state.Home.Checking.AsBegun(m.state.Home.Connectors); len(as) != 3 || as[1].Health != connector.HealthGood || as[1].Name != "renamed" {
		t.Errorf("while it runs: %+v", as)
	}
	if got := m.state.Home.Connectors[1].Health; got != connector.HealthSignIn {
		t.Errorf("the list itself has %q", got)
	}
	m.send(StopCheckAll{})
	if as := m.state.Home.Checking.AsBegun(m.state.Home.Connectors); as[1].Health != connector.HealthSignIn {
		t.Errorf("after it: %+v", as)
	}
}

// TestLeft: home knows whose screen was left for it, until all connectors are checked or another screen is left.
func TestLeft(t *testing.T) {
	m := newMachine(t).send(connectors("a", "b"), OpenConnector{"b"}, GoHome{})
	if got := m.state.Home.Left; got != "b" {
		t.Errorf("from a connector it is %q", got)
	}
	m.send(CheckAll{})
	if got := m.state.Home.Left; got != "" {
		t.Errorf("after Check all it is %q", got)
	}
	m.send(OpenConnector{"a"}, GoHome{}, NewConnector{})
	m.send(DraftMade{Draft: connector.Draft{ID: "draft-id"}}, GoHome{})
	if got := m.state.Home.Left; m.state.Screen != ScreenHome || got != "" {
		t.Errorf("from the wizard it is %q", got)
	}
}
