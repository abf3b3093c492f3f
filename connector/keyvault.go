package connector

import (
	"context"
	"errors"
	"fmt"
	"time"

	"partner-center-connector/auth"
)

// VaultPlace is where in an Azure Key Vault the credential of a connector stands. The names of its secrets are Prefix-Name-refresh-token and so on.
type VaultPlace struct {
	// URL is https://NAME. and the vault suffix of the connector's cloud, without a trailing slash.
	URL string `json:"url"`
	// Prefix is what the names of the secrets begin with, "pcc" where nobody chose another one.
	Prefix string `json:"prefix"`
	// Name is the connector's name in letters, digits and hyphens, as the names of the secrets have it.
	Name string `json:"name"`
	// WithSecret says that the client secret or certificate is there too.
	WithSecret bool `json:"withSecret,omitempty"`
	// At is when it was last written from here.
	At time.Time `json:"at"`
}

// VaultSecret is a secret of a key vault.
type VaultSecret struct {
	Name string
	// Value is empty where only the tags were read.
	Value auth.Secret
	Tags  map[string]string
	// Version is the vault's name of this version; Created when it was written, and Updated when it, or its tags alone, were changed last: a tag says
	// nothing of the age of a value.
	Version          string
	Created, Updated time.Time
}

// KeyVaults opens key vaults in Azure.
type KeyVaults interface {
	// Open makes a client of the vault at an address that [auth.Cloud.KeyVault] takes; it connects to nothing. Its error is a *VaultError with
	// ErrVaultAddress where it is no such address, or an *auth.CloudsFileError.
	Open(cloud auth.Cloud, url string) (KeyVault, error)
}

// KeyVault is one key vault. Its errors are *VaultError; a name that is none there is ErrVaultAbsent.
type KeyVault interface {
	// Get reads the newest version of a secret with its value.
	Get(ctx context.Context, name string) (VaultSecret, error)
	// Tags reads the newest version of a secret without its value, which needs the right to list alone. Of versions of the same second it is
	// any of them.
	Tags(ctx context.Context, name string) (VaultSecret, error)
	// Set writes a new version. The vault keeps the earlier ones.
	Set(ctx context.Context, s VaultSecret) (VaultSecret, error)
	// MayWrite asks, without changing anything, whether secrets of that name may be written; nil where they may. ErrVaultDeleted where a deleted
	// one has the name.
	MayWrite(ctx context.Context, name string) error
}

// Errors of a key vault.
var (
	// ErrVaultAddress: not the address of a vault in the cloud.
	ErrVaultAddress = errors.New("not the address of a key vault in this cloud")
	// ErrVaultAbsent: no secret of that name.
	ErrVaultAbsent = errors.New("the key vault has no secret of this name")
	// ErrVaultDeleted: a secret of that name was deleted and can be recovered, so that its name is taken.
	ErrVaultDeleted = errors.New("a deleted secret has this name")
	// ErrVaultDisabled: the secret of that name is switched off in the vault.
	ErrVaultDisabled = errors.New("the secret is disabled in the key vault")
	// ErrVaultSignIn: nobody is signed in who could be asked for: no Azure CLI, no workload or managed identity.
	ErrVaultSignIn = errors.New("no sign-in for Azure was found")
	// ErrVaultRefused: there is a sign-in for Azure, and it does not count in the vault's tenant, or not any more.
	ErrVaultRefused = errors.New("the sign-in for Azure was refused")
	// ErrVaultRight: who is signed in has no right to do it.
	ErrVaultRight = errors.New("no right to do this in the key vault")
	// ErrVaultFirewall: the vault lets nobody in from this network.
	ErrVaultFirewall = errors.New("the key vault lets nobody in from this network")
	// ErrVaultTenant: the vault wants a sign-in that is for something else than it: the answer does not come from a vault, or from another cloud's.
	ErrVaultTenant = errors.New("the key vault asks for a sign-in that is not for it")
	// ErrVaultThrottled: too many requests.
	ErrVaultThrottled = errors.New("the key vault asks to wait")
	// ErrVaultNotOurs: a secret of that name is there that this program did not write.
	ErrVaultNotOurs = errors.New("the key vault has a secret of this name that this program did not write")
	// ErrVaultUnwell: the vault's service has a trouble of its own.
	ErrVaultUnwell = errors.New("the key vault's service has a trouble of its own")
	// ErrVaultName: no name that a secret can have.
	ErrVaultName = errors.New("not a name for a secret of a key vault")
	// ErrVaultTooLong: a value, or a tag, is longer than a key vault keeps.
	ErrVaultTooLong = errors.New("it is longer than a key vault keeps")
	// ErrVaultDiffers: what was read back is not what was written.
	ErrVaultDiffers = errors.New("the key vault gave back something else than was written")
)

