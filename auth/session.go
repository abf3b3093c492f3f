package auth

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/public"
)

// storeTime is how long storing a new credential may take. It goes on when the caller has given up: the refresh token in it
// may be the only one that still works.
const storeTime = 30 * time.Second

// Session is a signed-in integration user. Its methods may be called from several goroutines; one token call runs at a time.
type Session struct {
	cloud      Cloud
	tenant     Tenant
	app        App
	withGroups bool
	claims     IDClaims
	info       clientInfo
	// signIn is what the redemption said and Verify compares; nil after Resume.
	signIn *signInProof
	client msalClient
	cache  *sessionCache
	store  func(context.Context, Secret) error
	turn   chan struct{}

	mu       sync.Mutex
	grants   map[Resource]grant
	noGroups bool
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
// ErrNonce or ErrExpired. After Resume nonce and expiry are not compared again: they were when the user signed in.
func (s *Session) Verify(now time.Time) error {
	cause := s.claims.verify(s.tenant, s.app)
	if cause == nil && s.signIn != nil {
		switch {
		case s.signIn.asked.Empty() || !s.signIn.asked.Equal(s.signIn.nonce):
			cause = ErrNonce
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
// falls back to a token without GroupMember.Read.All where that is refused; the granted scopes tell. A new credential has been
// stored when Token returns; where it could not be, the error is ErrNotStored and the token is good, and until it can be the
// stored refresh token stays in use. Errors are *Error.
func (s *Session) Token(ctx context.Context, r Resource, fresh bool) (Token, error) {
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return Token{}, &Error{Stage: StageRefresh, Cause: Classify(ctx.Err())}
	}
	late := s.keepPending(ctx)
	before, _ := s.cache.newest()
	token, failed := s.acquireFrom(ctx, r, fresh, late != nil)
	if failed != nil && late != nil && isRefusal(failed) {
		// The stored refresh token is good no longer: the newer one is all there is.
		token, failed = s.acquireFrom(ctx, r, fresh, false)
	}
	notStored := late
	if after, _ := s.cache.newest(); late == nil || after != before {
		notStored = s.keep(ctx)
	}
	if failed != nil {
		return Token{}, failed
	}
	if notStored != nil {
		return token, notStored
	}
	return token, nil
}

// acquireFrom gets a token with the stored refresh token, or with the newest one.
func (s *Session) acquireFrom(ctx context.Context, r Resource, fresh, stored bool) (Token, *Error) {
	s.cache.useKept(stored)
	defer s.cache.useKept(false)
	groups := r == Graph && s.withGroups && !s.groupsRefused()
	token, failed := s.acquire(ctx, r, fresh, groups)
	if failed == nil || !groups || !isRefusal(failed) {
		return token, failed
	}
	if token, failed = s.acquire(ctx, r, fresh, false); failed == nil {
		s.refuseGroups()
	}
	return token, failed
}

// isRefusal reports whether the service refused this very request, so that a smaller one may succeed.
func isRefusal(e *Error) bool {
	return e.Status >= http.StatusBadRequest && e.Status < http.StatusInternalServerError &&
		slices.Contains([]string{"invalid_grant", "consent_required", "interaction_required", "invalid_scope", "access_denied"}, e.OAuth)
}

// acquire makes one call of MSAL.
func (s *Session) acquire(ctx context.Context, r Resource, fresh, groups bool) (Token, *Error) {
	log := newAnswerLog(s.claims.HomeAccountID, s.info)
	s.cache.setFresh(fresh)
	defer s.cache.setFresh(false)
	result, err := s.client.silent(log.in(ctx), s.cloud.Scopes(r, groups), s.claims.HomeAccountID)
	if err != nil {
		failed := log.failure(ctx, StageRefresh)
		if data, _, _ := s.cache.state(); failed.Status == 0 && errors.Is(failed, ErrBadAnswer) && !hasRefreshToken(data) {
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

// keepPending tries again to store what an earlier call could not: a refresh token is stored before it is used.
func (s *Session) keepPending(ctx context.Context) *Error {
	if _, pending := s.cache.newest(); !pending || s.store == nil {
		return nil
	}
	return s.keep(ctx)
}

// keep stores a credential that changed.
func (s *Session) keep(ctx context.Context) *Error {
	_, changed, lost := s.cache.state()
	if lost {
		return &Error{Stage: StageRefresh, Cause: ErrNotStored}
	}
	if !changed || s.store == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), storeTime)
	defer cancel()
	if err := s.store(ctx, s.Credential()); err != nil {
		return &Error{Stage: StageRefresh, Cause: notStored{err}}
	}
	s.cache.stored()
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

func (s *Session) allGrants() map[Resource]grant {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.grants)
}

func (s *Session) groupsRefused() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.noGroups
}

func (s *Session) refuseGroups() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.noGroups = true
}

// Format keeps every verb of package fmt from what is in the session.
func (s *Session) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "auth.Session") }

// LogValue implements slog.LogValuer.
func (s *Session) LogValue() slog.Value { return slog.StringValue("auth.Session") }
