package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partner-center-connector/cli"
)

// damage writes something else into a file of the config folder.
func (w *world) damage(name, text string) {
	w.t.Helper()
	if err := os.WriteFile(w.path(filepath.Join("config", name)), []byte(text), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// twoConnectors makes two, and returns their IDs.
func (w *world) twoConnectors() (practice, second string) {
	w.t.Helper()
	w.mustConnect()
	if r := w.connect("--name", "Second"); r.code != cli.ExitFine {
		w.t.Fatal(r.err)
	}
	all := w.list().Connectors
	practice, _ = all[0]["id"].(string)
	second, _ = all[1]["id"].(string)
	return practice, second
}

// TestOneDamagedConnector holds that it hides no other one, is told wherever all are shown or checked, and can be removed by its ID.
func TestOneDamagedConnector(t *testing.T) {
	w := newWorld(t, "good")
	practice, second := w.twoConnectors()
	w.damage("connectors/"+practice+".json", `{"format": 3, "added": 1, "connector": {`)
	told := words("problem.list-damaged.title")
	if r := w.run("list"); r.code != cli.ExitFailed || !strings.Contains(r.out, "Second") || !strings.Contains(r.err, told) || !strings.Contains(r.err, practice+".json") {
		t.Errorf("list: exit code %d\n%s%s", r.code, r.out, r.err)
	}
	listed := struct {
		Connectors []map[string]any
		Unreadable []struct {
			ID      string
			Problem struct{ Kind, Raw string }
		}
	}{}
	w.decode(w.run("list", "--json"), &listed)
	if len(listed.Connectors) != 1 || len(listed.Unreadable) != 1 || listed.Unreadable[0].ID != practice || listed.Unreadable[0].Problem.Kind != "list-damaged" {
		t.Errorf("list --json: %+v", listed)
	}
	if r := w.run("check", "--all"); r.code != cli.ExitFailed || !strings.Contains(r.out, "Second\n") || !strings.Contains(r.err, told) {
		t.Errorf("check --all: exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if r := w.run("check", "Second"); r.code != cli.ExitFine || r.err != "" {
		t.Errorf("check: exit code %d\n%s", r.code, r.err)
	}
	if r := w.run("token", "Second"); r.code != cli.ExitFine || r.err != "" {
		t.Errorf("token of the other one: exit code %d\n%s", r.code, r.err)
	}
	for _, name := range []string{practice, "Practice"} {
		if r := w.run("token", name); r.code != cli.ExitFailed || !strings.Contains(r.err, told) {
			t.Errorf("token of %s: exit code %d\n%s", name, r.code, r.err)
		}
	}
	if r := w.runPlain(append(w.args([]string{"__complete", "token"}), "")...); !strings.HasPrefix(r.out, "Second\n") {
		t.Errorf("completed with %q", r.out)
	}
	if r := w.connect("--name", "Third"); r.code != cli.ExitFine || !strings.Contains(r.err, told) {
		t.Errorf("connect: exit code %d\n%s", r.code, r.err)
	}
	if r := w.run("remove", practice, "--yes"); r.code != cli.ExitFine {
		t.Errorf("remove: exit code %d\n%s", r.code, r.err)
	}
	for account := range w.keychain.items {
		if strings.Contains(account, practice) {
			t.Errorf("the keychain still has %s", account)
		}
	}
	if r := w.run("list"); r.code != cli.ExitFine || r.err != "" {
		t.Errorf("list, after it was removed: exit code %d\n%s", r.code, r.err)
	}
	if kept, _ := filepath.Glob(w.path("config/connectors-" + practice + ".damaged-*.json")); len(kept) != 1 {
		t.Errorf("kept aside: %v", kept)
	}
	w.damage("connectors/"+second+".json", "")
	if r := w.run("remove", "--all", "--yes"); r.code != cli.ExitFine || w.keychain.count() != 0 {
		t.Errorf("remove --all: exit code %d, %d items in the keychain\n%s", r.code, w.keychain.count(), r.err)
	}
}

// TestOneConnectorOfANewerVersion holds that it is told likewise, and left alone.
func TestOneConnectorOfANewerVersion(t *testing.T) {
	w := newWorld(t, "good")
	practice, _ := w.twoConnectors()
	const newer = `{"format": 4}`
	w.damage("connectors/"+practice+".json", newer)
	told := words("problem.list-newer.title")
	for _, args := range []string{"list", "check --all", "token Practice", "remove Practice --yes", "remove " + practice + " --yes", "remove --all --yes"} {
		if r := w.run(strings.Fields(args)...); r.code != cli.ExitFailed || !strings.Contains(r.err, told) {
			t.Errorf("%s: exit code %d\n%s%s", args, r.code, r.out, r.err)
		}
	}
	if got := w.read(w.path("config/connectors/" + practice + ".json")); got != newer {
		t.Errorf("it became %q", got)
	}
}

// TestDamagedMark has damage where the list of an older version would be: the connectors are there, and who knows what else was.
func TestDamagedMark(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	w.damage("connectors.json", "{")
	for range 2 {
		r := w.run("list")
		if r.code != cli.ExitFailed || !strings.Contains(r.out, "Practice") || !strings.Contains(r.err, "Who must act: You") {
			t.Errorf("list: exit code %d\n%s%s", r.code, r.out, r.err)
		}
	}
	if r := w.run("token", "Practice"); r.code != cli.ExitFine {
		t.Errorf("token: exit code %d\n%s", r.code, r.err)
	}
	if r := w.run("check", "--all"); r.code != cli.ExitFailed || !strings.Contains(r.err, "Who must act: You") {
		t.Errorf("check --all: exit code %d\n%s", r.code, r.err)
	}
	if r := w.run("list"); r.code != cli.ExitFine {
		t.Errorf("list, after a change: exit code %d\n%s", r.code, r.err)
	}
	if kept, _ := filepath.Glob(w.path("config/connectors.damaged-*.json")); len(kept) != 1 {
		t.Errorf("kept aside: %v", kept)
	}
}

func TestListsThatCannotBeRead(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	w.damage("drafts.json", "{")
	for _, args := range []string{"list", "connect --resume"} {
		if r := w.run(strings.Fields(args)...); r.code != cli.ExitFailed || !strings.Contains(r.err, "Who must act: You") {
			t.Errorf("%s: exit code %d\n%s", args, r.code, r.err)
		}
	}
	w.damage("connectors.json", `{"format": 4}`)
	for _, args := range []string{"list", "check --all", "token Practice", "remove --all --yes"} {
		if r := w.run(strings.Fields(args)...); r.code != cli.ExitFailed || !strings.Contains(r.err, words("problem.list-newer.title")) {
			t.Errorf("%s: exit code %d\n%s", args, r.code, r.err)
		}
	}
}
