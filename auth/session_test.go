package auth

import (
	"context"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"partner-center-connector/assets"
)

func TestRedeemWithEveryKindOfClient(t *testing.T) {
	for _, tc := range []struct {
		name  string
		app   func(testing.TB) App
		proof string
	}{
		{"public", func(testing.TB) App { return publicApp() }, ""},
		{"secret", func(testing.TB) App { return secretApp() }, "client_secret"},
		{"certificate", certificateApp, "client_assertion"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Setenv("MSAL_FORCE_REGION", "westeurope")
			e := newEntra(t)
			s := e.mustRedeem(t, tc.app(t))
			if err := s.Verify(time.Now()); err != nil {
				t.Fatalf("Verify: %v", err)
			}
			form := e.form(0)
			if got := form.Get("scope"); got != "https://api.partnercenter.example/user_impersonation openid offline_access profile" {
				t.Errorf("scope = %q", got)
			}
			if form.Get("code") != entraCode || form.Get("redirect_uri") != "http://localhost:5000/consent" || form.Get("code_verifier") == "" {
				t.Errorf("form = %v", form)
			}
			for _, proof := range []string{"client_secret", "client_assertion"} {
				if form.Has(proof) != (proof == tc.proof) {
					t.Errorf("%s sent: %v", proof, form.Has(proof))
				}
			}
			token, err := s.Token(context.Background(), PartnerCenter, true)
			if err != nil || token.Cached || token.Value.Empty() || !token.RefreshToken || !token.ScopesGiven {
				t.Fatalf("Token = %+v, %v", token, err)
			}
			if !slices.Equal(token.AMR, []string{"pwd", "mfa"}) {
				t.Errorf("AMR = %v", token.AMR)
			}
			if form := e.form(-1); form.Get("grant_type") != "refresh_token" || form.Has("client_secret") != (tc.proof == "client_secret") {
				t.Errorf("refresh form = %v", form)
			}
		})
	}
}

