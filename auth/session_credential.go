package auth

import (
	"encoding/json"
	"errors"
	"strings"
	"time"
)

// Reasons why a saved credential can't be used.
var (
	ErrCredentialDamaged = errors.New("the saved credential cannot be read")
	ErrCredentialNewer   = errors.New("the saved credential is of a newer version")
	ErrCredentialOther   = errors.New("the saved credential belongs to another tenant or app registration")
)

// credentialVersion is raised when an older program could no longer read the format.
const credentialVersion = 1

// savedCredential is what a Session needs to be resumed. It goes into the keychain and nowhere else.
type savedCredential struct {
	Version       int        `json:"version"`
	ClientKind    ClientKind `json:"kind"`
	Cloud         string     `json:"cloud"`
	TenantID      string     `json:"tenantId"`
	ClientID      string     `json:"clientId"`
	HomeAccountID string     `json:"homeAccountId"`
	// Info is the account's client_info, for a refresh answer that has none.
	Info clientInfo `json:"clientInfo,omitzero"`
	// Cache is MSAL's, in its own format.
	Cache       json.RawMessage    `json:"cache"`
	Secret      string             `json:"secret,omitempty"`
	Certificate string             `json:"certificate,omitempty"`
	Claims      IDClaims           `json:"claims"`
	Grants      map[Resource]grant `json:"grants,omitempty"`
}

// grant is what the last answer for a resource said; a cached access token is of that answer.
type grant struct {
	Scopes       []string `json:"scopes,omitempty"`
	Given        bool     `json:"given,omitempty"`
	RefreshToken bool     `json:"refreshToken,omitempty"`
}

// readCredential checks that a saved credential belongs to the cloud, tenant and app. Errors are the ErrCredential… values.
func readCredential(credential Secret, c Cloud, t Tenant, a App) (savedCredential, error) {
	var saved savedCredential
	if json.Unmarshal([]byte(credential.Reveal()), &saved) != nil || saved.Version < 1 {
		return savedCredential{}, ErrCredentialDamaged
	}
	if saved.Version > credentialVersion {
		return savedCredential{}, ErrCredentialNewer
	}
	if saved.ClientKind != a.ClientKind || saved.Cloud != c.Name || !strings.EqualFold(saved.TenantID, t.ID) || !strings.EqualFold(saved.ClientID, a.ClientID) {
		return savedCredential{}, ErrCredentialOther
	}
	if _, ok := readTokenCache(saved.Cache); !ok || saved.HomeAccountID == "" {
		return savedCredential{}, ErrCredentialDamaged
	}
	return saved, nil
}

// worthKeeping is how long an access token must still be good for a place in the keychain.
const worthKeeping = 10 * time.Minute

// Credential returns what Resume needs to go on: the refresh token, and the access tokens that a call would be served with. It belongs into
// the keychain and nowhere else.
func (s *Session) Credential() Secret {
	tokens, _, _ := s.cache.state()
	return s.credential(tokens)
}

func (s *Session) credential(tokens tokenCache) Secret {
	grants := map[Resource]grant{}
	later := time.Now().Add(worthKeeping) // by the clock of MSAL, which has dated them
	slim := tokens.only(func(t accessToken) bool {
		r := s.resourceOf(t)
		if !s.isKept(r) || !t.lastsUntil(later) {
			return false
		}
		grants[r] = s.grant(r)
		return true
	})
	data, err := json.Marshal(slim)
	if err != nil {
		return Secret{} // only a cache that is no JSON could do that, and readTokenCache lets none in
	}
	saved := savedCredential{
		Version: credentialVersion, ClientKind: s.app.ClientKind,
		Cloud: s.cloud.Name, TenantID: s.tenant.ID, ClientID: s.app.ClientID,
		HomeAccountID: s.claims.HomeAccountID, Info: s.info,
		Cache: data, Claims: s.claims, Grants: grants,
	}
	switch s.app.ClientKind {
	case SecretClient:
		saved.Secret = s.app.Secret.Reveal()
	case CertificateClient:
		saved.Certificate = s.app.Certificate.Reveal()
	case PublicClient:
	}
	text, err := json.Marshal(saved) //nolint:gosec // this is the one place where a credential is put together for the keychain
	if err != nil {
		return Secret{}
	}
	return NewSecret(string(text))
}

// resourceOf is the API that an access token is for.
func (s *Session) resourceOf(t accessToken) Resource {
	partner := s.cloud.Scopes(PartnerCenter, false)
	for _, scope := range strings.Fields(t.Scopes) {
		if strings.EqualFold(scope, partner[0]) {
			return PartnerCenter
		}
	}
	return Graph
}

// isKept reports whether the access tokens for a resource are kept: those that are asked for again and again. A check makes its own.
func (s *Session) isKept(r Resource) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return r == PartnerCenter || s.asked[r]
}

// AppSecrets takes the client secret or the certificate out of a saved credential, for a renewal with the same app
// registration. Its error is an *Error with Cause ErrCredentialDamaged.
func (s *Service) AppSecrets(credential Secret) (secret, certificate Secret, err error) {
	var saved savedCredential
	if json.Unmarshal([]byte(credential.Reveal()), &saved) != nil || saved.Version < 1 {
		return Secret{}, Secret{}, &Error{Stage: StageRedeem, Cause: ErrCredentialDamaged}
	}
	return NewSecret(saved.Secret), NewSecret(saved.Certificate), nil
}
