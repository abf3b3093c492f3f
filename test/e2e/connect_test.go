//go:build e2e && linux

package e2e

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"partner-center-connector/rehearsal"
)

// TestConnectWithTwoBrowsersAndTheKeychain makes a connector in the terminal and then lives with it: every kind of app
// registration, every pair of browsers.
func TestConnectWithTwoBrowsersAndTheKeychain(t *testing.T) {
	for _, c := range []struct{ name, kind, standard, private string }{
		{"public client, Chromium for both", "public", chromium, ""},
		{"client secret, Firefox for both", "secret", firefox, ""},
		{"certificate, Chromium and Firefox", "certificate", chromium, firefox},
		{"public client, Firefox and Chromium", "public", firefox, chromium},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := life{t, newAccount(t, c.standard), newCloud(t, "good", true)}
			l.connect(c.kind, c.standard, c.private)
			l.expectTwoJars()
			l.lists()
			l.refreshesAfterARestart()
			l.givesTokens()
			l.renews(c.private)
			l.goes()
		})
	}
}

const connectorName = "E2E Connector"

// life is that of one connector.
type life struct {
	*testing.T
	a *account
	c *cloud
}

func (l life) connect(kind, standard, private string) {
	l.Helper()
	more := []string{}
	if private != "" {
		more = append(more, "--user-browser", private)
	} else {
		private = standard
	}
	input, args := l.c.connect(l.a, kind, connectorName, more...)
	seen := l.a.watch()
	saved := l.a.pcc(l.c, input, args...).exits(0).answer()
	if saved.Health != "new" || saved.Connector == nil || saved.Connector.Name != connectorName || saved.Connector.ClientKind != kind {
		l.Errorf("saved: %+v", saved)
	}
	for _, check := range saved.Checks {
		if want := map[bool]string{true: "unknown", false: "passed"}[check.ID == "lasts"]; check.State != want {
			l.Errorf("check %s is %s, want %s: %+v", check.ID, check.State, want, check.Problem)
		}
	}
	expectTwoBrowsers(l.T, seen(), standard, private)
	until(l.T, "the private window and its profile are gone", func() bool {
		return len(l.a.profiles()) == 0 && !slices.ContainsFunc(l.a.browsers(), isPrivate)
	})
	if len(keychainItems(l.T, service)) == 0 {
		l.Error("the keychain holds nothing")
	}
}

// expectTwoBrowsers checks that the consents were given in two processes, with two profiles, at the same time.
func expectTwoBrowsers(t *testing.T, w watched, standard, private string) {
	t.Helper()
	if len(w.own) == 0 || len(w.private) == 0 || !w.together {
		t.Errorf("seen: %d everyday, %d private, together %v", len(w.own), len(w.private), w.together)
	}
	for _, p := range w.own {
		if !strings.Contains(p.args[0], standard) {
			t.Errorf("the default browser is %s", p.args[0])
		}
		for _, option := range []string{"user-data-dir", "profile"} {
			if folder, ok := p.option(option); ok {
				t.Errorf("the default browser runs in %s", folder)
			}
		}
	}
	folders := map[string]bool{}
	for _, p := range w.private {
		if !strings.Contains(p.args[0], private) {
			t.Errorf("the private window is of %s", p.args[0])
		}
		folder, ok := p.option(map[string]string{chromium: "user-data-dir", firefox: "profile"}[private])
		if !ok || !strings.HasSuffix(folder, "/profile") {
			t.Errorf("the private window has no profile of its own: %s", p.line())
		}
		folders[folder] = true
		if private == chromium && !slices.Contains(p.args, "--incognito") {
			t.Errorf("the private window is not private: %s", p.line())
		}
		for _, never := range []string{"--app", "--remote-debugging", "--no-sandbox"} {
			if strings.Contains(p.line(), never) {
				t.Errorf("the private window runs with %s: %s", never, p.line())
			}
		}
	}
	if len(folders) != 1 {
		t.Errorf("profiles of the private window: %v", folders)
	}
}

// expectTwoJars checks that no cookie of the administrator's window came along from the private one.
func (l life) expectTwoJars() {
	l.Helper()
	j := l.c.Journal()
	if j.AdminCookieSeenAtUserConsent {
		l.Error("the private window sent the administrator's cookie")
	}
	given := slices.ContainsFunc(j.Consents, func(c rehearsal.Consent) bool { return c.Admin && c.Role == rehearsal.RoleAdmin })
	kept := slices.ContainsFunc(j.Requests, func(r rehearsal.Request) bool { return r.Endpoint == "visit" && len(r.Cookies) > 0 })
	user := slices.IndexFunc(j.Requests, isUsersPage)
	if !given || !kept || user < 0 {
		l.Fatalf("the journal: admin consent %v, cookies that came back %v, first request of the private window %d", given, kept, user)
	}
	if first := j.Requests[user]; len(first.Cookies) != 0 || first.SignedInAs != "" {
		l.Errorf("the private window began with cookies: %+v", first)
	}
}

