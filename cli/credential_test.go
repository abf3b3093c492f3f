package cli_test

import (
	"strings"
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

// TestASecretThatEndsSoonIsNotFine looks at the last week of a client secret, which ends at some hour of its last day.
func TestASecretThatEndsSoonIsNotFine(t *testing.T) {
	w := newWorld(t, "good")
	w.clock.forward(time.Until(time.Now().UTC().Truncate(24 * time.Hour).Add(36 * time.Hour))) // noon, lest a day ends meanwhile
	last := w.clock.Now().UTC().AddDate(0, 0, 9).Format(time.DateOnly)
	if r := w.runWith(
		w.facts.ClientSecret+"\n", "connect", "--tenant", w.facts.Domain, "--user", w.facts.IntegrationUPN, "--name", "Practice", "--client-id",
		w.clientID("secret"), "--client-kind", "secret", "--secret-stdin", "--secret-expires", last, "--yes",
	); r.code != cli.ExitFine {
		t.Fatal(r.err)
	}
	for _, day := range []struct {
		forward  time.Duration
		scenario string
		code     int
		listed   string
		says     string
	}{
		{days(1), "good", 0, "health.good", "evidence.credential-last-day"},
		{days(1), "good", 1, "health.attention", "evidence.credential-last-day"},
		{0, "graph-down", 1, "health.attention", "evidence.credential-last-day"}, // that Graph is to be asked later is no excuse
		{days(7), "good", 1, "health.attention", "evidence.credential-today"},
		{days(1), "good", 1, "health.expired", "evidence.credential-ended"},
	} {
		w.clock.forward(day.forward)
		w.play(day.scenario)
		sentence := strings.SplitN(words(day.says, "Day", last), last, 2)[0]
		if r := w.run("check", "Practice"); r.code != day.code || !strings.Contains(r.out, sentence) {
			t.Errorf("%s, %s: exit code %d\n%s", w.clock.Now().UTC().Format(time.DateOnly), day.scenario, r.code, r.out)
		}
		if r := w.run("list"); !strings.Contains(r.out, words(day.listed)) {
			t.Errorf("%s: %s", w.clock.Now().UTC().Format(time.DateOnly), r.out)
		}
	}
}
