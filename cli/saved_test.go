package cli_test

import (
	"bytes"
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/browser"
	"partner-center-connector/auth/proxy"
	"partner-center-connector/cli"
	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
)

type token struct{ AccessToken, ExpiresOn, TokenType, Resource, TenantID string }

func TestTokenOfBothResources(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	first := map[string]string{}
	for _, resource := range []string{"partnercenter", "graph"} {
		got := token{}
		w.decode(w.run("token", "practice", "--resource", resource, "--json"), &got)
		if got.Resource != resource || got.TokenType != "Bearer" || got.TenantID != w.facts.TenantID || !w.issued(got.AccessToken) {
			t.Errorf("%s: %+v", resource, got)
		}
		expires, err := time.Parse(time.RFC3339, got.ExpiresOn)
		if err != nil || expires.Before(w.clock.Now()) {
			t.Errorf("%s expires on %q", resource, got.ExpiresOn)
		}
		first[resource] = got.AccessToken
	}
	before := w.cloud.Journal().Refreshes
	for resource, want := range first {
		if r := w.run("token", "Practice", "--resource", resource); r.code != cli.ExitFine || r.out != want+"\n" || r.err != "" {
			t.Errorf("%s is another one, or not alone: exit code %d %q", resource, r.code, r.err)
		}
	}
	if after := w.cloud.Journal().Refreshes; after != before {
		t.Errorf("%d refreshes for cached tokens", after-before)
	}
}

func (w *world) issued(secret string) bool {
	return secret != "" && slices.Contains(w.cloud.Journal().Issued(), secret)
}

func TestTokenStaysOffTheScreen(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	for _, c := range []struct {
		args string
		code int
	}{
		{"token Practice", cli.ExitUsage},
		{"token Practice --json", cli.ExitUsage},
		{"token Practice --reveal", cli.ExitFine},
	} {
		out, errs := &bytes.Buffer{}, &bytes.Buffer{}
		host := w.host("", out, errs)
		host.OutTerminal = true
		code := cli.Main(t.Context(), host, w.args(strings.Fields(c.args)))
		if code != c.code {
			t.Errorf("%s: exit code %d\n%s", c.args, code, errs)
		}
		if code == cli.ExitUsage {
			w.noSecrets(out.String(), errs.String())
		}
	}
}

// afterwards are faults that a saved connector meets later.
var afterwards = []struct {
	scenario string
	code     int
	health   string
	// check is the one that meets the fault, with its state and problem.
	check, state, problem string
}{
	{"good", cli.ExitFine, "good", "lasts", "passed", ""},
	{"later-revoked", cli.ExitSignIn, "sign-in", "refresh", "failed", "sign-in-again"},
	{"later-unused", cli.ExitSignIn, "sign-in", "refresh", "failed", "unused-too-long"},
	{"later-blocked", cli.ExitFailed, "attention", "refresh", "failed", "conditional-access"},
	{"later-throttled", cli.ExitLater, "unknown", "refresh", "unknown", "throttled"},
	{"later-app-deleted", cli.ExitFailed, "attention", "refresh", "failed", "app-unknown"},
	{"partner-down", cli.ExitLater, "attention", "partner", "unknown", "transient"},
	{"no-mfa-header", cli.ExitFine, "good", "mfa", "passed", ""},
}

type checkedAll struct {
	Connectors []struct {
		Health string
		Checks []struct {
			ID, State, Detail string
			Problem           *struct{ Kind string }
		}
		Problem *struct{ Kind string }
	}
	ExitCode int
}

