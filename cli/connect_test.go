package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/cli"
)

func TestConnectEveryKindOfClient(t *testing.T) {
	for _, kind := range []string{"public", "secret", "certificate"} {
		t.Run(kind, func(t *testing.T) {
			w := newWorld(t, "good")
			w.facts.ClientKind = kind
			r := w.connect()
			if r.code != cli.ExitFine || !strings.Contains(r.out, "Saved: Practice. Health: New.") {
				t.Fatalf("exit code %d\n%s%s", r.code, r.out, r.err)
			}
			if got := w.browsers.ways(); !slices.Equal(got, []string{"default", "private practice"}) {
				t.Errorf("opened %v", got)
			}
			w.noSecrets(r.out, r.err)
			w.noSecretsOnDisk()
			if got := w.list(); len(got.Connectors) != 1 || len(got.Drafts) != 0 || got.Connectors[0]["clientKind"] != kind {
				t.Errorf("list: %+v", got)
			}
		})
	}
}

func (w *world) noSecretsOnDisk() {
	w.t.Helper()
	err := filepath.WalkDir(w.path("config"), func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		w.noSecrets(string(data))
		return err
	})
	if err != nil {
		w.t.Error(err)
	}
}

type listed struct{ Connectors, Drafts []map[string]any }

func (w *world) list() listed {
	w.t.Helper()
	l := listed{}
	w.decode(w.run("list", "--json"), &l)
	return l
}

func (w *world) decode(r result, into any) {
	w.t.Helper()
	d := json.NewDecoder(strings.NewReader(r.out))
	if err := d.Decode(into); err != nil || d.More() {
		w.t.Fatalf("no single JSON document (%v): %q\n%s", err, r.out, r.err)
	}
}

type failed struct {
	Error struct {
		Kind, Title, Do, Actor, Code, DraftID string
		ExitCode                              int
	}
}

// outcomes are the scenarios with what connect makes of them, where nobody is there to be asked.
var outcomes = []struct {
	scenario string
	code     int
	// kind is the problem that keeps the connector from being saved; empty for one that is saved with this health.
	kind, health string
}{
	{"wrong-tenant", cli.ExitSignIn, "wrong-tenant", ""},
	{"wrong-user", cli.ExitSignIn, "wrong-user", ""},
	{"guest", cli.ExitFailed, "guest", ""},
	{"no-mfa", cli.ExitFailed, "no-mfa", ""},
	{"declined", cli.ExitSignIn, "declined", ""},
	{"not-admin", cli.ExitSignIn, "declined", ""},
	{"user-declined", cli.ExitSignIn, "declined", ""},
	{"app-unknown", cli.ExitFailed, "app-unknown", ""},
	{"redirect-mismatch", cli.ExitFailed, "redirect-uri", ""},
	{"secret-wrong", cli.ExitFailed, "secret-wrong", ""},
	{"tenant-unknown", cli.ExitFailed, "unknown-tenant", ""},
	{"find-down", cli.ExitLater, "transient", ""},
	{"refresh-dies", cli.ExitSignIn, "sign-in-again", ""},
	{"no-refresh-token", cli.ExitSignIn, "no-refresh-token", ""},
	{"no-role", cli.ExitFailed, "", "attention"},
	{"is-admin", cli.ExitFailed, "", "attention"},
	{"partner-down", cli.ExitLater, "", "attention"},
	{"not-a-partner", cli.ExitFailed, "", "attention"},
	{"government", cli.ExitFine, "", "new"},
}

func TestConnectOutcomes(t *testing.T) {
	for _, o := range outcomes {
		t.Run(o.scenario, func(t *testing.T) {
			w := newWorld(t, o.scenario)
			r := w.connect("--json")
			w.noSecrets(r.out, r.err)
			if o.kind == "" {
				saved := struct {
					Health   string
					ExitCode int
				}{}
				w.decode(r, &saved)
				if saved.Health != o.health || saved.ExitCode != o.code || r.code != o.code || len(w.list().Connectors) != 1 {
					t.Errorf("exit code %d\n%s%s", r.code, r.out, r.err)
				}
				return
			}
			got := failed{}
			w.decode(r, &got)
			if e := got.Error; e.Kind != o.kind || e.ExitCode != o.code || r.code != o.code || e.Title == "" || e.Do == "" || e.Actor == "" {
				t.Errorf("exit code %d\n%s%s", r.code, r.out, r.err)
			}
			if l := w.list(); len(l.Connectors) != 0 || len(l.Drafts) != 1 || l.Drafts[0]["id"] != got.Error.DraftID {
				t.Errorf("the draft is not kept: %+v", l)
			}
		})
	}
}

