package auth

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/public"
)

// storeTime is how long storing a new credential may take. It goes on when the caller has given up: the refresh token in it
// may be the only one that still works.
const storeTime = 30 * time.Second

// Session is a signed-in integration user. Its methods may be called from several goroutines, and several calls of Token may begin with the
// same refresh token.
type Session struct {
	cloud      Cloud
	tenant     Tenant
	app        App
	withGroups bool
	claims     IDClaims
	info       clientInfo
	// signIn is what the redemption said and Verify compares; nil after Resume.
	signIn *signInProof
	client msalMaker
	cache  *sessionCache
	store  func(context.Context, Secret) error
	// flight is held by each call that redeems the stored refresh token; a call that is refused waits for the others and goes on alone.
	flight sync.RWMutex
	// keeping is held by the call that stores.
	keeping sync.Mutex

	mu     sync.Mutex
	grants map[Resource]grant
	// bare says that Graph gives a token without the optional permissions only.
	bare bool
	// another says that there is another client secret or certificate than the stored one.
	another bool
	// asked are the resources whose cached tokens somebody wants.
	asked map[Resource]bool
}

// signInProof is what only a fresh sign-in can prove.
type signInProof struct {
	asked, nonce Secret
	expires      int64
}

// Claims are those of the ID token of the sign-in.
func (s *Session) Claims() IDClaims {
	c := s.claims
	c.Roles = slices.Clone(c.Roles)
	return c
}

// Verify compares the ID token with what was asked for. It returns an *Error with Cause ErrTenant, ErrIssuer, ErrAudience,
// ErrNonce or ErrExpired, or ErrIDToken for a token that does not say when it ends. After Resume nonce and expiry are not compared again: they
// were when the user signed in.
func (s *Session) Verify(now time.Time) error {
	cause := s.claims.verify(s.tenant, s.app)
	if cause == nil && s.signIn != nil {
		switch {
		case s.signIn.asked.Empty() || !s.signIn.asked.Equal(s.signIn.nonce):
			cause = ErrNonce
		case s.signIn.expires == 0:
			cause = ErrIDToken
		case now.Add(-clockSkew).Unix() >= s.signIn.expires:
			cause = ErrExpired
		}
	}
	if cause == nil {
		return nil
	}
	return &Error{Stage: StageRedeem, Cause: cause}
}

// Token returns an access token for one resource. With fresh, no cached one is used, so that the refresh token is. For Graph it
// falls back to a token without any optional permission where one is refused; the granted scopes tell. Of a session that was resumed it is
// the stored refresh token that is redeemed, also by several calls at once, and nothing is stored before Keep; where it is refused because
// one of them has used it up, that one's answer is stored and redeemed instead. Errors are *Error.
func (s *Session) Token(ctx context.Context, r Resource, fresh bool) (Token, error) {
	if err := ctx.Err(); err != nil {
		return Token{}, &Error{Stage: StageRefresh, Cause: Classify(err)}
	}
	if !fresh {
		s.ask(r)
	}
	optional := r == Graph && (s.withGroups || len(s.app.Scopes) > 0) && !s.isBare()
	token, failed := s.redeem(ctx, r, fresh, optional)
	if failed != nil && optional && isRefusal(failed) {
		if token, failed = s.redeem(ctx, r, fresh, false); failed == nil {
			s.makeBare()
		}
	}
	if failed != nil {
		return Token{}, failed
	}
	return token, nil
}

func (s *Session) redeem(ctx context.Context, r Resource, fresh, optional bool) (Token, *Error) {
	tokens := s.cache.view(fresh, false)
	token, failed := s.redeemStored(ctx, r, optional, tokens)
	if failed == nil || !isSpent(failed) {
		return token, failed
	}
	s.flight.Lock() // one that is still under way may be the one that used it up
	defer s.flight.Unlock()
	if !tokens.newer() {
		return Token{}, failed
	}
	// What that one got is stored before it is used. Where it can't be it is all there is, and the next Keep tells.
	_ = s.Keep(ctx)
	return s.acquire(ctx, r, optional, s.cache.view(fresh, true))
}

func (s *Session) redeemStored(ctx context.Context, r Resource, optional bool, tokens *cacheView) (Token, *Error) {
	s.flight.RLock()
	defer s.flight.RUnlock()
	return s.acquire(ctx, r, optional, tokens)
}

