package keeper_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

type azureClouds struct{ clouds }

func (azureClouds) Cloud(name string) (auth.Cloud, bool) {
	return auth.Cloud{Name: name, VaultSuffix: "vault.azure.net"}, name == "global"
}

type discovery struct{ connector.TenantFinder }

func (discovery) FindTenant(_ context.Context, id string) ([]auth.Tenant, error) {
	other := auth.Tenant{ID: id, Cloud: "usgov"}
	return []auth.Tenant{other, {ID: id, Cloud: "global", Issuer: "https://login.example/A/v2.0", Token: "https://login.example/A/token", Region: "EU"}}, nil
}

func (discovery) AskClock(context.Context, string) time.Duration { return 0 }

type keyVaults struct{ *azure }

func (v keyVaults) Open(cloud auth.Cloud, url string) (connector.KeyVault, error) {
	if !strings.HasSuffix(url, "."+cloud.VaultSuffix) {
		return nil, &connector.VaultError{Vault: url, Cause: connector.ErrVaultAddress}
	}
	return keyVault(v), nil
}

type keyVault struct{ *azure }

func (v keyVault) call(call, name string) error {
	if v.refuse == nil {
		return nil
	}
	return v.refuse(call, name)
}

func (v keyVault) newest(name string) (connector.VaultSecret, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	all := v.versions[name]
	if len(all) == 0 {
		return connector.VaultSecret{}, vaultSays(name, http.StatusNotFound, connector.ErrVaultAbsent)
	}
	return all[len(all)-1], nil
}

func vaultSays(name string, status int, cause error) error {
	return &connector.VaultError{Vault: "contoso.vault.azure.net", Secret: name, Status: status, Cause: cause}
}

func (v keyVault) Get(_ context.Context, name string) (connector.VaultSecret, error) {
	if err := v.call("get", name); err != nil {
		return connector.VaultSecret{}, err
	}
	return v.newest(name)
}

func (v keyVault) Tags(_ context.Context, name string) (connector.VaultSecret, error) {
	if err := v.call("tags", name); err != nil {
		return connector.VaultSecret{}, err
	}
	s, err := v.newest(name)
	s.Value = auth.Secret{}
	return s, err
}

func (v keyVault) Set(_ context.Context, s connector.VaultSecret) (connector.VaultSecret, error) {
	if err := v.call("set", s.Name); err != nil {
		return connector.VaultSecret{}, err
	}
	err := v.fuse.do("set "+s.Name, func() error {
		v.mu.Lock()
		defer v.mu.Unlock()
		s.Version, s.Created, s.Updated = fmt.Sprint(len(v.versions[s.Name])), v.clock.now(), v.clock.now()
		v.versions[s.Name] = append(v.versions[s.Name], s)
		return nil
	})
	return s, err
}

func (v keyVault) MayWrite(_ context.Context, name string) error { return v.call("may write", name) }

// credentialOf is a credential of this test's own form.
func credentialOf(kind auth.ClientKind, refresh, proof, account, objectID string) auth.Secret {
	return auth.NewSecret(strings.Join([]string{string(kind), refresh, proof, account, objectID}, "|"))
}

type bareRedeemer struct {
	connector.Redeemer
	*azure
}

func (r bareRedeemer) TakeApart(credential auth.Secret) (auth.Bare, error) {
	p := strings.Split(credential.Reveal(), "|")
	if len(p) != 5 {
		return auth.Bare{}, auth.ErrCredentialDamaged
	}
	b := auth.Bare{RefreshToken: auth.NewSecret(p[1]), Account: p[3], ObjectID: p[4]}
	switch auth.ClientKind(p[0]) {
	case auth.SecretClient:
		b.Secret = auth.NewSecret(p[2])
	case auth.CertificateClient:
		b.Certificate = auth.NewSecret(p[2])
	case auth.PublicClient:
	}
	return b, nil
}

func (r bareRedeemer) PutTogether(c connector.Connector, b auth.Bare) (auth.Secret, error) {
	return credentialOf(c.ClientKind, b.RefreshToken.Reveal(), b.Secret.Reveal()+b.Certificate.Reveal(), b.Account, b.ObjectID), nil
}

func (r bareRedeemer) Resume(_ context.Context, c connector.Connector, credential auth.Secret, store func(context.Context, auth.Secret) error) (connector.Session, error) {
	return &azureSession{azure: r.azure, tenant: c.Tenant.ID, credential: credential, store: store}, nil
}

type azureSession struct {
	connector.Session
	*azure
	tenant  string
	store   func(context.Context, auth.Secret) error
	pending bool

	own        sync.Mutex
	credential auth.Secret
}

func (s *azureSession) Claims() auth.IDClaims {
	return auth.IDClaims{TenantID: s.tenant, ObjectID: "oid", HomeTenant: s.tenant, HomeAccountID: "oid." + s.tenant}
}
func (s *azureSession) Verify(time.Time) error { return nil }

func (s *azureSession) Credential() auth.Secret {
	s.own.Lock()
	defer s.own.Unlock()
	return s.credential
}

func (s *azureSession) Token(_ context.Context, r auth.Resource, _ bool) (auth.Token, error) {
	s.own.Lock()
	defer s.own.Unlock()
	p := strings.Split(s.credential.Reveal(), "|")
	fresh, err := s.refresh(p[1])
	if err != nil {
		return auth.Token{}, err
	}
	p[1], s.pending = fresh, true
	s.credential = auth.NewSecret(strings.Join(p, "|"))
	return auth.Token{Value: auth.NewSecret(s.tenant + "-access-token"), Scopes: auth.Cloud{}.Scopes(r, true, auth.ScopeApplications), ScopesGiven: true}, nil
}

// refresh takes any refresh token that was given, and gives another one.
func (a *azure) refresh(token string) (string, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.refreshes++
	if a.down != nil {
		return "", a.down
	}
	if !slices.Contains(a.given, token) {
		return "", &auth.Error{Stage: auth.StageRefresh, Status: http.StatusBadRequest, OAuth: "invalid_grant"}
	}
	a.given = append(a.given, fmt.Sprintf("refresh-%d", len(a.given)))
	return a.given[len(a.given)-1], nil
}

func (s *azureSession) Keep(ctx context.Context) error {
	s.own.Lock()
	pending := s.pending
	s.pending = false
	s.own.Unlock()
	if !pending || s.store == nil {
		return nil
	}
	if err := s.store(ctx, s.Credential()); err != nil {
		return &auth.Error{Stage: auth.StageRefresh, Cause: fmt.Errorf("%w: %w", auth.ErrNotStored, err)}
	}
	return nil
}
