package cli_test

import (
	"strings"
	"testing"

	"partner-center-connector/cli"
)

const someID = "8d2b6f14-0a5c-4e3d-b7f9-6c1e2d3a4b58"

// misuses are command lines that are wrong in themselves; each is refused before anything is opened or written.
var misuses = []struct {
	args string
	want string
}{
	{"conect", `There is no command "conect". Did you mean: connect?`},
	{"help lsit", `There is no command "lsit". Did you mean: list?`},
	{"--frob", "There is no flag --frob here."},
	{"list -x", "There is no flag -x here."},
	{"list extra", `"extra" is not expected here.`},
	{"version extra", `"extra" is not expected here.`},
	{"check A B", `"B" is not expected here.`},
	{"check", "Name one connector, or write --all."},
	{"check A --all", "Name one connector, or write --all."},
	{"check --all --parallel 0", "--parallel goes with --all and takes a number from 1 to 64."},
	{"check --all --parallel 65", "--parallel goes with --all and takes a number from 1 to 64."},
	{"check A --parallel 2", "--parallel goes with --all and takes a number from 1 to 64."},
	{"token", "The name of a connector is missing."},
	{"schema tokn", "Did you mean: token?"},
	{"token A --format headr", `--format "headr" is not one of: token, header, env, json, git-credential. Did you mean: header?`},
	{"token A --resource sharepoint", `There is no resource "sharepoint".`},
	{"renew", "The name of a connector is missing."},
	{"remove", "The name of a connector is missing."},
	{"list --jsn", "There is no flag --jsn here. Did you mean: --json?"},
	{"connect --client-kin secret", "There is no flag --client-kin here. Did you mean: --client-kind, --client-id?"},
	{"check --parall=2 --all", "There is no flag --parall here. Did you mean: --parallel?"},
	{"list --output yaml", `--output "yaml" is not one of: table, json.`},
	{"list --output", "The flag --output needs a value."},
	{"list --output=", "The flag --output needs a value."},
	{"connect --tenant --user a@b.example", "The flag --tenant needs a value, and --user is a flag. If it is the value, write --tenant=--user."},
	{"list --config-dir --config-dir c3", "The flag --config-dir needs a value, and --config-dir is a flag."},
	{"registration --for powershel", "Did you mean: powershell"},
	{"registration --scope PartnerBiling.Read.All", "Did you mean: PartnerBilling.Read.All"},
	{"rehearse --serve --clouds-file x --scenario god", "Did you mean: good"},
	{"remove --draft 12345678", `There is no draft "12345678".`},
	{"remove A --draft B", `"A" is not expected here.`},
	{"remove --all --draft B", `"--all" is not expected here.`},
	{"remove --all A", `"A" is not expected here.`},
	{"remove --all", "There is no terminal to ask on. Add --yes"},
	{"schedule instal", `There is no command "instal". Did you mean: install?`},
	{"schedule remove extra", `"extra" is not expected here.`},
	{"schedule status --yes", "There is no flag --yes here."},
	{"help schedule instal", `There is no command "instal". Did you mean: install?`},
	{"help check extra", `"extra" is not expected here.`},
	{"completion", "Name a shell: bash, zsh, fish, powershell."},
	{"completion tcsh", "Name a shell: bash, zsh, fish, powershell."},
	{"list --json=perhaps", `The flag --json does not take the value "perhaps".`},
	{"list --lang", "The flag --lang needs a value."},
	{"list --lang tlh", `There is no language "tlh". There are: `},
	{"rehearse", "Write --serve and --clouds-file FILE, or --list-scenarios."},
	{"rehearse --serve", "Write --serve and --clouds-file FILE, or --list-scenarios."},
	{"rehearse --serve --clouds-file x --scenario nonsense", `There is no scenario "nonsense".`},
	{"explain", "There is nothing to explain."},
	{"connect", "these flags are missing: --tenant, --user, --client-id, --certificate | --secret-stdin | --client-kind public, --yes."},
	{"connect --client-kind secret --yes --tenant a.example", "these flags are missing: --user, --client-id, --secret-stdin."},
	{"connect --client-kind certificate --yes --user a@b.example", "these flags are missing: --tenant, --client-id, --certificate."},
	{"registration extra", `"extra" is not expected here.`},
	{"registration --for hand", `--for "hand" is not one of: bash, powershell, graph-powershell, manifest.`},
	{"registration --client-kind robot", `--client-kind "robot" is not one of: certificate, secret, public.`},
	{"registration --redirect-path http://elsewhere.example/x", "--redirect-path: " + words("reason.redirect-elsewhere")},
	{"registration --scope Mail.Read", `--scope "Mail.Read" is not one of: PartnerBilling.Read.All, `},
	{"connect --scope Mail.Read", `--scope "Mail.Read" is not one of: PartnerBilling.Read.All, `},
	{"registration --name " + strings.Repeat("n", 81), "--name: " + words("reason.name-long")},
	{"registration --draft 12345678", `There is no draft "12345678".`},
	{"registration --certificate missing.pem", "There is no file missing.pem."},
	{"registration --client-kind public --certificate missing.pem", `of the kind "public" does not take this credential.`},
	{"registration --output", "The flag --output needs a value."},
	{"connect --client-kind robot", `--client-kind "robot" is not one of: certificate, secret, public.`},
	{"connect --admin-consent maybe", `--admin-consent "maybe" is not one of: default, isolated, link, other-person, skip.`},
	{"connect --user-consent maybe", `--user-consent "maybe" is not one of: private, guest, plain, link, default.`},
	{"connect --user nobody", "--user: " + words("reason.upn-invalid")},
	{"connect --client-id 1234", "--client-id: " + words("reason.client-id-invalid")},
	{"connect --redirect-path http://elsewhere.example/x", "--redirect-path: " + words("reason.redirect-elsewhere")},
	{"connect --redirect-path https://localhost/consent", "--redirect-path: " + words("reason.redirect-https")},
	{"connect --redirect-path consent", "--redirect-path: " + words("reason.redirect-invalid")},
	{"connect --user p\u0441@contoso.com", "--user: " + words("reason.upn-strange", "Characters", "U+0441")},
	{"renew Practice --user p\u0441@contoso.com", "--user: " + words("reason.upn-strange", "Characters", "U+0441")},
	{"connect --secret-expires tomorrow", "--secret-expires: " + words("field.secret-expires.error")},
	{"connect --name " + strings.Repeat("n", 81), "--name: " + words("reason.name-long")},
	{"connect --name \x1b[31mA", "--name: " + words("reason.name-unreadable")},
	{"connect --name \ue000A", "--name: " + words("reason.name-unreadable")},
	{"connect --tenant " + strings.Repeat("t", 254), "--tenant: " + words("field.tenant.error")},
	{"connect --certificate a.pem --secret-stdin", "Give a certificate or a client secret, not both."},
	{"connect --certificate a.pem --client-kind secret", `An app registration of the kind "secret" does not take this credential.`},
	{"connect --secret-stdin --client-kind public", `An app registration of the kind "public" does not take this credential.`},
	{"connect --admin-answer http://localhost/consent", "--admin-answer belongs to a draft."},
	{"connect --resume", "There is no draft to go on with."},
	{"connect --draft 12345678", `There is no draft "12345678".`},
	{"connect --yes --tenant a.example --user a@b.example --client-id " + someID + " --certificate missing.pem", "There is no file missing.pem."},
	{"connect --yes --tenant a.example --user a@b.example --client-id " + someID + " --certificate .", ". is a folder, not a file."},
	{"connect --yes --tenant a.example --user a@b.example --client-id " + someID + " --secret-stdin", "Standard input brought no client secret."},
}

