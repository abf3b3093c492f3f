package auth

import (
	"encoding/json"
	"net/url"
	"strings"
)

// Bare is what goes on with a sign-in without this program's own form of it: a refresh token, what the app proves itself with, and whose it is.
type Bare struct {
	RefreshToken Secret
	// Secret is the client secret, Certificate the PEM bundle of a key and its certificate; whichever the app has.
	Secret, Certificate Secret
	// Account is MSAL's key of the account, ObjectID the account's ID in the tenant. Neither is a secret.
	Account, ObjectID string
}

// TakeApart takes out of a saved credential what goes on with it elsewhere. Its error is an *Error with Cause ErrCredentialDamaged,
// ErrCredentialNewer, or ErrNoRefresh, where there is no refresh token in it.
func (s *Service) TakeApart(credential Secret) (Bare, error) {
	fail := func(cause error) (Bare, error) { return Bare{}, &Error{Stage: StageRefresh, Cause: cause} }
	var saved savedCredential
	if json.Unmarshal([]byte(credential.Reveal()), &saved) != nil || saved.Version < 1 {
		return fail(ErrCredentialDamaged)
	}
	if saved.Version > credentialVersion {
		return fail(ErrCredentialNewer)
	}
	tokens, ok := readTokenCache(saved.Cache)
	if !ok || saved.HomeAccountID == "" {
		return fail(ErrCredentialDamaged)
	}
	token := tokens.refreshToken(saved.HomeAccountID, saved.ClientID)
	if token == "" {
		return fail(ErrNoRefresh)
	}
	return Bare{
		RefreshToken: NewSecret(token), Secret: NewSecret(saved.Secret), Certificate: NewSecret(saved.Certificate),
		Account: saved.HomeAccountID, ObjectID: saved.Claims.ObjectID,
	}, nil
}

// PutTogether makes the credential that Resume opens of a bare refresh token. Of who signed in it knows no more than what b says: the answer to
// the first refresh is compared with that. Its error is an *Error with Cause ErrNoRefresh, ErrNoSecret or ErrCertNoCert for what is missing, or
// ErrCredentialDamaged where nobody can tell whose token it is.
func (s *Service) PutTogether(cloud Cloud, tenant Tenant, app App, b Bare) (Secret, error) {
	if cause := b.missing(app.ClientKind); cause != nil {
		return Secret{}, &Error{Stage: StageRefresh, Cause: cause}
	}
	saved := savedCredential{
		Version: credentialVersion, ClientKind: app.ClientKind, Cloud: cloud.Name, TenantID: tenant.ID, ClientID: app.ClientID,
		HomeAccountID: b.Account, Cache: bareCache(cloud, app.ClientID, b),
		Claims: IDClaims{
			TenantID: strings.ToLower(tenant.ID), Issuer: tenant.Issuer, Audience: app.ClientID, ObjectID: strings.ToLower(b.ObjectID), HomeAccountID: b.Account,
		},
	}
	if uid, utid, ok := strings.Cut(b.Account, "."); ok {
		saved.Info = clientInfo{UID: uid, UTID: utid}
		saved.Claims.HomeTenant = strings.ToLower(utid)
	}
	switch app.ClientKind {
	case SecretClient:
		saved.Secret = b.Secret.Reveal()
	case CertificateClient:
		saved.Certificate = b.Certificate.Reveal()
	case PublicClient:
	}
	text, err := json.Marshal(saved) //nolint:gosec // the credential of a session that is resumed at once, or goes into the keychain
	if err != nil {
		return Secret{}, &Error{Stage: StageRefresh, Cause: ErrCredentialDamaged}
	}
	return NewSecret(string(text)), nil
}

// missing is what a client of that kind would need besides; nil where everything is there.
func (b Bare) missing(kind ClientKind) error {
	switch {
	case b.RefreshToken.Empty():
		return ErrNoRefresh
	case b.Account == "":
		return ErrCredentialDamaged
	case kind == SecretClient && b.Secret.Empty():
		return ErrNoSecret
	case kind == CertificateClient && b.Certificate.Empty():
		return ErrCertNoCert
	}
	return nil
}

// cachedRefreshToken is an entry of the cache in MSAL's format.
type cachedRefreshToken struct {
	HomeAccountID  string `json:"home_account_id"`
	Environment    string `json:"environment"`
	CredentialType string `json:"credential_type"`
	ClientID       string `json:"client_id"`
	Secret         string `json:"secret"`
}

// bareCache is a cache in MSAL's format with nothing in it but a refresh token and the metadata without which MSAL finds none.
func bareCache(c Cloud, clientID string, b Bare) json.RawMessage {
	host := ""
	if u, err := url.Parse(c.Login); err == nil {
		host = u.Host
	}
	key := func(parts ...string) string { return strings.ToLower(strings.Join(parts, "-")) }
	data, err := json.Marshal(map[string]map[string]any{
		refreshTokens: {key(b.Account, host, refreshTokens, clientID): cachedRefreshToken{
			HomeAccountID: b.Account, Environment: host, CredentialType: refreshTokens, ClientID: clientID, Secret: b.RefreshToken.Reveal(),
		}},
		appMetadata: {key(appMetadata, host, clientID): map[string]string{"client_id": clientID, "environment": host}},
	})
	if err != nil {
		return nil // texts alone always become JSON
	}
	return data
}

// refreshToken is that of an account and app; empty where there is none.
func (c tokenCache) refreshToken(account, clientID string) string {
	for _, entry := range c[refreshTokens] {
		var t cachedRefreshToken
		if json.Unmarshal(entry, &t) == nil && t.HomeAccountID == account && strings.EqualFold(t.ClientID, clientID) && t.Secret != "" {
			return t.Secret
		}
	}
	return ""
}
