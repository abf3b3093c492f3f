//go:build e2e && linux

package e2e

import (
	"slices"
	"testing"
	"time"

	"partner-center-connector/connector"
)

// TestTheWholeWayByKeyboard goes from the home screen to a saved connector with keys alone, with a client secret, while the
// leaks are searched for.
func TestTheWholeWayByKeyboard(t *testing.T) {
	b := openWindow(t, newAccount(t, chromium).logsAll(), newCloud(t, "good", true))
	search := searchAllTheTime(b.a, b.c)
	b.firstPages(func() {})
	b.adminConsent()
	b.userConsent()
	b.saves()
	search()
	expectNoLeak(t, b.a, b.c)
	b.press("alt+F4")
	expectNoComplaint(t, b.p.result(patience).exits(0))
	expectLogged(t, b.a, `"window started"`, `"browser started"`, `"connector saved"`, `"window ended"`)
	if len(b.a.profiles()) != 0 || slices.ContainsFunc(b.a.browsers(), isPrivate) {
		t.Errorf("left: profiles %q, browsers %v", b.a.profiles(), b.a.browsers())
	}
	b.a.pccWithoutScreen(b.c, "check", b.c.Facts().Domain).exits(0)
}

// TestAKillOnEveryPageLosesNothing goes the same way and kills the window on every page and in every wait.
func TestAKillOnEveryPageLosesNothing(t *testing.T) {
	b := openWindow(t, newAccount(t, chromium), newCloud(t, "closed-window", true))
	b.firstPages(b.crash)
	b.press("Return")
	until(t, "the administrator's page was asked for", func() bool { return b.c.Journal().Count("adminconsent") > 0 })
	b.crash()
	b.adminConsent()
	b.crash()
	b.press("Return")
	orphan := privateWindow(t, b.a)
	until(t, "the private window has asked for its page", func() bool { return slices.ContainsFunc(b.c.Journal().Requests, isUsersPage) })
	b.crash()
	until(t, "the orphan and its profile are swept", func() bool { return !alive(orphan.pid) && len(b.a.profiles()) == 0 })
	b.c.play("good")
	b.userConsent()
	b.crash()
	// What the sign-in yielded was in memory only: it is given again.
	b.userConsent()
	b.saves()
	b.p.kill()
	b.open()
	if rows := b.a.list(b.c); len(rows) != 1 || rows[0].Health != string(connector.HealthNew) {
		t.Errorf("listed: %+v", rows)
	}
	b.a.pccWithoutScreen(b.c, "check", "--all").exits(0)
}

// firstPages fills in the first four pages, with a break at the end of each.
func (b *board) firstPages(pause func()) {
	b.t.Helper()
	f := b.c.Facts()
	b.turns("the first page", func() { b.press("Return") })
	b.types(f.Domain)
	b.a.untilDraft("a tenant", func(d draftOnDisk) bool { return len(d.Tenant) > 0 && d.Step == stepBefore })
	b.rests()
	for _, tick := range connector.Ticks1 {
		b.press("Tab")
		b.ticks(string(tick))
	}
	pause()
	b.forward(stepAccount)
	b.types(f.IntegrationUPN)
	b.a.untilDraft("a user", func(d draftOnDisk) bool { return d.UPN == f.IntegrationUPN })
	pause()
	b.forward(stepMFA)
	b.ticks(string(connector.TickMFA))
	pause()
	b.forward(stepConnector)
	b.registration()
	pause()
	b.forward(stepAdmin)
}

// registration fills in the page of the connector: the client ID, the secret, which goes to the keychain, and one permission more, which is folded
// away.
func (b *board) registration() {
	b.t.Helper()
	f := b.c.Facts()
	b.press("Tab", "Tab", "Tab")
	b.types(f.Clients.Secret)
	b.a.untilDraft("a client ID", func(d draftOnDisk) bool { return d.ClientID == f.Clients.Secret })
	b.press("Tab", "Tab", "Tab", "Tab")
	b.types(f.ClientSecret)
	b.press("Tab", "space")
	b.a.untilDraft("a secret in the keychain", func(d draftOnDisk) bool { return d.HasSecret })
	b.rests()
	b.turns("the permissions", func() { b.press("Tab", "Tab", "Tab", "Tab", "space") })
	b.press("Tab", "space")
	b.a.untilDraft("one permission more", func(d draftOnDisk) bool { return d.WithGroups })
	b.rests()
}

// adminConsent presses the button that has the focus. The pages press their own; then our window must come to the front, at the next page.
func (b *board) adminConsent() {
	b.t.Helper()
	b.press("Return")
	b.a.untilDraft("the admin consent, at the next page", func(d draftOnDisk) bool {
		return d.Admin.Status == string(connector.AdminReported) && d.Step == stepUser
	})
	b.comesForward()
}

func (b *board) userConsent() {
	b.t.Helper()
	before := b.c.Journal().Tokens["code"]
	b.press("Return")
	until(b.t, "the integration user has signed in", func() bool { return b.c.Journal().Tokens["code"] > before })
	b.a.untilDraft("the page of the checks", func(d draftOnDisk) bool { return d.Step == stepCheck })
	b.comesForward()
}

// saves presses Enter until the connector is saved: as long as the checks run that does nothing.
func (b *board) saves() {
	b.t.Helper()
	until(b.t, "the connector is saved", func() bool {
		b.press("Return")
		return comes(3*time.Second, func() bool { return len(b.a.list(b.c)) == 1 })
	})
	until(b.t, "the draft is gone", func() bool { return len(b.a.drafts()) == 0 })
	b.rests()
}