func TestCheckAfterwards(t *testing.T) {
	for _, a := range afterwards {
		t.Run(a.scenario, func(t *testing.T) {
			w := newWorld(t, "good")
			w.mustConnect()
			if err := w.cloud.SetScenario(a.scenario); err != nil {
				t.Fatal(err)
			}
			w.clock.forward(10 * time.Minute)
			got := checkedAll{}
			r := w.run("check", "--all", "--json")
			w.decode(r, &got)
			if got.ExitCode != a.code || r.code != a.code || len(got.Connectors) != 1 || got.Connectors[0].Health != a.health {
				t.Fatalf("exit code %d, %+v", r.code, got)
			}
			for _, c := range got.Connectors[0].Checks {
				problem := ""
				if c.Problem != nil {
					problem = c.Problem.Kind
				}
				if c.ID == a.check && (c.State != a.state || problem != a.problem) {
					t.Errorf("%s is %s: %s", c.ID, c.State, problem)
				}
			}
		})
	}
}

func TestTokenWithoutItsCredential(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	w.forget(0)
	got := failed{}
	w.decode(w.run("token", "Practice", "--json"), &got)
	if got.Error.Kind != "credential-gone" || got.Error.ExitCode != cli.ExitSignIn {
		t.Errorf("%+v", got)
	}
	if l := w.list(); l.Connectors[0]["health"] != "sign-in" {
		t.Errorf("health %v", l.Connectors[0]["health"])
	}
}

// TestTokenRefusedForItsClient: Microsoft says the same of a client secret, of a certificate, and of a client that has neither.
func TestTokenRefusedForItsClient(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	for kind, want := range map[auth.ClientKind]string{
		auth.SecretClient: "secret-wrong", auth.CertificateClient: "certificate", auth.PublicClient: "secret-missing",
	} {
		saved := w.mustOpen().Ports.Store
		c, err := saved.Connector(w.onlyID())
		if err != nil {
			t.Fatal(err)
		}
		c.ClientKind = kind
		if err := saved.PutConnector(c); err != nil {
			t.Fatal(err)
		}
		out, errs := &bytes.Buffer{}, &bytes.Buffer{}
		host := w.host("", out, errs)
		host.Open = w.openRefused
		code := cli.Main(t.Context(), host, w.args([]string{"token", "Practice", "--json"}))
		got := failed{}
		w.decode(result{code, out.String(), errs.String()}, &got)
		if got.Error.Kind != want || got.Error.ExitCode != cli.ExitFailed {
			t.Errorf("%s: %+v, want %s", kind, got.Error, want)
		}
	}
}

// openRefused opens the world as if Microsoft accepted no client.
func (w *world) openRefused(o engine.Options) (*engine.Engine, error) {
	e, err := w.open(o)
	if err == nil {
		e.Ports.Redeemer = refusedRedeemer{e.Ports.Redeemer}
	}
	return e, err
}

type refusedRedeemer struct{ connector.Redeemer }

func (refusedRedeemer) Resume(
	context.Context, connector.Connector, auth.Secret, func(context.Context, auth.Secret) error,
) (connector.Session, error) {
	return refusedSession{}, nil
}

type refusedSession struct{ connector.Session }

func (refusedSession) Token(context.Context, auth.Resource, bool) (auth.Token, error) {
	return auth.Token{}, &auth.Error{Stage: auth.StageRefresh, OAuth: "invalid_client", Status: 401}
}

func (refusedSession) Keep(context.Context) error { return nil }

func TestCheckInWords(t *testing.T) {
	w := newWorld(t, "good")
	if r := w.run("check", "--all"); r.code != cli.ExitFine || !strings.Contains(r.out, "There is no connector yet.") {
		t.Errorf("none: exit code %d\n%s", r.code, r.out)
	}
	w.mustConnect()
	if err := w.cloud.SetScenario("no-mfa-header"); err != nil {
		t.Fatal(err)
	}
	r := w.run("check", "Practice")
	for _, want := range []string{"Practice\n", "[passed]", "[could not check] The sign-in lasts", "Health: New"} {
		if !strings.Contains(r.out, want) {
			t.Errorf("%q is not in\n%s", want, r.out)
		}
	}
	if r.err != "" {
		t.Errorf("standard error: %s", r.err)
	}
}

