package cli_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/cli"
	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
)

// azure gives the computer of a world the sign-in of a workload identity, and no other.
func (w *world) azure() {
	w.t.Helper()
	facts := w.facts.Azure
	for _, name := range []string{"IDENTITY_ENDPOINT", "IDENTITY_HEADER", "MSI_ENDPOINT", "MSI_SECRET", "AZURE_AUTHORITY_HOST", "AZURE_TOKEN_CREDENTIALS"} {
		w.t.Setenv(name, "")
		_ = os.Unsetenv(name) // t.Setenv puts it back
	}
	w.t.Setenv("PATH", w.t.TempDir()) // without Azure CLI
	w.t.Setenv("AZURE_FEDERATED_TOKEN_FILE", w.write("workload-token", facts.WorkloadToken))
	w.t.Setenv("AZURE_CLIENT_ID", facts.WorkloadClientID)
	w.t.Setenv("AZURE_TENANT_ID", w.facts.TenantID)
}

// vault is the address of a practice key vault.
func (w *world) vault(name string) string {
	return "https://" + name + "." + w.facts.Azure.KeyVaultSuffix
}

// handedWorld is a world with the connector "Practice" of a client secret, and a sign-in for Azure.
func handedWorld(t *testing.T) *world {
	t.Helper()
	w := newWorld(t, "good")
	w.facts.ClientKind = "secret"
	w.azure()
	w.mustConnect()
	return w
}

// plain is a text as one line, so that it does not matter where a line was broken.
func plain(text string) string { return strings.Join(strings.Fields(text), " ") }

func TestADryRunShowsNamesAndChangesNothing(t *testing.T) {
	w := handedWorld(t)
	r := w.run("handover", "keyvault", "Practice", "--vault", w.vault("contoso"), "--with-secret", "--dry-run")
	if r.code != cli.ExitFine {
		t.Fatalf("%d\n%s%s", r.code, r.out, r.err)
	}
	for _, want := range []string{
		"contoso.", "pcc-practice-refresh-token: " + words("handover.keyvault.plan.new"), "pcc-practice-client-id", "pcc-practice-tenant-id", "pcc-practice-client-secret",
		words("handover.keyvault.clear"),
	} {
		if !strings.Contains(plain(r.out), want) {
			t.Errorf("it does not say %q:\n%s", want, r.out)
		}
	}
	for _, request := range w.cloud.Journal().Requests {
		if strings.HasPrefix(request.Endpoint, "vault-") && request.Method == http.MethodPut {
			t.Errorf("something was written: %+v", request)
		}
	}
	if c := w.saved("Practice"); len(c.Copies) != 0 || c.Vault != nil {
		t.Errorf("the list says %+v", c)
	}
}

func TestACopyAndWhatAServerMakesOfIt(t *testing.T) {
	w := handedWorld(t)
	r := w.run("handover", "keyvault", "practice", "--vault", w.vault("contoso"), "--with-secret", "--yes")
	if r.code != cli.ExitFine || !strings.Contains(r.out, "pcc token --vault "+w.vault("contoso")+" --prefix pcc practice --clouds FILE") {
		t.Fatalf("%d\n%s%s", r.code, r.out, r.err)
	}
	w.noSecrets(r.out, r.err)
	if c := w.saved("Practice"); c.Origin != connector.OriginHere || len(c.Copies) != 1 || !c.Copies[0].WithSecret {
		t.Errorf("the list says %+v", c)
	}
	if r := w.run("token", "Practice"); r.code != cli.ExitFine {
		t.Errorf("the one here gives no token: %s", r.err)
	}
	r = w.run("remove", "Practice", "--yes")
	if want := words("cli.remove.done", "Name", "Practice", "Vault", strings.TrimPrefix(w.vault("contoso"), "https://")); r.code != cli.ExitFine || plain(r.out) != want {
		t.Errorf("%d %q instead of %q", r.code, r.out, want)
	}
	// The copy outlives the connector, and can be taken back from it.
	r = w.run("takeback", "--vault", w.vault("contoso"), "practice")
	if c := w.saved("practice"); r.code != cli.ExitFine || c.Origin != connector.OriginTaken || !strings.EqualFold(c.User.UPN, w.facts.IntegrationUPN) {
		t.Errorf("%d %s%s %+v", r.code, r.out, r.err, c)
	}
	w.noSecrets(r.out, r.err)
}

