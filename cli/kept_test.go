package cli_test

import (
	"strings"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/auth/link"
	"partner-center-connector/cli"
	"partner-center-connector/connector"
	"partner-center-connector/rehearsal/visitor"
)

// keepElsewhere saves a connector of that name that another product keeps. Its app registration is that of the first connector of the list, so
// that the practice cloud knows its consents and calls.
func (w *world) keepElsewhere(name string, change func(*connector.Connector)) {
	w.t.Helper()
	store := w.mustOpen().Ports.Store
	all, err := store.Connectors()
	if err != nil {
		w.t.Fatal(err)
	}
	own := all[0]
	of := func(kind link.Kind) *connector.ProductLink {
		return &connector.ProductLink{
			Facts: link.Facts{
				Kind: kind, Cloud: own.Tenant.Cloud, Host: "login.example", Tenant: own.Tenant.ID, ClientID: own.ClientID, Redirect: "https://billing.example/done",
				Scopes: []string{"openid", "User.Read", "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd/user_impersonation"},
			},
			Read: own.Saved, Reported: own.Saved,
		}
	}
	c := connector.Connector{
		ID: "kept-elsewhere", Name: name, Origin: connector.OriginLink, Tenant: own.Tenant, ClientID: own.ClientID, Health: connector.HealthKept,
		User:  connector.Identity{TenantID: own.Tenant.ID, UPN: own.User.UPN},
		Admin: connector.Admin{Status: connector.AdminTold, At: own.Saved}, Consented: own.Saved, Saved: own.Saved,
		Links: &connector.Links{Product: "example", Name: "Example Billing", Admin: of(link.Admin), User: of(link.User)},
	}
	if change != nil {
		change(&c)
	}
	if err := store.PutConnector(c); err != nil {
		w.t.Fatal(err)
	}
}

