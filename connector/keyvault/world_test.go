package keyvault

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/rehearsal"
)

func TestMain(m *testing.M) {
	if os.Getenv("KEYVAULT_CHILD") != "" {
		os.Exit(child())
	}
	patience.RetryDelay = time.Millisecond
	goleak.VerifyTestMain(m)
}

// world is a practice cloud with a computer that has the workload's sign-in.
type world struct {
	practice *rehearsal.Cloud
	facts    rehearsal.AzureFacts
	cloud    auth.Cloud
	file     string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	practice, err := rehearsal.Start(t.Context(), rehearsal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = practice.Close() })
	w := &world{practice: practice, facts: practice.Facts().Azure, file: filepath.Join(t.TempDir(), "clouds.toml")}
	if err := practice.WriteCloudsFile(w.file); err != nil {
		t.Fatal(err)
	}
	clouds, err := auth.LoadClouds(w.file)
	if err != nil {
		t.Fatal(err)
	}
	w.cloud = clouds[0]
	channel, err := auth.HTTPClient(w.cloud)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(channel.CloseIdleConnections)
	token := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(token, []byte(w.facts.WorkloadToken), 0o600); err != nil {
		t.Fatal(err)
	}
	w.signInAs(t, map[string]string{
		"AZURE_FEDERATED_TOKEN_FILE": token, "AZURE_CLIENT_ID": w.facts.WorkloadClientID, "AZURE_TENANT_ID": practice.Facts().TenantID,
	})
	return w
}

// signInAs gives the computer the sign-ins that the variables name, and no other.
func (w *world) signInAs(t *testing.T, variables map[string]string) {
	t.Helper()
	for _, name := range []string{
		"AZURE_FEDERATED_TOKEN_FILE", "AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_AUTHORITY_HOST", "AZURE_TOKEN_CREDENTIALS",
		"IDENTITY_ENDPOINT", "IDENTITY_HEADER", "MSI_ENDPOINT", "MSI_SECRET",
	} {
		t.Setenv(name, "")
		if variables[name] == "" {
			_ = os.Unsetenv(name) // t.Setenv puts it back
		}
	}
	t.Setenv("PATH", t.TempDir()) // without Azure CLI
	for name, value := range variables {
		t.Setenv(name, value)
	}
}

func (w *world) address(name string) string { return "https://" + name + "." + w.facts.KeyVaultSuffix }

// open opens a vault on a computer that is no machine of Azure, even where the test runs on one.
func (w *world) open(t *testing.T, name string) *vault {
	t.Helper()
	channel, err := auth.HTTPClient(w.cloud)
	if err != nil {
		t.Fatal(err)
	}
	who := newSources(w.cloud, channel)
	who.all = who.all[:len(who.all)-1]
	v, err := open(w.address(name), &transport{client: channel}, who)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// child is the other process of TestTenProcesses: it writes one version of a secret.
func child() int {
	clouds, err := auth.LoadClouds(os.Getenv("KEYVAULT_CLOUDS"))
	if err != nil {
		return complain(err)
	}
	v, err := New().Open(clouds[0], os.Getenv("KEYVAULT_CHILD"))
	if err != nil {
		return complain(err)
	}
	secret := connector.VaultSecret{Name: "pcc-many", Value: auth.NewSecret(os.Getenv("KEYVAULT_VALUE")), Tags: map[string]string{"connector": "many"}}
	if _, err := v.Set(context.Background(), secret); err != nil {
		return complain(err)
	}
	return 0
}

func complain(err error) int {
	_, _ = os.Stderr.WriteString(err.Error() + "\n")
	return 1
}
