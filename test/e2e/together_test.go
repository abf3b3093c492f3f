//go:build e2e && linux

package e2e

import (
	"syscall"
	"testing"
)

// TestTheWindowNoticesWhatTheTerminalChanged removes a connector in the terminal while the window shows it.
func TestTheWindowNoticesWhatTheTerminalChanged(t *testing.T) {
	a, c := newAccount(t, chromium), newCloud(t, "good", true)
	input, args := c.connect(a, "public", connectorName)
	a.pcc(c, input, args...).exits(0)
	for _, p := range a.browsers() {
		end(t, p.pid)
	}
	b := openWindow(t, a, c)
	b.turns("the home screen without the connector", func() { a.pccWithoutScreen(c, "remove", connectorName, "--yes").exits(0) })
}

// TestAKilledRehearsalIsSweptByTheNext kills a rehearsal once its client secret is in the keychain.
func TestAKilledRehearsalIsSweptByTheNext(t *testing.T) {
	a := newAccount(t, chromium)
	p := a.start(a.env, "", window, "--rehearse", "--unattended", "--lang", "en", "--browser", "chromium", "--scenario", "later-secret-expired")
	until(t, "a secret in the keychain", func() bool { return len(keychainItems(t, rehearsalService)) > 0 })
	p.kill()
	next := a.start(a.env, "", window, "--rehearse", "--lang", "en")
	windowOf(t, next.cmd.Process.Pid)
	if err := next.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	expectNoComplaint(t, next.result(patience).exits(0))
	expectNothingLeft(t, a)
}
