//go:build e2e && linux

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partner-center-connector/assets"
)

// rehearsalLimit is a bit more than the program gives itself.
const rehearsalLimit = patience * 3

// TestAnUnattendedRehearsalSavesAConnectorAndLeavesNothing is the README's first command, with each browser.
func TestAnUnattendedRehearsalSavesAConnectorAndLeavesNothing(t *testing.T) {
	for _, b := range []struct{ family, standard string }{{"chromium", chromium}, {"firefox", firefox}} {
		t.Run(b.family, func(t *testing.T) {
			a := newAccount(t, b.standard)
			pictures := filepath.Join(a.papers, "pictures")
			if err := os.Mkdir(pictures, 0o700); err != nil {
				t.Fatal(err)
			}
			p := a.start(a.env, "", window, "--rehearse", "--unattended", "--lang", "en", "--browser", b.family, "--pictures", pictures)
			r := p.result(rehearsalLimit).exits(0)
			if !strings.Contains(r.stdout, "is saved and checked. Health: New") {
				t.Errorf("it said:\n%s", r.stdout)
			}
			if strings.Contains(r.stdout, "[failed]") || strings.Contains(r.stdout, "[warning]") {
				t.Errorf("a check did not pass:\n%s", r.stdout)
			}
			expectNoComplaint(t, r)
			for _, name := range []string{
				"home", "before", "account", "mfa", "connector", "admin-start", "user-start", "check", "saved",
				"admin-browser", "user-browser",
			} {
				expectOnePicture(t, pictures, name)
			}
			expectNothingLeft(t, a)
		})
	}
}

// TestAnUnattendedRehearsalTellsOfAnErrorPage: the browser stays on the practice cloud's error page, and the program explains its text.
func TestAnUnattendedRehearsalTellsOfAnErrorPage(t *testing.T) {
	a := newAccount(t, chromium)
	p := a.start(a.env, "", window, "--rehearse", "--scenario", "access-blocked", "--unattended", "--lang", "en", "--browser", "chromium")
	r := p.result(rehearsalLimit).exits(1)
	want := assets.NewTranslator("en").Text("problem.conditional-access.title", nil)
	if !strings.Contains(r.stdout, want) || !strings.Contains(r.stdout, "AADSTS53003") {
		t.Errorf("it said:\n%s", r.stdout)
	}
	expectNothingLeft(t, a)
}

// expectNoComplaint checks that a program said nothing on standard error.
func expectNoComplaint(tb testing.TB, r result) {
	tb.Helper()
	if r.stderr != "" {
		tb.Errorf("it complained:\n%s", r.stderr)
	}
}

func expectOnePicture(tb testing.TB, folder, name string) {
	tb.Helper()
	found, _ := filepath.Glob(filepath.Join(folder, "[0-9][0-9]-"+name+".png"))
	if len(found) != 1 {
		tb.Errorf("%s: pictures %q", name, found)
		return
	}
	expectPicture(tb, found[0])
}

// expectNothingLeft checks that a rehearsal took everything back that it brought. The default browser stays open: it is the
// person's own.
func expectNothingLeft(tb testing.TB, a *account) {
	tb.Helper()
	expectEmptyKeychain(tb, rehearsalService)
	expectEmptyKeychain(tb, service)
	if left := a.profiles(); len(left) != 0 {
		tb.Errorf("profiles are left: %q", left)
	}
	if left, _ := filepath.Glob(filepath.Join(a.temp(), "partner-center-connector-rehearsal-*")); len(left) != 0 {
		tb.Errorf("folders of the rehearsal are left: %q", left)
	}
	for _, p := range a.browsers() {
		if isPrivate(p) {
			tb.Errorf("a private window is left: %d %s", p.pid, p.line())
		}
	}
}
