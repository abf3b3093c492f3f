package auth

import (
	"context"
	"errors"
	"maps"
	"time"
)

// ErrNoSecret means that an app registration with a client secret was used without one.
var ErrNoSecret = errors.New("there is no client secret")

// Service makes sessions: of a user consent's answer, or of a saved credential.
type Service struct {
	clouds []Cloud
	now    func() time.Time
}

// NewService makes a Service for the tenants of clouds.
func NewService(clouds []Cloud, now func() time.Time) *Service {
	return &Service{clouds: append([]Cloud(nil), clouds...), now: now}
}

// Redeem turns the code of a user consent into a Session. It asks for one resource, Partner Center. Nothing is checked of who
// signed in: Verify does that. Errors are *Error; Cause is ErrNoRefresh when no refresh token came, ErrIDToken when no ID
// token did that can be read, an ErrCert… value or ErrNoSecret when the app can't prove itself.
func (s *Service) Redeem(ctx context.Context, r UserRequest, a Answer) (*Session, error) {
	session, err := s.session(r.Cloud, r.Tenant, r.App, r.WithGroups, &sessionCache{})
	if err != nil {
		return nil, &Error{Stage: StageRedeem, Cause: err}
	}
	client, err := redeemingClient(session)
	if err != nil {
		return nil, &Error{Stage: StageRedeem, Cause: err}
	}
	log := newAnswerLog("", clientInfo{})
	if _, err := client.redeem(log.in(ctx), session.cloud.Scopes(PartnerCenter, false), a); err != nil {
		return nil, log.failure(ctx, StageRedeem)
	}
	answer, ok := log.last()
	switch {
	case ok && answer.id == nil:
		return nil, &Error{Stage: StageRedeem, Cause: ErrIDToken, CorrelationID: log.correlation}
	case !ok || answer.homeAccountID() == "":
		return nil, &Error{Stage: StageRedeem, Cause: ErrBadAnswer, CorrelationID: log.correlation}
	case !answer.refreshToken:
		return nil, &Error{Stage: StageRedeem, Cause: ErrNoRefresh, CorrelationID: log.correlation}
	}
	session.info = answer.info
	session.claims = answer.id.claims(answer.info, answer.homeAccountID())
	session.signIn = &signInProof{asked: a.Nonce, nonce: NewSecret(answer.id.Nonce), expires: answer.id.Expires}
	session.setGrant(PartnerCenter, answer)
	return session, nil
}

// redeemingClient is MSAL's client for a code: it asks for the tenant's discovery document once more, before the code is sent anywhere.
func redeemingClient(s *Session) (msalClient, error) {
	maker, err := newMSALMaker(s.cloud, s.tenant, s.app, nil)
	if err != nil {
		return nil, err
	}
	return maker(s.cache.view(false, false))
}

// Resume opens a saved credential, without a request. The client secret or certificate is taken from it where app has none; one
// in app takes its place and is stored by the next Keep. store is called with the new credential, by Keep and where Token has to. Errors are
// *Error with Cause ErrCredentialDamaged, ErrCredentialNewer, ErrCredentialOther, or one of Redeem's about the app.
func (s *Service) Resume(_ context.Context, cloud Cloud, tenant Tenant, app App, withGroups bool, credential Secret, store func(context.Context, Secret) error) (*Session, error) {
	fail := func(cause error) error { return &Error{Stage: StageRefresh, Cause: cause} }
	saved, err := readCredential(credential, cloud, tenant, app)
	if err != nil {
		return nil, fail(err)
	}
	kept, ok := readTokenCache(saved.Cache)
	if !ok {
		return nil, fail(ErrCredentialDamaged)
	}
	another := adoptProof(&app, saved)
	session, err := s.session(cloud, tenant, app, withGroups, &sessionCache{newest: kept, kept: kept})
	if err != nil {
		return nil, fail(err)
	}
	session.store, session.another = store, another
	session.info = saved.Info
	session.claims = saved.Claims
	session.claims.HomeAccountID = saved.HomeAccountID
	maps.Copy(session.grants, saved.Grants)
	return session, nil
}

// adoptProof gives app the saved client secret or certificate where it has none, and reports whether app has another one.
func adoptProof(app *App, saved savedCredential) (another bool) {
	switch app.ClientKind {
	case SecretClient:
		if app.Secret.Empty() {
			app.Secret = NewSecret(saved.Secret)
		}
		return app.Secret.Reveal() != saved.Secret
	case CertificateClient:
		if app.Certificate.Empty() {
			app.Certificate = NewSecret(saved.Certificate)
		}
		return app.Certificate.Reveal() != saved.Certificate
	case PublicClient:
	}
	return false
}

// session makes a Session that has no tokens and no claims yet.
func (s *Service) session(c Cloud, t Tenant, a App, withGroups bool, tokens *sessionCache) (*Session, error) {
	known, ok := FindCloud(s.clouds, c.Name)
	if !ok {
		return nil, ErrUnknownCloud
	}
	if a.ClientKind == CertificateClient {
		if _, err := parseCertificate([]byte(a.Certificate.Reveal()), s.now()); err != nil {
			return nil, err
		}
	}
	client, err := newMSALMaker(known, t, a, knownDocument(known, t))
	if err != nil {
		return nil, err
	}
	if _, err := client(&cacheView{cache: tokens}); err != nil {
		return nil, err
	}
	return &Session{
		cloud: known, tenant: t, app: a, withGroups: withGroups,
		client: client, cache: tokens, grants: map[Resource]grant{}, asked: map[Resource]bool{},
	}, nil
}
