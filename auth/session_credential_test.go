package auth

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
)

// parts are the parts of the cache in a credential, each with the number of its entries.
func parts(t *testing.T, credential Secret) map[string]int {
	t.Helper()
	var saved struct {
		Cache map[string]map[string]json.RawMessage `json:"cache"`
	}
	if err := json.Unmarshal([]byte(credential.Reveal()), &saved); err != nil {
		t.Fatal(err)
	}
	found := map[string]int{}
	for part, entries := range saved.Cache {
		found[part] = len(entries)
	}
	return found
}

// TestACredentialHoldsWhatIsNeeded: the refresh token, and the access tokens that somebody is served with.
func TestACredentialHoldsWhatIsNeeded(t *testing.T) {
	for name, tc := range map[string]struct {
		lifetime int
		tokens   func(*Session) error
		access   int
	}{
		"a sign-in":        {3600, func(*Session) error { return nil }, 1},
		"a check":          {3600, func(s *Session) error { return redeemed(s, true, PartnerCenter, Graph) }, 1},
		"pcc token":        {3600, func(s *Session) error { return redeemed(s, false, PartnerCenter) }, 1},
		"a token of Graph": {3600, func(s *Session) error { return redeemed(s, false, Graph) }, 2},
		"nine minutes":     {540, func(s *Session) error { return redeemed(s, true, PartnerCenter, Graph) }, 0},
		"eleven minutes":   {660, func(s *Session) error { return redeemed(s, true, PartnerCenter, Graph) }, 1},
	} {
		t.Run(name, func(t *testing.T) {
			e := newEntra(t)
			e.fields = map[string]any{"expires_in": tc.lifetime}
			s := e.mustRedeem(t, publicApp())
			if err := tc.tokens(s); err != nil {
				t.Fatal(err)
			}
			want := map[string]int{"RefreshToken": 1, "AppMetadata": 1, "AccessToken": tc.access}
			got := parts(t, s.Credential())
			if tc.access == 0 {
				delete(want, "AccessToken")
			}
			if len(got) != len(want) || got["RefreshToken"] != 1 || got["AppMetadata"] != 1 || got["AccessToken"] != tc.access {
				t.Errorf("it has %v, want %v", got, want)
			}
			if !strings.Contains(s.Credential().Reveal(), e.refreshToken()) {
				t.Error("the newest refresh token is not in it")
			}
		})
	}
}

func redeemed(s *Session, fresh bool, resources ...Resource) error {
	for _, r := range resources {
		if _, err := s.Token(context.Background(), r, fresh); err != nil {
			return err
		}
	}
	return nil
}