func TestCheckOneThatCannotBeChecked(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	if r := w.connect("--name", "Second", "--client-id", w.facts.Clients.Secret, "--client-kind", "secret", "--secret-stdin"); r.code != cli.ExitFine {
		t.Fatal(r.err)
	}
	w.forget(0)
	r := w.run("check", "--all")
	if r.code != cli.ExitSignIn || !strings.Contains(r.out, "Second\n") || !strings.Contains(r.out, "Health: New") {
		t.Errorf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
}

// forget removes the credential of a connector from the keychain behind the program's back.
func (w *world) forget(i int) {
	id, _ := w.list().Connectors[i]["id"].(string)
	for account := range w.keychain.items {
		if strings.Contains(account, id) {
			delete(w.keychain.items, account)
		}
	}
}

func TestRenew(t *testing.T) {
	for _, kind := range []string{"public", "secret"} {
		t.Run(kind, func(t *testing.T) {
			w := newWorld(t, "good")
			w.facts.ClientKind = kind
			w.mustConnect()
			before := w.list().Connectors[0]
			w.clock.forward(time.Hour)
			r := w.run("renew", "practice")
			after := w.list()
			if r.code != cli.ExitFine || len(after.Connectors) != 1 || len(after.Drafts) != 0 {
				t.Fatalf("exit code %d, %+v\n%s", r.code, after, r.err)
			}
			if got := after.Connectors[0]; got["id"] != before["id"] || got["consented"] == before["consented"] || got["name"] != "Practice" {
				t.Errorf("%v became %v", before, got)
			}
			if got := w.browsers.ways(); !slices.Equal(got, []string{"default", "private practice", "private practice"}) {
				t.Errorf("opened %v", got)
			}
			if r := w.run("token", "Practice"); r.code != cli.ExitFine {
				t.Errorf("token: %s", r.err)
			}
		})
	}
}

func TestRenewWithANewSecret(t *testing.T) {
	w := newWorld(t, "good")
	w.facts.ClientKind = "secret"
	w.mustConnect()
	if r := w.runWith(w.facts.ClientSecret, "renew", "Practice", "--secret-stdin", "--secret-expires", "2027-11-30"); r.code != cli.ExitFine {
		t.Fatalf("exit code %d\n%s", r.code, r.err)
	}
	if got := w.list().Connectors[0]["secretExpires"]; got != "2027-11-30T00:00:00Z" {
		t.Errorf("the secret ends on %v", got)
	}
	r := w.run("renew", "Practice", "--certificate", w.write("app.pem", w.facts.Certificate))
	if r.code != cli.ExitUsage || !strings.Contains(r.err, `of the kind "secret" does not take this credential`) {
		t.Errorf("a certificate: exit code %d\n%s", r.code, r.err)
	}
}

func TestRenewByAnotherAccount(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	if err := w.cloud.SetScenario("wrong-user"); err != nil {
		t.Fatal(err)
	}
	got := failed{}
	w.decode(w.run("renew", "Practice", "--json"), &got)
	if got.Error.Kind != "other-account" || got.Error.ExitCode != cli.ExitSignIn || got.Error.DraftID != "" {
		t.Errorf("%+v", got)
	}
	if l := w.list(); len(l.Drafts) != 0 || l.Connectors[0]["user"] != w.facts.IntegrationUPN {
		t.Errorf("%+v", l)
	}
}

func TestRemove(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	if r := w.run("remove", "Practice"); r.code != cli.ExitUsage || !strings.Contains(r.err, "Add --yes") {
		t.Errorf("unasked: exit code %d\n%s", r.code, r.err)
	}
	if r := w.run("remove", "practice", "--yes"); r.code != cli.ExitFine || !strings.Contains(r.out, "Removed: Practice.") {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
	if l := w.list(); len(l.Connectors) != 0 || w.keychain.count() != 0 {
		t.Errorf("%+v, %d items in the keychain", l, w.keychain.count())
	}
}

func TestRemoveADraftAndEverything(t *testing.T) {
	w := newWorld(t, "declined")
	w.facts.ClientKind = "secret"
	// The same account would go on with the same draft.
	w.connect("--user", w.newUser())
	w.connect()
	drafts := w.list().Drafts
	if len(drafts) != 2 || w.keychain.count() == 0 {
		t.Fatalf("%d drafts, %d items in the keychain", len(drafts), w.keychain.count())
	}
	if r := w.run("remove", "--draft", "Practice", "--yes"); r.code != cli.ExitUsage || !strings.Contains(r.err, "More than one draft") {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
	id, _ := drafts[1]["id"].(string)
	if r := w.run("remove", "--draft", id[:8], "--yes", "--json"); r.code != cli.ExitFine || !strings.Contains(r.out, id) {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
	if err := w.cloud.SetScenario("good"); err != nil {
		t.Fatal(err)
	}
	w.mustConnect()
	if r := w.run("remove", "--all", "--yes"); r.code != cli.ExitFine || !strings.Contains(r.out, "Removed connectors and drafts: 2.") {
		t.Errorf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if l := w.list(); len(l.Connectors)+len(l.Drafts) != 0 || w.keychain.count() != 0 {
		t.Errorf("%+v, %d items in the keychain", l, w.keychain.count())
	}
}

func TestListInWords(t *testing.T) {
	w := newWorld(t, "good")
	if r := w.run("list"); !strings.Contains(r.out, "There is no connector yet. To make one: pcc connect --config-dir ") {
		t.Error(r.out)
	}
	w.mustConnect()
	if err := w.cloud.SetScenario("declined"); err != nil {
		t.Fatal(err)
	}
	w.connect("--name", "Second")
	r := w.run("list")
	for _, want := range []string{"NAME  ", "Practice  rehearsal.example (cloud rehearsal from a clouds file)", "  New  ", "DRAFT  ", "Second  ", "Not finished"} {
		if !strings.Contains(r.out, want) {
			t.Errorf("%q is not in\n%s", want, r.out)
		}
	}
	out := &bytes.Buffer{}
	host := w.host("", out, &bytes.Buffer{})
	host.OutTerminal, host.Width = true, func() int { return 60 }
	cli.Main(t.Context(), host, w.args([]string{"list"}))
	if !strings.Contains(out.String(), "NAME: Practice\nTENANT: rehearsal.example") {
		t.Errorf("in a narrow terminal:\n%s", out)
	}
}

func TestConnectorOfACloudThatIsNotGiven(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	for _, command := range []string{"token", "check"} {
		r := w.runPlain(command, "Practice", "--config-dir", w.path("config"), "--clouds", w.otherClouds())
		if r.code != cli.ExitFailed || !strings.Contains(r.out+r.err, words("problem.cloud-unknown.title")) {
			t.Errorf("%s: exit code %d\n%s%s", command, r.code, r.out, r.err)
		}
	}
}

// otherClouds is a clouds file without the practice cloud.
func (w *world) otherClouds() string {
	return w.write("other.toml", `[[cloud]]
name = "other"
login = "https://login.other.example"
instance_name = "other.example"
partner_center = "https://pc.other.example"
partner_center_resource = "https://pc.other.example"
graph = "https://graph.other.example"
`)
}

// TestDoctorNamesTheHostsOfACloud: the network team is told of the hosts of the cloud that does not answer, of no other's.
func TestDoctorNamesTheHostsOfACloud(t *testing.T) {
	w := newWorld(t, "find-dropped")
	clouds, err := auth.LoadClouds(w.path("clouds.toml"))
	if err != nil {
		t.Fatal(err)
	}
	r := w.run("doctor")
	if r.code != cli.ExitLater || !strings.Contains(r.out, strings.Join(clouds[0].Hosts(), ", ")) || strings.Contains(r.out, "microsoft.com") {
		t.Errorf("exit code %d\n%s", r.code, r.out)
	}
}

func TestDoctorHasASentenceForEverySource(t *testing.T) {
	for _, source := range proxy.Sources() {
		key := "cli.doctor.proxy." + string(source)
		said := words(key, "Host", "login.example", "Address", "", "Variable", "ALL_PROXY", "Script", "")
		if !strings.Contains(said, "login.example") || strings.Contains(said, key) {
			t.Errorf("%s: %q", source, said)
		}
		why := regexp.MustCompile(`is ignored|can't run|Percent-encode`)
		if source.Doubtful() != why.MatchString(said) {
			t.Errorf("%s: warning %v, but it says %q", source, source.Doubtful(), said)
		}
	}
}

func TestDoctor(t *testing.T) {
	w := newWorld(t, "good")
	type report struct {
		Examinations []struct {
			ID, State, Detail string
			Problem           *struct{ Kind string }
		}
		ExitCode int
	}
	states := func(r report) string {
		all := []string{}
		for _, x := range r.Examinations {
			all = append(all, x.ID+" "+x.State)
		}
		return strings.Join(all, ", ")
	}
	got := report{}
	w.decode(w.run("doctor", "--json"), &got)
	if states(got) != "elevation passed, keychain passed, browsers passed, lists passed, policy passed, preset passed, proxy passed, network-rehearsal passed, clock passed" || got.ExitCode != cli.ExitFine {
		t.Errorf("%s, exit code %d", states(got), got.ExitCode)
	}
	for value, want := range map[string]string{
		"::bad::": "without quotation marks",
		`http://CORP\ann:hunter2@proxy.example:8080`: `must be percent-encoded: # as %23, \ as %5C, @ as %40`,
		"http://ann:hunter2#@proxy.example:8080":     "must be percent-encoded",
		"socks4://ann:hunter2@proxy.example":         "The kinds are http, https and socks5.",
	} {
		t.Setenv("HTTPS_PROXY", value)
		r := w.run("doctor")
		if out := strings.Join(strings.Fields(r.out), " "); r.code != cli.ExitFine || !strings.Contains(out, "What HTTPS_PROXY says is not the address of a proxy") ||
			!strings.Contains(out, want) || strings.Contains(out, "hunter2") {
			t.Errorf("%s: exit code %d\n%s", value, r.code, r.out)
		}
	}
	t.Setenv("HTTPS_PROXY", "")
	if r := w.run("doctor"); r.code != cli.ExitFine || !strings.Contains(r.out, "Practice Browser (ID practice)") {
		t.Errorf("exit code %d\n%s", r.code, r.out)
	}
	forbidden := practiceBrowser
	forbidden.Policy, forbidden.PolicyFrom = browser.PolicyForbidsPrivate, []string{"IncognitoModeAvailability (/etc/chromium/policies/managed/kiosk)"}
	fixed := browser.Browser{ID: "edge", Name: "Microsoft Edge", Family: browser.Other, PolicyFrom: []string{`UserDataDir (HKLM\SOFTWARE\Policies\Microsoft\Edge)`}}
	w.browsers.installed = []browser.Browser{forbidden, fixed}
	w.decode(w.run("doctor", "--json"), &got)
	if x := got.Examinations[2]; x.State != "warning" || x.Detail != "Practice Browser (ID practice), in which a policy forbids private windows: "+
		"IncognitoModeAvailability (/etc/chromium/policies/managed/kiosk); Microsoft Edge (ID edge), for which only a link will do, because a policy "+
		`puts every profile in one place: UserDataDir (HKLM\SOFTWARE\Policies\Microsoft\Edge)` {
		t.Errorf("%+v", x)
	}
	w.browsers.elevated, w.browsers.installed, w.keychain.err = true, nil, errors.New("no session")
	if err := w.cloud.SetScenario("clock-wrong"); err != nil {
		t.Fatal(err)
	}
	got = report{}
	r := w.run("doctor", "--json")
	w.decode(r, &got)
	if want := "elevation warning, keychain failed, browsers warning, lists passed, policy passed, preset passed, proxy passed, network-rehearsal passed, clock failed"; states(got) != want || r.code == cli.ExitFine {
		t.Errorf("%s, exit code %d", states(got), got.ExitCode)
	}
}