// TestAServerNeedsNothingOfTheAccount runs the command where every folder of the account is one that nobody can read or make, with no keychain, and
// with an engine that must not be opened.
func TestAServerNeedsNothingOfTheAccount(t *testing.T) {
	w := handedWorld(t)
	if r := w.run("handover", "keyvault", "Practice", "--vault", w.vault("contoso"), "--prefix", "billing", "--move", "--yes"); r.code != cli.ExitFine {
		t.Fatalf("%d\n%s%s", r.code, r.out, r.err)
	}
	if n := w.keychain.count(); n != 0 {
		t.Errorf("the keychain has %d items after a move", n)
	}
	// A file is no folder, whoever asks, root too.
	home := w.write("home", "")
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR", "APPDATA", "LOCALAPPDATA", "USERPROFILE"} {
		t.Setenv(name, filepath.Join(home, name))
	}
	r := w.server("token", "--vault", w.vault("contoso"), "--prefix", "billing", "practice", "--clouds", w.path("clouds.toml"))
	if r.code != cli.ExitFine || strings.Count(r.out, ".") != 2 || r.err != "" {
		t.Fatalf("%d %q %s", r.code, r.out, r.err)
	}
	r = w.server("token", "--vault", "contoso", "--cloud", "rehearsal", "--prefix", "billing", "Practice", "--json", "--resource", "graph", "--clouds", w.path("clouds.toml"))
	var got struct{ AccessToken, TenantID, Resource, ExpiresOn string }
	if err := json.Unmarshal([]byte(r.out), &got); err != nil || r.code != cli.ExitFine || got.AccessToken == "" || got.Resource != "graph" || got.TenantID != "" {
		t.Errorf("%d %v %+v %s%s", r.code, err, got, r.out, r.err)
	}
}

func TestMovedAndTakenBack(t *testing.T) {
	w := handedWorld(t)
	host := strings.TrimPrefix(w.vault("contoso"), "https://")
	if r := w.run("handover", "keyvault", "Practice", "--vault", w.vault("contoso"), "--move", "--yes"); r.code != cli.ExitFine ||
		!strings.Contains(plain(r.out), words("cli.handover.moved", "Name", "Practice", "Vault", host)) {
		t.Fatalf("%d\n%s%s", r.code, r.out, r.err)
	}
	var list struct {
		Connectors []struct {
			Origin string
			Vault  *struct {
				Vault, Prefix, Name string
				WithSecret          bool
			}
			Copies []any
		}
	}
	r := w.run("list", "--json")
	if err := json.Unmarshal([]byte(r.out), &list); err != nil || len(list.Connectors) != 1 {
		t.Fatalf("%v %s", err, r.out)
	}
	if c := list.Connectors[0]; c.Origin != "vault" || c.Vault == nil || c.Vault.Vault != w.vault("contoso") || c.Vault.Prefix != "pcc" || c.Vault.Name != "practice" || !c.Vault.WithSecret || len(c.Copies) != 0 {
		t.Errorf("%s", r.out)
	}
	if r := w.run("list"); !strings.Contains(r.out, ", in "+host) {
		t.Errorf("the list does not say where it is: %s", r.out)
	}
	if r := w.run("token", "Practice"); r.code != cli.ExitFine || strings.Count(r.out, ".") != 2 {
		t.Errorf("a token from the vault: %d %s", r.code, r.err)
	}
	if r := w.run("handover", "keyvault", "Practice", "--vault", w.vault("other"), "--yes"); r.code != cli.ExitFailed || !strings.Contains(plain(r.err), words("problem.vault-moved.title")) {
		t.Errorf("a second one: %d %s", r.code, r.err)
	}
	r = w.run("takeback", "Practice")
	if want := words("cli.takeback.done", "Name", "Practice", "Vault", host); r.code != cli.ExitFine || plain(r.out) != want {
		t.Errorf("%d %q instead of %q: %s", r.code, r.out, want, r.err)
	}
	if c := w.saved("Practice"); c.Origin != connector.OriginTaken || len(c.Copies) != 1 || w.keychain.count() == 0 {
		t.Errorf("%+v, %d items", c, w.keychain.count())
	}
	if r := w.run("takeback", "Practice"); r.code != cli.ExitFailed {
		t.Errorf("a second time: %d %s", r.code, r.err)
	}
}

