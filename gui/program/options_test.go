package program

import (
	"bytes"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"partner-center-connector/assets"
	"partner-center-connector/auth/browser"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/rehearsal"
)

// TestBrowserTakesEveryFamily takes each family that can open a private window, and names them all to who asks for another.
func TestBrowserTakesEveryFamily(t *testing.T) {
	for _, f := range browser.Families() {
		if _, err := parse([]string{"--rehearse", "--browser", string(f)}, connector.Policy{}, &bytes.Buffer{}); err != nil {
			t.Errorf("%s: %v", f, err)
		}
	}
	said := &bytes.Buffer{}
	if _, err := parse([]string{"--rehearse", "--browser", string(browser.Other)}, connector.Policy{}, said); err == nil {
		t.Error("another family was taken")
	}
	for _, f := range browser.Families() {
		if !strings.Contains(said.String(), string(f)) {
			t.Errorf("%s is not named: %s", f, said)
		}
	}
}

// TestCommandFlags makes a command that can be typed in any folder.
func TestCommandFlags(t *testing.T) {
	full, err := filepath.Abs("practice.toml")
	if err != nil {
		t.Fatal(err)
	}
	for want, o := range map[string]options{
		"":                        {},
		`--clouds "` + full + `"`: {cloudsFile: "practice.toml"},
		`--config-dir "` + filepath.Dir(full) + `" --clouds "` + full + `"`: {configDir: ".", cloudsFile: full},
	} {
		if got := o.commandFlags(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestLinksBelongToAnUnattendedRehearsal holds that --links is refused where nothing would go by it.
func TestLinksBelongToAnUnattendedRehearsal(t *testing.T) {
	tr := assets.NewTranslator(assets.SystemLanguage())
	for want, args := range map[string][]string{
		"links": {"--rehearse", "--links"}, "only-rehearse": {"--unattended", "--links"}, "": {"--rehearse", "--unattended", "--links", "--scenario", "links-common"},
	} {
		var said strings.Builder
		o, err := parse(args, connector.Policy{}, &said)
		if want == "" {
			if err != nil || !o.links {
				t.Errorf("%q: %+v, %v", args, o, err)
			}
			continue
		}
		if sentence := tr.Text("start.error."+want, nil); err == nil || !strings.Contains(said.String(), sentence) {
			t.Errorf("%q: %v, want %q", args, err, sentence)
		}
	}
}

// TestSignInsApart holds what counts as two sign-ins that share no cookies.
func TestSignInsApart(t *testing.T) {
	const app = "5e0a11c0-a000-4000-8000-000000000004"
	admin, user := rehearsal.SignIn{Admin: true, ClientID: app, Jar: 1}, rehearsal.SignIn{ClientID: app, Jar: 2}
	together, another := user, user
	together.Jar, another.ClientID = 1, "5e0a11c0-a000-4000-8000-000000000001"
	for name, c := range map[string]struct {
		journal rehearsal.Journal
		want    bool
	}{
		"two jars":             {rehearsal.Journal{SignIns: []rehearsal.SignIn{admin, user}}, true},
		"one jar":              {rehearsal.Journal{SignIns: []rehearsal.SignIn{admin, together}}, false},
		"a second try in both": {rehearsal.Journal{SignIns: []rehearsal.SignIn{admin, user, together}}, false},
		"nobody else":          {rehearsal.Journal{SignIns: []rehearsal.SignIn{admin}}, false},
		"of another app":       {rehearsal.Journal{SignIns: []rehearsal.SignIn{admin, another}}, false},
		"a cookie was seen":    {rehearsal.Journal{SignIns: []rehearsal.SignIn{admin, user}, AdminCookieSeenAtUserConsent: true}, false},
	} {
		if got := apart(c.journal, app); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestALinkIsNoArgument holds that a link of another product is refused without being said again: other programs can read what is said, and it has
// a state.
func TestALinkIsNoArgument(t *testing.T) {
	const foreign = "login.microsoftonline.com/contoso.example/adminconsent?client_id=5f0c4a1e-7d3b-4c2a-9e8f-1b2c3d4e5f60&state=unguessable"
	tr := assets.NewTranslator(assets.SystemLanguage())
	for _, args := range [][]string{{foreign}, {"https://" + foreign}, {"more", "https://" + foreign}} {
		var said strings.Builder
		if _, err := parse(args, connector.Policy{}, &said); err == nil || said.String() != tr.Text("start.error.link-argument", nil)+"\n" {
			t.Errorf("%q: %v, says %q", args, err, said.String())
		}
	}
}

// TestAConnectorIsNamedOnTheCommandLine holds that a rehearsal, which has none of the saved ones, says so.
func TestAConnectorIsNamedOnTheCommandLine(t *testing.T) {
	o, err := parse([]string{"--connector", "c-1"}, connector.Policy{}, &bytes.Buffer{})
	if err != nil || o.connectorID != "c-1" || asked(o.connectorID) != (wizard.ShowConnector{ID: "c-1"}) {
		t.Errorf("%q, %v", o.connectorID, err)
	}
	if o, err := parse(nil, connector.Policy{}, &bytes.Buffer{}); err != nil || asked(o.connectorID) != (wizard.ComeForward{}) {
		t.Errorf("without: %q, %v", o.connectorID, err)
	}
	said := &bytes.Buffer{}
	if _, err := parse([]string{"--rehearse", "--connector", "c-1"}, connector.Policy{}, said); err == nil || !strings.Contains(said.String(), "--connector") {
		t.Errorf("in a rehearsal: %v, %s", err, said)
	}
}

// TestOptionsOfTheEnvironment holds that a variable counts where the command line says nothing, and an empty one never.
func TestOptionsOfTheEnvironment(t *testing.T) {
	for _, c := range []struct {
		name, env string
		args      []string
		want      options
	}{
		{"environment", "set", nil, options{configDir: "/env", cloudsFile: "env.toml", language: "de"}},
		{"flags", "set", []string{"--config-dir", "/flag", "--clouds", "flag.toml", "--lang", "en"}, options{configDir: "/flag", cloudsFile: "flag.toml", language: "en"}},
		{"empty", "", []string{"--lang", "en"}, options{language: "en"}},
		{"rehearsal", "set", []string{"--rehearse"}, options{language: "de"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for name, value := range map[string]string{"PCC_CONFIG_DIR": "/env", "PCC_CLOUDS": "env.toml", "PCC_LANG": "de"} {
				if c.env == "" {
					value = ""
				}
				t.Setenv(name, value)
			}
			var said strings.Builder
			o, err := parse(c.args, connector.Policy{}, &said)
			if got := (options{configDir: o.configDir, cloudsFile: o.cloudsFile, language: o.language}); err != nil || !reflect.DeepEqual(got, c.want) {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
	t.Setenv("PCC_LANG", "tlh")
	var said strings.Builder
	if _, err := parse(nil, connector.Policy{}, &said); err == nil || !strings.Contains(said.String(), "PCC_LANG") {
		t.Errorf("%v: %s", err, &said)
	}
}