func TestConnectInWords(t *testing.T) {
	w := newWorld(t, "declined")
	r := w.connect("--lang", "de")
	for _, want := range []string{"Seite 5 von 7", "Wer handeln muss: Ein Administrator", "Der Entwurf bleibt. Weiter geht es mit: pcc connect --draft "} {
		if !strings.Contains(r.err, want) {
			t.Errorf("%q is not in\n%s", want, r.err)
		}
	}
	if r.out != "" {
		t.Errorf("standard output: %q", r.out)
	}
}

// TestAProblemNamesItsPage holds that the page is named even if nothing of it was told before.
func TestAProblemNamesItsPage(t *testing.T) {
	w := newWorld(t, "tenant-unknown")
	if r := w.connect(); strings.Count(r.err, "Page 1 of 7") != 1 {
		t.Errorf("not once\n%s", r.err)
	}
	if r := w.connect("--quiet"); strings.Contains(r.err, "Page 1 of 7") {
		t.Errorf("--quiet\n%s", r.err)
	}
}

func TestConnectGoesOnWithADraft(t *testing.T) {
	w := newWorld(t, "declined")
	got := failed{}
	w.decode(w.connect("--json"), &got)
	if err := w.cloud.SetScenario("good"); err != nil {
		t.Fatal(err)
	}
	r := w.run("connect", "--draft", got.Error.DraftID[:8])
	if r.code != cli.ExitFine || len(w.list().Drafts) != 0 || len(w.list().Connectors) != 1 {
		t.Errorf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
}

func TestConnectWaysOfTheCommandLine(t *testing.T) {
	for _, c := range []struct {
		args []string
		want []string
	}{
		{[]string{"--admin-consent", "isolated", "--user-consent", "guest"}, []string{"private practice", "guest practice"}},
		{[]string{"--admin-browser", "practice", "--user-consent", "plain"}, []string{"with practice", "plain practice"}},
		{[]string{"--admin-consent", "default", "--user-browser", "practice"}, []string{"default", "private practice"}},
	} {
		w := newWorld(t, "good")
		if r := w.connect(c.args...); r.code != cli.ExitFine || !slices.Equal(w.browsers.ways(), c.want) {
			t.Errorf("%v: exit code %d, opened %v\n%s", c.args, r.code, w.browsers.ways(), r.err)
		}
	}
}

func TestConnectNeverGoesDownTheLadderSilently(t *testing.T) {
	w := newWorld(t, "good")
	w.browsers.installed[0].Policy = "forbids-private"
	r := w.connect()
	if r.code != cli.ExitUsage || !strings.Contains(r.err, "--user-consent takes: guest, plain, link") || len(w.browsers.ways()) != 0 {
		t.Errorf("exit code %d, opened %v\n%s", r.code, w.browsers.ways(), r.err)
	}
	w.browsers.installed = nil
	if r := w.connect("--name", "Second"); r.code != cli.ExitFailed || !strings.Contains(r.err, "Who must act: You") || len(w.browsers.ways()) != 0 {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}

func TestConnectSkipsTheAdminConsent(t *testing.T) {
	w := newWorld(t, "user-consents")
	r := w.connect("--admin-consent", "skip")
	if got := w.browsers.ways(); r.code != cli.ExitFine || !slices.Equal(got, []string{"private practice"}) {
		t.Fatalf("exit code %d, opened %v\n%s", r.code, got, r.err)
	}
	if got := w.list().Connectors[0]["adminConsent"]; got != "not-confirmed" {
		t.Errorf("admin consent: %v", got)
	}
}

func TestConnectElevated(t *testing.T) {
	w := newWorld(t, "good")
	w.browsers.elevated = true
	w.elevation = true
	got := failed{}
	if w.decode(w.connect("--json"), &got); got.Error.Kind != "elevated" || got.Error.ExitCode != cli.ExitFailed || len(w.browsers.ways()) != 0 {
		t.Errorf("%+v, opened %v", got, w.browsers.ways())
	}
}
