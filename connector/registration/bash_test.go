//go:build !windows

package registration

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// stub is an az that writes each of its arguments to the folder AZ, ended by NUL, and answers what the files there say.
const stub = `#!/bin/sh
for a in "$@"; do printf '%s\0' "$a"; done >> "$AZ/argv"
printf '\n' >> "$AZ/argv"
case "$1 $2 $3" in
"account show "*) cat "$AZ/tenant" ;;
"rest --method get") cat "$AZ/apps" ;;
"ad app show") cat "$AZ/has" ;;
"ad sp list") for a in "$@"; do case "$a" in appId*) cat "$AZ/sp/${a#appId eq }" 2>/dev/null ;; esac; done; exit 0 ;;
"ad sp create") [ ! -e "$AZ/refuses-$5" ] && : > "$AZ/sp/'$5'" && printf '%s\n' "$5" > "$AZ/sp/'$5'" ;;
"rest --method post") cat "$AZ/new" && cat "$AZ/new" >> "$AZ/apps" ;;
*) exit 9 ;;
esac
`

// tenantOfTools is a tenant as the stub knows it.
type tenantOfTools struct {
	t   *testing.T
	dir string
	// bin are the folders in which the script finds its programs.
	bin string
}

func newTenant(t *testing.T) tenantOfTools {
	t.Helper()
	a := tenantOfTools{t: t, dir: t.TempDir()}
	if err := os.Mkdir(filepath.Join(a.dir, "sp"), 0o700); err != nil {
		t.Fatal(err)
	}
	a.put("az", stub)
	if err := os.Chmod(filepath.Join(a.dir, "az"), 0o700); err != nil {
		t.Fatal(err)
	}
	a.put("tenant", tenantID+"\n")
	a.put("apps", "")
	a.put("new", clientID+"\n")
	a.put("has", strings.Join([]string{
		"AzureADMyOrg", "http://localhost/consent", "1cebfa2a-fb4d-419e-b5f9-839b4383e05a", "37f7f235-527c-4136-accd-4a02d197296e",
		"14dad69e-099b-42c9-810b-d002981feec1", "7427e0e9-2fba-42fe-b0c0-848c9e6a8182", "e1fe6dd8-ba31-4d61-89e7-88639da4683d",
	}, "\n")+"\n")
	// Nothing waits for a service that is not there.
	a.put("sleep", "#!/bin/sh\n")
	if err := os.Chmod(filepath.Join(a.dir, "sleep"), 0o700); err != nil {
		t.Fatal(err)
	}
	a.bin = a.dir + string(os.PathListSeparator) + os.Getenv("PATH")
	return a
}

func (a tenantOfTools) put(name, text string) {
	a.t.Helper()
	if err := os.WriteFile(filepath.Join(a.dir, name), []byte(text), 0o600); err != nil {
		a.t.Fatal(err)
	}
}

// outcome is what a run of the script came to.
type outcome struct {
	out, err string
	code     int
	calls    [][]string
}

// run runs the script of a registration, and returns the calls of az.
func (a tenantOfTools) run(text string, args ...string) outcome {
	a.t.Helper()
	a.put("argv", "")
	cmd := exec.CommandContext(a.t.Context(), "bash", append(args, "-s")...)
	cmd.Dir, cmd.Stdin = a.t.TempDir(), strings.NewReader(text)
	cmd.Env = []string{"PATH=" + a.bin, "AZ=" + a.dir, "HOME=" + a.dir}
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	o := outcome{}
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		o.code = exit.ExitCode()
	case err != nil:
		a.t.Fatal(err)
	}
	o.out, o.err = out.String(), errs.String()
	argv, err := os.ReadFile(filepath.Join(a.dir, "argv"))
	if err != nil {
		a.t.Fatal(err)
	}
	for _, call := range strings.Split(strings.TrimSuffix(string(argv), "\x00\n"), "\x00\n") {
		o.calls = append(o.calls, strings.Split(call, "\x00"))
	}
	if left, err := os.ReadDir(cmd.Dir); err != nil || len(left) > 0 {
		a.t.Errorf("the script left %v, %v", left, err)
	}
	return o
}