// TestWhatAnotherProductKeeps is the life of such a connector in a terminal, beside one of our own that may read the directory.
func TestWhatAnotherProductKeeps(t *testing.T) {
	w := newWorld(t, "good")
	if r := w.connect("--scope", auth.ScopeApplications, "--scope", auth.ScopeGrants); r.code != cli.ExitFine {
		t.Fatalf("exit code %d\n%s", r.code, r.err)
	}
	w.keepElsewhere("Kept", nil)
	credentials := w.keychain.credentials()
	if r := w.run("list"); !strings.Contains(r.out, words("health.kept.by", "Product", "Example Billing")) || strings.Contains(r.out, "[") {
		t.Errorf("list:\n%s", r.out)
	}
	got := checkedAll{}
	w.decode(w.run("check", "Kept", "--json"), &got)
	if len(got.Connectors) != 1 || got.ExitCode != cli.ExitFine || got.Connectors[0].Health != "kept" || len(got.Connectors[0].Checks) != 4 {
		t.Fatalf("%+v", got)
	}
	for _, c := range got.Connectors[0].Checks {
		if c.State != "passed" || c.Problem != nil {
			t.Errorf("%s is %s: %v", c.ID, c.State, c.Problem)
		}
	}
	if r := w.run("check", "Kept"); r.code != cli.ExitFine || !strings.Contains(r.out, words("health.kept.by", "Product", "Example Billing")) {
		t.Errorf("check: exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if r := w.run("token", "Kept"); r.code != cli.ExitFailed || !strings.Contains(r.err, words("problem.no-token.title")) {
		t.Errorf("token: exit code %d\n%s", r.code, r.err)
	}
	no := failed{}
	if w.decode(w.run("token", "Kept", "--json"), &no); no.Error.Kind != "no-token" || no.Error.ExitCode != cli.ExitFailed {
		t.Errorf("token --json: %+v", no)
	}
	if r := w.run("record", "Kept"); r.code != cli.ExitFine || !strings.Contains(r.out, "https://billing.example/done") || !strings.Contains(r.out, words("record.links")) {
		t.Errorf("record: exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if r := w.run("rename", "Kept", "Billing"); r.code != cli.ExitFine {
		t.Errorf("rename: %s", r.err)
	}
	if got := w.keychain.credentials(); got != credentials {
		t.Errorf("%d credentials in the keychain, before %d", got, credentials)
	}
	before := w.keychain.count()
	if r := w.run("remove", "Billing", "--yes"); r.code != cli.ExitFine || len(w.list().Connectors) != 1 || w.keychain.count() != before {
		t.Errorf("remove: exit code %d\n%s; %d items in the keychain, before %d", r.code, r.err, w.keychain.count(), before)
	}
}

// TestWhatAnotherProductKeepsWithoutOneOfOurOwn can't be looked at, which is no failure.
func TestWhatAnotherProductKeepsWithoutOneOfOurOwn(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	w.keepElsewhere("Kept", nil)
	if r := w.run("remove", "Practice", "--yes"); r.code != cli.ExitFine {
		t.Fatal(r.err)
	}
	r := w.run("check", "--all")
	if r.code != cli.ExitFine || !strings.Contains(r.out, words("problem.link-no-connector.title", "Tenant", w.facts.Domain)) {
		t.Errorf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if l := w.list(); l.Connectors[0]["health"] != "kept" {
		t.Errorf("%v", l.Connectors)
	}
}

// TestAReminderIsAWordAlone holds that a reminder changes no exit code.
func TestAReminderIsAWordAlone(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	today := connector.DayOf(w.clock.Now())
	w.keepElsewhere("Kept", func(c *connector.Connector) { c.Links.Remind = connector.DayOf(w.clock.Now().AddDate(0, 0, 20)) })
	later := connector.DayOf(w.clock.Now().AddDate(0, 0, 20)).String()
	if r := w.run("list"); !strings.Contains(r.out, later) {
		t.Errorf("%s is not in\n%s", later, r.out)
	}
	w.keepElsewhere("Kept", func(c *connector.Connector) { c.Links.Remind = today })
	reminder := "Reminder of "
	if r := w.run("check", "--all"); r.code != cli.ExitFine || !strings.Contains(r.out, reminder) {
		t.Errorf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if r := w.run("list"); r.code != cli.ExitFine || !strings.Contains(r.out, words("cli.list.now")) {
		t.Errorf("%s", r.out)
	}
}

// setUpProduct goes with the practice product through both links, as the scenario wants it, and lets it call Partner Center.
func (w *world) setUpProduct(scenario string) (admin, user link.Facts) {
	w.t.Helper()
	must := func(err error) {
		w.t.Helper()
		if err != nil {
			w.t.Fatal(err)
		}
	}
	must(w.cloud.SetScenario(scenario))
	ctx := w.t.Context()
	p, err := visitor.New().OpenProduct(ctx, w.facts.Product.Page)
	must(err)
	must(p.NewConnector(ctx))
	first, err := p.AdminLink(ctx)
	must(err)
	must(p.Reopen(ctx))
	second, err := p.UserLink(ctx)
	must(err)
	for _, address := range []string{first, second} {
		if _, err := visitor.New().Walk(ctx, address); err != nil {
			w.t.Fatal(err)
		}
	}
	must(p.Reopen(ctx))
	must(p.Save(ctx))
	_, err = p.Sync(ctx)
	must(err)
	must(w.cloud.SetScenario("good"))
	found, refused := link.Read(first+"\n"+second, w.mustOpen().Ports.Clouds.All())
	if len(found) != 2 || len(refused) > 0 {
		w.t.Fatalf("%d links, %v", len(found), refused)
	}
	return found[0].Facts, found[1].Facts
}

// TestWhatTheLinksBroughtAbout looks with a connector of our own at what the practice product's two links have come to.
func TestWhatTheLinksBroughtAbout(t *testing.T) {
	for scenario, want := range map[string]struct {
		states string
		code   int
	}{
		"links-good":            {"passed/passed/passed/passed", cli.ExitFine},
		"links-no-mfa":          {"passed/passed/passed/failed", cli.ExitFailed},
		"links-wrong-tenant":    {"failed/unknown/unknown/unknown", cli.ExitFailed},
		"links-admin-elsewhere": {"failed/unknown/unknown/unknown", cli.ExitFailed},
	} {
		t.Run(scenario, func(t *testing.T) {
			w := newWorld(t, "good")
			if r := w.connect("--scope", auth.ScopeApplications, "--scope", auth.ScopeGrants); r.code != cli.ExitFine {
				t.Fatalf("exit code %d\n%s", r.code, r.err)
			}
			admin, user := w.setUpProduct(scenario)
			w.keepElsewhere("Kept", func(c *connector.Connector) {
				c.ClientID, c.Links.Admin.Facts, c.Links.User.Facts = user.ClientID, admin, user
			})
			got := checkedAll{}
			w.decode(w.run("check", "Kept", "--json"), &got)
			states := []string{}
			for _, c := range got.Connectors[0].Checks {
				states = append(states, c.State)
			}
			if s := strings.Join(states, "/"); s != want.states || got.ExitCode != want.code {
				t.Errorf("%s, exit code %d: %+v", s, got.ExitCode, got.Connectors[0].Checks)
			}
		})
	}
}