func TestRemovingAMovedConnector(t *testing.T) {
	w := handedWorld(t)
	if r := w.run("handover", "keyvault", "Practice", "--vault", w.vault("contoso"), "--move", "--yes"); r.code != cli.ExitFine {
		t.Fatalf("%d\n%s%s", r.code, r.out, r.err)
	}
	r := w.run("remove", "Practice", "--yes")
	want := words("cli.remove.done-vault", "Name", "Practice", "Vault", strings.TrimPrefix(w.vault("contoso"), "https://"))
	if r.code != cli.ExitFine || plain(r.out) != want {
		t.Errorf("%d %q instead of %q", r.code, r.out, want)
	}
}

// TestAForeignSecretKeepsItsVersion unless its name is on the command line too.
// TestTakenBackUnderAnotherName: the name that it has in the vault is that of another connector here.
func TestTakenBackUnderAnotherName(t *testing.T) {
	w := handedWorld(t)
	for _, args := range [][]string{
		{"handover", "keyvault", "Practice", "--vault", w.vault("contoso"), "--move", "--yes"}, {"remove", "Practice", "--yes"},
	} {
		if r := w.run(args...); r.code != cli.ExitFine {
			t.Fatalf("%q: %d\n%s%s", args, r.code, r.out, r.err)
		}
	}
	w.mustConnect()
	r := w.run("takeback", "--vault", w.vault("contoso"), "practice")
	if want := words("cli.error.takeback-name", "Name", "practice"); r.code != cli.ExitUsage || !strings.Contains(plain(r.err), want) {
		t.Errorf("%d %s", r.code, r.err)
	}
	r = w.run("takeback", "--vault", w.vault("contoso"), "practice", "--name", "Practice Europe")
	host := strings.TrimPrefix(w.vault("contoso"), "https://")
	if want := words("cli.takeback.done", "Name", "Practice Europe", "Vault", host); r.code != cli.ExitFine || plain(r.out) != want {
		t.Errorf("%d %q %s", r.code, r.out, r.err)
	}
	if c := w.saved("Practice Europe"); c.Origin != connector.OriginTaken || c.ID == w.saved("Practice").ID {
		t.Errorf("%+v", c)
	}
}

func TestAForeignSecretKeepsItsVersion(t *testing.T) {
	w := handedWorld(t)
	// Another computer's connector of the same name has no tag of this one.
	if r := w.run("handover", "keyvault", "Practice", "--vault", w.vault("contoso"), "--yes"); r.code != cli.ExitFine {
		t.Fatalf("%d\n%s%s", r.code, r.out, r.err)
	}
	foreign := w.vault("contoso")
	w.clock.forward(2 * time.Second) // a vault tells versions of one second apart by chance
	w.strip(foreign, "pcc-practice-client-id")
	r := w.run("handover", "keyvault", "Practice", "--vault", foreign, "--yes")
	if want := words("cli.error.foreign", "Name", "pcc-practice-client-id"); r.code != cli.ExitUsage || !strings.Contains(plain(r.err), want) {
		t.Errorf("%d %s", r.code, r.err)
	}
	r = w.run("handover", "keyvault", "Practice", "--vault", foreign, "--replace", "pcc-practice-client-id", "--yes", "--json")
	var got struct {
		Handover struct {
			Secrets []struct {
				Name        string
				There, Ours bool
			}
			Move, DryRun bool
		}
	}
	if err := json.Unmarshal([]byte(r.out), &got); err != nil || r.code != cli.ExitFine || got.Handover.Move || got.Handover.DryRun {
		t.Fatalf("%d %v %s%s", r.code, err, r.out, r.err)
	}
	for _, s := range got.Handover.Secrets {
		if !s.There || s.Ours != (s.Name != "pcc-practice-client-id") {
			t.Errorf("%+v", s)
		}
	}
}

