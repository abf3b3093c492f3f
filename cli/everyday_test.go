package cli_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"partner-center-connector/cli"
	"partner-center-connector/connector/checks"
)

// newUser is an account that is as good as the integration user, but another person.
func (w *world) newUser() string {
	w.t.Helper()
	for _, p := range w.facts.People {
		if p.Role == "colleague" {
			return p.UPN
		}
	}
	w.t.Fatal("the practice cloud has no colleague")
	return ""
}

func TestChangeTheIntegrationUser(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	before := w.list().Connectors[0]
	w.clock.forward(time.Hour)
	if err := w.cloud.SetScenario("wrong-user"); err != nil { // the colleague signs in
		t.Fatal(err)
	}
	r := w.run("renew", "Practice", "--user", w.newUser(), "--yes")
	after := w.list()
	if r.code != cli.ExitFine || len(after.Connectors) != 1 || len(after.Drafts) != 0 {
		t.Fatalf("exit code %d, %+v\n%s", r.code, after, r.err)
	}
	got := after.Connectors[0]
	if got["id"] != before["id"] || got["user"] != w.newUser() || got["userObjectId"] == before["userObjectId"] || got["name"] != "Practice" {
		t.Errorf("%v became %v", before, got)
	}
	if !strings.Contains(r.err, words("detail.change-user.text", "UPN", w.facts.IntegrationUPN)) {
		t.Errorf("it is not said what happens:\n%s", r.err)
	}
	if r := w.run("token", "Practice"); r.code != cli.ExitFine {
		t.Errorf("token: %s", r.err)
	}
	// From now on only the new account counts.
	failed := failed{}
	if err := w.cloud.SetScenario("good"); err != nil {
		t.Fatal(err)
	}
	if w.decode(w.run("renew", "Practice", "--json"), &failed); failed.Error.Kind != "other-account" {
		t.Errorf("the old account: %+v", failed)
	}
}

// TestTheOldUserStaysUntilTheNewOneIsVerified lets another account sign in than the one that was named.
func TestTheOldUserStaysUntilTheNewOneIsVerified(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	before := w.list().Connectors[0]
	got := failed{}
	w.decode(w.run("renew", "Practice", "--user", w.newUser(), "--yes", "--json"), &got)
	if got.Error.Kind != "wrong-user" || got.Error.DraftID != "" {
		t.Errorf("%+v", got)
	}
	after := w.list()
	if len(after.Drafts) != 0 || after.Connectors[0]["userObjectId"] != before["userObjectId"] || after.Connectors[0]["consented"] != before["consented"] {
		t.Errorf("%v became %v", before, after)
	}
	if r := w.run("token", "Practice"); r.code != cli.ExitFine {
		t.Errorf("the old credential is gone: %s", r.err)
	}
	if r := w.run("check", "Practice"); r.code != cli.ExitFine {
		t.Errorf("exit code %d\n%s", r.code, r.out)
	}
}

func TestANewUserIsAskedAbout(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	opened := len(w.browsers.ways())
	if r := w.run("renew", "Practice", "--user", w.newUser()); r.code != cli.ExitUsage || !strings.Contains(r.err, words("cli.error.yes-user")) {
		t.Errorf("unasked: exit code %d\n%s", r.code, r.err)
	}
	if r := w.run("renew", "Practice", "--user", "nobody", "--yes"); r.code != cli.ExitUsage || !strings.Contains(r.err, "--user") {
		t.Errorf("no account: exit code %d\n%s", r.code, r.err)
	}
	if got := len(w.browsers.ways()); got != opened {
		t.Errorf("%d windows were opened", got-opened)
	}
	if r := w.run("renew", "Practice", "--user", strings.ToUpper(w.facts.IntegrationUPN)); r.code != cli.ExitFine {
		t.Errorf("the same account: exit code %d\n%s", r.code, r.err)
	}
}

func TestRename(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	if r := w.connect("--name", "Other"); r.code != cli.ExitFine {
		t.Fatal(r.err)
	}
	for args, want := range map[string]string{
		"Practice":            words("cli.error.new-name"),
		"Practice other":      words("reason.name-taken"),
		"Practice N\x1b[31mw": words("reason.name-unreadable"),
		"Practice New more":   words("cli.error.argument", "Value", "more"),
	} {
		if r := w.run(append([]string{"rename"}, strings.Fields(args)...)...); r.code != cli.ExitUsage || !strings.Contains(r.err, want) {
			t.Errorf("%s: exit code %d\n%s", args, r.code, r.err)
		}
	}
	if r := w.run("rename", "Practice", " "); r.code != cli.ExitUsage {
		t.Errorf("no name: exit code %d", r.code)
	}
	if r := w.run("rename", "practice", " Contoso Süd "); r.code != cli.ExitFine || !strings.Contains(r.out, "Contoso Süd") {
		t.Fatalf("exit code %d\n%s", r.code, r.err)
	}
	if r := w.run("token", "contoso süd"); r.code != cli.ExitFine {
		t.Errorf("token: %s", r.err)
	}
}