// TestAMisuseNamesItsHelp holds that the hint is the help of the command that was called, where there is such a one.
func TestAMisuseNamesItsHelp(t *testing.T) {
	w := newWorld(t, "good")
	for args, want := range map[string]string{
		"token":                  `Run "pcc help token" for usage.`,
		"list --frob":            `Run "pcc help list" for usage.`,
		"schedule install extra": `Run "pcc help schedule install" for usage.`,
		"schedule instal":        `Run "pcc help schedule" for usage.`,
		"help lsit":              `Run "pcc help" for usage.`,
		"lsit":                   `Run "pcc help" for usage.`,
		"--frob":                 `Run "pcc help" for usage.`,
		"token --lang de":        "Den Aufruf zeigt „pcc help token“.",
	} {
		if r := w.runPlain(append(w.args(nil), strings.Fields(args)...)...); r.code != cli.ExitUsage || !strings.HasSuffix(r.err, want+"\n") {
			t.Errorf("%s: exit code %d\n%s%s", args, r.code, r.out, r.err)
		}
	}
}

func TestMisuse(t *testing.T) {
	w := newWorld(t, "good")
	for _, m := range misuses {
		t.Run(m.args[:min(len(m.args), 60)], func(t *testing.T) {
			args := strings.Fields(m.args)
			r := w.runPlain(append(w.args(nil), args...)...)
			if r.code != cli.ExitUsage || r.out != "" || !strings.Contains(r.err, m.want) || !strings.Contains(r.err, "pcc help") {
				t.Errorf("exit code %d\nstandard output: %s\nstandard error: %s", r.code, r.out, r.err)
			}
			if m.args == "list --json=perhaps" {
				return
			}
			got := failed{}
			w.decode(w.runPlain(append(w.args([]string{"--json"}), args...)...), &got)
			if got.Error.Kind != "usage" || got.Error.ExitCode != cli.ExitUsage || !strings.Contains(got.Error.Title, m.want) {
				t.Errorf("JSON: %+v", got)
			}
		})
	}
	if l := w.list(); len(l.Drafts) != 0 {
		t.Errorf("drafts were made: %+v", l.Drafts)
	}
}