// isRefusal reports whether the service refused this very request, so that a smaller one may succeed.
func isRefusal(e *Error) bool {
	return e.Status >= http.StatusBadRequest && e.Status < http.StatusInternalServerError &&
		slices.Contains([]string{"invalid_grant", "consent_required", "interaction_required", "invalid_scope", "access_denied"}, e.OAuth)
}

// isSpent reports whether a refusal may be that of a refresh token which was used before.
// https://www.rfc-editor.org/rfc/rfc9700#name-refresh-token-protection
func isSpent(e *Error) bool {
	return isRefusal(e) && e.OAuth == "invalid_grant" && e.Suberror != "consent_required"
}

// acquire makes one call of MSAL.
func (s *Session) acquire(ctx context.Context, r Resource, optional bool, tokens *cacheView) (Token, *Error) {
	client, err := s.client(tokens)
	if err != nil {
		return Token{}, &Error{Stage: StageRefresh, Cause: err}
	}
	scopes := s.cloud.Scopes(r, false)
	if optional {
		scopes = s.cloud.Scopes(r, s.withGroups, s.app.Scopes...)
	}
	log := newAnswerLog(s.claims.HomeAccountID, s.info)
	log.signIn = &s.claims
	result, err := client.silent(log.in(ctx), scopes, s.claims.HomeAccountID)
	if err != nil {
		failed := log.failure(ctx, StageRefresh)
		if failed.Status == 0 && errors.Is(failed, ErrBadAnswer) && len(tokens.before[refreshTokens]) == 0 {
			failed = &Error{Stage: StageRefresh, Cause: ErrNoRefresh}
		}
		return Token{}, failed
	}
	answer, asked := log.last()
	if asked {
		s.setGrant(r, answer)
	}
	return s.token(r, result, !asked), nil
}

// token puts together what is known of an access token.
func (s *Session) token(r Resource, result public.AuthResult, cached bool) Token {
	g := s.grant(r)
	return Token{
		Value:        NewSecret(result.AccessToken),
		Expires:      result.ExpiresOn.Unix(),
		Scopes:       slices.Clone(g.Scopes),
		ScopesGiven:  g.Given,
		RefreshToken: g.RefreshToken,
		AMR:          amrOf(result.AccessToken),
		Cached:       cached,
	}
}

// Keep stores the credential once, if it has changed, and goes on with that when ctx has ended: for up to 30 seconds. Where it can't be
// stored the error is an *Error with Cause ErrNotStored; the tokens are good, and what was stored before stays in use. A session that was
// not resumed has nowhere to store it.
func (s *Session) Keep(ctx context.Context) error {
	if s.store == nil {
		return nil
	}
	s.keeping.Lock()
	defer s.keeping.Unlock()
	tokens, version, lost := s.cache.state()
	if lost {
		return &Error{Stage: StageRefresh, Cause: ErrNotStored}
	}
	if !s.hasAnother() && !s.cache.pending() {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), storeTime)
	defer cancel()
	if err := s.store(ctx, s.credential(tokens)); err != nil {
		return &Error{Stage: StageRefresh, Cause: notStored{err}}
	}
	s.cache.stored(tokens, version)
	s.adopted()
	return nil
}

// notStored is ErrNotStored with the vault's own reason for errors.Is; its text is ErrNotStored's alone.
type notStored struct{ reason error }

func (n notStored) Error() string   { return ErrNotStored.Error() }
func (n notStored) Unwrap() []error { return []error{ErrNotStored, n.reason} }

func (s *Session) grant(r Resource) grant {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.grants[r]
}

func (s *Session) setGrant(r Resource, a tokenAnswer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.grants[r] = grant{Scopes: a.scopes, Given: a.scopesGiven, RefreshToken: a.refreshToken}
}

func (s *Session) ask(r Resource) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked[r] = true
}

func (s *Session) hasAnother() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.another
}

// adopted says that the client secret or certificate is stored.
func (s *Session) adopted() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.another = false
}

func (s *Session) isBare() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.bare
}

func (s *Session) makeBare() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bare = true
}

// Format keeps every verb of package fmt from what is in the session.
func (s *Session) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "auth.Session") }

// LogValue implements slog.LogValuer.
func (s *Session) LogValue() slog.Value { return slog.StringValue("auth.Session") }
