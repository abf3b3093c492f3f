package rehearsal_test

import (
	"context"
	"io"
	"path/filepath"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/graph"
	"partner-center-connector/connector/partnercenter"
	"partner-center-connector/rehearsal"
)

func TestZZ(t *testing.T) {
	for _, s := range rehearsal.Scenarios() {
		if len(s.Name) > 7 && s.Name[len(s.Name)-7:] == "-silent" { continue }
		t.Run(s.Name, func(t *testing.T) { zz(t, s) })
	}
}

func zz(t *testing.T, s rehearsal.Scenario) {
	clock := newClock()
	c := start(t, rehearsal.Options{Scenario: s.Name, Now: clock.Now})
	f := c.Facts()
	path := filepath.Join(t.TempDir(), "clouds.toml")
	if err := c.WriteCloudsFile(path); err != nil { t.Fatal(err) }
	clouds, err := auth.LoadClouds(path)
	if err != nil { t.Fatal(err) }
	kind := auth.ClientKind(f.ClientKind)
	ctx := t.Context()
	met := func(place rehearsal.Place, check string, p *connector.Problem) {
		k := ""
		if p != nil { k = string(p.Kind) }
		code := ""
		if p != nil { code = p.Code }
		if k != s.Kind || (k != "" && place != s.Shows) || (s.Code != "" && k != "" && code != s.Code) || (s.Check != "" && check != s.Check) {
			t.Errorf("met %s/%s %q %q; table says %s/%s %q %q", place, check, k, code, s.Shows, s.Check, s.Kind, s.Code)
		}
	}
	prob := func(err error) *connector.Problem { return connector.ProblemOf(err, time.Now()) }
	found, err := auth.NewDirectory(clouds).FindTenant(ctx, f.Domain)
	if err != nil { met(rehearsal.PlaceFind, "", prob(err)); return }
	tenant := found[0]
	ids := map[auth.ClientKind]string{auth.PublicClient: f.Clients.Public, auth.SecretClient: f.Clients.Secret, auth.CertificateClient: f.Clients.Certificate}
	app := auth.App{ClientID: ids[kind], Kind: kind, RedirectPath: "/consent"}
	if kind == auth.SecretClient { app.Secret = auth.NewSecret(f.ClientSecret) }
	if kind == auth.CertificateClient { app.Certificate = auth.NewSecret(f.Certificate) }
	if r, err := auth.NewProber(clouds).ProbeApp(ctx, tenant, app); r != auth.AppFine {
		met(rehearsal.PlaceProbe, "", prob(err))
		if r == auth.AppWrong { return }
	}
	desk := auth.NewDesk(auth.DeskConfig{Render: func(w io.Writer, p auth.Page) error { _, err := io.WriteString(w, "<p>done"); return err }, Now: time.Now})
	defer desk.Release()
	scopes := clouds[0].ConsentScopes(f.WithGroups)
	a, err := desk.BeginAdmin(ctx, auth.AdminRequest{Cloud: clouds[0], Tenant: tenant, App: app, Scopes: scopes})
	if err != nil { t.Fatal(err) }
	wait := func(a *auth.Attempt) (auth.Answer, error) {
		walked := make(chan error, 1)
		go func() { _, err := rehearsal.NewVisitor().Walk(ctx, a.Link()); walked <- err }()
		w, cancel := context.WithTimeout(ctx, 2*time.Second)
		defer cancel()
		answer, err := a.Answer(w)
		a.Finish(auth.PageFailed)
		<-walked
		return answer, err
	}
	answer, err := wait(a)
	if err != nil { met(rehearsal.PlaceAdmin, "", prob(err)); return }
	if answer.Tenant != tenant.ID { met(rehearsal.PlaceAdmin, "", &connector.Problem{Kind: "wrong-tenant"}); return }
	r := auth.UserRequest{Cloud: clouds[0], Tenant: tenant, App: app, Scopes: scopes, LoginHint: f.IntegrationUPN, WithGroups: f.WithGroups}
	a, err = desk.BeginUser(ctx, r)
	if err != nil { t.Fatal(err) }
	answer, err = wait(a)
	if err != nil { met(rehearsal.PlaceUser, "", prob(err)); return }
	session, err := auth.NewService(clouds, time.Now).Redeem(ctx, r, answer)
	if err != nil { met(rehearsal.PlaceUser, "", prob(err)); return }
	hc, err := auth.HTTPClient(clouds[0])
	if err != nil { t.Fatal(err) }
	in := connector.CheckInput{Tenant: tenant, AdminTenant: tenant.ID, Cloud: clouds[0], ClientID: app.ClientID, UPN: f.IntegrationUPN, WithGroups: f.WithGroups,
		Session: session, PartnerCenter: partnercenter.New(clouds[0].PartnerCenter, hc), Graph: graph.New(clouds[0].Graph, hc),
		KeychainTest: func(context.Context) error { return nil }, Now: clock.Now, Sleep: func(context.Context, time.Duration) error { return nil }, Consented: clock.Now()}
	report := func(place rehearsal.Place, checks []connector.Check) bool {
		var first *connector.Check
		for i, ch := range checks {
			if ch.Problem != nil && (s.Check == "" || string(ch.ID) == s.Check) { first = &checks[i]; break }
		}
		if first == nil { return false }
		met(place, string(first.ID), first.Problem)
		return true
	}
	if report(rehearsal.PlaceCheck, connector.MakeChecks(ctx, in, nil)) { return }
	clock.forward(10 * time.Minute)
	if report(rehearsal.PlaceLater, connector.MakeChecks(ctx, in, nil)) { return }
	met("", "", nil)
}
