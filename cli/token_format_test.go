package cli_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"partner-center-connector/cli"
)

// TestTokenForms holds what each reader of a token gets, to the byte.
func TestTokenForms(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	cloud, found := w.mustOpen().Ports.Clouds.Cloud("rehearsal")
	if !found {
		t.Fatal("there is no practice cloud")
	}
	for resource, base := range map[string]string{"partnercenter": cloud.PartnerCenter, "graph": cloud.Graph} {
		got := token{}
		w.decode(w.run("token", "Practice", "--resource", resource, "--json"), &got)
		expires, err := time.Parse(time.RFC3339, got.ExpiresOn)
		if err != nil || !w.issued(got.AccessToken) {
			t.Fatalf("%v %+v", err, got)
		}
		u, err := url.Parse(base)
		if err != nil || u.Host == "" {
			t.Fatalf("%q: %v", base, err)
		}
		for form, want := range map[string]string{
			"token":  got.AccessToken + "\n",
			"header": "Authorization: Bearer " + got.AccessToken + "\n",
			"env":    "PCC_ACCESS_TOKEN='" + got.AccessToken + "'\nPCC_EXPIRES_ON='" + got.ExpiresOn + "'\n",
			"git-credential": "protocol=https\nhost=" + u.Host + "\nusername=integration@rehearsal.example\npassword=" + got.AccessToken +
				fmt.Sprintf("\npassword_expiry_utc=%d\n", expires.Unix()),
		} {
			if r := w.run("token", "Practice", "--resource", resource, "--format", form); r.code != cli.ExitFine || r.out != want || r.err != "" {
				t.Errorf("%s, %s: exit code %d, %q, %q", resource, form, r.code, r.out, r.err)
			}
		}
		again := token{}
		if w.decode(w.run("token", "Practice", "--resource", resource, "--format", "json"), &again); again != got {
			t.Errorf("--format json is %+v, --json %+v", again, got)
		}
	}
}

// TestTokenFormsOnTheCommandLine holds which forms there are, that --json is one, and that an error is in the form that was asked for.
func TestTokenFormsOnTheCommandLine(t *testing.T) {
	w := newWorld(t, "good")
	for _, c := range []struct{ args, want string }{
		{"Practice --format yaml", words("cli.error.one-of", "Flag", "--format", "Value", "yaml", "Known", "token, header, env, json, git-credential")},
		{"Practice --json --format header", `"title": "` + words("cli.error.format-json", "Flag", "--json", "Value", "header") + `"`},
		{"--format json", `"kind": "usage"`},
	} {
		if r := w.run(append([]string{"token"}, strings.Fields(c.args)...)...); r.code != cli.ExitUsage || !strings.Contains(plain(r.out+r.err), c.want) {
			t.Errorf("token %s: exit code %d, %q, %q", c.args, r.code, r.out, r.err)
		}
	}
	r := w.runPlain("__complete", "token", "Practice", "--format", "")
	if want := "token\nheader\nenv\njson\ngit-credential\n:4\n"; r.out != want {
		t.Errorf("completed: %q", r.out)
	}
}

// TestATokenIsOneLine holds that a name with a line feed in it adds no line to what a credential helper says.
func TestATokenIsOneLine(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	store := w.mustOpen().Ports.Store
	all, err := store.Connectors()
	if err != nil {
		t.Fatal(err)
	}
	c, err := store.Connector(all[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	c.User.UPN = "a\nhost=evil.example\r@rehearsal.example"
	if err := store.PutConnector(c); err != nil {
		t.Fatal(err)
	}
	r := w.run("token", "Practice", "--format", "git-credential")
	if lines := strings.Split(r.out, "\n"); len(lines) != 6 || lines[2] != "username=ahost=evil.example@rehearsal.example" {
		t.Errorf("%q", lines)
	}
}
