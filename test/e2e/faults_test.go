//go:build e2e && linux

package e2e

import (
	"slices"
	"testing"
)

// fault is a rehearsal that goes wrong, and what must come of it.
type fault struct {
	scenario string
	code     int
	// kind is that of the error, where nothing is saved; health is that of the connector, where it is.
	kind, health string
	// check is the one that must show the fault, with its state and weight.
	check, state, weight string
	saved                bool
}

// TestEveryFaultEndsAsPromised plays the faults with real browsers: each ends as the table of checks says, "never" with nothing
// saved, "attention" with a connector that says so, "warning" with a healthy one.
func TestEveryFaultEndsAsPromised(t *testing.T) {
	for _, f := range []fault{
		{scenario: "wrong-tenant", code: 3, kind: "wrong-tenant"},
		{scenario: "declined", code: 3, kind: "declined"},
		{scenario: "not-admin", code: 3, kind: "declined"},
		{scenario: "closed-window", code: 3, kind: "window-closed"},
		{scenario: "wrong-user", code: 3, kind: "wrong-user"},
		{scenario: "guest", code: 1, kind: "guest"},
		{scenario: "no-mfa", code: 1, kind: "no-mfa"},
		{scenario: "no-role", code: 1, saved: true, health: "attention", check: "role", state: "failed", weight: "attention"},
		{scenario: "is-admin", code: 1, saved: true, health: "attention", check: "not-admin", state: "failed", weight: "attention"},
		{scenario: "admin-not-visible", code: 0, saved: true, health: "new", check: "not-admin", state: "unknown", weight: "warning"},
	} {
		t.Run(f.scenario, func(t *testing.T) { f.play(t, newAccount(t, chromium), newCloud(t, f.scenario, true)) })
	}
}

func (f fault) play(t *testing.T, a *account, c *cloud) {
	t.Helper()
	input, args := c.connect(a, "public", connectorName)
	p := a.start(a.env, input, terminal, c.args(args...)...)
	if f.scenario == "closed-window" {
		closePrivateWindow(t, a, c)
	}
	got := p.result(2 * patience).exits(f.code).answer()
	if f.saved {
		f.expectSaved(t, got)
	} else if got.Error == nil || got.Error.Kind != f.kind || got.Error.ExitCode != f.code || got.Error.Do == "" || got.Error.Actor == "" {
		t.Errorf("got %+v, want %s", got.Error, f.kind)
	}
	rows := a.list(c)
	if f.saved != (len(rows) == 1) || f.saved && rows[0].Health != f.health {
		t.Errorf("listed: %+v", rows)
	}
	if !f.saved {
		expectEmptyKeychain(t, service)
	}
	until(t, "the private window and its profile are gone", func() bool {
		return len(a.profiles()) == 0 && !slices.ContainsFunc(a.browsers(), isPrivate)
	})
}

func (f fault) expectSaved(t *testing.T, got answer) {
	t.Helper()
	if got.Health != f.health || got.Connector == nil || got.ExitCode != f.code {
		t.Errorf("got health %q and exit code %d, want %q and %d", got.Health, got.ExitCode, f.health, f.code)
	}
	if c := got.check(f.check); c.State != f.state || c.Weight != f.weight || f.state == "failed" && c.Problem == nil {
		t.Errorf("check %s: %+v, want %s, %s", f.check, c, f.state, f.weight)
	}
}

// privateWindow waits for the private window and returns its process.
func privateWindow(tb testing.TB, a *account) process {
	tb.Helper()
	var found process
	until(tb, "a private window", func() bool {
		all := a.browsers()
		i := slices.IndexFunc(all, isPrivate)
		if i >= 0 {
			found = all[i]
		}
		return i >= 0
	})
	return found
}

// closePrivateWindow closes the private window once its page is there.
func closePrivateWindow(t *testing.T, a *account, c *cloud) {
	t.Helper()
	p := privateWindow(t, a)
	until(t, "the private window has asked for its page", func() bool {
		return slices.ContainsFunc(c.Journal().Requests, isUsersPage)
	})
	closeWindow(t, p.pid)
}
