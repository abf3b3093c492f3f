package runner

import (
	"context"
	"sync"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/keeper"
	"partner-center-connector/connector/wizard"
)

// movingClock is a clock that a test moves.
type movingClock struct {
	mu sync.Mutex
	at time.Time
}

func (c *movingClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *movingClock) set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at
}

func (s *stage) withClock(c *movingClock) *stage {
	s.runner.ports.Now = c.now
	s.runner.keeper = keeper.Keeper{Ports: s.runner.ports}
	return s
}

func atHour(hour int) time.Time { return time.Date(2026, time.November, 23, hour, 0, 0, 0, time.UTC) }

// TestSaveDoesNotMakeOldChecksNew saves in the evening what was checked at noon.
func TestSaveDoesNotMakeOldChecksNew(t *testing.T) {
	w, clock := newWorld(), &movingClock{at: atHour(12)}
	w.session.token = auth.Token{ScopesGiven: true, RefreshToken: true, Scopes: auth.Cloud{}.ConsentScopes(false)}
	s := start(t, w).withClock(clock).run().toChecked()
	clock.set(atHour(19))
	s.send(wizard.Save{})
	c := s.until("saved", func(st wizard.State) bool { return st.Wizard.Saved != nil }).Wizard.Saved
	if !c.Saved.Equal(atHour(19)) || !c.Checked.Equal(atHour(12)) || !c.Refreshed.Equal(atHour(12)) || !c.Consented.Equal(atHour(12)) {
		t.Errorf("saved %v, checked %v, refreshed %v, signed in %v", c.Saved, c.Checked, c.Refreshed, c.Consented)
	}
}

// TestTheTimeIsToldWhileNothingHappens holds that a window which stays open learns that time passes.
func TestTheTimeIsToldWhileNothingHappens(t *testing.T) {
	w, clock := newWorld(), &movingClock{at: atHour(12)}
	w.connectors["c"] = connector.Connector{ID: "c", Name: "Contoso", Tenant: tenantA}
	s := start(t, w).withClock(clock)
	if s.runner.hour != time.Hour {
		t.Errorf("the time is told every %v", s.runner.hour)
	}
	s.runner.hour = time.Millisecond
	s.run().until("loaded", func(st wizard.State) bool { return st.Home.Loaded && st.Home.Now.Equal(atHour(12)) })
	clock.set(atHour(20))
	s.until("the time on the home screen", func(st wizard.State) bool { return st.Home.Now.Equal(atHour(20)) })
	s.send(wizard.OpenConnector{ID: "c"})
	s.until("the connector", func(st wizard.State) bool { return st.Detail.ID == "c" && st.Detail.Now.Equal(atHour(20)) })
	clock.set(atHour(23))
	s.until("the time on its screen", func(st wizard.State) bool { return st.Detail.Now.Equal(atHour(23)) })
}

func TestTheListsBringTheTime(t *testing.T) {
	clock := &movingClock{at: atHour(12)}
	s := start(t, newWorld()).withClock(clock).run()
	st := s.until("loaded", func(st wizard.State) bool { return st.Home.Loaded })
	if !st.Home.Now.Equal(atHour(12)) {
		t.Errorf("the time is %v", st.Home.Now)
	}
}

// TestWhatStopsAChecksBeginningIsNoted holds that a connector which can't even be checked does not stay healthy in the list.
func TestWhatStopsAChecksBeginningIsNoted(t *testing.T) {
	refused := &auth.Error{Stage: auth.StageRefresh, OAuth: "invalid_grant", Codes: []int{70008}, Status: 400}
	for name, tt := range map[string]struct {
		resume, token error
		want          connector.Health
	}{
		"certificate expired":          {resume: &auth.Error{Stage: auth.StageRefresh, Cause: auth.ErrCertExpired}, want: "expired"},
		"client secret expired":        {token: &auth.Error{Stage: auth.StageRefresh, OAuth: "invalid_client", Codes: []int{7000222}, Status: 401}, want: "expired"},
		"sign-in refused":              {token: refused, want: "sign-in"},
		"credential of another kind":   {resume: &auth.Error{Stage: auth.StageRefresh, Cause: auth.ErrCredentialOther}, want: "sign-in"},
		"no network":                   {token: &auth.Error{Stage: auth.StageRefresh, Cause: auth.ErrNetwork}, want: "good"},
		"another error at the opening": {resume: &auth.Error{Stage: auth.StageRefresh, Cause: auth.ErrUnknownCloud}, want: "good"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, use := range []string{"check", "token"} {
				if use == "check" && tt.token != nil {
					continue // the checks begin, and say so themselves
				}
				w := newWorld()
				w.session.tokenErr = tt.token
				w.connectors["c"] = connector.Connector{ID: "c", Name: "Contoso", Tenant: tenantA, ClientKind: auth.CertificateClient, Health: connector.HealthGood, Checked: atHour(1)}
				w.secrets["c"] = auth.NewSecret("x")
				k := keeper.Keeper{Ports: w.ports()}
				for range 3 { // three days in a row
					w.fail["resume"] = tt.resume
					var err error
					if use == "check" {
						_, err = k.Check(context.Background(), "c", nil)
					} else {
						_, err = k.Token(context.Background(), "c", auth.PartnerCenter)
					}
					if err == nil {
						t.Fatal("nothing stopped it")
					}
				}
				if c := w.connectors["c"]; c.Health != tt.want || !c.Checked.Equal(atHour(1)) {
					t.Errorf("after the %s the list says %q, checked %v; want %q", use, c.Health, c.Checked, tt.want)
				}
			}
		})
	}
}

// TestADailyCheckAsksGraphForTheRolesOfNow checks a connector whose account has become an administrator since its sign-in.
func TestADailyCheckAsksGraphForTheRolesOfNow(t *testing.T) {
	w := newWorld()
	w.session.token = auth.Token{ScopesGiven: true, RefreshToken: true, Scopes: auth.Cloud{}.ConsentScopes(false)}
	w.connectors["c"] = connector.Connector{
		ID: "c", Name: "Contoso", Tenant: tenantA, ClientID: clientID, ClientKind: auth.PublicClient, Health: connector.HealthGood, Consented: atHour(0),
		User: connector.Identity{TenantID: tenantA.ID, ObjectID: "oid"},
	}
	w.secrets["c"] = auth.NewSecret("x")
	ports := w.ports()
	ports.Clouds = adminClouds{w}
	c, err := keeper.Keeper{Ports: ports}.Check(context.Background(), "c", nil)
	if err != nil || c.Health != "attention" {
		t.Errorf("%q, %v", c.Health, err)
	}
}

// adminClouds have a Graph that calls the account an administrator.
type adminClouds struct{ *world }

func (adminClouds) Graph(auth.Cloud) connector.Graph { return adminGraph{} }

type adminGraph struct{ fakeGraph }

func (adminGraph) Membership(context.Context, auth.Secret) (connector.Membership, error) {
	yes := true
	return connector.Membership{Administrator: &yes, Roles: map[connector.Role]bool{connector.RoleAdminAgent: true}}, nil
}
