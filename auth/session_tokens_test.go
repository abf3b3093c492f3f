package auth

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
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
		if err := s.Keep(t.Context()); err != nil {
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
	if err := s.Keep(t.Context()); err != nil {
		t.Error(err)
	}
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

// TestTheIDTokenOfARefreshIsCompared checks that an answer of another issuer, app, account or tenant gets nowhere, and one without an ID token does.
func TestTheIDTokenOfARefreshIsCompared(t *testing.T) {
	for name, tc := range map[string]struct {
		claims map[string]any
		fields map[string]any
		want   error
	}{
		"the same":              {nil, nil, nil},
		"the same, in capitals": {map[string]any{"tid": strings.ToUpper(entraTenant), "aud": strings.ToUpper(entraClient)}, nil, nil},
		"no ID token":           {nil, map[string]any{"id_token": nil}, nil},
		"another issuer":        {map[string]any{"iss": "https://evil.example/" + entraTenant + "/v2.0"}, nil, ErrIssuer},
		"another app":           {map[string]any{"aud": entraUser}, nil, ErrAudience},
		"another subject":       {map[string]any{"sub": "somebody"}, nil, ErrSubject},
		"no subject":            {map[string]any{"sub": nil}, nil, ErrSubject},
		"another tenant":        {map[string]any{"tid": entraUser}, nil, ErrTenant},
		"one that is none":      {nil, map[string]any{"id_token": "abc"}, ErrIDToken},
	} {
		e := newEntra(t)
		s := e.mustRedeem(t, publicApp())
		before := s.Credential()
		e.set(func() { e.claims, e.fields = tc.claims, tc.fields })
		_, err := s.Token(context.Background(), PartnerCenter, true)
		if !errors.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", name, err, tc.want)
		}
		if changed := !s.Credential().Equal(before); changed != (tc.want == nil) {
			t.Errorf("%s: the credential changed: %v", name, changed)
		}
	}
}

// TestASignInOfBeforeSubjectsWereKept compares the object ID instead.
func TestASignInOfBeforeSubjectsWereKept(t *testing.T) {
	kept := IDClaims{Issuer: "i", Audience: "a", TenantID: "t", ObjectID: "o"}
	for name, tc := range map[string]struct {
		token idToken
		want  error
	}{
		"the same object": {idToken{Issuer: "i", Audience: "a", TenantID: "T", ObjectID: "O", Subject: "s"}, nil},
		"no object":       {idToken{Issuer: "i", Audience: "a", TenantID: "t", Subject: "s"}, nil},
		"another object":  {idToken{Issuer: "i", Audience: "a", TenantID: "t", ObjectID: "x", Subject: "s"}, ErrSubject},
	} {
		if err := kept.refreshed(&tc.token); !errors.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", name, err, tc.want)
		}
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
	token, err := s.Token(t.Context(), PartnerCenter, true)
	if token.Value.Empty() || token.Cached || err != nil {
		t.Fatalf("Token = %+v, %v", token, err)
	}
	err = s.Keep(t.Context())
	if !errors.Is(err, ErrNotStored) || !errors.Is(err, locked) {
		t.Fatalf("Keep: %v", err)
	}
	if strings.Contains(fmt.Sprintf("%v %+v", err, err), entraSecret) {
		t.Error("the store's own words are in the error")
	}
	if token, err = s.Token(t.Context(), PartnerCenter, false); !token.Cached || err != nil {
		t.Fatalf("second Token = %+v, %v", token, err)
	}
	fail = false
	if err = s.Keep(t.Context()); err != nil || !strings.Contains(kept.Reveal(), e.refreshToken()) {
		t.Fatalf("a later call did not store it: %v", err)
	}
}

