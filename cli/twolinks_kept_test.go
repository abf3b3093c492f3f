package cli_test

import (
	"slices"
	"strings"
	"testing"

	"partner-center-connector/cli"
)

// mustKeep makes the connector "Kept" of the two links of the practice product, all of it reported.
func (w *world) mustKeep() {
	w.t.Helper()
	m := w.makeLinks()
	r := w.runWith(m.mail(), w.linkArgs("--from-link", "-", "--reported", "admin,user,saved")...)
	if r.code != cli.ExitFine || !strings.Contains(r.out, "Saved: Kept.") {
		w.t.Fatalf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
	w.noLinks(m, r.out, r.err)
}

// TestAConnectorThatAnotherProductKeeps is what a terminal does with one.
func TestAConnectorThatAnotherProductKeeps(t *testing.T) {
	w := newWorld(t, "links-good")
	w.mustKeep()
	if ways := w.browsers.ways(); len(ways) != 0 {
		t.Errorf("what is reported was opened: %v", ways)
	}
	kept := words("health.kept")
	if r := w.run("list"); r.code != cli.ExitFine || !strings.Contains(r.out, kept) || strings.Contains(r.out, words("cli.list.now")) {
		t.Errorf("list: exit code %d\n%s", r.code, r.out)
	}
	got := failed{}
	if w.decode(w.run("token", "Kept", "--json"), &got); got.Error.Kind != "no-token" || got.Error.ExitCode != cli.ExitFailed {
		t.Errorf("token --json: %+v", got)
	}
	if r := w.run("token", "Kept"); r.code != cli.ExitFailed || r.out != "" || !strings.Contains(r.err, words("problem.no-token.title")) {
		t.Errorf("token: exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if r := w.run("check", "Kept"); r.code != cli.ExitFine || !strings.Contains(r.out, words("check.link-app.title")) || !strings.Contains(r.out, kept) {
		t.Errorf("check: exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if r := w.run("check", "--all"); r.code != cli.ExitFine || strings.Contains(r.out, words("cli.check.skipped")) {
		t.Errorf("check --all: exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if r := w.run("record", "Kept"); r.code != cli.ExitFine || !strings.Contains(r.out, w.facts.Product.ClientID) {
		t.Errorf("record: exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if r := w.run("rename", "Kept", "Mine"); r.code != cli.ExitFine {
		t.Errorf("rename: exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if r := w.run("remove", "Mine", "--yes"); r.code != cli.ExitFine || !strings.Contains(r.out, words("cli.remove.done-list", "Name", "Mine")) {
		t.Errorf("remove: exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if l := w.list(); len(l.Connectors)+w.keychain.count() != 0 {
		t.Errorf("left: %+v, %d items in the keychain", l, w.keychain.count())
	}
}

// TestRenewingWhatAnotherProductKeeps holds that it is renewed as it was made: with two new links, opened or reported anew.
func TestRenewingWhatAnotherProductKeeps(t *testing.T) {
	w := newWorld(t, "links-good")
	w.mustKeep()
	w.browsers.closing = true
	if r := w.run("renew", "Kept"); r.code != cli.ExitUsage || !strings.Contains(r.err, "--from-link") {
		t.Errorf("without links: exit code %d\n%s", r.code, r.err)
	}
	if r := w.run("renew", "Kept", "--secret-expires", "2027-11-30"); r.code != cli.ExitUsage || !strings.Contains(r.err, words("cli.error.not-for-links", "Flag", "--secret-expires")) {
		t.Errorf("with a flag of ours: exit code %d\n%s", r.code, r.err)
	}
	m := w.makeLinks()
	file := w.write("links.txt", m.admin+"\n"+m.user)
	for _, step := range []struct {
		reported string
		code     int
	}{{"", cli.ExitSignIn}, {"admin", cli.ExitSignIn}, {"admin,user", cli.ExitSignIn}, {"admin,user,saved", cli.ExitFine}} {
		args := []string{"renew", "Kept", "--from-link", file}
		if step.reported != "" {
			args = append(args, "--reported", step.reported)
		}
		r := w.run(args...)
		if r.code != step.code {
			t.Errorf("reported %q: exit code %d\n%s%s", step.reported, r.code, r.out, r.err)
		}
		w.noLinks(m, r.out, r.err)
	}
	if got := w.browsers.ways(); !slices.Equal(got, []string{"default", "private practice"}) {
		t.Errorf("opened %v", got)
	}
	if l := w.list(); len(l.Connectors) != 1 || len(l.Drafts) != 0 || w.keychain.count() != 0 {
		t.Errorf("%+v, %d items in the keychain", l, w.keychain.count())
	}
}

// TestWhatALinkIsToExplain holds that a link which was pasted where an error was meant is said to be one, and that nothing of it is repeated.
func TestWhatALinkIsToExplain(t *testing.T) {
	w := newWorld(t, "good")
	r := w.runWith(foreignLink+"\n", "explain")
	if r.code != cli.ExitFailed || !strings.Contains(r.err, words("cli.explain.link")) || tellsLink(r.out+r.err) {
		t.Errorf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
}

// TestWordsThatAreNoCodeAreLookedUpInHelp holds that an answer of Help does not read as if there were none.
func TestWordsThatAreNoCodeAreLookedUpInHelp(t *testing.T) {
	w := newWorld(t, "good")
	for text, want := range map[string]string{"mfa": "cli.explain.words", "!!!": "cli.explain.nothing"} {
		r := w.run("explain", text)
		if said := plain(r.err); r.code != cli.ExitFailed || r.out != "" || !strings.HasSuffix(strings.TrimSpace(said), words(want)) {
			t.Errorf("%s: exit code %d\n%s%s", text, r.code, r.out, r.err)
		}
	}
	if r := w.run("explain", "mfa"); !strings.HasPrefix(r.err, "Multi-factor sign-in\n") {
		t.Errorf("the answer: %s", r.err)
	}
}

// TestALongTextIsNotSaidToHaveALink holds that nothing is said of links in a text that is too long to be read for them.
func TestALongTextIsNotSaidToHaveALink(t *testing.T) {
	w := newWorld(t, "good")
	r := w.runWith(strings.Repeat("see http://docs.example\n", 300<<10/24), "explain")
	if r.code != cli.ExitFailed || !strings.Contains(r.err, words("cli.explain.nothing")) {
		t.Errorf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
}

// TestADiscardedDraftTakesItsLinksAlong holds that the links which wait in the keychain go with their draft.
func TestADiscardedDraftTakesItsLinksAlong(t *testing.T) {
	w := newWorld(t, "links-good")
	m := w.makeLinks()
	if r := w.runWith(m.mail(), w.linkArgs("--from-link", "-")...); r.code != cli.ExitSignIn {
		t.Fatalf("exit code %d\n%s", r.code, r.err)
	}
	if w.keychain.count() == 0 {
		t.Fatal("the keychain does not have the links")
	}
	if r := w.run("remove", "--draft", "Kept", "--yes"); r.code != cli.ExitFine || len(w.list().Drafts)+w.keychain.count() != 0 {
		t.Errorf("exit code %d, %+v, %d items in the keychain\n%s", r.code, w.list().Drafts, w.keychain.count(), r.err)
	}
}
