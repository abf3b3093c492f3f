package auth

import (
	"context"
	"net/http"

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

// newMSALClient makes the client of an app. Instance discovery is off for every cloud: the tenant has been discovered already,
// and with it on MSAL asks hosts of its own choice. Errors are ErrCert… values, ErrNoSecret, ErrBadInput or ErrTLS.
func newMSALClient(c Cloud, t Tenant, a App, tokens *sessionCache) (msalClient, error) {
	client, err := signInClient(c)
	if err != nil {
		return nil, err
	}
	authority := c.Login + "/" + t.ID
	if a.ClientKind == PublicClient {
		made, err := public.New(a.ClientID, public.WithAuthority(authority), public.WithCache(tokens),
			public.WithHTTPClient(client), public.WithInstanceDiscovery(false))
		if err != nil {
			return nil, ErrBadInput
		}
		return publicClient{made}, nil
	}
	made, err := newConfidential(c, t, a, confidential.WithCache(tokens))
	if err != nil {
		return nil, err
	}
	return confidentialClient{made}, nil
}

// newConfidential makes MSAL's client of an app with a client secret or certificate.
func newConfidential(c Cloud, t Tenant, a App, options ...confidential.Option) (confidential.Client, error) {
	client, err := signInClient(c)
	if err != nil {
		return confidential.Client{}, err
	}
	proof, err := appProof(a)
	if err != nil {
		return confidential.Client{}, err
	}
	options = append(options, confidential.WithHTTPClient(client), confidential.WithInstanceDiscovery(false), confidential.WithAzureRegion(noRegion))
	made, err := confidential.New(c.Login+"/"+t.ID, a.ClientID, proof, options...)
	if err != nil {
		return confidential.Client{}, ErrBadInput
	}
	return made, nil
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

// signInClient is the HTTP client under MSAL. Its error is ErrTLS.
func signInClient(c Cloud) (*http.Client, error) {
	client, err := HTTPClient(c)
	if err != nil {
		return nil, ErrTLS // the cloud's CA file, which was there when the clouds file was read, is gone
	}
	return backChannelClient(signInChannel{base: client.Transport}), nil
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