func TestConsentRecord(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	text := w.run("record", "Practice")
	for _, want := range []string{w.facts.IntegrationUPN, w.facts.TenantID, w.facts.Domain, w.clientID(w.facts.ClientKind), "not signed", "1.2.3"} {
		if text.code != cli.ExitFine || !strings.Contains(text.out, want) {
			t.Errorf("exit code %d, no %q in\n%s%s", text.code, want, text.out, text.err)
		}
	}
	got := struct {
		Format       string
		AdminConsent struct{ Status string }
		Scopes       []struct {
			API     string
			Granted []string
		}
		Checks []struct {
			ID, State, At string
			Evidence      []string
		}
	}{}
	asJSON := w.run("record", "Practice", "--json")
	w.decode(asJSON, &got)
	if got.Format == "" || got.AdminConsent.Status != "reported" || len(got.Checks) != len(checks.Order()) || len(got.Scopes) != 2 {
		t.Errorf("%+v", got)
	}
	for _, s := range got.Scopes {
		if len(s.Granted) == 0 {
			t.Errorf("nothing is granted for %s", s.API)
		}
	}
	for _, c := range got.Checks {
		if _, err := time.Parse(time.RFC3339, c.At); err != nil || len(c.Evidence) == 0 {
			t.Errorf("%+v", c)
		}
	}
	w.noSecrets(text.out, asJSON.out)
}

func TestConsentRecordInAFile(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	path := w.path("record.txt")
	if r := w.run("record", "Practice", "-o", path); r.code != cli.ExitFine || r.out != "" || !strings.Contains(r.err, path) {
		t.Fatalf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if r := w.run("record", "Practice", "--output", path, "--json"); r.code != cli.ExitUsage || !strings.Contains(r.out, "--replace") {
		t.Errorf("there already: exit code %d\n%s", r.code, r.err)
	}
	data := w.read(path)
	if !strings.Contains(data, w.facts.IntegrationUPN) || json.Valid([]byte(data)) {
		t.Errorf("%s", data)
	}
	if r := w.run("record", "Practice", "-o", path, "--json", "--replace"); r.code != cli.ExitFine {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
	if again := w.read(path); !json.Valid([]byte(again)) {
		t.Errorf("%s", again)
	}
	w.noSecrets(data, w.read(path))
	for _, bad := range []string{w.dir, w.path("nowhere/record.txt")} {
		if r := w.run("record", "Practice", "-o", bad); r.code == cli.ExitFine || !strings.Contains(r.err, bad) {
			t.Errorf("%s: exit code %d\n%s", bad, r.code, r.err)
		}
	}
	if r := w.run("record", "Practice", "-o", ""); r.code != cli.ExitUsage {
		t.Errorf("no file: exit code %d", r.code)
	}
}

func (w *world) read(path string) string {
	w.t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		w.t.Fatal(err)
	}
	return string(data)
}

// TestAFailingScriptLeavesOneDraft holds that a script which is run again and again goes on with its own draft, and with no other.
func TestAFailingScriptLeavesOneDraft(t *testing.T) {
	w := newWorld(t, "declined")
	for range 3 {
		if r := w.connect(); r.code == cli.ExitFine {
			t.Fatalf("exit code %d\n%s", r.code, r.err)
		}
	}
	drafts := w.list().Drafts
	if len(drafts) != 1 {
		t.Fatalf("%d drafts", len(drafts))
	}
	r := w.connect()
	if id, _ := drafts[0]["id"].(string); !strings.Contains(r.err, "draft "+id[:8]) {
		t.Errorf("it is not said:\n%s", r.err)
	}
	if err := w.cloud.SetScenario("good"); err != nil {
		t.Fatal(err)
	}
	other := w.connectArgs()
	other[slices.Index(other, "--user")+1] = w.newUser()
	if r := w.runWith(w.facts.ClientSecret+"\n", other...); r.code == cli.ExitFine || len(w.list().Drafts) != 2 {
		t.Errorf("another account: exit code %d, %d drafts", r.code, len(w.list().Drafts))
	}
	w.mustConnect()
	if l := w.list(); len(l.Drafts) != 1 || len(l.Connectors) != 1 || l.Connectors[0]["id"] != drafts[0]["id"] {
		t.Errorf("%+v", l)
	}
}

func TestTheSameAppTwiceIsWarnedOf(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	r := w.connect("--name", "Again")
	if r.code != cli.ExitFine || !strings.Contains(r.err, words("page.connector.duplicate")) {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}

func TestAPersonIsAskedAboutANewUser(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	before, opened := w.list().Connectors[0], len(w.browsers.ways())
	question := words("detail.change-user.title", "Name", "Practice")
	if r := w.sit([]step{answer(question, "n")}, "renew", "Practice", "--user", w.newUser()); r.code != cli.ExitFailed {
		t.Errorf("no: exit code %d\n%s", r.code, r.err)
	}
	if after := w.list().Connectors[0]; after["user"] != before["user"] || len(w.browsers.ways()) != opened {
		t.Errorf("changed though the answer was no: %v", after)
	}
}