func TestBadSecretOnStandardInput(t *testing.T) {
	w := newWorld(t, "good")
	w.facts.ClientKind = "secret"
	for input, want := range map[string]string{
		"":                               "Standard input brought no client secret.",
		"  \n\n":                         "Standard input brought no client secret.",
		"two words":                      "A client secret has no spaces",
		"one\ntwo":                       "A client secret has no spaces",
		strings.Repeat("x", 70_000):      "That is too long for a client secret.",
		"\ufeff":                         "Standard input brought no client secret.",
		"bell\a":                         "A client secret has no spaces",
		"-----BEGIN PRIVATE KEY-----\nx": "A client secret has no spaces",
	} {
		r := w.runWith(input, w.connectArgs()...)
		if r.code != cli.ExitUsage || !strings.Contains(r.err, want) {
			t.Errorf("%.20q: exit code %d, %s", input, r.code, r.err)
		}
	}
	if r := w.runWith("\ufeff"+w.facts.ClientSecret+"\r\n", w.connectArgs()...); r.code != cli.ExitFine {
		t.Errorf("a secret as PowerShell pipes it: exit code %d\n%s", r.code, r.err)
	}
}

func TestBadFiles(t *testing.T) {
	w := newWorld(t, "good")
	w.facts.ClientKind = "certificate"
	large := w.write("large.pem", strings.Repeat("x", 1<<20+1))
	if r := w.run(w.connectArgs("--certificate", large)...); r.code != cli.ExitUsage || !strings.Contains(r.err, "larger than 1 MiB") {
		t.Errorf("large: exit code %d\n%s", r.code, r.err)
	}
	got := failed{}
	w.decode(w.run(w.connectArgs("--certificate", w.write("bad.pem", "no PEM"), "--json")...), &got)
	if got.Error.Kind != "certificate-incomplete" || got.Error.ExitCode != cli.ExitFailed || got.Error.DraftID == "" {
		t.Errorf("no PEM: %+v", got)
	}
}

func TestBadCloudsFile(t *testing.T) {
	w := newWorld(t, "good")
	for text, want := range map[string]string{
		"no TOML at all [": "can't be used",
		"[[cloud]]\nname = 'x'\nlogin = 'http://login.example'\ninstance_name = 'x.example'\n": "login",
		"":                   "can't be used",
		"[[cloud]]\nname = ": "bad.toml can't be used, line 2",
		"[\x00":              "save it as UTF-8",
	} {
		r := w.runPlain("list", "--config-dir", w.path("config"), "--clouds", w.write("bad.toml", text))
		if r.code != cli.ExitUsage || !strings.Contains(r.err, want) || !strings.Contains(r.err, "bad.toml") {
			t.Errorf("%q: exit code %d\n%s", text, r.code, r.err)
		}
	}
	if r := w.runPlain("list", "--config-dir", w.path("config"), "--clouds", w.path("none.toml")); r.code != cli.ExitUsage {
		t.Errorf("absent: exit code %d\n%s", r.code, r.err)
	}
}

