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

// TestAWrongEndIsCorrectedWithoutTheSecret enters the right day for a client secret whose value nobody has any more: Entra shows it once.
func TestAWrongEndIsCorrectedWithoutTheSecret(t *testing.T) {
	w := newWorld(t, "good")
	day := func(in int) string { return w.clock.Now().UTC().AddDate(0, 0, in).Format(time.DateOnly) }
	if r := w.runWith(
		w.facts.ClientSecret+"\n", "connect", "--tenant", w.facts.Domain, "--user", w.facts.IntegrationUPN, "--name", "Practice", "--client-id",
		w.clientID("secret"), "--client-kind", "secret", "--secret-stdin", "--secret-expires", day(10), "--yes",
	); r.code != cli.ExitFine {
		t.Fatal(r.err)
	}
	ended := day(10)
	w.clock.forward(12 * 24 * time.Hour)
	if r := w.run("check", "Practice"); r.code != cli.ExitFailed || w.list().Connectors[0]["health"] != "expired" {
		t.Fatalf("%d\n%s", r.code, r.out)
	}
	for over, flags := range map[string]string{ended: "--secret-expires: " + words("reason.end-passed"), day(-1): "--secret-stdin | --secret-expires"} {
		r := w.run("renew", "Practice", "--secret-expires", over, "--yes")
		if r.code != cli.ExitUsage || !strings.Contains(r.err, flags) {
			t.Errorf("a day that is over: %d\n%s", r.code, r.err)
		}
	}
	right := day(200)
	w.sit([]step{
		answer("Name of the connector [Practice]:", ""), see("The recorded last day of the client secret is over"), answer("\nClient secret", ""),
		answer("\nThe client secret ends on", right), answer("\nPath of the redirect URI", ""), see("Page 5 of 7"),
	}, "renew", "Practice")
	r := w.run("renew", "Practice", "--secret-expires", right, "--yes")
	if r.code != cli.ExitFine {
		t.Fatalf("%d\n%s", r.code, r.err)
	}
	if c := w.list().Connectors[0]; c["health"] != "new" || c["secretExpires"] != right+"T00:00:00Z" {
		t.Errorf("after the renewal: %v, ends %v", c["health"], c["secretExpires"])
	}
	w.clock.forward(time.Hour)
	if r := w.run("check", "Practice"); r.code != cli.ExitFine {
		t.Errorf("%d\n%s", r.code, r.out)
	}
}

// TestAnEndThatWasRightIsNotCorrected enters a later day for a client secret that Microsoft no longer accepts.
func TestAnEndThatWasRightIsNotCorrected(t *testing.T) {
	w := newWorld(t, "good")
	if r := w.runWith(
		w.facts.ClientSecret+"\n", "connect", "--tenant", w.facts.Domain, "--user", w.facts.IntegrationUPN, "--name", "Practice", "--client-id",
		w.clientID("secret"), "--client-kind", "secret", "--secret-stdin", "--secret-expires", w.clock.Now().UTC().AddDate(0, 0, 10).Format(time.DateOnly), "--yes",
	); r.code != cli.ExitFine {
		t.Fatal(r.err)
	}
	w.clock.forward(12 * 24 * time.Hour)
	w.play("secret-expired")
	got := failed{}
	w.decode(w.run("renew", "Practice", "--secret-expires", w.clock.Now().UTC().AddDate(1, 0, 0).Format(time.DateOnly), "--yes", "--json"), &got)
	if got.Error.Kind != "secret-expired" || w.list().Connectors[0]["health"] != "expired" {
		t.Errorf("%+v, %v", got, w.list().Connectors[0])
	}
}
