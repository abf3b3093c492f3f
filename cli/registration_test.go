package cli_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/cli"
)

type madeRegistration struct{ For, Name, TenantID, Kind, RedirectURI, Path, Text string }

func TestRegistrationOfFlags(t *testing.T) {
	w := newWorld(t, "good")
	issued := len(w.cloud.Journal().Issued())
	got := madeRegistration{}
	w.decode(w.run("registration", "--tenant", w.facts.Domain, "--name", `O'Brien "GmbH"`, "--client-kind", "public", "--redirect-path", "/", "--with-groups",
		"--for", "graph-powershell", "--json"), &got)
	if got.For != "graph-powershell" || got.Name != `O'Brien "GmbH"` || got.TenantID != w.facts.TenantID || got.Kind != "public" ||
		got.RedirectURI != "http://localhost" || got.Path != "" {
		t.Errorf("%+v", got)
	}
	for _, want := range []string{"'" + w.facts.TenantID + "'", "bc024368-1153-4739-b217-4326f2e966d0", "publicClient", `O\u0027Brien \u0022GmbH\u0022`} {
		if !strings.Contains(got.Text, want) {
			t.Errorf("no %s in\n%s", want, got.Text)
		}
	}
	if count := len(w.cloud.Journal().Issued()); count != issued {
		t.Errorf("%d tokens were asked for", count-issued)
	}

	plain := w.run("registration")
	if plain.code != cli.ExitFine || plain.err != "" || !strings.HasPrefix(plain.out, "#!/usr/bin/env bash\n") {
		t.Errorf("exit code %d\n%s%s", plain.code, plain.out, plain.err)
	}
	for _, want := range []string{"tenant=''\n", "name='Partner Center Connector'\n", `"http://localhost/consent"`} {
		if !strings.Contains(plain.out, want) {
			t.Errorf("no %s in\n%s", want, plain.out)
		}
	}
	if r := w.run("registration", "--tenant", "nobody.example"); r.code == cli.ExitFine || r.out != "" {
		t.Errorf("a tenant that there is not: exit code %d\n%s", r.code, r.out)
	}
	if r := w.run("registration", "--tenant", w.facts.Domain, "--cloud", "elsewhere"); r.code != cli.ExitUsage || !strings.Contains(r.err, "--cloud") {
		t.Errorf("another cloud: exit code %d\n%s", r.code, r.err)
	}
}

// TestRegistrationOfADraft holds that a draft's values are taken, with the certificate that waits in the keychain.
func TestRegistrationOfADraft(t *testing.T) {
	w := newWorld(t, "certificate-unknown")
	if r := w.connect(); r.code == cli.ExitFine {
		t.Fatal("a certificate that Microsoft does not know was taken")
	}
	drafts := w.list().Drafts
	if len(drafts) != 1 {
		t.Fatalf("%d drafts", len(drafts))
	}
	got := madeRegistration{}
	w.decode(w.run("registration", "--draft", "Practice", "--json"), &got)
	if known := "filter='appId eq '\\''" + w.facts.Clients.Certificate + "'"; !strings.Contains(got.Text, known) || strings.Contains(got.Text, "JSON") {
		t.Errorf("not looked for by its client ID:\n%s", got.Text)
	}
	e := w.mustOpen()
	kept, err := e.Ports.Store.Drafts()
	if err != nil {
		t.Fatal(err)
	}
	kept[0].ClientID = ""
	if err := e.Ports.Store.PutDraft(kept[0]); err != nil {
		t.Fatal(err)
	}
	w.decode(w.run("registration", "--draft", "Practice", "--for", "powershell", "--json"), &got)
	if got.Name != "Practice" || got.TenantID != w.facts.TenantID || got.Kind != "certificate" || !strings.Contains(got.Text, `"keyCredentials"`) {
		t.Errorf("%+v", got)
	}
	// The key begins with what the certificate has too; from its middle on it is private.
	_, key, _ := strings.Cut(w.facts.Certificate, "-----BEGIN PRIVATE KEY-----\n")
	for _, line := range strings.Split(key, "\n")[10:20] {
		if len(line) != 64 || strings.Contains(got.Text, line) {
			t.Errorf("%q of the private key", line)
		}
	}
	w.decode(w.run("registration", "--draft", "Practice", "--client-kind", "secret", "--name", "Other", "--json"), &got)
	if got.Name != "Other" || got.Kind != "secret" || strings.Contains(got.Text, `"keyCredentials"`) {
		t.Errorf("%+v", got)
	}
}

