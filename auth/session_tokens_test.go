package auth

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestFreshUsesTheRefreshTokenAndCachedDoesNot(t *testing.T) {
	e := newEntra(t)
	s := e.mustRedeem(t, publicApp())
	ctx := context.Background()
	for i, step := range []struct {
		resource Resource
		fresh    bool
		cached   bool
		requests int
	}{
		{PartnerCenter, false, true, 1}, // the redemption's own
		{PartnerCenter, true, false, 2},
		{PartnerCenter, false, true, 2},
		{Graph, false, false, 3},
		{Graph, false, true, 3},
		{PartnerCenter, false, true, 3},
		{Graph, true, false, 4},
	} {
		token, err := s.Token(ctx, step.resource, step.fresh)
		if err != nil || token.Cached != step.cached || e.count() != step.requests {
			t.Fatalf("step %d: cached %v, %d requests, %v", i, token.Cached, e.count(), err)
		}
		if !slices.Contains(token.Scopes, e.cloud.Scopes(step.resource, false)[0]) {
			t.Errorf("step %d: scopes %v", i, token.Scopes)
		}
	}
}

func TestARotatedRefreshTokenIsUsedNext(t *testing.T) {
	e := newEntra(t)
	first := e.mustRedeem(t, secretApp())
	kept := first.Credential()
	var stores int
	store := func(_ context.Context, c Secret) error { kept, stores = c, stores+1; return nil }
	app := secretApp()
	app.Secret = Secret{}
	for i := range 3 {
		s, err := e.service().Resume(context.Background(), e.cloud, e.tenant, app, true, kept, store)
		if err != nil {
			t.Fatal(err)
		}
		before := e.refreshToken()
		if _, err := s.Token(context.Background(), PartnerCenter, true); err != nil {
			t.Fatalf("run %d: %v", i, err)
		}
		if got := e.form(-1).Get("refresh_token"); got != before || e.form(-1).Get("client_secret") != entraSecret {
			t.Fatalf("run %d: refresh token %q, want %q", i, got, before)
		}
		if stores != i+1 || !strings.Contains(kept.Reveal(), e.refreshToken()) {
			t.Fatalf("run %d: the new refresh token was not stored (%d stores)", i, stores)
		}
		if err := s.Verify(time.Now().Add(10000 * time.Hour)); err != nil {
			t.Errorf("Verify after Resume: %v", err)
		}
		if s.Claims().ObjectID != entraUser || s.Claims().HomeAccountID != entraUser+"."+entraTenant {
			t.Errorf("claims after Resume = %+v", s.Claims())
		}
	}
	s, err := e.service().Resume(context.Background(), e.cloud, e.tenant, app, true, kept, store)
	if err != nil {
		t.Fatal(err)
	}
	requests := e.count()
	token, err := s.Token(context.Background(), PartnerCenter, false)
	if err != nil || !token.Cached || !token.ScopesGiven || e.count() != requests || stores != 3 {
		t.Errorf("cached token of another process = %+v, %v (%d stores)", token, err, stores)
	}
}

func TestAnAnswerWithoutRefreshTokenKeepsTheOldOne(t *testing.T) {
	e := newEntra(t)
	e.rotate = false
	s := e.mustRedeem(t, publicApp())
	e.set(func() { e.fields = map[string]any{"refresh_token": nil, "id_token": nil, "client_info": nil} })
	for range 2 {
		token, err := s.Token(context.Background(), PartnerCenter, true)
		if err != nil || token.RefreshToken {
			t.Fatalf("Token = %+v, %v", token, err)
		}
	}
	e.set(func() { e.rotate, e.fields = true, map[string]any{"id_token": nil, "client_info": nil} })
	for range 2 {
		before := e.refreshToken()
		if _, err := s.Token(context.Background(), PartnerCenter, true); err != nil || e.form(-1).Get("refresh_token") != before {
			t.Fatalf("a refresh token without account was lost: %v", err)
		}
	}
}

func TestAnAnswerOfAnotherAccountIsRefused(t *testing.T) {
	e := newEntra(t)
	s := e.mustRedeem(t, publicApp())
	before := s.Credential()
	e.set(func() { e.fields = map[string]any{"client_info": clientInfo{UID: "someone", UTID: "else"}.encode()} })
	if _, err := s.Token(context.Background(), PartnerCenter, true); !errors.Is(err, ErrBadAnswer) {
		t.Errorf("err = %v", err)
	}
	if !s.Credential().Equal(before) {
		t.Error("the other account's token got into the credential")
	}
}

