package auth

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/cache"
	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"
	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/public"
)

// noRegion keeps the environment variable MSAL_FORCE_REGION from sending tokens elsewhere.
const noRegion = "DisableMsalForceRegion"

// msalClient is the part of MSAL's two clients that is used. No error of it may leave this package: their texts and chains hold
// tokens and secrets. answerLog.failure makes ours instead.
type msalClient interface {
	redeem(ctx context.Context, scopes []string, a Answer) (public.AuthResult, error)
	silent(ctx context.Context, scopes []string, homeAccountID string) (public.AuthResult, error)
}

// msalMaker makes the client for one call of MSAL, so that calls at the same time have a cache each. Its error is ErrBadInput.
type msalMaker func(tokens cache.ExportReplace) (msalClient, error)

// newMSALMaker makes one for an app. Instance discovery is off for every cloud: the tenant has been discovered already, and with it on MSAL
// asks hosts of its own choice. document is the tenant's discovery document; where it is nil MSAL asks for it. Errors are ErrCert… values,
// ErrNoSecret or ErrTLS.
func newMSALMaker(c Cloud, t Tenant, a App, document []byte) (msalMaker, error) {
	client, err := signInClient(c, document)
	if err != nil {
		return nil, err
	}
	if a.ClientKind == PublicClient {
		return func(tokens cache.ExportReplace) (msalClient, error) {
			made, err := public.New(a.ClientID, public.WithAuthority(authorityOf(c, t)), public.WithCache(tokens),
				public.WithHTTPClient(client), public.WithInstanceDiscovery(false))
			if err != nil {
				return nil, ErrBadInput
			}
			return publicClient{made}, nil
		}, nil
	}
	proof, err := appProof(a)
	if err != nil {
		return nil, err
	}
	return func(tokens cache.ExportReplace) (msalClient, error) {
		made, err := newConfidential(authorityOf(c, t), a.ClientID, proof, client, confidential.WithCache(tokens))
		if err != nil {
			return nil, err
		}
		return confidentialClient{made}, nil
	}, nil
}

func authorityOf(c Cloud, t Tenant) string { return c.Login + "/" + t.ID }

// newConfidential makes MSAL's client of an app with a client secret or certificate. Its error is ErrBadInput.
func newConfidential(
	authority, clientID string, proof confidential.Credential, client *http.Client, options ...confidential.Option,
) (confidential.Client, error) {
	options = append(options, confidential.WithHTTPClient(client), confidential.WithInstanceDiscovery(false), confidential.WithAzureRegion(noRegion))
	made, err := confidential.New(authority, clientID, proof, options...)
	if err != nil {
		return confidential.Client{}, ErrBadInput
	}
	return made, nil
}

// newProofClient makes a client without a cache, to try a client secret or certificate with. Errors are those of newMSALMaker, and ErrBadInput.
func newProofClient(c Cloud, t Tenant, a App) (confidential.Client, error) {
	client, err := signInClient(c, nil)
	if err != nil {
		return confidential.Client{}, err
	}
	proof, err := appProof(a)
	if err != nil {
		return confidential.Client{}, err
	}
	return newConfidential(authorityOf(c, t), a.ClientID, proof, client)
}

// appProof makes MSAL's credential of a client secret or certificate.
func appProof(a App) (confidential.Credential, error) {
	if a.ClientKind == CertificateClient {
		bundle, err := readBundle([]byte(a.Certificate.Reveal()))
		if err != nil {
			return confidential.Credential{}, err
		}
		proof, err := confidential.NewCredFromCert(bundle.certs, bundle.key)
		if err != nil {
			return confidential.Credential{}, ErrCertMismatch
		}
		return proof, nil
	}
	proof, err := confidential.NewCredFromSecret(a.Secret.Reveal())
	if err != nil {
		return confidential.Credential{}, ErrNoSecret
	}
	return proof, nil
}

// signInClient is the HTTP client under MSAL, which answers with document, if it is not nil, where MSAL asks for one. Its error is ErrTLS.
func signInClient(c Cloud, document []byte) (*http.Client, error) {
	client, err := HTTPClient(c)
	if err != nil {
		return nil, ErrTLS // the cloud's CA file, which was there when the clouds file was read, is gone
	}
	return backChannelClient(signInChannel{base: client.Transport, document: document}), nil
}

// knownDocument is the discovery document of a saved tenant, as far as MSAL reads it; nil where not all of that was saved, or where an endpoint
// is not at its cloud's sign-in service.
func knownDocument(c Cloud, t Tenant) []byte {
	login := strings.TrimRight(c.Login, "/") + "/"
	if t.Issuer == "" || !strings.HasPrefix(t.Authorize, login) || !strings.HasPrefix(t.Token, login) {
		return nil
	}
	document, err := json.Marshal(map[string]string{
		"issuer": t.Issuer, "authorization_endpoint": t.Authorize, "token_endpoint": t.Token,
	})
	if err != nil {
		return nil
	}
	return document
}

type publicClient struct{ msal public.Client }

func (p publicClient) redeem(ctx context.Context, scopes []string, a Answer) (public.AuthResult, error) {
	return p.msal.AcquireTokenByAuthCode(ctx, a.Code.Reveal(), a.RedirectURI, scopes, public.WithChallenge(a.Verifier.Reveal()))
}

func (p publicClient) silent(ctx context.Context, scopes []string, homeAccountID string) (public.AuthResult, error) {
	return p.msal.AcquireTokenSilent(ctx, scopes, public.WithSilentAccount(public.Account{HomeAccountID: homeAccountID}))
}

type confidentialClient struct{ msal confidential.Client }

func (c confidentialClient) redeem(ctx context.Context, scopes []string, a Answer) (public.AuthResult, error) {
	return c.msal.AcquireTokenByAuthCode(ctx, a.Code.Reveal(), a.RedirectURI, scopes, confidential.WithChallenge(a.Verifier.Reveal()))
}

func (c confidentialClient) silent(ctx context.Context, scopes []string, homeAccountID string) (public.AuthResult, error) {
	return c.msal.AcquireTokenSilent(ctx, scopes, confidential.WithSilentAccount(confidential.Account{HomeAccountID: homeAccountID}))
}
