package cli_test

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"partner-center-connector/cli"
	"partner-center-connector/connector"
	"partner-center-connector/connector/policy"
)

// under runs a command line under a policy, with the world's own folder and clouds.
func (w *world) under(p connector.Policy, args ...string) result {
	w.t.Helper()
	return w.runIn(nil, p, w.args(args)...)
}

// jsonSource is what doctor says of a setting.
type jsonSource struct {
	Name, Value, Source, From string
	Values                    []string
	Locked                    bool
}

// doctored is what doctor says of all of them.
type doctored struct {
	Examinations []struct {
		ID, State, Detail string
		Problem           *struct{ Kind, Raw string }
	}
	Policy struct {
		Settings []jsonSource
		Usable   bool
	}
}

func (d doctored) source(name string) jsonSource {
	for _, s := range d.Policy.Settings {
		if s.Name == name {
			return s
		}
	}
	return jsonSource{}
}

// TestWhereValuesComeFrom takes one place away after the other, the strongest first: then the next one counts, and doctor names it.
func TestWhereValuesComeFrom(t *testing.T) {
	w := newWorld(t, "good")
	w.withPreset(`client-id = "00000000-0000-4000-8000-000000000001"`)
	const from = "/etc/policy.toml"
	keeps := func(s connector.Settings) {
		if err := w.mustOpen().Store.ChangeSettings(func(connector.Settings) connector.Settings { return s }); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name       string
		policy     connector.Policy
		flag, env  string
		settings   string
		want, from string
		of         string
	}{
		{"policy", policyOf(true, "lang", "de"), "de", "en", "en", "de", "policy", from},
		{"flag", policyOf(false, "lang", "en"), "de", "en", "en", "de", "flag", ""},
		{"environment", policyOf(false, "lang", "en"), "", "de", "en", "de", "environment", ""},
		{"settings", policyOf(false, "lang", "en"), "", "", "de", "de", "settings", ""},
		{"recommended", policyOf(false, "lang", "de"), "", "", "", "de", "policy-default", from},
		{"nothing", connector.Policy{}, "", "", "", "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			keeps(connector.Settings{Language: c.settings})
			args := w.args([]string{"doctor", "--json"})
			if c.flag != "" {
				args = append(args, "--lang", c.flag)
			}
			got := doctored{}
			w.decode(w.runIn(map[string]string{"PCC_LANG": c.env}, c.policy, args...), &got)
			if s := got.source("lang"); s.Value != c.want || s.Source != c.from || s.From != c.of || s.Locked != (c.from == "policy") {
				t.Errorf("%+v", s)
			}
		})
	}
	for source, p := range map[string]connector.Policy{"policy": policyOf(true, "client-id", practiceClientID), "policy-default": policyOf(false, "client-id", practiceClientID), "preset": {}} {
		got := doctored{}
		w.decode(w.under(p, "doctor", "--json"), &got)
		want := practiceClientID
		if source == "preset" {
			want = "00000000-0000-4000-8000-000000000001"
		}
		if s := got.source("client-id"); s.Value != want || s.Source != source {
			t.Errorf("%s: %+v", source, s)
		}
	}
}

// practiceClientID is no app registration of anybody.
const practiceClientID = "00000000-0000-4000-8000-000000000002"

// TestAFlagAgainstAPolicyIsRefused holds that it is not left out silently, and that the policy is named; a flag that says the same is fine.
func TestAFlagAgainstAPolicyIsRefused(t *testing.T) {
	w := newWorld(t, "good")
	for flag, c := range map[string]struct{ policy, good, bad string }{
		"--lang":       {"lang", "en", "de"},
		"--config-dir": {"config-dir", w.path("config"), w.path("other")},
		"--clouds":     {"clouds", w.path("clouds.toml"), w.path("other.toml")},
	} {
		locked := policyOf(true, c.policy, c.good)
		if r := w.under(locked, "list"); r.code != cli.ExitFine {
			t.Errorf("%s: exit code %d\n%s", flag, r.code, r.err)
		}
		r := w.runIn(nil, locked, "list", flag, c.bad)
		if want := words("cli.error.policy-flag", "Flag", flag, "Value", c.bad, "Locked", c.good, "From", "/etc/policy.toml"); r.code != cli.ExitUsage || !strings.Contains(plain(r.err), plain(want)) {
			t.Errorf("%s: exit code %d\n%s", flag, r.code, r.err)
		}
	}
	// A schedule that was set up before goes on, by the policy.
	if r := w.runIn(nil, policyOf(true, "config-dir", w.path("config")), "check", "--all", "--scheduled", "--config-dir", w.path("other"), "--clouds", w.path("clouds.toml")); r.code != cli.ExitFine || exists(w.path("other")) {
		t.Errorf("scheduled: exit code %d\n%s", r.code, r.err)
	}
}