// isUsersPage reports whether it is a browser's first request of a user consent; the probe asks there too.
func isUsersPage(r rehearsal.Request) bool {
	return r.Endpoint == "authorize" && strings.HasPrefix(r.UserAgent, "Mozilla/")
}

func (l life) lists() {
	l.Helper()
	rows := l.a.list(l.c)
	if len(rows) != 1 || rows[0].Name != connectorName || !rows[0].CloudFromFile || rows[0].AdminConsent != "reported" {
		l.Errorf("listed: %+v", rows)
	}
	table := l.a.pccWithoutScreen(l.c, "list").exits(0)
	if !strings.Contains(table.stdout, connectorName) {
		l.Errorf("listed:\n%s", table.stdout)
	}
}

// refreshesAfterARestart checks the connector in a process that could not open a browser.
func (l life) refreshesAfterARestart() {
	l.Helper()
	before := l.c.Journal()
	var rows []checkedRow
	checked := l.a.pccWithoutScreen(l.c, "check", "--all", "--json").exits(0)
	if err := json.Unmarshal(checked.answer().Connectors, &rows); err != nil {
		l.Fatal(err)
	}
	if len(rows) != 1 || rows[0].Health != "new" || rows[0].ExitCode != 0 {
		l.Errorf("checked: %+v", rows)
	}
	after := l.c.Journal()
	if after.Refreshes <= before.Refreshes {
		l.Errorf("the refresh token was not used: %d before, %d after", before.Refreshes, after.Refreshes)
	}
	if pageRequests(after) != pageRequests(before) {
		l.Error("a browser page was asked for")
	}
}

func pageRequests(j rehearsal.Journal) int {
	n := 0
	for _, r := range j.Requests {
		if r.Pages {
			n++
		}
	}
	return n
}

func (l life) givesTokens() {
	l.Helper()
	tokens := map[string]string{}
	for _, resource := range []string{"partnercenter", "graph"} {
		got := l.a.pccWithoutScreen(l.c, "token", connectorName, "--json", "--resource", resource).exits(0).answer()
		if !slices.Contains(l.c.Journal().Issued(), got.AccessToken) || got.Resource != resource || got.TokenType != "Bearer" {
			l.Errorf("%s: not a token of this cloud: %d characters, %q, %q", resource, len(got.AccessToken), got.Resource, got.TokenType)
		}
		if end, err := time.Parse(time.RFC3339, got.ExpiresOn); err != nil || time.Until(end) < time.Minute {
			l.Errorf("%s: it expires on %q", resource, got.ExpiresOn)
		}
		plain := l.a.pccWithoutScreen(l.c, "token", connectorName, "--resource", resource).exits(0)
		if token := strings.TrimSuffix(plain.stdout, "\n"); !slices.Contains(l.c.Journal().Issued(), token) || plain.stderr != "" {
			l.Errorf("%s: the bare token has %d characters; beside it: %q", resource, len(token), plain.stderr)
		}
		tokens[resource] = got.AccessToken
	}
	if tokens["graph"] == tokens["partnercenter"] {
		l.Error("both resources got the same token")
	}
	if got := l.a.pccWithoutScreen(l.c, "token", "Nobody", "--json").exits(1).answer(); got.Error == nil || got.Error.Kind != "unknown-connector" {
		l.Errorf("an unknown connector: %+v", got.Error)
	}
	l.a.pccWithoutScreen(l.c, "token", connectorName, "--resource", "elsewhere").exits(2)
}

// renews does the user consent again, and only that.
func (l life) renews(private string) {
	l.Helper()
	before := l.c.Journal()
	args := []string{"renew", connectorName, "--json", "--no-input", "--yes"}
	if private != "" {
		args = append(args, "--user-browser", private)
	}
	renewed := l.a.pcc(l.c, "", args...).exits(0).answer()
	if renewed.Connector == nil || renewed.Health != "new" {
		l.Errorf("renewed: %+v", renewed)
	}
	after := l.c.Journal()
	if after.Count("adminconsent") != before.Count("adminconsent") || after.Tokens["code"] != before.Tokens["code"]+1 {
		l.Errorf("admin consents %d to %d, codes %d to %d", before.Count("adminconsent"), after.Count("adminconsent"), before.Tokens["code"], after.Tokens["code"])
	}
	if rows := l.a.list(l.c); len(rows) != 1 {
		l.Errorf("after the renewal: %+v", rows)
	}
}

func (l life) goes() {
	l.Helper()
	l.a.pccWithoutScreen(l.c, "remove", connectorName).exits(2)
	gone := l.a.pccWithoutScreen(l.c, "remove", connectorName, "--yes", "--json").exits(0).answer().Removed
	if gone == nil || len(gone.Connectors) != 1 || gone.Connectors[0].Name != connectorName {
		l.Errorf("removed: %+v", gone)
	}
	if rows := l.a.list(l.c); len(rows) != 0 {
		l.Errorf("still listed: %+v", rows)
	}
	expectEmptyKeychain(l.T, service)
	l.a.pccWithoutScreen(l.c, "check", connectorName).exits(1)
}
