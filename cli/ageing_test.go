package cli_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"partner-center-connector/cli"
)

// TestAfterTheCertificatesEnd is about a connector that can't even be checked any more, which the list must not call healthy.
func TestAfterTheCertificatesEnd(t *testing.T) {
	for _, checked := range []bool{false, true} {
		w := newWorld(t, "good")
		args := []string{"connect", "--tenant", w.facts.Domain, "--user", w.facts.IntegrationUPN, "--name", "Practice", "--client-id", w.clientID("certificate"), "--yes"}
		if r := w.run(append(args, w.credentialArgs("certificate")...)...); r.code != cli.ExitFine {
			t.Fatal(r.err)
		}
		// The practice cloud's certificate lasts 365 days. With it nothing can be checked in between: MSAL dates its assertions by the real clock.
		w.clock.forward(10 * time.Minute)
		if r := w.run("check", "Practice"); r.code != cli.ExitFine || !strings.Contains(r.out, words("check.credential-end.title")) || strings.Contains(r.out, words("problem.credential-ends.title")) {
			t.Errorf("%d\n%s", r.code, r.out)
		}
		w.clock.forward(366 * 24 * time.Hour)
		for range 3 {
			if !checked {
				break
			}
			if r := w.run("check", "Practice"); r.code != cli.ExitFailed || !strings.Contains(r.out, words("problem.certificate-expired.title")) {
				t.Errorf("%d\n%s", r.code, r.out)
			}
		}
		if r := w.run("list"); !strings.Contains(r.out, words("health.expired")) || !strings.Contains(r.out, words("cli.list.now")) {
			t.Errorf("checked %v:\n%s", checked, r.out)
		}
		if got := w.list().Connectors[0]["health"]; got != "expired" {
			t.Errorf("checked %v: %v", checked, got)
		}
		if !checked {
			continue
		}
		got := struct {
			Connectors []struct{ Health string }
			ExitCode   int
		}{}
		w.decode(w.run("check", "Practice", "--json"), &got)
		if got.ExitCode != cli.ExitFailed || got.Connectors[0].Health != "expired" {
			t.Errorf("%+v", got)
		}
	}
}

// TestCheckDoesNotGoByTheRolesOfTheSignIn plays the daily check where Graph does not tell the roles of now: the token of the sign-in named none, and
// the account may have got one since.
func TestCheckDoesNotGoByTheRolesOfTheSignIn(t *testing.T) {
	w := newWorld(t, "optional-claims")
	w.mustConnect()
	w.play("admin-not-visible")
	w.clock.forward(24 * time.Hour)
	r, got := w.run("check", "Practice", "--json"), struct {
		Connectors []struct {
			Health string
			Checks []struct {
				ID, State, Weight string
				Evidence          []string
			}
		}
	}{}
	w.decode(r, &got)
	for _, c := range got.Connectors[0].Checks {
		if c.ID == "not-admin" && (c.State != "unknown" || c.Weight != "warning" || !strings.Contains(strings.Join(c.Evidence, " "), words("evidence.roles-token"))) {
			t.Errorf("%+v", c)
		}
	}
	if got.Connectors[0].Health != "good" || r.code != cli.ExitFine {
		t.Errorf("health %s, exit code %d: rights that were never asked for are no reason for concern", got.Connectors[0].Health, r.code)
	}
}

// TestAnAccountThatBecameAnAdministrator is found by the daily check, as far as the rights of the connector let it: that a role was given, and not
// which one.
func TestAnAccountThatBecameAnAdministrator(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	w.play("is-admin")
	w.clock.forward(24 * time.Hour)
	r, got := w.run("check", "Practice", "--json"), struct {
		Connectors []struct {
			Checks []struct{ ID, State string }
		}
	}{}
	w.decode(r, &got)
	for _, c := range got.Connectors[0].Checks {
		if c.ID == "not-admin" && c.State != "unknown" {
			t.Errorf("the check of today says %q", c.State)
		}
	}
}

// TestEvidenceOfTheSignInIsDated holds that check tells the words of the sign-in from those of now.
func TestEvidenceOfTheSignInIsDated(t *testing.T) {
	w := newWorld(t, "good")
	if r := w.connect(); r.code != cli.ExitFine || strings.Contains(r.out+r.err, "At the sign-in on") {
		t.Fatalf("%d\n%s%s", r.code, r.out, r.err)
	}
	w.clock.forward(24 * time.Hour)
	if r := w.run("check", "Practice"); !strings.Contains(r.out, "At the sign-in on") {
		t.Error(r.out)
	}
}

// TestRenewalAfterTheSecretsEndAsksForTheNewOne holds that the old client secret is not tried again.
func TestRenewalAfterTheSecretsEndAsksForTheNewOne(t *testing.T) {
	w := newWorld(t, "good")
	day := w.clock.Now().UTC().AddDate(0, 0, 10).Format(time.DateOnly)
	secret := func(args ...string) result { return w.runWith(w.facts.ClientSecret+"\n", args...) }
	if r := secret(
		"connect", "--tenant", w.facts.Domain, "--user", w.facts.IntegrationUPN, "--name", "Practice", "--client-id", w.clientID("secret"),
		"--client-kind", "secret", "--secret-stdin", "--secret-expires", day, "--yes",
	); r.code != cli.ExitFine {
		t.Fatal(r.err)
	}
	w.clock.forward(12 * 24 * time.Hour)
	if r := w.run("renew", "Practice", "--yes"); r.code != cli.ExitUsage || !strings.Contains(r.err, "--secret-stdin") {
		t.Errorf("without the new one: %d\n%s", r.code, r.err)
	}
	if r := secret("renew", "Practice", "--secret-stdin", "--yes"); r.code != cli.ExitFine {
		t.Fatalf("%d\n%s", r.code, r.err)
	}
	if c := w.list().Connectors[0]; c["health"] != "new" || c["secretExpires"] != "" {
		t.Errorf("after the renewal: %v, ends %v", c["health"], c["secretExpires"])
	}
}

// TestASignInThatIsNeededIsNotForgotten holds that a check that gets no answer leaves what the one before found out.
func TestASignInThatIsNeededIsNotForgotten(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	w.clock.forward(10 * time.Minute)
	known := func(when string, code int) {
		t.Helper()
		if r := w.run("check", "Practice"); r.code != code || strings.Contains(r.out, words("health.sign-in")) == (when == "locked") {
			t.Errorf("%s: exit code %d\n%s", when, r.code, r.out)
		}
		if r := w.run("list"); !strings.Contains(r.out, words("health.sign-in")) || !strings.HasSuffix(strings.TrimSpace(r.out), "now") {
			t.Errorf("%s:\n%s", when, r.out)
		}
	}
	w.play("later-revoked")
	known("refused", 3)
	w.play("later-throttled")
	known("no answer", 3)
	known("no answer, again", 3)
	w.keychain.err = errors.New("the keychain is broken")
	known("locked", 3)
	w.keychain.err = nil
	w.play("good")
	if r := w.run("check", "Practice"); r.code != cli.ExitFine || w.list().Connectors[0]["health"] != "good" {
		t.Errorf("it works again: exit code %d\n%s", r.code, r.out)
	}
}