func TestBadConfigFolder(t *testing.T) {
	w := newWorld(t, "good")
	r := w.runPlain("list", "--config-dir", w.write("file", "x"))
	if r.code != cli.ExitFailed || !strings.Contains(r.err, "The configuration folder can't be used") {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}

func TestHelp(t *testing.T) {
	w := newWorld(t, "good")
	commands := []string{
		"connect", "list", "status", "check", "token", "renew", "rename", "record", "remove", "handover", "takeback", "schedule", "registration", "doctor", "report",
		"explain", "schema", "rehearse", "version", "completion", "help",
	}
	for lang, words := range map[string][2]string{"en": {"Examples:", "Exit codes: 0 fine"}, "de": {"Beispiele:", "Rückgabewerte: 0 in Ordnung"}} {
		root := w.runPlain("--lang", lang).out
		for _, c := range commands {
			if !strings.Contains(root, "\n  "+c+" ") {
				t.Errorf("%s: %s is not listed in\n%s", lang, c, root)
			}
			byFlag, byCommand := w.runPlain("--lang", lang, c, "--help"), w.runPlain("--lang", lang, "help", c)
			if byFlag.code != cli.ExitFine || byFlag.out != byCommand.out || byFlag.err != "" {
				t.Errorf("%s %s: exit code %d\n%s", lang, c, byFlag.code, byFlag.err)
			}
			if !strings.Contains(byFlag.out, words[0]) || !strings.Contains(byFlag.out, words[1]) || strings.Contains(byFlag.out, "[cli.") {
				t.Errorf("%s %s:\n%s", lang, c, byFlag.out)
			}
		}
	}
	if de := w.runPlain("--lang=de", "connect", "--help").out; strings.Contains(de, "default:") || strings.Contains(de, "Usage") || strings.Contains(de, "help for") {
		t.Errorf("English in\n%s", de)
	}
}

func TestCompletion(t *testing.T) {
	w := newWorld(t, "good")
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		if r := w.runPlain("completion", shell); r.code != cli.ExitFine || !strings.Contains(r.out, "pcc") || r.err != "" {
			t.Errorf("%s: exit code %d\n%s", shell, r.code, r.err)
		}
	}
	w.mustConnect()
	for want, args := range map[string][]string{
		"Practice":     {"token"},
		"graph":        {"token", "Practice", "--resource"},
		"other-person": {"connect", "--admin-consent"},
		"guest":        {"renew", "Practice", "--user-consent"},
		"good":         {"rehearse", "--scenario"},
		"certificate":  {"connect", "--client-kind"},
		"doctor":       {"help"},
		"work365":      {"connect", "--product"},
		"saved":        {"renew", "Practice", "--reported"},
	} {
		all := append([]string{"__complete"}, args...)
		all = append(w.args(all[:2]), append(args[1:], "")...)
		if r := w.runPlain(all...); !strings.Contains(r.out, want+"\n") {
			t.Errorf("%v: %s%s", args, r.out, r.err)
		}
	}
}

func TestVersion(t *testing.T) {
	w := newWorld(t, "good")
	if r := w.runPlain("version"); !strings.HasPrefix(r.out, "pcc 1.2.3 ") {
		t.Error(r.out)
	}
	got := map[string]any{}
	if w.decode(w.runPlain("version", "--json"), &got); got["version"] != "1.2.3" || got["os"] == "" {
		t.Error(got)
	}
}

func TestExplain(t *testing.T) {
	w := newWorld(t, "good")
	for _, c := range []struct {
		stdin, args, want string
		code              int
	}{
		{"", "AADSTS65001", "AADSTS65001\n  ", cli.ExitFine},
		{"", "AADSTS65001 900421", "\n900421\n  ", cli.ExitFine},
		{"Sorry, AADSTS50105: not assigned. Correlation ID: " + someID, "", "Correlation ID: " + someID, cli.ExitFine},
		{"nothing of interest", "", "", cli.ExitFailed},
	} {
		r := w.runWith(c.stdin, append([]string{"explain"}, strings.Fields(c.args)...)...)
		if r.code != c.code || !strings.Contains(r.out, c.want) {
			t.Errorf("%q %q: exit code %d\n%s%s", c.args, c.stdin, r.code, r.out, r.err)
		}
	}
	// Words that are no code lead to the help that they are found in, and still to failure: a script asked for a code.
	r := w.run("explain", "per-user", "MFA", "Enforced")
	if r.code != cli.ExitFailed || r.out != "" || !strings.HasPrefix(r.err, words("help.mfa")+"\n"+words("help.mfa.text")[:40]) {
		t.Errorf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
	found := struct{ Problems []map[string]string }{}
	if w.decode(w.run("explain", "--json", "AADSTS50076"), &found); len(found.Problems) != 1 || found.Problems[0]["kind"] != "mfa-again" {
		t.Errorf("%+v", found)
	}
	if w.decode(w.run("explain", "--json", "nonsense"), &found); len(found.Problems) != 0 {
		t.Errorf("%+v", found)
	}
}
