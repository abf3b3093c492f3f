//go:build e2e && linux

package e2e

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// draftOnDisk is what these tests read of a draft.
type draftOnDisk struct {
	ID          string          `json:"id"`
	Step        string          `json:"step"`
	TenantInput string          `json:"tenantInput"`
	Tenant      json.RawMessage `json:"tenant"`
	Ticks       map[string]bool `json:"ticks"`
	UPN         string          `json:"upn"`
	Name        string          `json:"name"`
	ClientID    string          `json:"clientId"`
	Kind        string          `json:"kind"`
	HasSecret   bool            `json:"hasSecret"`
	WithGroups  bool            `json:"withGroups"`
	Admin       struct {
		Status string `json:"status"`
	} `json:"admin"`
}

// The pages of the wizard that these tests name.
const (
	stepBefore    = "before-you-begin"
	stepAccount   = "integration-user"
	stepMFA       = "mfa"
	stepConnector = "app-registration"
	stepAdmin     = "admin-consent"
	stepUser      = "user-consent"
	stepCheck     = "checks"
)

// drafts are those on disk.
func (a *account) drafts() []draftOnDisk {
	a.t.Helper()
	text, err := os.ReadFile(filepath.Join(a.config(), "drafts.json"))
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		a.t.Fatal(err)
	}
	var file map[string]json.RawMessage
	var drafts []draftOnDisk
	if err := json.Unmarshal(text, &file); err != nil {
		a.t.Fatalf("the drafts are damaged: %v\n%s", err, text)
	}
	if err := json.Unmarshal(file["drafts"], &drafts); err != nil {
		a.t.Fatalf("the drafts are damaged: %v\n%s", err, text)
	}
	return drafts
}

// untilDraft waits for the one draft to fit.
func (a *account) untilDraft(what string, fits func(draftOnDisk) bool) draftOnDisk {
	a.t.Helper()
	var d draftOnDisk
	until(a.t, "a draft with "+what, func() bool {
		all := a.drafts()
		if len(all) == 1 {
			d = all[0]
		}
		return len(all) == 1 && fits(d)
	})
	return d
}

// TestAKilledTerminalProgramGoesOnWhereItWas kills pcc in both waits. What it left is swept at the next start, and the draft is
// taken up where it was.
func TestAKilledTerminalProgramGoesOnWhereItWas(t *testing.T) {
	for _, private := range []string{chromium, firefox} {
		t.Run(private, func(t *testing.T) {
			a, c := newAccount(t, chromium), newCloud(t, "closed-window", true)
			input, args := c.connect(a, "secret", connectorName, "--user-browser", private)
			p := a.start(a.env, input, terminal, c.args(args...)...)
			orphan := privateWindow(t, a)
			until(t, "the private window has asked for its page", func() bool { return slices.ContainsFunc(c.Journal().Requests, isUsersPage) })
			a.untilDraft("the admin consent", func(d draftOnDisk) bool { return d.Step == stepUser && d.Admin.Status == "reported" })
			p.kill()
			if !alive(orphan.pid) || len(a.profiles()) != 1 {
				t.Fatalf("a kill left: browser %v, profiles %q", alive(orphan.pid), a.profiles())
			}
			before := c.Journal()
			c.play("good")
			saved := a.pcc(c, "", "connect", "--resume", "--json", "--no-input", "--yes", "--user-browser", private).exits(0).answer()
			if saved.Connector == nil || saved.Connector.Name != connectorName || saved.Health != "new" {
				t.Errorf("saved: %+v", saved.Connector)
			}
			if after := c.Journal(); after.Count("adminconsent") != before.Count("adminconsent") {
				t.Error("the admin consent was asked for again")
			}
			if alive(orphan.pid) {
				t.Errorf("the orphan still runs: %s", orphan.line())
			}
			until(t, "no profile is left", func() bool { return len(a.profiles()) == 0 })
			if left := a.drafts(); len(left) != 0 {
				t.Errorf("drafts are left: %+v", left)
			}
		})
	}
}

// TestAKilledTerminalProgramKeepsTheDraftOfTheAdminConsent kills it one page earlier.
func TestAKilledTerminalProgramKeepsTheDraftOfTheAdminConsent(t *testing.T) {
	a, c := newAccount(t, chromium), newCloud(t, "good", false)
	input, args := c.connect(a, "public", connectorName)
	p := a.start(a.env, input, terminal, c.args(args...)...)
	until(t, "the administrator's page was asked for", func() bool { return c.Journal().Count("adminconsent") > 0 })
	a.untilDraft("the page of the admin consent", func(d draftOnDisk) bool { return d.Step == stepAdmin })
	p.kill()
	got := a.pccWithoutScreen(c, "connect", "--resume", "--json", "--no-input", "--yes", "--admin-consent", "skip").answer()
	d := a.untilDraft("the page of the user consent", func(d draftOnDisk) bool { return d.Step == stepUser })
	if d.Admin.Status != "not-confirmed" || d.UPN != c.Facts().IntegrationUPN || d.Name != connectorName {
		t.Errorf("the draft: %+v", d)
	}
	if got.Error == nil {
		t.Errorf("a private window without a screen: %+v", got)
	}
}

// TestAnInterruptedProgramLeavesNothing asks both programs to end while the private window is open, as Ctrl+C and a shutdown do.
func TestAnInterruptedProgramLeavesNothing(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		t.Run(signal.String(), func(t *testing.T) {
			a, c := newAccount(t, chromium), newCloud(t, "closed-window", true)
			input, args := c.connect(a, "public", connectorName)
			p := a.start(a.env, input, terminal, c.args(args...)...)
			privateWindow(t, a)
			until(t, "the private window has asked for its page", func() bool { return slices.ContainsFunc(c.Journal().Requests, isUsersPage) })
			if err := p.cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			r := p.result(patience)
			if r.code == 0 || strings.Contains(r.stderr, "panic") {
				t.Errorf("it ended with %d:\n%s", r.code, r.stderr)
			}
			if len(a.profiles()) != 0 || slices.ContainsFunc(a.browsers(), isPrivate) {
				t.Errorf("left: profiles %q, browsers %v", a.profiles(), a.browsers())
			}
			a.untilDraft("the page of the user consent", func(d draftOnDisk) bool { return d.Step == stepUser })
			w := a.start(a.env, "", window, "--rehearse", "--lang", "en")
			windowOf(t, w.cmd.Process.Pid)
			if err := w.cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			w.result(patience).exits(0)
			expectNothingLeft(t, a)
		})
	}
}
