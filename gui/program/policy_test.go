package program

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partner-center-connector/connector"
	"partner-center-connector/connector/policy"
	"partner-center-connector/connector/wizard"
)

// policyFile reads a real file, as the program does where only an administrator can change it.
func policyFile(t *testing.T, text string) connector.Policy {
	t.Helper()
	path := filepath.Join(t.TempDir(), "policy.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return policy.ReadFile(path, func(string) bool { return true })
}

// TestWhatCountsInTheWindow takes one place away after the other, the strongest first: then the next one counts. It is the table that pcc has too.
func TestWhatCountsInTheWindow(t *testing.T) {
	for _, c := range []struct {
		name, policy, flag, env, settings string
		want                              string
	}{
		{"policy", `lang = "de"`, "", "en", "en", "de"},
		{"flag", "[recommended]\nlang = \"en\"", "de", "en", "en", "de"},
		{"environment", "[recommended]\nlang = \"en\"", "", "de", "en", "de"},
		{"settings", "[recommended]\nlang = \"en\"", "", "", "de", "de"},
		{"recommended", "[recommended]\nlang = \"de\"", "", "", "", "de"},
		{"the system, by policy", `lang = "system"`, "", "en", "en", ""},
		{"nothing", "", "", "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("PCC_LANG", c.env)
			t.Setenv("PCC_CONFIG_DIR", "")
			t.Setenv("PCC_CLOUDS", "")
			args := []string{}
			if c.flag != "" {
				args = append(args, "--lang", c.flag)
			}
			o, err := parse(args, policyFile(t, c.policy), &strings.Builder{})
			if err != nil {
				t.Fatal(err)
			}
			s := wizard.State{Settings: connector.Settings{Language: c.settings}, Given: o.given(), Policy: o.policy}
			if got := s.Chosen().Language; got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// TestPathsOfAPolicy holds that a locked path counts before the environment, a recommended one after it, and neither in a rehearsal.
func TestPathsOfAPolicy(t *testing.T) {
	t.Setenv("PCC_CLOUDS", "")
	locked, recommended := filepath.Join(t.TempDir(), "locked"), filepath.Join(t.TempDir(), "recommended")
	quoted := func(path string) string { return "config-dir = '" + path + "'" }
	for name, c := range map[string]struct {
		policy, env string
		args        []string
		want        string
	}{
		"locked":                  {quoted(locked), "/env", nil, locked},
		"environment":             {"[recommended]\n" + quoted(recommended), "/env", nil, "/env"},
		"recommended":             {"[recommended]\n" + quoted(recommended), "", nil, recommended},
		"a rehearsal":             {quoted(locked), "/env", []string{"--rehearse"}, ""},
		"a rehearsal with a flag": {quoted(locked), "", []string{"--rehearse", "--config-dir", "/own"}, "/own"},
	} {
		t.Setenv("PCC_CONFIG_DIR", c.env)
		if o, err := parse(c.args, policyFile(t, c.policy), &strings.Builder{}); err != nil || o.configDir != c.want {
			t.Errorf("%s: %q, %v", name, o.configDir, err)
		}
	}
}

// TestAFlagOfTheWindowAgainstAPolicyIsRefused holds that the policy is named.
func TestAFlagOfTheWindowAgainstAPolicyIsRefused(t *testing.T) {
	p := policyFile(t, "lang = \"de\"\ntheme = \"dark\"")
	for _, args := range [][]string{{"--lang", "en"}, {"--theme", "light"}} {
		var said strings.Builder
		if _, err := parse(args, p, &said); err == nil || !strings.Contains(said.String(), p.Places[0]) || !strings.Contains(said.String(), args[0]) {
			t.Errorf("%q: %v, %s", args, err, said.String())
		}
	}
	if _, err := parse([]string{"--lang", "de", "--theme", "dark"}, p, &strings.Builder{}); err != nil {
		t.Error(err)
	}
}