// TestATokenOfACheckIsServed: what a check has redeemed for Partner Center, another process gets without a request.
func TestATokenOfACheckIsServed(t *testing.T) {
	e := newEntra(t)
	kept := e.mustRedeem(t, secretApp()).Credential()
	app := secretApp()
	app.Secret = Secret{}
	stores := 0
	resume := func() *Session {
		s, err := e.service().Resume(t.Context(), e.cloud, e.tenant, app, true, kept, func(_ context.Context, c Secret) error {
			kept, stores = c, stores+1
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	check := resume()
	e.set(func() { e.lenient = true })
	if err := redeemed(check, true, PartnerCenter, Graph); err != nil {
		t.Fatal(err)
	}
	if err := check.Keep(t.Context()); err != nil {
		t.Fatal(err)
	}
	requests, before := e.count(), stores
	s := resume()
	token, err := s.Token(t.Context(), PartnerCenter, false)
	if err != nil || !token.Cached || !token.ScopesGiven || !slices.Contains(token.Scopes, "https://api.partnercenter.example/user_impersonation") {
		t.Errorf("Token = %+v, %v", token, err)
	}
	if err := s.Keep(t.Context()); err != nil || e.count() != requests || stores != before {
		t.Errorf("%d requests, stored %d times more, %v", e.count()-requests, stores-before, err)
	}
}

// TestAnOldCredentialIsRead is about one that holds everything which MSAL caches, as earlier versions stored it.
func TestAnOldCredentialIsRead(t *testing.T) {
	e := newEntra(t)
	first, err := e.mustRedeem(t, publicApp()).Token(t.Context(), PartnerCenter, false)
	if err != nil {
		t.Fatal(err)
	}
	var saved map[string]any
	if err := json.Unmarshal([]byte(e.mustRedeem(t, publicApp()).Credential().Reveal()), &saved); err != nil {
		t.Fatal(err)
	}
	cache := saved["cache"].(map[string]any)
	// What MSAL writes besides, https://github.com/AzureAD/microsoft-authentication-library-for-go/blob/v1.10.1/apps/internal/base/storage/items.go
	host := strings.TrimPrefix(e.server.URL, "https://")
	account := map[string]any{"home_account_id": entraUser + "." + entraTenant, "environment": host, "realm": entraTenant, "client_id": entraClient}
	idToken, person := maps.Clone(account), maps.Clone(account)
	idToken["credential_type"], idToken["secret"] = "IdToken", signedJWT(map[string]any{"oid": entraUser, "exp": 1, "iat": 1})
	person["username"], person["authority_type"] = "integration@"+entraDomain, "MSSTS"
	cache["IdToken"], cache["Account"] = map[string]any{"id": idToken}, map[string]any{"account": person}
	for _, entry := range cache["AccessToken"].(map[string]any) {
		entry.(map[string]any)["secret"] = first.Value.Reveal()
	}
	text, err := json.Marshal(saved)
	if err != nil {
		t.Fatal(err)
	}
	requests := e.count()
	var kept Secret
	s, err := e.service().Resume(t.Context(), e.cloud, e.tenant, publicApp(), false, NewSecret(string(text)), func(_ context.Context, c Secret) error {
		kept = c
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	token, err := s.Token(t.Context(), PartnerCenter, false)
	if err != nil || !token.Cached || token.Value != first.Value || e.count() != requests {
		t.Fatalf("the cached token: %+v, %v", token, err)
	}
	if err := s.Keep(t.Context()); err != nil || !kept.Empty() {
		t.Fatalf("nothing changed, and it is stored: %v", err)
	}
	token, err = s.Token(t.Context(), PartnerCenter, true)
	if kept := s.Keep(t.Context()); err != nil || token.Cached || kept != nil {
		t.Fatalf("a fresh one: %+v, %v, %v", token, err, kept)
	}
	if got := parts(t, kept); len(got) != 3 || got["AccessToken"] != 1 || got["RefreshToken"] != 1 || strings.Contains(kept.Reveal(), first.Value.Reveal()) {
		t.Errorf("it became %v", got)
	}
}

// TestTheKnownDocumentIsNotAskedFor: what is known of a saved tenant costs no request, unless it is not known whole.
func TestTheKnownDocumentIsNotAskedFor(t *testing.T) {
	e := newEntra(t)
	credential := e.mustRedeem(t, publicApp()).Credential()
	e.lenient = true
	for name, tc := range map[string]struct {
		change    func(*Tenant)
		documents int
	}{
		"whole":              {func(*Tenant) {}, 0},
		"no issuer":          {func(t *Tenant) { t.Issuer = "" }, 1},
		"no token endpoint":  {func(t *Tenant) { t.Token = "" }, 1},
		"an endpoint away":   {func(t *Tenant) { t.Token = "https://elsewhere.example/token" }, 1},
		"a host that begins": {func(t *Tenant) { t.Authorize = e.cloud.Login + ".example/authorize" }, 1},
	} {
		documents := 0
		e.set(func() { e.asked = func() { documents++ } })
		tenant := e.tenant
		tc.change(&tenant)
		s, err := e.service().Resume(t.Context(), e.cloud, tenant, publicApp(), false, credential, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Token(t.Context(), PartnerCenter, true); err != nil || documents != tc.documents {
			t.Errorf("%s: asked for %d documents, %v", name, documents, err)
		}
	}
}

// TestAnOddCacheIsReadAsFarAsItGoes: a part in an unexpected form is as if it were not there.
func TestAnOddCacheIsReadAsFarAsItGoes(t *testing.T) {
	for text, want := range map[string]int{
		`null`: -1, `[]`: -1, `"x"`: -1, `{`: -1, `{}`: 0, `{"RefreshToken":5,"AppMetadata":{"a":{}}}`: 1,
		`{"RefreshToken":{"x":{}},"IdToken":{"a":"b"},"more":3}`: 1, `{"RefreshToken":{},"AccessToken":{"x":{}},"AppMetadata":{"a":{}}}`: 2,
	} {
		got := -1
		if cache, ok := readTokenCache([]byte(text)); ok {
			got = len(cache)
		}
		if got != want {
			t.Errorf("%s has %d parts, want %d", text, got, want)
		}
	}
}