func TestTheBashScriptMakesARegistration(t *testing.T) {
	a := newTenant(t)
	r := registration(auth.CertificateClient)
	r.Name, r.Certificate = odd, certificate()
	got := a.run(writer("en").Text(r, connector.RegisterByBash))
	body := bodyOf(r)
	filter := `$filter=displayName eq 'O''Brien & "Söhne" $(touch x) ` + "`id`" + ` !! %PATH% ^|<>; \ ’@‘ {0} #'`
	want := outcome{
		out: clientID + "\n",
		err: "Tenant: " + tenantID + "\n" +
			"Created the app registration: " + odd + "\n" +
			"Added the enterprise application (service principal): " + odd + "\n" +
			"Added the enterprise application (service principal): Microsoft Partner Center\n" +
			"The registration has the certificate. Look under Certificates & secrets to make sure: " +
			"https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Credentials/appId/" + clientID + "\n" +
			"The client ID, for Partner Center Connector:\n",
		calls: [][]string{
			{"account", "show", "--query", "tenantId", "--output", "tsv"},
			{
				"rest", "--method", "get", "--url", "https://graph.microsoft.com/v1.0/applications", "--url-parameters", filter, "$select=appId",
				"--query", "value[].appId", "--output", "tsv",
			},
			{"rest", "--method", "post", "--url", "https://graph.microsoft.com/v1.0/applications", "--body", body, "--query", "appId", "--output", "tsv"},
			{"ad", "sp", "list", "--filter", "appId eq '" + clientID + "'", "--query", "[].appId", "--output", "tsv"},
			{"ad", "sp", "create", "--id", clientID, "--output", "none"},
			{"ad", "sp", "list", "--filter", "appId eq 'fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd'", "--query", "[].appId", "--output", "tsv"},
			{"ad", "sp", "create", "--id", "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd", "--output", "none"},
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if !json.Valid([]byte(body)) {
		t.Errorf("%s", body)
	}

	again := a.run(writer("en").Text(r, connector.RegisterByBash))
	want.err = "Tenant: " + tenantID + "\n" +
		"The app registration already exists and was not changed: " + odd + "\n" +
		"The enterprise application (service principal) already exists: " + odd + "\n" +
		"The enterprise application (service principal) already exists: Microsoft Partner Center\n" +
		"Next, look under Certificates & secrets for the certificate. If it is missing, upload it there, but not its key: " +
		want.err[strings.Index(want.err, "https://entra"):]
	show := []string{
		"ad", "app", "show", "--id", clientID, "--query",
		"[[signInAudience],web.redirectUris,requiredResourceAccess[].resourceAccess[].id][]", "--output", "tsv",
	}
	want.calls = [][]string{want.calls[0], want.calls[1], show, want.calls[3], want.calls[5]}
	if !reflect.DeepEqual(again, want) {
		t.Errorf("again: got  %+v\nwant %+v", again, want)
	}
}

// TestTheBashScriptStopsInTime holds that nothing is changed where it can't be right.
func TestTheBashScriptStopsInTime(t *testing.T) {
	script := writer("en").Text(registration(auth.SecretClient), connector.RegisterByBash)
	changes := func(o outcome) bool {
		for _, call := range o.calls {
			if len(call) > 2 && (call[2] == "post" || call[2] == "create") {
				return true
			}
		}
		return false
	}
	elsewhere := newTenant(t)
	elsewhere.put("tenant", "99999999-2222-3333-4444-555555555555\r\n")
	got := elsewhere.run(script)
	said := "Nothing was changed. The sign-in is for another tenant: 99999999-2222-3333-4444-555555555555\n" +
		"Sign in with: az login --tenant " + tenantID + " --allow-no-subscriptions\n"
	if got.code != 1 || got.out != "" || got.err != said || changes(got) {
		t.Errorf("another tenant: %+v", got)
	}

	several := newTenant(t)
	several.put("apps", clientID+"\n99999999-0a5c-4e3d-b7f9-6c1e2d3a4b58\n")
	got = several.run(script)
	said = "Tenant: " + tenantID + "\nNothing was changed. Several app registrations have this name; their client IDs: " + clientID +
		"\n99999999-0a5c-4e3d-b7f9-6c1e2d3a4b58\n"
	if got.code != 1 || got.out != "" || got.err != said || changes(got) {
		t.Errorf("several: %+v", got)
	}

	absent := newTenant(t)
	if err := os.Remove(filepath.Join(absent.dir, "az")); err != nil {
		t.Fatal(err)
	}
	cat, err := exec.LookPath("cat")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(cat, filepath.Join(absent.dir, "cat")); err != nil {
		t.Fatal(err)
	}
	absent.bin = absent.dir // there may be an az on this computer
	got = absent.run(script)
	if got.code != 1 || got.out != "" || !strings.HasPrefix(got.err, "The Azure CLI (az) is not installed here.") {
		t.Errorf("no az: %+v", got)
	}

	signedOut := newTenant(t)
	if err := os.Remove(filepath.Join(signedOut.dir, "tenant")); err != nil {
		t.Fatal(err)
	}
	if got = signedOut.run(script); got.code == 0 || got.out != "" || len(got.calls) != 1 {
		t.Errorf("signed out: %+v", got)
	}
}

// TestTheBashScriptNamesWhatARegistrationLacks holds that one that is there is never taken for a whole one.
func TestTheBashScriptNamesWhatARegistrationLacks(t *testing.T) {
	a := newTenant(t)
	a.put("apps", clientID+"\n")
	a.put("has", "PersonalMicrosoftAccount\nhttp://localhost/Consent\n1cebfa2a-fb4d-419e-b5f9-839b4383e05a\r\n37f7f235-527c-4136-accd-4a02d197296e\n")
	got := a.run(writer("en").Text(registration(auth.PublicClient), connector.RegisterByBash))
	want := "It lacks: signInAudience AzureADMyOrg\n" +
		"It lacks: redirect URI http://localhost/consent, platform Public client/native (mobile & desktop)\n" +
		"It lacks: delegated permission Microsoft Graph profile\n" +
		"It lacks: delegated permission Microsoft Graph offline_access\n" +
		"It lacks: delegated permission Microsoft Graph User.Read\n"
	if got.code != 1 || got.out != clientID+"\n" || strings.Count(got.err, "It lacks:") != 5 || !strings.Contains(got.err, want) {
		t.Errorf("%+v", got)
	}
	asked := "[[signInAudience],publicClient.redirectUris,requiredResourceAccess[].resourceAccess[].id][]"
	if len(got.calls) < 3 || got.calls[2][2] != "show" || got.calls[2][6] != asked {
		t.Errorf("%v", got.calls)
	}
}

// TestTheBashScriptLooksForTheClientID holds that nobody who has one gets a second registration, whatever the names are.
func TestTheBashScriptLooksForTheClientID(t *testing.T) {
	r := registration(auth.SecretClient)
	r.ClientID = clientID
	script := writer("en").Text(r, connector.RegisterByBash)
	a := newTenant(t)
	a.put("apps", clientID+"\n")
	got := a.run(script)
	filter := "$filter=appId eq '" + clientID + "'"
	if got.code != 0 || got.out != clientID+"\n" || got.calls[1][6] != filter || !strings.Contains(got.err, "already exists and was not changed: "+clientID+"\n") {
		t.Errorf("%+v", got)
	}
	got = newTenant(t).run(script)
	said := "Tenant: " + tenantID + "\nNothing was changed. This tenant has no app registration with the client ID: " + clientID + "\n"
	if got.code != 1 || got.out != "" || got.err != said || len(got.calls) != 2 {
		t.Errorf("%+v", got)
	}
}

// TestTheBashScriptNamesTheCloud holds that nobody is sent to a sign-in in another cloud, nor to a Cloud Shell that is not known there.
func TestTheBashScriptNamesTheCloud(t *testing.T) {
	for cloud, set := range map[string]string{"global": "", "usgov": "az cloud set --name AzureUSGovernment; ", "china": "az cloud set --name AzureChinaCloud; "} {
		r := registration(auth.SecretClient)
		r.Tenant.Cloud = cloud
		script := writer("en").Text(r, connector.RegisterByBash)
		signIn := set + "az login --tenant " + tenantID + " --allow-no-subscriptions"
		if !strings.Contains(script, "ign in with "+signIn+", and run it with bash.") || strings.Contains(script, "Cloud Shell") != (cloud == "global") {
			t.Errorf("%s:\n%s", cloud, script)
		}
		a := newTenant(t)
		a.put("tenant", "99999999-2222-3333-4444-555555555555\n")
		if got := a.run(script); got.code != 1 || !strings.HasSuffix(got.err, "\nSign in with: "+signIn+"\n") {
			t.Errorf("%s: %+v", cloud, got)
		}
	}
}

// TestTheBashScriptSaysWhatIsMissing holds that the client ID is there even where Partner Center's service principal can't be added.
func TestTheBashScriptSaysWhatIsMissing(t *testing.T) {
	a := newTenant(t)
	a.put("refuses-fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd", "")
	r := registration(auth.PublicClient)
	r.Tenant = auth.Tenant{}
	got := a.run(writer("en").Text(r, connector.RegisterByBash))
	want := "Tenant: " + tenantID + "\n" +
		"Created the app registration: Contoso\n" +
		"Added the enterprise application (service principal): Contoso\n" +
		"The enterprise application (service principal) could not be added: Microsoft Partner Center\n" +
		"Have an administrator sign in to Partner Center once, or run this again as an Application Administrator.\n" +
		"It is a public client and needs neither a certificate nor a client secret. Its overview:\n" +
		"The client ID, for Partner Center Connector:\n"
	if got.code != 1 || got.out != clientID+"\n" || got.err != want {
		t.Errorf("%+v", got)
	}
	a.put("refuses-"+clientID, "")
	if err := os.Remove(filepath.Join(a.dir, "sp", "'"+clientID+"'")); err != nil {
		t.Fatal(err)
	}
	got = a.run(writer("en").Text(r, connector.RegisterByBash))
	tries := 0
	for _, call := range got.calls {
		if len(call) > 4 && call[2] == "create" && call[4] == clientID {
			tries++
		}
	}
	if got.code != 1 || got.out != clientID+"\n" || tries != 6 {
		t.Errorf("%d tries, %+v", tries, got)
	}
}

// TestTheBashScriptCanBePasted holds that an interactive bash, which expands ! and ends at exit, takes it as a file does.
func TestTheBashScriptCanBePasted(t *testing.T) {
	a := newTenant(t)
	r := registration(auth.SecretClient)
	r.Name = odd
	got := a.run("PS1= PS2=\nset -H\n"+writer("en").Text(r, connector.RegisterByBash)+"echo still here\n", "--norc", "-i")
	if got.code != 0 || got.out != clientID+"\nstill here\n" || len(got.calls) != 7 || got.calls[2][6] != bodyOf(r) {
		t.Errorf("%+v", got)
	}
}

// TestTheBashScriptIsSound asks bash and shellcheck about the script. The two remarks that are left out are about characters in names.
func TestTheBashScriptIsSound(t *testing.T) {
	r := registration(auth.CertificateClient)
	r.Certificate = certificate()
	for _, name := range []string{"Contoso", odd, ""} {
		for _, lang := range []string{"en", "de"} {
			if r.Name = name; name == "" {
				r.Name, r.ClientID = "Contoso", clientID
			}
			script := writer(lang).Text(r, connector.RegisterByBash)
			for _, tool := range [][]string{{"bash", "-n"}, {"shellcheck", "--shell=bash", "--exclude=SC2016,SC1112", "-"}} {
				if _, err := exec.LookPath(tool[0]); err != nil {
					if os.Getenv("CI") != "" {
						t.Errorf("%s is missing", tool[0])
					}
					continue
				}
				cmd := exec.CommandContext(t.Context(), tool[0], tool[1:]...)
				cmd.Stdin = strings.NewReader(script)
				if said, err := cmd.CombinedOutput(); err != nil || len(said) > 0 {
					t.Errorf("%s, %s, %s: %v\n%s", tool[0], name, lang, err, said)
				}
			}
		}
	}
}