func TestCertificateProofIsSigned(t *testing.T) {
	e := newEntra(t)
	e.mustRedeem(t, certificateApp(t))
	parts := strings.Split(e.form(0).Get("client_assertion"), ".")
	if len(parts) != 3 {
		t.Fatal("no JWT")
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	if err := rsa.VerifyPSS(&entraKey().PublicKey, crypto.SHA256, sum[:], signature, nil); err != nil {
		t.Errorf("PS256: %v", err)
	}
}

func TestClaims(t *testing.T) {
	e := newEntra(t)
	e.claims = map[string]any{
		"wids": []string{"62e90394-69f5-4237-9190-012177145e10"}, "acct": "1", "idp": "live.com",
		"tid": strings.ToUpper(entraTenant), "unknown": map[string]any{"x": 1},
	}
	e.fields = map[string]any{"client_info": clientInfo{UID: "u", UTID: "another-tenant"}.encode()}
	got := e.mustRedeem(t, publicApp()).Claims()
	if got.TenantID != entraTenant || got.ObjectID != entraUser || got.PreferredUsername != "integration@"+entraDomain || got.Name != "Integration" {
		t.Errorf("claims = %+v", got)
	}
	if got.HomeTenant != "another-tenant" || got.HomeAccountID != "u.another-tenant" || got.Acct != "1" || got.IdentityProvider != "live.com" || !got.Federated {
		t.Errorf("guest facts = %+v", got)
	}
	if len(got.Roles) != 1 || got.IssuedAt == 0 {
		t.Errorf("roles, iat = %v %v", got.Roles, got.IssuedAt)
	}
}

// TestAnOddClaimIsAsIfItWereNotThere signs in with optional claims of types that nobody expects.
func TestAnOddClaimIsAsIfItWereNotThere(t *testing.T) {
	for name, tc := range map[string]struct {
		claims map[string]any
		want   IDClaims
	}{
		"acct as a word":    {map[string]any{"acct": "guest"}, IDClaims{}},
		"acct as a list":    {map[string]any{"acct": []int{1}}, IDClaims{}},
		"acct as truth":     {map[string]any{"acct": true}, IDClaims{}},
		"acct as a number":  {map[string]any{"acct": 1}, IDClaims{Acct: "1"}},
		"wids as a word":    {map[string]any{"wids": "62e90394-69f5-4237-9190-012177145e10"}, IDClaims{}},
		"wids of all kinds": {map[string]any{"wids": []any{1, "a", nil, map[string]any{}}}, IDClaims{Roles: []string{"a"}}},
		"no wids in it":     {map[string]any{"wids": []any{}}, IDClaims{Roles: []string{}}},
		"name as an object": {map[string]any{"name": map[string]any{"x": 1}, "idp": 7}, IDClaims{}},
		"one audience":      {map[string]any{"aud": []string{entraClient}}, IDClaims{}},
	} {
		e := newEntra(t)
		e.claims = tc.claims
		s := e.mustRedeem(t, publicApp())
		if err := s.Verify(time.Now()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got := s.Claims(); got.Acct != tc.want.Acct || !slices.Equal(got.Roles, tc.want.Roles) || (got.Roles == nil) != (tc.want.Roles == nil) {
			t.Errorf("%s: acct %q, roles %#v", name, got.Acct, got.Roles)
		}
	}
	e := newEntra(t)
	e.claims = map[string]any{"aud": []string{entraClient, entraUser}}
	if err := e.mustRedeem(t, publicApp()).Verify(time.Now()); !errors.Is(err, ErrAudience) {
		t.Errorf("two audiences: %v", err)
	}
}

func TestFederatedOnlyOutsideEntra(t *testing.T) {
	const issuer = "https://login.example/t/v2.0"
	for idp, want := range map[string]bool{
		"": false, issuer: false, "https://sts.windows.net/abc/": false, "https://login.example/other/v2.0": false,
		"live.com": true, "https://sts.windows.net.evil.example/": true, "https://adfs.contoso.example/trust": true, "mail": true,
	} {
		if got := (idToken{Issuer: issuer, IdentityProvider: idp}).claims(clientInfo{}, "").Federated; got != want {
			t.Errorf("idp %q: federated %v, want %v", idp, got, want)
		}
	}
}

func TestVerifyRefusesWhatIsNotOurs(t *testing.T) {
	for _, tc := range []struct {
		name   string
		claims map[string]any
		want   error
	}{
		{"nonce", map[string]any{"nonce": "other"}, ErrNonce},
		{"no nonce", map[string]any{"nonce": nil}, ErrNonce},
		{"audience", map[string]any{"aud": entraUser}, ErrAudience},
		{"no audience", map[string]any{"aud": nil}, ErrAudience},
		{"issuer", map[string]any{"iss": "https://evil.example/" + entraTenant + "/v2.0"}, ErrIssuer},
		{"no issuer", map[string]any{"iss": nil}, ErrIssuer},
		{"tenant", map[string]any{"tid": entraUser}, ErrTenant},
		{"no tenant", map[string]any{"tid": nil}, ErrTenant},
		{"tenant and issuer", map[string]any{"tid": entraUser, "iss": "https://evil.example"}, ErrTenant},
		{"expired", map[string]any{"exp": time.Now().Add(-6 * time.Minute).Unix()}, ErrExpired},
		{"no expiry", map[string]any{"exp": nil}, ErrIDToken},
		{"an expiry that is no number", map[string]any{"exp": "tomorrow"}, ErrIDToken},
		{"within the skew", map[string]any{"exp": time.Now().Add(-4 * time.Minute).Unix()}, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			e := newEntra(t)
			e.claims = tc.claims
			err := e.mustRedeem(t, publicApp()).Verify(time.Now())
			var typed *Error
			if !errors.Is(err, tc.want) || (tc.want != nil && !errors.As(err, &typed)) {
				t.Errorf("Verify = %v, want %v", err, tc.want)
			}
		})
	}
}

func TestRedeemRefusals(t *testing.T) {
	good := map[string]any{"sub": "s", "exp": time.Now().Add(time.Hour).Unix()}
	for _, tc := range []struct {
		name   string
		fields map[string]any
		want   error
	}{
		{"no refresh token", map[string]any{"refresh_token": nil}, ErrNoRefresh},
		{"no ID token", map[string]any{"id_token": nil}, ErrIDToken},
		{"ID token that is none", map[string]any{"id_token": "abc"}, ErrIDToken},
		{"ID token of another form", map[string]any{"id_token": "e30.W10."}, ErrIDToken},
		{"ID token that is encrypted", map[string]any{"id_token": "e30.a2V5.aXY.dGV4dA.dGFn"}, ErrIDToken},
		{"ID token that is not signed", map[string]any{"id_token": jwtOf(`{"alg":"none"}`, good)}, ErrIDToken},
		{"ID token signed with the client secret", map[string]any{"id_token": jwtOf(`{"alg":"HS256"}`, good)}, ErrIDToken},
		{"ID token signed by another algorithm", map[string]any{"id_token": jwtOf(`{"alg":"ES256","kid":"k"}`, good)}, ErrIDToken},
		{"ID token with an algorithm in small letters", map[string]any{"id_token": jwtOf(`{"alg":"rs256"}`, good)}, ErrIDToken},
		{"ID token without an algorithm", map[string]any{"id_token": jwtOf(`{"typ":"JWT"}`, good)}, ErrIDToken},
		{"ID token with a number for an algorithm", map[string]any{"id_token": jwtOf(`{"alg":256}`, good)}, ErrIDToken},
		{"ID token whose header is none", map[string]any{"id_token": jwtOf(`[]`, good)}, ErrIDToken},
		{"no access token", map[string]any{"access_token": nil}, ErrBadAnswer},
		{"access token of two lines", map[string]any{"access_token": "abc\r\nX-Evil: 1"}, ErrBadAnswer},
		{"access token that steers a terminal", map[string]any{"access_token": "abc\x1b[2J"}, ErrBadAnswer},
		{"access token with a blank", map[string]any{"access_token": "abc def"}, ErrBadAnswer},
		{"access token with other letters", map[string]any{"access_token": "abcä"}, ErrBadAnswer},
		{"access token with a DEL", map[string]any{"access_token": "abc\x7f"}, ErrBadAnswer},
		{"not a bearer token", map[string]any{"token_type": "pop"}, ErrBadAnswer},
		{"no lifetime", map[string]any{"expires_in": nil}, ErrBadAnswer},
		{"negative lifetime", map[string]any{"expires_in": -5}, ErrBadAnswer},
		{"lifetime that is no number", map[string]any{"expires_in": "NaN"}, ErrBadAnswer},
	} {
		t.Run(tc.name, func(t *testing.T) {
			e := newEntra(t)
			e.fields = tc.fields
			_, err := e.service().Redeem(context.Background(), e.request(publicApp()), entraAnswer())
			var typed *Error
			if !errors.Is(err, tc.want) || !errors.As(err, &typed) || typed.Stage != StageRedeem {
				t.Errorf("Redeem = %v, want %v", err, tc.want)
			}
		})
	}
}

func TestRedeemKeepsWhatTheServiceSaid(t *testing.T) {
	e := newEntra(t)
	e.token = func(w http.ResponseWriter, form url.Values) bool {
		w.Header().Set("Retry-After", "7")
		w.WriteHeader(http.StatusBadRequest)
		writeJSON(w, map[string]any{
			"error": "interaction_required", "suberror": "basic_action", "error_codes": []int{50076}, "claims": `{"x":1}`,
			"error_description": "AADSTS50076: more\r\nis needed for " + form.Get("code"), "trace_id": "trace-9", "correlation_id": "correlation-9", "timestamp": "2026-11-23 10:00:00Z",
		})
		return true
	}
	_, err := e.service().Redeem(context.Background(), e.request(secretApp()), entraAnswer())
	var got *Error
	if !errors.As(err, &got) {
		t.Fatalf("err = %v", err)
	}
	want := Error{
		Stage: StageRedeem, OAuth: "interaction_required", Suberror: "basic_action", Codes: []int{50076}, Status: 400, Claims: true,
		Description: "AADSTS50076: more is needed for [redacted]", CorrelationID: "correlation-9", TraceID: "trace-9",
		Timestamp: "2026-11-23 10:00:00Z", RetryAfter: 7 * time.Second,
	}
	if fmt.Sprintf("%#v", *got) != fmt.Sprintf("%#v", want) {
		t.Errorf("got  %#v\nwant %#v", *got, want)
	}
}

func TestAMissingScopeCostsNoCode(t *testing.T) {
	e := newEntra(t)
	e.fields = map[string]any{"scope": "openid profile"}
	s := e.mustRedeem(t, publicApp())
	token, err := s.Token(context.Background(), PartnerCenter, false)
	if err != nil || !token.Cached || !token.ScopesGiven || !slices.Equal(token.Scopes, []string{"openid", "profile"}) {
		t.Errorf("Token = %+v, %v", token, err)
	}
	e.set(func() { e.fields = map[string]any{"scope": nil} })
	token, err = s.Token(context.Background(), PartnerCenter, true)
	if err != nil || token.ScopesGiven || len(token.Scopes) != 0 {
		t.Errorf("Token without scope = %+v, %v", token, err)
	}
}

func TestResumeRefusesWhatItCannotUse(t *testing.T) {
	e := newEntra(t)
	good := e.mustRedeem(t, secretApp()).Credential().Reveal()
	edit := func(from, to string) string {
		if !strings.Contains(good, from) {
			t.Fatalf("%q is not in the credential", from)
		}
		return strings.Replace(good, from, to, 1)
	}
	for name, tc := range map[string]struct {
		credential string
		want       error
	}{
		"empty":         {"", ErrCredentialDamaged},
		"no JSON":       {"abc", ErrCredentialDamaged},
		"no version":    {"{}", ErrCredentialDamaged},
		"newer":         {edit(`"version":1`, `"version":2`), ErrCredentialNewer},
		"another kind":  {edit(`"kind":"secret"`, `"kind":"public"`), ErrCredentialOther},
		"other tenant":  {edit(`"tenantId":"1111`, `"tenantId":"2222`), ErrCredentialOther},
		"other app":     {edit(`"clientId":"aaaa`, `"clientId":"bbbb`), ErrCredentialOther},
		"other cloud":   {edit(`"cloud":"test"`, `"cloud":"global"`), ErrCredentialOther},
		"no account":    {edit(`"homeAccountId":"9`, `"x":"9`), ErrCredentialDamaged},
		"cache is null": {`{"version":1,"kind":"secret","cloud":"test","tenantId":"` + entraTenant + `","clientId":"` + entraClient + `","homeAccountId":"x","cache":null}`, ErrCredentialDamaged},
	} {
		app := secretApp()
		app.Secret = Secret{}
		_, err := e.service().Resume(context.Background(), e.cloud, e.tenant, app, false, NewSecret(tc.credential), nil)
		var typed *Error
		if !errors.Is(err, tc.want) || !errors.As(err, &typed) {
			t.Errorf("%s: %v, want %v", name, err, tc.want)
		}
	}
	other := e.cloud
	other.Name = "nowhere"
	if _, err := e.service().Redeem(context.Background(), UserRequest{Cloud: other, Tenant: e.tenant, App: publicApp()}, entraAnswer()); !errors.Is(err, ErrUnknownCloud) {
		t.Errorf("unknown cloud: %v", err)
	}
	noSecret := secretApp()
	noSecret.Secret = Secret{}
	if _, err := e.service().Redeem(context.Background(), e.request(noSecret), entraAnswer()); !errors.Is(err, ErrNoSecret) {
		t.Errorf("no secret: %v", err)
	}
}

func TestANewClientSecretTakesThePlaceOfTheSavedOne(t *testing.T) {
	e := newEntra(t)
	credential := e.mustRedeem(t, secretApp()).Credential()
	var kept Secret
	app := secretApp()
	app.Secret = NewSecret("a-new-secret")
	s, err := e.service().Resume(context.Background(), e.cloud, e.tenant, app, false, credential, func(_ context.Context, c Secret) error { kept = c; return nil })
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Keep(t.Context()); err != nil || !strings.Contains(kept.Reveal(), "a-new-secret") {
		t.Errorf("the new client secret was not stored: %v", err)
	}
}

func TestACredentialWithoutRefreshToken(t *testing.T) {
	e := newEntra(t)
	credential := e.mustRedeem(t, publicApp()).Credential().Reveal()
	credential = strings.Replace(credential, `"RefreshToken":{`, `"Gone":{`, 1)
	s, err := e.service().Resume(context.Background(), e.cloud, e.tenant, publicApp(), false, NewSecret(credential), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Token(context.Background(), PartnerCenter, true); !errors.Is(err, ErrNoRefresh) {
		t.Errorf("err = %v", err)
	}
}

func TestTokenStopsWithItsContext(t *testing.T) {
	e := newEntra(t)
	s := e.mustRedeem(t, publicApp())
	arrived, release := make(chan struct{}), make(chan struct{})
	e.set(func() {
		e.token = func(http.ResponseWriter, url.Values) bool { close(arrived); <-release; return false }
	})
	ctx, cancel := context.WithCancel(context.Background())
	var wait sync.WaitGroup
	wait.Go(func() {
		if _, err := s.Token(ctx, PartnerCenter, true); !errors.Is(err, context.Canceled) {
			t.Errorf("the waiting call: %v", err)
		}
	})
	<-arrived
	gone, stop := context.WithCancel(context.Background())
	stop()
	if _, err := s.Token(gone, PartnerCenter, false); !errors.Is(err, context.Canceled) {
		t.Errorf("the call behind it: %v", err)
	}
	cancel()
	wait.Wait()
	close(release)
}

func TestManyCallsAtOnce(t *testing.T) {
	e := newEntra(t)
	s := e.mustRedeem(t, publicApp())
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			r := PartnerCenter
			if i%2 == 0 {
				r = Graph
			}
			if _, err := s.Token(context.Background(), r, i%3 == 0); err != nil {
				t.Errorf("call %d: %v", i, err)
			}
			_ = s.Credential()
			_ = s.Claims()
		})
	}
	wait.Wait()
}

func TestEveryRequestCarriesACorrelationID(t *testing.T) {
	e := newEntra(t)
	e.token = func(w http.ResponseWriter, _ url.Values) bool {
		w.WriteHeader(http.StatusServiceUnavailable)
		return true
	}
	_, err := e.service().Redeem(context.Background(), e.request(publicApp()), entraAnswer())
	var typed *Error
	if !errors.As(err, &typed) || typed.Status != 503 || typed.Cause != nil {
		t.Fatalf("err = %v", err)
	}
	if got := e.heads[0].Get("User-Agent"); got != "partner-center-connector/"+assets.Version {
		t.Errorf("the program calls itself %q", got)
	}
	if sent := e.heads[0].Get("client-request-id"); sent == "" || typed.CorrelationID != sent {
		t.Errorf("sent %q, kept %q", sent, typed.CorrelationID)
	}
}
