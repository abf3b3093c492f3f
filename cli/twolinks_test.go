package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partner-center-connector/cli"
)

// The parts of foreignLink that nobody may see again.
const (
	foreignState  = "c3RhdGUtb2YtYW5vdGhlci1wcm9kdWN0"
	foreignClient = "5f0c4a1e-7d3b-4c2a-9e8f-1b2c3d4e5f60"
	foreignLink   = "https://login.microsoftonline.com/contoso.onmicrosoft.com/v2.0/adminconsent?client_id=" + foreignClient +
		"&scope=openid&redirect_uri=https%3A%2F%2Fconsent.fabrikam.example%2Fconsent%2Fpartnercenter%2Fadmin%2Fsuccess&state=" + foreignState
)

// tellsLink reports whether a text has anything of foreignLink in it.
func tellsLink(text string) bool {
	for _, part := range []string{foreignState, foreignClient, "adminconsent", "fabrikam.example", "login.microsoftonline"} {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}

// TestALinkIsNoArgument holds that a link of another product, which every program could read there, is refused anywhere on a command line, and
// that nothing of it is said again.
func TestALinkIsNoArgument(t *testing.T) {
	w := newWorld(t, "good")
	for _, args := range [][]string{
		{foreignLink},
		{"connect", foreignLink},
		{"connect", "--tenant", foreignLink},
		{"connect", "--tenant=" + foreignLink},
		{"connect", "--tenant=" + strings.TrimPrefix(foreignLink, "https://")},
		{"connect", "--from-link", foreignLink},
		{"connect", "--from-link=" + foreignLink},
		{"connect", "--admin-answer", foreignLink},
		{"connect", "--user", "<" + foreignLink + ">"},
		{"connect", "--name", `Mail: "` + strings.ReplaceAll(foreignLink, "&", "&amp;") + `"`},
		{"connect", "--frob=" + foreignLink},
		{"renew", "Practice", "--from-link", foreignLink},
		{"token", foreignLink},
		{"check", "--", foreignLink},
		{"rename", "Practice", foreignLink},
		{"record", "Practice", "--output", foreignLink},
		{"explain", "AADSTS65001", foreignLink},
		{"help", foreignLink},
		{"list", "--lang", foreignLink},
		{"list", "--config-dir", foreignLink},
		{"rehearse", "--serve", "--scenario", foreignLink},
	} {
		where := strings.ReplaceAll(strings.Join(args, " "), foreignLink, "LINK")
		r := w.runPlain(args...)
		if r.code != cli.ExitUsage || r.out != "" || !strings.Contains(r.err, "--from-link -") || tellsLink(r.err) {
			t.Errorf("%s: exit code %d\n%s%s", where, r.code, r.out, r.err)
		}
		got := failed{}
		r = w.runPlain(append([]string{"--json"}, args...)...)
		w.decode(r, &got)
		if got.Error.Kind != "usage" || got.Error.ExitCode != cli.ExitUsage || !strings.Contains(got.Error.Title, "--from-link -") || tellsLink(r.out+r.err) {
			t.Errorf("%s: JSON: %+v", where, got)
		}
	}
	for _, request := range []string{"__complete", "__completeNoDesc"} {
		if r := w.runPlain(request, "connect", "--tenant", foreignLink, ""); r.code != cli.ExitFine || r.out != ":4\n" || r.err != "" {
			t.Errorf("%s: exit code %d, %q, %q", request, r.code, r.out, r.err)
		}
	}
}

// TestOtherAddressesStayArguments holds that what is no link of another product is taken as before.
func TestOtherAddressesStayArguments(t *testing.T) {
	w := newWorld(t, "good")
	for _, args := range [][]string{
		{"connect", "--tenant", "https://login.microsoftonline.com/contoso.onmicrosoft.com"},
		{"connect", "--redirect-path", "http://localhost/consent"},
		{"connect", "--admin-answer", "http://localhost:49731/consent?admin_consent=True&tenant=" + foreignClient + "&state=s"},
	} {
		if r := w.run(args...); strings.Contains(r.err, words("cli.error.link-argument")) {
			t.Errorf("%q: %s", args, r.err)
		}
	}
}

// linkMisuses are command lines about links that are wrong in themselves.
var linkMisuses = []struct{ args, want string }{
	{"connect --from-link missing.txt --tenant a.example --user a@b.example", "There is no file missing.txt."},
	{"connect --from-link . --tenant a.example --user a@b.example", ". is a folder, not a file."},
	{"connect --from-link - --tenant a.example --user a@b.example", "There is no link of another product in this text."},
	{"connect --from-link -", "these flags are missing: --tenant, --user."},
	{"connect --product work365 --tenant a.example", "these flags are missing: --from-link, --user."},
	{"connect --product nonsense --from-link -", `--product "nonsense" is not one of: `},
	{"connect --from-link - --reported seen", `--reported "seen" is not one of: admin, user, saved.`},
	{"connect --from-link - --client-id " + someID, "--client-id is not for the links of another product."},
	{"connect --from-link - --secret-stdin", "--secret-stdin is not for the links of another product."},
	{"connect --from-link - --with-groups=false", "--with-groups is not for the links of another product."},
	{"connect --from-link - --role any", "--role is not for the links of another product."},
	{"connect --reported admin", "--reported is for the links of another product alone."},
	{"connect --add-login-hint", "--add-login-hint is for the links of another product alone."},
	{"connect --user-consent default", "--user-consent default is for the links of another product alone."},
}

func TestMisuseOfLinks(t *testing.T) {
	w := newWorld(t, "good")
	for _, m := range linkMisuses {
		r := w.run(strings.Fields(m.args)...)
		if r.code != cli.ExitUsage || r.out != "" || !strings.Contains(r.err, m.want) {
			t.Errorf("%s: exit code %d\n%s%s", m.args, r.code, r.out, r.err)
		}
	}
	if l := w.list(); len(l.Drafts) != 0 {
		t.Errorf("drafts were made: %+v", l.Drafts)
	}
}

// TestADraftOfOursTakesNoLinks holds that nobody is told to add the flag that they gave.
func TestADraftOfOursTakesNoLinks(t *testing.T) {
	w := newWorld(t, "declined")
	w.connect()
	if drafts := w.list().Drafts; len(drafts) != 1 {
		t.Fatalf("%d drafts", len(drafts))
	}
	mail := filepath.Join(t.TempDir(), "mail.txt")
	if err := os.WriteFile(mail, []byte(foreignLink), 0o600); err != nil {
		t.Fatal(err)
	}
	want := "This draft is for your own connector. Start a new one with --from-link, or leave it out."
	if r := w.run("connect", "--draft", "Practice", "--from-link", mail); r.code != cli.ExitUsage || !strings.Contains(r.err, want) || tellsLink(r.err) {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}