func TestWrongCommandLinesOfAHandover(t *testing.T) {
	w := handedWorld(t)
	suffix := w.facts.Azure.KeyVaultSuffix
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"handover"}, words("cli.error.handover")},
		{[]string{"handover", "keyvalt", "Practice"}, words("cli.error.command", "Name", "keyvalt")},
		{[]string{"handover", "keyvault", "Practice"}, words("cli.error.handover")},
		{[]string{"handover", "keyvault", "Practice", "--vault", " "}, words("cli.error.flag-empty", "Flag", "--vault")},
		{[]string{"handover", "keyvault", "Practice", "--vault", "https://contoso.vault.azure.net", "--yes"}, words("reason.key-vault-other", "Suffix", suffix)},
		{[]string{"handover", "keyvault", "Practice", "--vault", "http://contoso." + suffix, "--yes"}, words("reason.key-vault-invalid")},
		{[]string{"handover", "keyvault", "Practice", "--vault", w.vault("contoso"), "--prefix", "p_c", "--yes"}, words("reason.key-vault-prefix")},
		{[]string{"handover", "keyvault", "Practice", "--vault", w.vault("contoso")}, words("cli.error.yes")},
		{[]string{"token", "Practice", "--prefix", "pcc"}, words("cli.error.vault-alone", "Flag", "--prefix")},
		{[]string{"takeback", "Practice", "--cloud", "rehearsal"}, words("cli.error.vault-alone", "Flag", "--cloud")},
		{[]string{"token", "Practice", "--vault", ""}, words("cli.error.flag-empty", "Flag", "--vault")},
		{[]string{"token", "practice", "--vault", "https://contoso.example"}, words("cli.error.vault-suffix", "Suffixes", "vault.azure.net, vault.usgovcloudapi.net, vault.azure.cn, "+suffix)},
		{[]string{"takeback", "practice", "--vault", "http://contoso." + suffix}, words("reason.key-vault-invalid")},
		{[]string{"takeback", "practice", "--vault", "contoso"}, words("cli.error.vault-name")},
		{[]string{"takeback", "practice", "--vault", w.vault("contoso"), "--name", w.facts.TenantID}, words("reason.name-id")},
		{[]string{"takeback", "Practice", "--name", "Other"}, words("cli.error.vault-alone", "Flag", "--name")},
		{[]string{"token", "practice", "--vault", w.vault("contoso"), "--cloud", "nowhere"}, words("cli.error.unknown-cloud", "Value", "nowhere")},
	} {
		r := w.run(c.args...)
		if r.code != cli.ExitUsage || !strings.Contains(plain(r.err), c.want) || r.out != "" {
			t.Errorf("%q: %d %s", c.args, r.code, r.err)
		}
	}
}

// TestWhatAKeyVaultRefuses is told as a problem, and nothing changes.
func TestWhatAKeyVaultRefuses(t *testing.T) {
	w := handedWorld(t)
	for _, name := range []string{"no-rights", "firewall", "deleted", "other-tenant"} {
		r := w.run("handover", "keyvault", "Practice", "--vault", w.vault(name), "--yes", "--json")
		var got struct{ Error struct{ Kind string } }
		if err := json.Unmarshal([]byte(r.out), &got); err != nil || r.code == cli.ExitFine || got.Error.Kind == "" || got.Error.Kind == "unknown" || got.Error.Kind == "failed" {
			t.Errorf("%s: %d %v %s", name, r.code, err, r.out)
		}
		w.noSecrets(r.out, r.err)
	}
	if c := w.saved("Practice"); c.Origin != connector.OriginHere || len(c.Copies) != 0 {
		t.Errorf("%+v", c)
	}
}