// VaultError is an answer of a key vault that says no, or the reason why there was none.
type VaultError struct {
	// Vault is its host; Secret the name in question, empty for none.
	Vault, Secret string
	// Suffix is what the names of the cloud's vaults end with, for ErrVaultAddress; empty where there are none.
	Suffix string
	// Tenant is the tenant that the vault asks to sign in to; empty where it did not say.
	Tenant string
	// Status is the HTTP status; 0 where there was no answer.
	Status int
	// Code is the service's own code, the innermost one: "ForbiddenByRbac". Description is its sentence, cut to a sane length and without secrets.
	Code, Description string
	// RequestID is the x-ms-request-id of the answer.
	RequestID string
	// Reading says, for ErrVaultNotOurs, that the secret was to be used, and not written.
	Reading bool
	// RetryAfter is how long the vault asks to wait; 0 where it does not say.
	RetryAfter time.Duration
	// Cause is one of the errors above, or auth's ErrNetwork, ErrDNS, ErrTLS, ErrProxyAuth, ErrTimeout, ErrBadAnswer.
	Cause error
}

// Error implements error.
func (e *VaultError) Error() string {
	if e.Code == "" {
		return fmt.Sprintf("%s: %v", e.Vault, e.Cause)
	}
	return fmt.Sprintf("%s: %v (%d %s)", e.Vault, e.Cause, e.Status, e.Code)
}

// Unwrap returns the cause, for errors.Is.
func (e *VaultError) Unwrap() error { return e.Cause }

// UnwrittenError says that a newer refresh token could not be written to a key vault.
type UnwrittenError struct {
	// Vault is its host; Ends is when the refresh token there ends at the latest, where nobody writes a newer one.
	Vault string
	Ends  time.Time
	// InTime says that whoever is signed in may only read there, and that there is time left for somebody who may write.
	InTime bool
	// Cause is the vault's error.
	Cause error
}

// Error implements error.
func (e *UnwrittenError) Error() string { return e.Cause.Error() }

// Unwrap returns the cause, for errors.Is and errors.As.
func (e *UnwrittenError) Unwrap() error { return e.Cause }

// HandoverPlan is what a handover to a key vault would write. It holds no secret.
type HandoverPlan struct {
	Place VaultPlace
	// Secrets are the names that would be written, each with what is there now.
	Secrets []PlannedSecret
	// SecretStays says that the client secret or certificate of an earlier copy is there, and stays as it is.
	SecretStays bool
	// Missing is why it can't be done; nil where it can.
	Missing error
}

// PlannedSecret is a name in a HandoverPlan.
type PlannedSecret struct {
	Name string
	// There says that the vault has a secret of that name; Ours that its tags are of this program and this connector.
	There, Ours bool
}

// Written is the place as it is after the handover.
func (p HandoverPlan) Written() VaultPlace {
	place := p.Place
	place.WithSecret = place.WithSecret || p.SecretStays
	return place
}

// Foreign returns the names at which secrets stand that this program did not write for this connector.
func (p HandoverPlan) Foreign() []string {
	names := []string{}
	for _, s := range p.Secrets {
		if s.There && !s.Ours {
			names = append(names, s.Name)
		}
	}
	return names
}
