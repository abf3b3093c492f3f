package cli_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/cli"
	"partner-center-connector/connector"
)

// runIn runs a command line in an environment, and under a policy.
func (w *world) runIn(env map[string]string, policy connector.Policy, args ...string) result {
	w.t.Helper()
	out, errs := &bytes.Buffer{}, &bytes.Buffer{}
	host := w.host("", out, errs)
	host.Getenv, host.Policy = func(name string) string { return env[name] }, policy
	code := cli.Main(w.t.Context(), host, args)
	return result{code, out.String(), errs.String()}
}

// policyOf is a policy that says one thing.
func policyOf(locked bool, name, text string) connector.Policy {
	return connector.Policy{Values: []connector.PolicyValue{{Name: name, Text: text, From: "/etc/policy.toml", Locked: locked}}}
}

// TestWhereTheLanguageComesFrom takes one place away after the other: then the next one counts.
func TestWhereTheLanguageComesFrom(t *testing.T) {
	w := newWorld(t, "good")
	chooses := func(language string) {
		change := func(connector.Settings) connector.Settings { return connector.Settings{Language: language} }
		if err := w.mustOpen().Store.ChangeSettings(change); err != nil {
			t.Fatal(err)
		}
	}
	const german, english = "Es gibt noch keinen Connector", "There is no connector yet"
	for _, c := range []struct {
		name           string
		policy         connector.Policy
		flag, variable string
		settings       string
		want           string
	}{
		{"locked", policyOf(true, "lang", "de"), "", "en", "en", german},
		{"flag", policyOf(false, "lang", "en"), "de", "en", "en", german},
		{"environment", policyOf(false, "lang", "en"), "", "de", "en", german},
		{"settings", policyOf(false, "lang", "en"), "", "", "de", german},
		{"default", policyOf(false, "lang", "de"), "", "", "", german},
		{"system", connector.Policy{}, "", "", "", english},
	} {
		t.Run(c.name, func(t *testing.T) {
			chooses(c.settings)
			args := w.args([]string{"list"})
			if c.flag != "" {
				args = append(args, "--lang", c.flag)
			}
			r := w.runIn(map[string]string{"PCC_LANG": c.variable}, c.policy, args...)
			if r.code != cli.ExitFine || !strings.Contains(r.out, c.want) {
				t.Errorf("exit code %d\n%s%s", r.code, r.out, r.err)
			}
		})
	}
	r := w.runIn(map[string]string{"PCC_LANG": "tlh"}, connector.Policy{}, w.args([]string{"list"})...)
	if want := `PCC_LANG names an unknown language, "tlh".`; r.code != cli.ExitUsage || !strings.Contains(r.err, want) {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}

// TestFolderAndCloudsOfTheEnvironment holds that both count, and that a flag is stronger.
func TestFolderAndCloudsOfTheEnvironment(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	env := map[string]string{"PCC_CONFIG_DIR": w.path("config"), "PCC_CLOUDS": w.path("clouds.toml")}
	if r := w.runIn(env, connector.Policy{}, "check", "Practice"); r.code != cli.ExitFine {
		t.Errorf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if r := w.runIn(env, connector.Policy{}, "list", "--config-dir", w.path("other")); r.code != cli.ExitFine || strings.Contains(r.out, "Practice") {
		t.Errorf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
	env["PCC_CLOUDS"] = w.path("absent.toml")
	if r := w.runIn(env, connector.Policy{}, "list"); r.code != cli.ExitUsage || !strings.Contains(r.err, "absent.toml") {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}

// TestOutput holds that both ways to ask for JSON are one, and that contradictions are refused.
func TestOutput(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	for _, c := range []struct {
		args string
		json bool
	}{
		{"list", false},
		{"list --output table", false},
		{"list --output=table", false},
		{"list --json=false", false},
		{"list --json", true},
		{"list --output json", true},
		{"--output json list", true},
		{"list --output=json --json", true},
		{"status Practice --output json", true},
		{"version --output json", true},
		{"record Practice --output json", true},
		{"record Practice --output table", false},
		{"check Practice --quiet --output json", true},
	} {
		r := w.run(strings.Fields(c.args)...)
		if isJSON := json.Valid([]byte(r.out)); r.code != cli.ExitFine || isJSON != c.json {
			t.Errorf("%s: exit code %d, JSON %t\n%s%s", c.args, r.code, isJSON, r.out, r.err)
		}
	}
	for args, want := range map[string]string{
		"list --json --output table":                  "--json and --output table contradict each other.",
		"list --output table --json":                  "--json and --output table contradict each other.",
		"list --output json --json=false":             "--json=false and --output json contradict each other.",
		"token Practice --format json --output table": "--format json and --output table contradict each other.",
		"token Practice --output json --format env":   "With --output json there is no other form. Leave out --output json or --format env.",
	} {
		r := w.run(strings.Fields(args)...)
		if r.code != cli.ExitUsage || !strings.Contains(plain(r.out+r.err), want) {
			t.Errorf("%s: exit code %d\n%s%s", args, r.code, r.out, r.err)
		}
	}
	if r := w.run("check", "Nobody", "--output", "json"); r.code != cli.ExitFailed || !json.Valid([]byte(r.out)) {
		t.Errorf("an error: exit code %d\n%s%s", r.code, r.out, r.err)
	}
}

// TestQuiet holds that results and errors are all there is.
func TestQuiet(t *testing.T) {
	w := newWorld(t, "good")
	r := w.connect("--quiet")
	if r.code != cli.ExitFine || !strings.HasPrefix(r.out, "Saved: Practice.") || strings.Count(r.out, "\n") != 1 || r.err != "" {
		t.Errorf("connect: exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if r := w.run("check", "Practice", "--quiet"); r != (result{}) {
		t.Errorf("check: exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if r := w.run("record", "Practice", "--quiet", "--file", w.path("record.txt")); r != (result{}) || !exists(w.path("record.txt")) {
		t.Errorf("record: exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if r := w.run("check", "Practise", "--quiet"); r.code != cli.ExitFailed || r.err != words("cli.error.no-connector", "Name", "Practise")+" Did you mean: Practice?\n" {
		t.Errorf("an error: exit code %d\n%s", r.code, r.err)
	}
	if r := w.run("list", "--quiet"); !strings.Contains(r.out, "Practice") {
		t.Errorf("list: %s", r.out)
	}
}

// TestUnknownConnector holds that it is no wrong use, and that the nearest names are told.
func TestUnknownConnector(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	for _, args := range []string{
		"check Practise", "token Practise", "renew Practise --no-input", "remove Practise --yes", "rename Practise New", "record Practise", "status Practise",
		"handover keyvault Practise --yes --vault " + w.vault("contoso"),
	} {
		r := w.run(strings.Fields(args)...)
		want := []string{words("cli.error.no-connector", "Name", "Practise"), "Did you mean: Practice?"}
		missing := slices.ContainsFunc(want, func(text string) bool { return !strings.Contains(r.err, text) })
		if r.code != cli.ExitFailed || missing || strings.Contains(r.err, "pcc help") {
			t.Errorf("%s: exit code %d\n%s", args, r.code, r.err)
		}
		got := failed{}
		if w.decode(w.run(append(strings.Fields(args), "--json")...), &got); got.Error.Kind != "unknown-connector" || got.Error.ExitCode != cli.ExitFailed {
			t.Errorf("%s: %+v", args, got)
		}
	}
	if r := w.run("check", "Fabrikam"); strings.Contains(r.err, "Did you mean") {
		t.Errorf("nothing is near it: %s", r.err)
	}
}