func TestRegistrationInAFile(t *testing.T) {
	w := newWorld(t, "good")
	path := w.path("make.ps1")
	if r := w.run("registration", "--for", "powershell", "-o", path); r.code != cli.ExitFine || r.out != "" || !strings.Contains(r.err, path) {
		t.Fatalf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if data := w.read(path); !strings.HasPrefix(data, "\xef\xbb\xbf# ") {
		t.Errorf("%q", data[:20])
	}
	if r := w.run("registration", "--for", "manifest", "-o", path); r.code != cli.ExitUsage || !strings.Contains(r.err, "--replace") {
		t.Errorf("there already: exit code %d\n%s", r.code, r.err)
	}
	got := madeRegistration{}
	w.decode(w.run("registration", "--for", "manifest", "-o", path, "--replace", "--json"), &got)
	if data := w.read(path); got.Path != path || data != got.Text || !json.Valid([]byte(data)) {
		t.Errorf("%+v\n%s", got, data)
	}
	for _, bad := range []string{w.dir, w.path("nowhere/make.sh")} {
		if r := w.run("registration", "-o", bad); r.code == cli.ExitFine || !strings.Contains(r.err, bad) {
			t.Errorf("%s: exit code %d\n%s", bad, r.code, r.err)
		}
	}
}

func TestRegistrationWithACertificateAlone(t *testing.T) {
	w := newWorld(t, "certificate-unknown")
	_, rest, _ := strings.Cut(w.facts.Certificate, "-----BEGIN CERTIFICATE-----")
	alone, _, _ := strings.Cut(rest, "-----END CERTIFICATE-----")
	path := w.write("alone.crt", "-----BEGIN CERTIFICATE-----"+alone+"-----END CERTIFICATE-----\n")
	got := madeRegistration{}
	w.decode(w.run("registration", "--certificate", path, "--json"), &got)
	if key := strings.Join(strings.Fields(alone), ""); got.Kind != "certificate" || !strings.Contains(got.Text, `"key": "`+key+`"`) {
		t.Errorf("%+v", got)
	}
	r := w.run("registration", "--for", "manifest", "--certificate", path)
	if r.code != cli.ExitFine || r.err != "The certificate is not in the manifest. Upload it, without its key, under Certificates & secrets.\n" {
		t.Errorf("the manifest: exit code %d\n%s", r.code, r.err)
	}
	if r := w.run("registration", "--certificate", w.write("none.crt", "hello")); r.code != cli.ExitUsage || !strings.Contains(r.err, "--certificate: there is no certificate") {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}

// TestAConnectorWithFurtherScopes goes all the way: each is consented to, checked, kept, and in Graph's token.
func TestAConnectorWithFurtherScopes(t *testing.T) {
	w := newWorld(t, "good")
	const scope = "PartnerBilling.Read.All PartnerSecurity.Read.All DelegatedAdminRelationship.Read.All Application.Read.All DelegatedPermissionGrant.Read.All"
	if all := strings.Join(auth.MoreScopes(), " "); all != scope {
		t.Errorf("there are %s", all)
	}
	flags := []string{}
	for _, name := range strings.Fields(scope) {
		flags = append(flags, "--scope", name)
	}
	if r := w.connect(flags...); r.code != cli.ExitFine {
		t.Fatalf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
	check, record, token := w.run("check", "Practice"), w.run("record", "Practice"), w.run("token", "Practice", "--resource", "graph")
	if check.code != cli.ExitFine || token.code != cli.ExitFine {
		t.Errorf("exit codes %d and %d\n%s%s", check.code, token.code, check.out, token.err)
	}
	for _, name := range strings.Fields(scope) {
		if !strings.Contains(check.out, name) || !strings.Contains(record.out, name) || !strings.Contains(scopesOf(t, token.out), " "+name+" ") {
			t.Errorf("no %s in\n%s%s%s", name, check.out, record.out, scopesOf(t, token.out))
		}
	}
	c, err := w.mustOpen().Keeper().Find("Practice")
	if err != nil || strings.Join(c.Scopes, " ") != scope {
		t.Errorf("%v, %v", c.Scopes, err)
	}
	w.clock.forward(time.Hour)
	if r := w.run("renew", "Practice", "--yes"); r.code != cli.ExitFine {
		t.Errorf("renewal: exit code %d\n%s", r.code, r.err)
	}
	if c, err = w.mustOpen().Keeper().Find("Practice"); err != nil || strings.Join(c.Scopes, " ") != scope {
		t.Errorf("renewed: %v, %v", c.Scopes, err)
	}
}

// scopesOf are those of an access token, with a space around each.
func scopesOf(t *testing.T, token string) string {
	t.Helper()
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		t.Fatalf("no token: %q", token)
	}
	claims := struct {
		Scopes string `json:"scp"`
	}{}
	data, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err := errors.Join(err, json.Unmarshal(data, &claims)); err != nil {
		t.Fatal(err)
	}
	return " " + claims.Scopes + " "
}

// TestATokenThatLacksAScope holds that nobody takes a token for one with the permission that was refused.
func TestATokenThatLacksAScope(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	e := w.mustOpen()
	c, err := e.Keeper().Find("Practice")
	if err != nil {
		t.Fatal(err)
	}
	c.Scopes = []string{"PartnerBilling.Read.All"} // which nobody has consented to
	if err := e.Ports.Store.PutConnector(c); err != nil {
		t.Fatal(err)
	}
	w.clock.forward(2 * time.Hour)
	got := struct {
		AccessToken string
		Scopes      []string
	}{}
	r := w.run("token", "Practice", "--resource", "graph", "--json")
	w.decode(r, &got)
	if r.code != cli.ExitFine || got.AccessToken == "" || !slices.ContainsFunc(got.Scopes, func(s string) bool { return strings.HasSuffix(s, "/User.Read") }) {
		t.Errorf("exit code %d, %v", r.code, got.Scopes)
	}
	if !strings.HasPrefix(r.err, "Permissions are missing: PartnerBilling.Read.All.\n") {
		t.Errorf("%s", r.err)
	}
	if r := w.run("token", "Practice"); r.code != cli.ExitFine || r.err != "" {
		t.Errorf("Partner Center's: exit code %d\n%s", r.code, r.err)
	}
}