// saved is the connector of the list with the name.
func (w *world) saved(name string) connector.Connector {
	w.t.Helper()
	c, err := w.mustOpen().Keeper().Find(name)
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

// strip writes a version of a secret without tags, as another program would.
func (w *world) strip(vault, name string) {
	w.t.Helper()
	clouds, err := auth.LoadClouds(w.path("clouds.toml"))
	if err != nil {
		w.t.Fatal(err)
	}
	client, err := auth.HTTPClient(clouds[0])
	if err != nil {
		w.t.Fatal(err)
	}
	token, err := w.cloud.AzureToken(w.facts.TenantID, "")
	if err != nil {
		w.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(w.t.Context(), http.MethodPut, vault+"/secrets/"+name+"?api-version=7.4", strings.NewReader(`{"value":"theirs"}`))
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Content-Type", "application/json")
	answer, err := client.Do(r)
	if err != nil || answer.StatusCode != http.StatusOK {
		w.t.Fatalf("%v, %+v", err, answer)
	}
	_ = answer.Body.Close()
}

// server runs a command line on a computer where the engine with its list and keychain must not be opened.
func (w *world) server(args ...string) result {
	w.t.Helper()
	out, errs := &bytes.Buffer{}, &bytes.Buffer{}
	host := w.host("", out, errs)
	host.Open = func(engine.Options) (*engine.Engine, error) {
		w.t.Error("the engine was opened")
		return nil, errors.ErrUnsupported
	}
	code := cli.Main(w.t.Context(), host, args)
	return result{code, out.String(), errs.String()}
}

// TestWhatWasMovedIsRenewedHere: the client secret has to be typed, since the vault alone has it; afterwards the vault's is the earlier one until it is
// handed over again.
func TestWhatWasMovedIsRenewedHere(t *testing.T) {
	w := handedWorld(t)
	earlier := words("cli.copies.earlier", "Vault", strings.TrimPrefix(w.vault("contoso"), "https://"))
	if r := w.run("handover", "keyvault", "Practice", "--vault", w.vault("contoso"), "--move", "--yes"); r.code != cli.ExitFine {
		t.Fatalf("%d\n%s%s", r.code, r.out, r.err)
	}
	w.clock.forward(time.Hour)
	if r := w.run("renew", "Practice", "--yes"); r.code != cli.ExitUsage || !strings.Contains(r.err, "--secret-stdin") {
		t.Errorf("without the client secret: %d\n%s", r.code, r.err)
	}
	r := w.runWith(w.facts.ClientSecret+"\n", "renew", "Practice", "--secret-stdin", "--yes")
	if r.code != cli.ExitFine || !strings.Contains(plain(r.out), earlier) {
		t.Fatalf("%d\n%s%s", r.code, r.out, r.err)
	}
	w.noSecrets(r.out, r.err)
	if c := w.saved("Practice"); c.Origin != connector.OriginHere || c.Vault != nil || len(c.Copies) != 1 || w.keychain.count() == 0 {
		t.Errorf("%+v, %d items", c, w.keychain.count())
	}
	if r := w.run("status", "Practice"); !strings.Contains(plain(r.out), earlier) {
		t.Errorf("the status does not say it: %s", r.out)
	}
	w.clock.forward(time.Hour)
	if r := w.run("handover", "keyvault", "Practice", "--vault", w.vault("contoso"), "--yes"); r.code != cli.ExitFine || !strings.Contains(plain(r.err), words("handover.keyvault.stays")) {
		t.Errorf("%d\n%s%s", r.code, r.out, r.err)
	}
	if r := w.run("status", "Practice"); r.code != cli.ExitFine || strings.Contains(plain(r.out), earlier) {
		t.Errorf("the status still says it: %s", r.out)
	}
}
