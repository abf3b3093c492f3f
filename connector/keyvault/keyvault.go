// Package keyvault keeps credentials in Azure key vaults, by Microsoft's own SDK. Who may do that is up to the sign-in that this computer has for
// Azure already: this package signs nobody in, and the check of the SDK that a vault asks for a sign-in to vaults stays on.
package keyvault

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	azlog "github.com/Azure/azure-sdk-for-go/sdk/azcore/log"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/security/keyvault/azsecrets"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// callTime is the limit of one call with all its tries and the sign-in before it.
var callTime = 90 * time.Second

// patience says how often a vault is asked again. One that wants more than a few seconds is told to the person at once.
var patience = policy.RetryOptions{MaxRetries: 2, RetryDelay: 800 * time.Millisecond, MaxRetryDelay: 5 * time.Second}

// noVersion is a version that no secret has: vaults draw theirs at random.
const noVersion = "00000000000000000000000000000000"

// Service opens key vaults. A vault that was opened stays open, so that its token serves the next call, until the sign-in does not do any more.
type Service struct {
	mu     sync.Mutex
	vaults map[place]*vault
}

// place is a vault in a cloud.
type place struct {
	cloud auth.Cloud
	url   string
}

// silence keeps the SDK from writing a log, which AZURE_SDK_GO_LOGGING would bring to standard error. It is done once: calls that run on read what
// it sets.
var silence = sync.OnceFunc(func() { azlog.SetListener(nil) })

// New makes a Service.
func New() *Service {
	silence()
	return &Service{vaults: map[place]*vault{}}
}