// TestTheStoredRefreshTokenIsUsed checks that the stored refresh token is redeemed again and again, as long as nothing newer is stored.
func TestTheStoredRefreshTokenIsUsed(t *testing.T) {
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
	refresh := func(want string) {
		t.Helper()
		token, err := s.Token(context.Background(), PartnerCenter, true)
		if got := e.form(-1).Get("refresh_token"); token.Value.Empty() || got != want || err != nil {
			t.Fatalf("%q was used, want %q: %v", got, want, err)
		}
	}
	old := e.refreshToken()
	for range 2 {
		refresh(old)
	}
	if err := s.Keep(t.Context()); !errors.Is(err, ErrNotStored) || tries != 1 {
		t.Fatalf("%d tries, %v", tries, err)
	}
	refresh(old)
	full = false
	newest := e.refreshToken()
	if err := s.Keep(t.Context()); err != nil || tries != 2 || !strings.Contains(kept.Reveal(), newest) {
		t.Fatalf("%d tries, %v", tries, err)
	}
	refresh(newest)
	if err := s.Keep(t.Context()); err != nil || tries != 3 {
		t.Fatalf("%d tries, %v", tries, err)
	}
	if err := s.Keep(t.Context()); err != nil || tries != 3 {
		t.Errorf("nothing changed, and there are %d tries, %v", tries, err)
	}
}

// TestARefreshTokenThatCountsOnce is about a service that lets no refresh token be used twice: what one call got is stored, and used by the
// next.
func TestARefreshTokenThatCountsOnce(t *testing.T) {
	t.Run("stored", func(t *testing.T) { countsOnce(t, false) })
	t.Run("not stored", func(t *testing.T) { countsOnce(t, true) })
}

func countsOnce(t *testing.T, full bool) {
	t.Helper()
	e := newEntra(t)
	var kept []string
	store := func(_ context.Context, c Secret) error {
		if full {
			return errors.New("the keychain is full")
		}
		kept = append(kept, c.Reveal())
		return nil
	}
	s, err := e.service().Resume(t.Context(), e.cloud, e.tenant, publicApp(), true, e.mustRedeem(t, publicApp()).Credential(), store)
	if err != nil {
		t.Fatal(err)
	}
	var both sync.WaitGroup
	for _, r := range []Resource{PartnerCenter, Graph} {
		both.Go(func() {
			if token, err := s.Token(t.Context(), r, true); err != nil || token.Cached {
				t.Errorf("%s: %+v, %v", r, token, err)
			}
		})
	}
	both.Wait()
	// The redemption of the code, the two calls, and the one of them again that came second.
	if e.count() != 4 || len(kept) != map[bool]int{false: 1}[full] {
		t.Errorf("%d requests, stored %d times", e.count(), len(kept))
	}
	if err := s.Keep(t.Context()); (err == nil) == full || len(kept) != map[bool]int{false: 2}[full] {
		t.Errorf("stored %d times, %v", len(kept), err)
	}
	if !full && (!strings.Contains(kept[0], "number-3-") || !strings.Contains(kept[1], "number-4-")) {
		t.Error("another refresh token was stored")
	}
}

// TestARefusalOfTheSecondCall checks that a refusal which has another reason comes back as it is, and costs no more than one try.
func TestARefusalOfTheSecondCall(t *testing.T) {
	e := newEntra(t)
	stores := 0
	store := func(context.Context, Secret) error { stores++; return nil }
	s, err := e.service().Resume(t.Context(), e.cloud, e.tenant, publicApp(), false, e.mustRedeem(t, publicApp()).Credential(), store)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Token(t.Context(), PartnerCenter, true); err != nil {
		t.Fatal(err)
	}
	e.set(func() {
		e.token = func(w http.ResponseWriter, _ url.Values) bool { refuse(w, "invalid_grant", 53003, ""); return true }
	})
	var typed *Error
	if _, err := s.Token(t.Context(), Graph, true); !errors.As(err, &typed) || !slices.Equal(typed.Codes, []int{53003}) {
		t.Errorf("%v", err)
	}
	if e.count() != 4 || stores != 1 {
		t.Errorf("%d requests, stored %d times", e.count(), stores)
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
	_, err = s.Token(ctx, PartnerCenter, true)
	if kept := s.Keep(ctx); err != nil || kept != nil || !stored {
		t.Errorf("Token: %v, Keep: %v, stored %v", err, kept, stored)
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
