package runner

import (
	"context"
	"maps"
	"sync"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// memoryVault is a key vault in memory, in any cloud. What it holds nobody may write where refuses says so.
type memoryVault struct {
	mu      sync.Mutex
	secrets map[string]connector.VaultSecret
	refuses error
}

func (v *memoryVault) Open(auth.Cloud, string) (connector.KeyVault, error) { return v, nil }

func (v *memoryVault) Get(_ context.Context, name string) (connector.VaultSecret, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	s, ok := v.secrets[name]
	if !ok {
		return s, &connector.VaultError{Secret: name, Cause: connector.ErrVaultAbsent}
	}
	return s, nil
}

func (v *memoryVault) Tags(ctx context.Context, name string) (connector.VaultSecret, error) {
	s, err := v.Get(ctx, name)
	s.Value = auth.Secret{}
	return s, err
}

func (v *memoryVault) Set(_ context.Context, s connector.VaultSecret) (connector.VaultSecret, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.secrets[s.Name] = s
	return s, nil
}

func (v *memoryVault) MayWrite(context.Context, string) error { return v.refuses }

// givingWorld is a world whose credentials can be taken apart.
type givingWorld struct{ *world }

func (givingWorld) TakeApart(auth.Secret) (auth.Bare, error) {
	return auth.Bare{RefreshToken: auth.NewSecret("refresh"), Secret: auth.NewSecret("client secret")}, nil
}

// TestAHandoverInTheWindow goes the whole way of the window: the form, the look, the handover and its outcome.
func TestAHandoverInTheWindow(t *testing.T) {
	w, vault := newWorld(), &memoryVault{secrets: map[string]connector.VaultSecret{}}
	w.connectors["c"] = connector.Connector{ID: "c", Name: "Contoso", Tenant: tenantA, ClientID: clientID, ClientKind: auth.SecretClient}
	w.secrets["c"] = auth.NewSecret("credential")
	ports := w.ports()
	ports.KeyVaults, ports.Redeemer = vault, givingWorld{w}
	s := startWith(t, w, ports).run()
	s.until("the list", func(state wizard.State) bool { return len(state.Home.Connectors) == 1 })
	s.send(wizard.OpenConnector{ID: "c"}, wizard.AskKeyVault{}, wizard.Edited{Field: connector.FieldVault, Value: "contoso"})
	vault.refuses = &connector.VaultError{Vault: "contoso.vault.azure.net", Status: 403, Cause: connector.ErrVaultRight}
	s.send(wizard.LookInKeyVault{})
	state := s.until("why not", func(state wizard.State) bool { return state.Detail.KeyVault.Problem != nil })
	if p := state.Detail.KeyVault.Problem; p == nil || p.Kind != connector.KindVaultRight || state.Refuses(wizard.HandOverToKeyVault{}) == "" {
		t.Fatalf("without the right it shows %+v", state.Detail.KeyVault)
	}
	vault.refuses = nil
	s.send(wizard.Ticked{Field: connector.FieldVaultSecret, On: true}, wizard.LookInKeyVault{})
	state = s.until("the plan", func(state wizard.State) bool {
		return state.Detail.KeyVault.Plan != nil && state.Detail.KeyVault.Problem == nil
	})
	if f := state.Detail.KeyVault; f.Plan == nil || f.Problem != nil || f.Plan.Place.Name != "contoso" || len(f.Plan.Secrets) != 4 || f.Plan.Missing != nil {
		t.Fatalf("it shows %+v", f)
	}
	s.send(wizard.HandOverToKeyVault{})
	state = s.until("the outcome", func(state wizard.State) bool {
		return state.Detail.KeyVault.Written != nil && len(state.Shown().Copies) == 1 || state.Detail.KeyVault.Problem != nil
	})
	if p := state.Detail.KeyVault.Problem; p != nil {
		t.Fatalf("%+v", p)
	}
	vault.mu.Lock()
	defer vault.mu.Unlock()
	if n := len(vault.secrets); n != 4 || vault.secrets["pcc-contoso-refresh-token"].Value.Reveal() != "refresh" {
		t.Errorf("the vault has %d: %v", n, maps.Keys(vault.secrets))
	}
}

func TestWithoutKeyVaultsNothingIsOffered(t *testing.T) {
	w := newWorld()
	if got := New(w.ports(), nil, nil).vaultSuffixes(); len(got) != 0 {
		t.Errorf("%v", got)
	}
	ports := w.ports()
	ports.KeyVaults = &memoryVault{}
	want := map[string]string{"global": "vault.azure.net", "usgov": "vault.usgovcloudapi.net", "china": "vault.azure.cn"}
	if got := New(ports, nil, nil).vaultSuffixes(); !maps.Equal(got, want) {
		t.Errorf("%v", got)
	}
}