// Open implements connector.KeyVaults.
func (s *Service) Open(cloud auth.Cloud, address string) (connector.KeyVault, error) {
	url, ok := cloud.KeyVault(address)
	if !ok {
		return nil, &connector.VaultError{Vault: shown(address), Suffix: cloud.VaultSuffix, Cause: connector.ErrVaultAddress}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	at := place{cloud, url}
	if v := s.vaults[at]; v != nil {
		return v, nil
	}
	channel, err := auth.HTTPClient(cloud)
	if err != nil {
		return nil, err
	}
	v, err := open(url, &transport{client: channel}, newSources(cloud, channel))
	if err != nil {
		return nil, err
	}
	v.forget = func() { s.forget(at, v) }
	s.vaults[at] = v
	return v, nil
}

// forget has a vault opened again the next time, unless that was done already.
func (s *Service) forget(at place, v *vault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.vaults[at] == v {
		delete(s.vaults, at)
	}
}

// vault is one key vault.
type vault struct {
	host   string
	client *azsecrets.Client
	// forget has the vault opened again the next time: the token that the SDK keeps is that of the account that was signed in until now.
	forget func()
}

func open(url string, channel policy.Transporter, who azcore.TokenCredential) (*vault, error) {
	host := strings.TrimPrefix(url, "https://")
	client, err := azsecrets.NewClient(url, who, &azsecrets.ClientOptions{ClientOptions: azcore.ClientOptions{
		Transport: channel, Retry: patience, Telemetry: policy.TelemetryOptions{Disabled: true},
	}})
	if err != nil {
		return nil, &connector.VaultError{Vault: host, Cause: connector.ErrVaultAddress}
	}
	return &vault{host: host, client: client, forget: func() {}}, nil
}

// call makes one call about a secret, and reads its error. After one that another account could do something about the vault is opened again.
func (v *vault) call(ctx context.Context, name string, hidden auth.Secret, do func(ctx context.Context) error) error {
	err := v.ask(ctx, name, hidden, do)
	if isRight(err) || errors.Is(err, connector.ErrVaultRefused) || errors.Is(err, connector.ErrVaultSignIn) {
		v.forget()
	}
	return err
}

// ask is call of which a refusal says nothing about who is signed in.
func (v *vault) ask(ctx context.Context, name string, hidden auth.Secret, do func(ctx context.Context) error) error {
	if !connector.IsVaultSecretName(name) {
		return &connector.VaultError{Vault: v.host, Cause: connector.ErrVaultName}
	}
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	ctx, seen := watched(ctx)
	if err := do(ctx); err != nil {
		return v.failure(name, hidden, seen, err)
	}
	return nil
}

// Get implements connector.KeyVault.
func (v *vault) Get(ctx context.Context, name string) (connector.VaultSecret, error) {
	var answer azsecrets.GetSecretResponse
	err := v.call(ctx, name, auth.Secret{}, func(ctx context.Context) (err error) {
		answer, err = v.client.GetSecret(ctx, name, "", nil)
		return err
	})
	if err != nil {
		return connector.VaultSecret{}, err
	}
	return secretOf(name, answer.Secret), nil
}

// Set implements connector.KeyVault.
func (v *vault) Set(ctx context.Context, s connector.VaultSecret) (connector.VaultSecret, error) {
	if !fits(s) {
		return connector.VaultSecret{}, &connector.VaultError{Vault: v.host, Secret: s.Name, Cause: connector.ErrVaultTooLong}
	}
	var answer azsecrets.SetSecretResponse
	err := v.call(ctx, s.Name, s.Value, func(ctx context.Context) (err error) {
		wanted := azsecrets.SetSecretParameters{Value: to.Ptr(s.Value.Reveal()), Tags: map[string]*string{}}
		for key, value := range s.Tags {
			wanted.Tags[key] = &value
		}
		answer, err = v.client.SetSecret(ctx, s.Name, wanted, nil)
		return err
	})
	if err != nil {
		return connector.VaultSecret{}, err
	}
	return secretOf(s.Name, answer.Secret), nil
}

// Tags implements connector.KeyVault. The list of versions is what the right to list alone can read.
func (v *vault) Tags(ctx context.Context, name string) (connector.VaultSecret, error) {
	var newest *azsecrets.SecretProperties
	err := v.call(ctx, name, auth.Secret{}, func(ctx context.Context) error {
		for pages := v.client.NewListSecretPropertiesVersionsPager(name, nil); pages.More(); {
			page, err := pages.NextPage(ctx)
			if err != nil {
				return err
			}
			for _, version := range page.Value {
				if newest == nil || made(version).After(made(newest)) {
					newest = version
				}
			}
		}
		return nil
	})
	if err != nil {
		return connector.VaultSecret{}, err
	}
	if newest == nil {
		return connector.VaultSecret{}, &connector.VaultError{Vault: v.host, Secret: name, Status: http.StatusOK, Cause: connector.ErrVaultAbsent}
	}
	return secretOf(name, azsecrets.Secret{ID: newest.ID, Tags: newest.Tags, Attributes: newest.Attributes}), nil
}

// MayWrite implements connector.KeyVault. To change a version that is not there takes the right to write, and changes nothing.
func (v *vault) MayWrite(ctx context.Context, name string) error {
	err := v.call(ctx, name, auth.Secret{}, func(ctx context.Context) error {
		_, err := v.client.UpdateSecretProperties(ctx, name, noVersion, azsecrets.UpdateSecretPropertiesParameters{}, nil)
		return err
	})
	if !isAbsent(err) {
		return err
	}
	return v.deleted(ctx, name)
}

// deleted is ErrVaultDeleted where a deleted secret has the name. Whoever may not see the deleted ones is told by Set.
func (v *vault) deleted(ctx context.Context, name string) error {
	err := v.ask(ctx, name, auth.Secret{}, func(ctx context.Context) error {
		_, err := v.client.GetDeletedSecret(ctx, name, nil)
		return err
	})
	switch {
	case err == nil:
		return &connector.VaultError{Vault: v.host, Secret: name, Status: http.StatusOK, Cause: connector.ErrVaultDeleted}
	case isAbsent(err), isRight(err):
		return nil
	}
	return err
}

// made is when a version was made.
func made(s *azsecrets.SecretProperties) time.Time {
	if s == nil || s.Attributes == nil || s.Attributes.Created == nil {
		return time.Time{}
	}
	return *s.Attributes.Created
}

// secretOf is a secret as the vault gave it.
func secretOf(name string, s azsecrets.Secret) connector.VaultSecret {
	found := connector.VaultSecret{Name: name, Tags: map[string]string{}}
	if s.Value != nil {
		found.Value = auth.NewSecret(*s.Value)
	}
	for key, value := range s.Tags {
		if value != nil {
			found.Tags[key] = *value
		}
	}
	if s.ID != nil {
		found.Version = versionOf(string(*s.ID))
	}
	if s.Attributes != nil {
		if at := s.Attributes.Created; at != nil {
			found.Created = at.UTC()
		}
		if at := cmp.Or(s.Attributes.Updated, s.Attributes.Created); at != nil {
			found.Updated = at.UTC()
		}
	}
	return found
}

// versionOf is the version in the ID of a secret, https://VAULT/secrets/NAME/VERSION; empty where there is none.
func versionOf(id string) string {
	parts := strings.Split(id, "/")
	const all = 6
	if len(parts) != all {
		return ""
	}
	return parts[all-1]
}
