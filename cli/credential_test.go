package cli_test

import (
	"testing"
	"time"

	"partner-center-connector/cli"
)

// TestADraftIsResumedWithAnotherKindOfCredential enters a certificate for a draft that has a client secret, in one go.
func TestADraftIsResumedWithAnotherKindOfCredential(t *testing.T) {
	for range 3 {
		w := newWorld(t, "declined")
		r := w.runWith(w.facts.ClientSecret+"\n", "connect", "--tenant", w.facts.Domain, "--user", w.facts.IntegrationUPN, "--name", "Practice",
			"--client-id", w.clientID("secret"), "--client-kind", "secret", "--secret-stdin", "--yes")
		drafts, err := w.mustOpen().Ports.Store.Drafts()
		if err != nil || len(drafts) != 1 || !drafts[0].HasSecret {
			t.Fatalf("%v %+v\n%s%s", err, drafts, r.out, r.err)
		}
		w.play("good")
		r = w.run("connect", "--resume", "--client-id", w.clientID("certificate"), "--certificate", w.write("app.pem", w.facts.Certificate),
			"--yes", "--admin-consent", "default")
		if r.code != cli.ExitFine {
			t.Fatalf("%d\n%s%s", r.code, r.out, r.err)
		}
	}
}

// TestTheEndOfANewSecretIsItsOwn renews with a new client secret: the day of the old one is not taken over, the one that is given with it is.
func TestTheEndOfANewSecretIsItsOwn(t *testing.T) {
	w := newWorld(t, "good")
	day := func(days int) string { return w.clock.Now().UTC().AddDate(0, 0, days).Format(time.DateOnly) }
	ends := func() string {
		all, err := w.mustOpen().Keeper().List()
		if err != nil || len(all) != 1 {
			t.Fatalf("%v, %d connectors", err, len(all))
		}
		return all[0].SecretExpires.String()
	}
	r := w.runWith(w.facts.ClientSecret+"\n", "connect", "--tenant", w.facts.Domain, "--user", w.facts.IntegrationUPN, "--name", "Practice",
		"--client-id", w.clientID("secret"), "--secret-stdin", "--secret-expires", day(40), "--yes")
	if r.code != cli.ExitFine || ends() != day(40) {
		t.Fatalf("%d, ends on %s\n%s", r.code, ends(), r.err)
	}
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--secret-stdin", "--secret-expires", day(400)}, day(400)},
		{[]string{"--secret-expires", day(300)}, day(300)},
		{nil, day(300)},
		{[]string{"--secret-stdin"}, ""},
	} {
		r := w.runWith(w.facts.ClientSecret+"\n", append([]string{"renew", "Practice", "--yes"}, c.args...)...)
		if r.code != cli.ExitFine || ends() != c.want {
			t.Fatalf("%q: %d, ends on %q, want %q\n%s", c.args, r.code, ends(), c.want, r.err)
		}
	}
}
