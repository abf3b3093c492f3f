package cli_test

import (
	"strings"
	"testing"

	"partner-center-connector/cli"
)

// TestBackIsUnderstood holds that the word leads to the page before, from a question and from a menu, and to nothing on the first page.
func TestBackIsUnderstood(t *testing.T) {
	w := newWorld(t, "good")
	w.sit([]step{
		answer(words("field.tenant")+":", "back"),
		see(words("cli.ask.first-page")),
		answer(words("field.tenant")+":", w.facts.Domain),
		see("Page 2 of 7"), see(words("cli.ask.back")),
		answer(words("field.upn")+":", "back"),
		see("Page 1 of 7"),
		answer("What next, by its number", "BACK"),
		see(words("cli.ask.first-page")),
		pick(words("cli.ask.page")),
		answer("What next, by its number:", "back"),
		enter(),
		see("Page 2 of 7"),
		answer(words("field.upn")+":", w.facts.IntegrationUPN),
		see(words("field.role") + ":"),
	}, "connect", "--yes")
}

// TestBackAtAHiddenQuestion holds that the word is no client secret.
func TestBackAtAHiddenQuestion(t *testing.T) {
	w := newWorld(t, "good")
	w.sit([]step{answer(words("field.secret")+":", "back"), see("Page 3 of 7")},
		"connect", "--yes", "--tenant", w.facts.Domain, "--user", w.facts.IntegrationUPN, "--client-id", w.clientID("secret"), "--client-kind", "secret")
}

// TestHintsAreBelowTheirQuestion holds that what explains a question is read after it.
func TestHintsAreBelowTheirQuestion(t *testing.T) {
	w := newWorld(t, "good")
	r := w.sit([]step{answer(words("field.tenant")+":", w.facts.Domain)}, "connect")
	for _, c := range []struct{ question, hint string }{
		{words("field.tenant") + ":\n", "  " + words("field.tenant.hint")[:30]},
		{"[y/N]\n", "  Indirect resellers cannot use a connector."},
	} {
		at := strings.Index(r.err, c.question)
		if at < 0 || !strings.Contains(r.err[at:], c.hint) || strings.Contains(r.err[:at], c.hint) {
			t.Errorf("%q is not below %q in\n%s", c.hint, c.question, r.err)
		}
	}
}

// TestTheEndOfAClientSecretIsAskedFor holds that --client-kind secret asks for it where nobody gave it, and what can be no secret is asked for again.
func TestTheEndOfAClientSecretIsAskedFor(t *testing.T) {
	w := newWorld(t, "good")
	r := w.sit([]step{
		answer(words("field.secret")+":", w.clientID("secret")),
		see("That is the Secret ID"),
		answer(words("field.secret")+":", "s"),
		see("too short for a client secret"),
		answer(words("field.secret")+":", w.facts.ClientSecret),
		answer(words("field.secret-expires")+":", "2027-11-30"),
		see("Page 5 of 7"),
	}, "connect", "--yes", "--tenant", w.facts.Domain, "--user", w.facts.IntegrationUPN, "--client-id", w.clientID("secret"), "--client-kind", "secret")
	w.noSecrets(r.out, r.err)
}

// TestFullFlagsAskNothing holds that a terminal gets a page of it: what was opened, what is waited for, the verdict, what was saved.
func TestFullFlagsAskNothing(t *testing.T) {
	w := newWorld(t, "good")
	r := w.sit(nil, w.connectArgs()...)
	if r.code != cli.ExitFine {
		t.Fatalf("exit code %d\n%s", r.code, r.err)
	}
	all := r.err + r.out
	for _, want := range []string{"Page 5 of 7", "Waiting for", "Page 6 of 7", "private window", "All 12 checks passed", "Saved: Practice."} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not in\n%s", want, all)
		}
	}
	if lines := strings.Count(all, "\n"); lines > 36 || strings.Contains(all, "Page 2 of 7") || strings.Contains(all, "[passed]") {
		t.Errorf("%d lines\n%s", lines, all)
	}
	w.run("remove", "Practice", "--yes")
	if r := w.sit(nil, w.connectArgs("--verbose")...); !strings.Contains(r.err, "[passed]") || !strings.Contains(r.err, "Page 2 of 7") {
		t.Errorf("--verbose:\n%s", r.err)
	}
}
