package cli_test

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/cli"
)

// setUpElsewhere gives the connector of that name an origin that this version does not know, with a fact of its own, as a newer version
// might.
func (w *world) setUpElsewhere(name string) {
	w.t.Helper()
	for _, path := range w.files() {
		file := map[string]any{}
		if err := json.Unmarshal([]byte(w.read(path)), &file); err != nil {
			w.t.Fatal(err)
		}
		c, _ := file["connector"].(map[string]any)
		if c["name"] != name {
			continue
		}
		c["origin"], c["orbit"], c["health"] = "orbit", map[string]any{"height": 400}, "levitating"
		text, err := json.MarshalIndent(file, "", "  ")
		if err == nil {
			err = os.WriteFile(path, text, 0o600)
		}
		if err != nil {
			w.t.Fatal(err)
		}
	}
}

// TestAConnectorOfAnotherOrigin is what a terminal does with a connector that a newer version set up in a way that this one does not know.
func TestAConnectorOfAnotherOrigin(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	if r := w.connect("--name", "Other"); r.code != cli.ExitFine {
		t.Fatalf("exit code %d\n%s", r.code, r.err)
	}
	keys := slices.Sorted(maps.Keys(w.list().Connectors[1]))
	w.setUpElsewhere("Other")
	items, opened := maps.Clone(w.keychain.items), len(w.browsers.ways())
	listed := w.list().Connectors[1]
	if got := slices.Sorted(maps.Keys(listed)); !slices.Equal(got, keys) || listed["name"] != "Other" {
		t.Errorf("list has %v, not the keys %v", listed, keys)
	}
	if r := w.run("list"); !strings.Contains(r.out, words("origin.other")) || strings.Contains(r.out, "[") {
		t.Errorf("list:\n%s", r.out)
	}
	for _, args := range [][]string{
		{"check", "Other"},
		{"token", "Other"},
		{"renew", "Other"},
		{"renew", "Other", "--user", w.newUser(), "--yes"},
		{"rename", "Other", "Mine"},
		{"record", "Other"},
		{"record", "Other", "-o", w.path("record.txt")},
	} {
		if r := w.run(args...); r.code != cli.ExitFailed || !strings.Contains(r.out+r.err, words("problem.other-origin.title")) {
			t.Errorf("%q: exit code %d\n%s%s", args, r.code, r.out, r.err)
		}
	}
	got := failed{}
	if w.decode(w.run("token", "Other", "--json"), &got); got.Error.Kind != "other-origin" || got.Error.ExitCode != cli.ExitFailed {
		t.Errorf("token --json: %+v", got)
	}
	w.checkAllSkips("Other")
	if r := w.run("rename", "Practice", "Mine"); r.code != cli.ExitFine {
		t.Errorf("rename: %s", r.err)
	}
	other := ""
	for _, path := range w.files() {
		other += w.read(path)
	}
	if text := other; !strings.Contains(text, `"height": 400`) || !strings.Contains(text, `"levitating"`) {
		t.Errorf("what the newer version keeps is lost:\n%s", text)
	}
	w.onlyOffTheList("Other", items)
	if ways := w.browsers.ways(); len(ways) != opened {
		t.Errorf("opened: %v", ways[opened:])
	}
}

// checkAllSkips holds that check --all skips a connector with a line, and that it is fine otherwise.
func (w *world) checkAllSkips(name string) {
	w.t.Helper()
	if r := w.run("check", "--all"); r.code != cli.ExitFine || !strings.Contains(r.out, name+"\n  "+words("cli.check.skipped")+"\n") {
		w.t.Errorf("check --all: exit code %d\n%s%s", r.code, r.out, r.err)
	}
	all := struct {
		Connectors []struct {
			Connector map[string]any
			Health    string
			Checks    []any
			Problem   map[string]any
			ExitCode  int
		}
	}{}
	w.decode(w.run("check", "--all", "--json"), &all)
	if len(all.Connectors) != 2 {
		w.t.Fatalf("check --all --json: %+v", all)
	}
	if first := all.Connectors[0]; len(first.Checks) == 0 || first.Problem != nil {
		w.t.Errorf("the other one: %+v", first)
	}
	if c := all.Connectors[1]; c.Problem["kind"] != "other-origin" || len(c.Checks) != 0 || c.Checks == nil || c.ExitCode != cli.ExitFine {
		w.t.Errorf("the skipped one: %+v", c)
	}
}

// onlyOffTheList removes a connector, and holds that its items stay in the keychain.
func (w *world) onlyOffTheList(name string, items map[string]string) {
	w.t.Helper()
	id, _ := w.list().Connectors[1]["id"].(string)
	if r := w.run("remove", name, "--yes"); r.code != cli.ExitFine || !strings.Contains(r.out, words("cli.remove.done-list", "Name", name)) {
		w.t.Errorf("remove: exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if left := w.list().Connectors; len(left) != 1 {
		w.t.Errorf("left: %v", left)
	}
	kept := 0
	for account, text := range items {
		if strings.Contains(account, id) {
			kept++
			if w.keychain.items[account] != text {
				w.t.Errorf("%s was touched", account)
			}
		}
	}
	if kept == 0 {
		w.t.Error("there was nothing to leave alone")
	}
}
