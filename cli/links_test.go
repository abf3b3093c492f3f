package cli_test

import (
	"strings"
	"testing"
	"time"

	"partner-center-connector/cli"
)

// TestProblemsLeadToTheAppRegistrations holds that a terminal says where a problem is mended, too, and so does JSON. Of the practice
// cloud's portal only the list is known; which page belongs to which problem is held beside the cards.
func TestProblemsLeadToTheAppRegistrations(t *testing.T) {
	w := newWorld(t, "app-unknown")
	portal := ""
	for _, line := range strings.Split(w.read(w.path("clouds.toml")), "\n") {
		if address, found := strings.CutPrefix(line, `entra_portal = "`); found {
			portal = strings.TrimSuffix(address, `"`)
		}
	}
	if !strings.HasSuffix(portal, "/portal/entra") {
		t.Fatalf("%q", portal)
	}
	said := "Open App registrations in the Entra admin center: " + portal + "\n"
	if r := w.connect(); r.code != cli.ExitFailed || !strings.Contains(r.err, said) || !strings.Contains(r.err, w.facts.Clients.Public) {
		t.Errorf("connect: exit code %d\n%s", r.code, r.err)
	}
	got := struct{ Error struct{ Kind, Link string } }{}
	w.decode(newWorld(t, "app-unknown").connect("--json"), &got)
	if got.Error.Kind != "app-unknown" || !strings.HasSuffix(got.Error.Link, "/portal/entra") {
		t.Errorf("connect --json: %+v", got)
	}

	w = newWorld(t, "good")
	if r := w.connect(); r.code != cli.ExitFine {
		t.Fatalf("exit code %d\n%s", r.code, r.err)
	}
	w.play("later-app-deleted")
	w.clock.forward(2 * time.Hour)
	link := "Open App registrations in the Entra admin center: "
	if r := w.run("check", "Practice"); !strings.Contains(r.out, link) {
		t.Errorf("check: exit code %d\n%s", r.code, r.out)
	}
	if r := w.run("record", "Practice"); !strings.Contains(r.out, link) {
		t.Errorf("record: exit code %d\n%s", r.code, r.out)
	}
	checked := struct {
		Connectors []struct {
			Checks []struct{ Problem *struct{ Kind, Link string } }
		}
	}{}
	w.decode(w.run("check", "Practice", "--json"), &checked)
	links := 0
	for _, c := range checked.Connectors[0].Checks {
		if c.Problem != nil && c.Problem.Kind == "app-unknown" && strings.HasSuffix(c.Problem.Link, "/portal/entra") {
			links++
		}
	}
	if links == 0 {
		t.Errorf("check --json: %+v", checked)
	}
}

// TestAnAppThatIsUnknownStaysSo holds that the same command, run again, goes on with its draft and does not get by what stopped it: the browser would
// show an error that leads nowhere.
func TestAnAppThatIsUnknownStaysSo(t *testing.T) {
	w := newWorld(t, "app-unknown")
	for range 2 {
		if code := w.connect(); code.code != cli.ExitFailed || !strings.Contains(code.err, "AADSTS700016") {
			t.Errorf("%+v", code)
		}
	}
}