func TestAStoreThatFails(t *testing.T) {
	e := newEntra(t)
	locked := errors.New("vault is locked: " + entraSecret)
	var fail bool
	var kept Secret
	store := func(_ context.Context, c Secret) error {
		if fail {
			return locked
		}
		kept = c
		return nil
	}
	s, err := e.service().Resume(context.Background(), e.cloud, e.tenant, publicApp(), false, e.mustRedeem(t, publicApp()).Credential(), store)
	if err != nil {
		t.Fatal(err)
	}
	fail = true
	token, err := s.Token(context.Background(), PartnerCenter, true)
	if token.Value.Empty() || token.Cached || !errors.Is(err, ErrNotStored) || !errors.Is(err, locked) {
		t.Fatalf("Token = %+v, %v", token, err)
	}
	if strings.Contains(fmt.Sprintf("%v %+v", err, err), entraSecret) {
		t.Error("the store's own words are in the error")
	}
	if token, err = s.Token(context.Background(), PartnerCenter, false); !token.Cached || !errors.Is(err, ErrNotStored) {
		t.Fatalf("second Token = %+v, %v", token, err)
	}
	fail = false
	if _, err = s.Token(context.Background(), PartnerCenter, false); err != nil || !strings.Contains(kept.Reveal(), e.refreshToken()) {
		t.Fatalf("a later call did not store it: %v", err)
	}
}

func TestARefreshTokenIsStoredBeforeItIsUsed(t *testing.T) {
	e := newEntra(t)
	e.lenient = true
	kept, tries, full := Secret{}, 0, true
	store := func(_ context.Context, c Secret) error {
		if tries++; full {
			return errors.New("the keychain is full")
		}
		kept = c
		return nil
	}
	s, err := e.service().Resume(context.Background(), e.cloud, e.tenant, publicApp(), false, e.mustRedeem(t, publicApp()).Credential(), store)
	if err != nil {
		t.Fatal(err)
	}
	old := e.refreshToken()
	refresh := func(want string) error {
		t.Helper()
		token, err := s.Token(context.Background(), PartnerCenter, true)
		if got := e.form(-1).Get("refresh_token"); token.Value.Empty() || got != want {
			t.Fatalf("%q was used, want %q: %v", got, want, err)
		}
		return err
	}
	for range 3 {
		if err := refresh(old); !errors.Is(err, ErrNotStored) {
			t.Fatal(err)
		}
	}
	full = false
	if err := refresh(e.refreshToken()); err != nil || !strings.Contains(kept.Reveal(), e.refreshToken()) || tries != 7 {
		t.Errorf("the newest one was not stored, used, and its successor stored: %d tries, %v", tries, err)
	}
	full = true
	newest := e.refreshToken()
	if err := refresh(newest); !errors.Is(err, ErrNotStored) {
		t.Fatal(err)
	}
	// A service that lets no refresh token be used twice: the one in memory is all there is.
	e.set(func() { e.lenient = false })
	if err := refresh(e.refreshToken()); !errors.Is(err, ErrNotStored) {
		t.Fatal(err)
	}
}

func TestStoringGoesOnWhenTheCallerGivesUp(t *testing.T) {
	e := newEntra(t)
	ctx, cancel := context.WithCancel(context.Background())
	var stored bool
	store := func(ctx context.Context, _ Secret) error {
		cancel()
		stored = ctx.Err() == nil
		return ctx.Err()
	}
	s, err := e.service().Resume(ctx, e.cloud, e.tenant, publicApp(), false, e.mustRedeem(t, publicApp()).Credential(), store)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Token(ctx, PartnerCenter, true); err != nil || !stored {
		t.Errorf("Token: %v, stored %v", err, stored)
	}
}

func TestGraphFallsBackToATokenWithoutGroups(t *testing.T) {
	e := newEntra(t)
	s := e.mustRedeem(t, publicApp())
	e.set(func() {
		e.token = func(w http.ResponseWriter, form url.Values) bool {
			if strings.Contains(form.Get("scope"), scopeGroupRead) {
				refuse(w, "invalid_grant", 65001, "consent_required")
				return true
			}
			return false
		}
	})
	token, err := s.Token(context.Background(), Graph, false)
	if err != nil || !slices.Contains(token.Scopes, "https://graph.example/User.Read") || e.count() != 3 {
		t.Fatalf("Token = %+v, %v after %d requests", token, err, e.count())
	}
	if _, err = s.Token(context.Background(), Graph, true); err != nil || e.count() != 4 {
		t.Errorf("the refused scope was asked for again: %d requests, %v", e.count(), err)
	}
}

func TestARevokedRefreshToken(t *testing.T) {
	e := newEntra(t)
	s := e.mustRedeem(t, publicApp())
	e.set(func() { e.refresh = 99 })
	for _, r := range []Resource{PartnerCenter, Graph} {
		_, err := s.Token(context.Background(), r, true)
		var typed *Error
		if !errors.As(err, &typed) || typed.Stage != StageRefresh || typed.OAuth != "invalid_grant" || typed.Codes[0] != 700082 || typed.TraceID != "trace-7" {
			t.Errorf("%s: err = %v", r, err)
		}
	}
}
