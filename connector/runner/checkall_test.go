package runner

import (
	"context"
	"sync"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// threeSaved are connectors of which only "a" has its credential.
func threeSaved() *world {
	w := newWorld()
	w.session.token = auth.Token{ScopesGiven: true, RefreshToken: true, Scopes: auth.Cloud{}.ConsentScopes(false)}
	for _, id := range []string{"a", "bb", "ccc"} {
		w.connectors[id] = connector.Connector{ID: id, Name: id, Tenant: tenantA, ClientKind: auth.PublicClient, Consented: day}
	}
	w.secrets["a"] = auth.NewSecret("credential")
	return w
}

// TestCheckAllBringsEachOutcome: the list changes, and what could not be checked is told.
func TestCheckAllBringsEachOutcome(t *testing.T) {
	w := threeSaved()
	s := start(t, w).run()
	s.until("loaded", func(st wizard.State) bool { return st.Home.Loaded })
	s.send(wizard.CheckAll{})
	st := s.until("checked", func(st wizard.State) bool {
		return !st.Home.Checking.Running && st.Home.Checking.Done == 3 && len(st.Home.Connectors) == 3 && st.Home.Connectors[0].Checked.Equal(day) &&
			st.Home.Connectors[1].Health == connector.HealthSignIn && st.Home.Connectors[2].Health == connector.HealthSignIn
	})
	c := st.Home.Checking
	if c.Total != 3 || len(c.Unchecked) != 2 || c.Unchecked["bb"].Kind != connector.KindCredentialGone || c.Unchecked["ccc"].Kind != connector.KindCredentialGone {
		t.Errorf("%+v", c)
	}
	if !w.order("resume", "test keychain", "put a") && !w.order("resume", "put a", "test keychain") {
		t.Errorf("what was done: %v", w.log)
	}
}

// TestCheckAllIsStopped: nothing of it runs on, and it can be begun again.
func TestCheckAllIsStopped(t *testing.T) {
	w := threeSaved()
	held := make(chan struct{})
	w.hold = map[string]chan struct{}{"resume": held}
	s := start(t, w).run()
	s.until("loaded", func(st wizard.State) bool { return st.Home.Loaded })
	s.send(wizard.CheckAll{})
	s.until("the others", func(st wizard.State) bool { return st.Home.Checking.Done == 2 })
	s.send(wizard.StopCheckAll{})
	s.until("stopped", func(st wizard.State) bool { return !st.Home.Checking.Running })
	close(held)
	s.send(wizard.CheckAll{})
	st := s.until("checked", func(st wizard.State) bool { return !st.Home.Checking.Running && st.Home.Checking.Done == 3 })
	if st.Home.Checking.Total != 3 {
		t.Errorf("%+v", st.Home.Checking)
	}
}

// TestCheckedConnectorsDoNotHoldUpThePerson: what is pressed while a thousand outcomes wait is not told of after a thousand states.
func TestCheckedConnectorsDoNotHoldUpThePerson(t *testing.T) {
	told, found := 0, make(chan int, 1)
	begun, release := make(chan struct{}), make(chan struct{})
	var first sync.Once
	r := New(newWorld().ports(), nil, func(s wizard.State) {
		if told++; told == 1 {
			close(begun)
			<-release
		}
		if s.Home.Search == "contoso" {
			first.Do(func() { found <- told })
		}
	})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); r.Run(ctx) }()
	<-begun
	for range 1000 {
		r.Send(wizard.ConnectorChecked{ID: "a"})
		r.Send(wizard.Loaded{})
	}
	r.Send(wizard.Edited{Field: connector.FieldSearch, Value: "contoso"})
	close(release)
	if n := <-found; n > 10 {
		t.Errorf("it is told of after %d states", n)
	}
	cancel()
	<-ended
}