// TestAPolicyFillsTheConnectorIn holds that a locked value counts for a new connector without a flag, and that a flag against it is refused.
func TestAPolicyFillsTheConnectorIn(t *testing.T) {
	w := newWorld(t, "good")
	w.withPreset(`product = "Fabrikam Billing"`)
	locked := policyOf(true, "client-id", w.facts.ClientID)
	args := []string{"connect", "--tenant", w.facts.Domain, "--user", w.facts.IntegrationUPN, "--no-input", "--yes", "--name", "Practice", "--client-kind", "public"}
	r := w.under(locked, append(args, "--client-id", practiceClientID)...)
	if r.code != cli.ExitUsage || !strings.Contains(r.err, "/etc/policy.toml") {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}

// TestForbiddenClouds holds that nobody is asked in a cloud that is not allowed, and that a policy that can't be used allows none.
func TestForbiddenClouds(t *testing.T) {
	w := newWorld(t, "good")
	for name, p := range map[string]connector.Policy{
		"another": {Values: []connector.PolicyValue{{Name: "allowed-clouds", List: []string{"usgov"}, From: "/p", Locked: true}}},
		"none":    {Values: []connector.PolicyValue{{Name: "allowed-clouds", From: "/p", Locked: true}}},
	} {
		got := struct{ Error struct{ Kind string } }{}
		r := w.runIn(nil, p, "token", "Practice", "--vault", "https://contoso.vault.azure.net", "--cloud", "global", "--json")
		if w.decode(r, &got); r.code == cli.ExitFine || got.Error.Kind != "cloud-forbidden" {
			t.Errorf("%s: exit code %d\n%s%s", name, r.code, r.out, r.err)
		}
	}
}

// TestTheDailyCheckIsTurnedOff holds that it is not set up, and that one which is there checks nothing and can be removed.
func TestTheDailyCheckIsTurnedOff(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	off := policyOf(true, "daily-check", "off")
	r := w.under(off, "check", "--all", "--scheduled")
	if r.code != cli.ExitFailed || !strings.Contains(r.err, words("problem.schedule-forbidden.title")) {
		t.Errorf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if r := w.under(off, "check", "--all"); r.code != cli.ExitFine {
		t.Errorf("by hand: exit code %d\n%s", r.code, r.err)
	}
	s := &schedules{}
	w.schedules = s
	title, only := words("settings.policy.daily-check"), words("settings.policy.set", "From", "/etc/policy.toml")
	for _, command := range []string{"status", "remove"} {
		r := w.under(off, "schedule", command)
		if !strings.Contains(plain(r.out), plain(title)) || !strings.Contains(plain(r.out), plain(only)) || strings.Contains(r.out, "pcc schedule install") {
			t.Errorf("%s without one: exit code %d\n%s%s", command, r.code, r.out, r.err)
		}
	}
	// The system runs it, and yet nothing is checked.
	s.now = connector.Schedule{Kind: connector.ScheduleSystemd, Installed: true, Active: true}
	there := words("settings.policy.daily-check.there", "From", "/etc/policy.toml")
	if r := w.under(off, "schedule", "status"); r.code != cli.ExitFailed || !strings.Contains(plain(r.out), plain(there)) || strings.Contains(r.out, words("cli.schedule.active", "Kind", "a systemd timer of your account")) {
		t.Errorf("status: exit code %d\n%s%s", r.code, r.out, r.err)
	}
	got := struct {
		Schedule struct{ Active, Forbidden bool }
	}{}
	r = w.under(off, "schedule", "status", "--json")
	if w.decode(r, &got); r.code != cli.ExitFailed || !got.Schedule.Active || !got.Schedule.Forbidden {
		t.Errorf("status --json: exit code %d, %+v", r.code, got)
	}
}

// TestDoctorTellsWhatCannotBeUsed reads a real file, as the programs do.
func TestDoctorTellsWhatCannotBeUsed(t *testing.T) {
	w := newWorld(t, "good")
	path := w.path("policy.toml")
	if err := os.WriteFile(path, []byte("theme = \"dark\"\nlog = \"loud\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := policy.ReadFile(path, func(string) bool { return true })
	p.Values = append(p.Values, connector.PolicyValue{Name: "lang", Text: "en", From: path})
	r := w.under(p, "doctor")
	if !regexp.MustCompile(`(?m)^ +theme: dark`).MatchString(r.out) || !regexp.MustCompile(`(?m)^ +lang: en`).MatchString(r.out) {
		t.Errorf("not a line for each value:\n%s", r.out)
	}
	for _, want := range []string{path + ", line 2", "The value loud does not exist", "theme: dark, set in " + path, "An administrator of this computer"} {
		if !strings.Contains(plain(r.out), plain(want)) {
			t.Errorf("%q is not in\n%s", want, r.out)
		}
	}
	out, errs := &bytes.Buffer{}, &bytes.Buffer{}
	host := w.host("", out, errs)
	host.Policy = policyOf(true, "log", "off")
	if code := cli.Main(t.Context(), host, []string{"list", "--config-dir", w.path("silent")}); code != cli.ExitFine || exists(w.path("silent/log")) {
		t.Errorf("exit code %d; the log is written although it is turned off", code)
	}
}

// TestDoctorUnderAPolicyThatSaysNothing holds that a policy which can't be used is not called absent.
func TestDoctorUnderAPolicyThatSaysNothing(t *testing.T) {
	w := newWorld(t, "good")
	path := w.path("policy.toml")
	if err := os.WriteFile(path, []byte("lang = de\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		protected bool
		fault     string
	}{{true, "policy.fault.syntax"}, {false, "policy.fault.changeable"}} {
		r := w.under(policy.ReadFile(path, func(string) bool { return c.protected }), "doctor")
		if !strings.Contains(plain(r.out), plain(words(c.fault))) || strings.Contains(plain(r.out), plain(words("cli.doctor.policy-none", "Paths", path))) {
			t.Errorf("%s:\n%s", c.fault, r.out)
		}
	}
}

func TestTheEnvironmentsHelpNamesPolicies(t *testing.T) {
	w := newWorld(t, "good")
	if r := w.run("help", "environment"); !strings.Contains(plain(r.out), plain(words("cli.environment.policy"))) {
		t.Errorf("%s", r.out)
	}
}
