//go:build unix

package keyvault

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"partner-center-connector/connector"
)

// putAzureCLI puts a program in the place of Azure CLI, which says what the real one would.
func putAzureCLI(t *testing.T, w *world, script string) {
	t.Helper()
	w.signInAs(t, nil)
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "az"), []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder+":/usr/bin:/bin")
}

func TestAzureCLI(t *testing.T) {
	w := newWorld(t)
	token, err := w.practice.AzureToken(w.practice.Facts().TenantID, "")
	if err != nil {
		t.Fatal(err)
	}
	arguments := filepath.Join(t.TempDir(), "arguments")
	putAzureCLI(t, w, `echo "$*" >>`+arguments+`
echo '{"accessToken": "`+token+`", "expires_on": `+expires()+`}'`)
	v := w.open(t, "contoso")
	for range 2 {
		if err := do(t, v, "set"); err != nil {
			t.Fatal(err)
		}
	}
	said, err := os.ReadFile(arguments)
	want := "account get-access-token -o json --resource https://" + w.facts.KeyVaultSuffix + " --tenant " + w.practice.Facts().TenantID + "\n"
	if err != nil || string(said) != want {
		t.Errorf("az was called with %q, %v", said, err)
	}
}

func expires() string { return "4102444800" } // the year 2100

func TestAzureCLISaysNo(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		name, script, code string
		cause              error
	}{
		{"nobody signed in", `echo "ERROR: Please run 'az login' to setup account." >&2; exit 1`, "", connector.ErrVaultSignIn},
		{"in another tenant", `echo "ERROR: AADSTS50020: User account from identity provider does not exist in tenant." >&2; exit 1`, "AADSTS50020", connector.ErrVaultRefused},
		{"without a reason", `exit 3`, "", connector.ErrVaultRefused},
		{"no answer that can be read", `echo hello`, "", connector.ErrVaultRefused},
		{"not there", `exit 127`, "", connector.ErrVaultSignIn},
	} {
		putAzureCLI(t, w, c.script)
		err := do(t, w.open(t, "contoso"), "set")
		var e *connector.VaultError
		if !errors.As(err, &e) || !errors.Is(err, c.cause) || e.Code != c.code {
			t.Errorf("%s: %#v", c.name, e)
		}
	}
}

// TestAzureCLIOfAnotherTenant: the sign-in counts in a tenant that is not the vault's, and the vault's own tenant is told.
func TestAzureCLIOfAnotherTenant(t *testing.T) {
	w := newWorld(t)
	token, err := w.practice.AzureToken(w.practice.Facts().OtherTenantID, "")
	if err != nil {
		t.Fatal(err)
	}
	putAzureCLI(t, w, `echo '{"accessToken": "`+token+`", "expires_on": `+expires()+`}'`)
	err = do(t, w.open(t, "contoso"), "get")
	var e *connector.VaultError
	if !errors.As(err, &e) || !errors.Is(err, connector.ErrVaultRefused) || e.Status != 401 || e.Tenant != w.practice.Facts().TenantID {
		t.Errorf("%#v", e)
	}
	noSecret(t, w, err)
}

// TestMoreClaims: a vault that wants a newer sign-in than the one that Azure CLI has is told apart, and Azure CLI is not asked for what it can't do.
func TestMoreClaims(t *testing.T) {
	w := newWorld(t)
	putAzureCLI(t, w, `exit 1`)
	who, err := newSources(w.cloud, nil).all[2].make()
	if err != nil {
		t.Fatal(err)
	}
	_, err = ask(t.Context(), who, policy.TokenRequestOptions{Scopes: []string{"https://vault.example/.default"}, Claims: `{"access_token":{}}`})
	var refused *signInError
	if !errors.As(err, &refused) || !errors.Is(err, connector.ErrVaultRefused) || refused.code != "insufficient_claims" {
		t.Errorf("%#v", err)
	}
}

// TestAzureCLIHangs: a sign-in that never ends is abandoned.
func TestAzureCLIHangs(t *testing.T) {
	w := newWorld(t)
	putAzureCLI(t, w, `sleep 60`)
	before := signInTime
	signInTime = 100 * time.Millisecond
	t.Cleanup(func() { signInTime = before })
	err := do(t, w.open(t, "contoso"), "get")
	var e *connector.VaultError
	if !errors.As(err, &e) || e.Cause.Error() != "the time limit passed" {
		t.Errorf("%#v", e)
	}
}

// TestAzureCLIBesidePath: az is found where PATH does not lead, and PATH is as before afterwards.
func TestAzureCLIBesidePath(t *testing.T) {
	w := newWorld(t)
	token, err := w.practice.AzureToken(w.practice.Facts().TenantID, "")
	if err != nil {
		t.Fatal(err)
	}
	putAzureCLI(t, w, `echo '{"accessToken": "`+token+`", "expires_on": `+expires()+`}'`)
	folder := filepath.Dir(azPath(t))
	t.Setenv("PATH", "/usr/bin:/bin")
	before := azureCLIFolders
	azureCLIFolders = []string{folder}
	t.Cleanup(func() { azureCLIFolders = before })
	if err := do(t, w.open(t, "contoso"), "set"); err != nil {
		t.Error(err)
	}
	if path := os.Getenv("PATH"); path != "/usr/bin:/bin" {
		t.Errorf("PATH is %q", path)
	}
}

func azPath(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("az")
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestWithFolders(t *testing.T) {
	for _, c := range []struct{ path, want string }{
		{"/usr/bin:/bin", "/usr/bin:/bin:/a:/b"}, {"/b:/bin", "/b:/bin:/a"}, {"/a:/b", "/a:/b"}, {"", "/a:/b"},
	} {
		if got := withFolders(c.path, []string{"/a", "/b"}); got != c.want {
			t.Errorf("%q: %q", c.path, got)
		}
	}
}

// TestSignInAnew: after another sign-in a vault that refused the earlier one is opened with it.
func TestSignInAnew(t *testing.T) {
	w := newWorld(t)
	file := filepath.Join(t.TempDir(), "token")
	signIn := func(tenant string) {
		token, err := w.practice.AzureToken(tenant, "")
		if err == nil {
			err = os.WriteFile(file, []byte(`{"accessToken": "`+token+`", "expires_on": `+expires()+`}`), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	putAzureCLI(t, w, "cat "+file)
	s := New()
	signIn(w.practice.Facts().OtherTenantID)
	v, err := s.Open(w.cloud, w.address("contoso"))
	if err == nil {
		_, err = v.Get(t.Context(), "pcc-one")
	}
	if !errors.Is(err, connector.ErrVaultRefused) {
		t.Fatalf("in the other tenant: %v", err)
	}
	signIn(w.practice.Facts().TenantID)
	v, err = s.Open(w.cloud, w.address("contoso"))
	if err == nil {
		_, err = v.Get(t.Context(), "pcc-one")
	}
	if !errors.Is(err, connector.ErrVaultAbsent) {
		t.Errorf("in the vault's: %v", err)
	}
}
