package auth

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// TestABareRefreshTokenGoesOn takes credentials of each kind of client apart, puts them together again elsewhere, and refreshes with them.
func TestABareRefreshTokenGoesOn(t *testing.T) {
	for name, app := range map[string]App{"public": publicApp(), "secret": secretApp(), "certificate": certificateApp(t)} {
		t.Run(name, func(t *testing.T) {
			e := newEntra(t)
			saved := e.mustRedeem(t, app).Credential()
			bare, err := e.service().TakeApart(saved)
			if err != nil {
				t.Fatal(err)
			}
			if bare.RefreshToken.Reveal() != e.refreshToken() || bare.Account != entraUser+"."+entraTenant || bare.ObjectID != entraUser ||
				!bare.Secret.Equal(app.Secret) || !bare.Certificate.Equal(app.Certificate) {
				t.Errorf("%+v", bare)
			}
			there := App{ClientID: app.ClientID, ClientKind: app.ClientKind}
			tenant := Tenant{ID: entraTenant, Cloud: "test", Issuer: e.tenant.Issuer}
			credential, err := e.service().PutTogether(e.cloud, tenant, there, bare)
			if err != nil {
				t.Fatal(err)
			}
			var stored Secret
			s, err := e.service().Resume(t.Context(), e.cloud, tenant, there, false, credential, func(_ context.Context, c Secret) error {
				stored = c
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			before := e.count()
			for range 2 { // the second one is served from memory
				if token, err := s.Token(t.Context(), PartnerCenter, false); err != nil || token.Value.Empty() {
					t.Fatal(err)
				}
			}
			if form := e.form(-1); e.count() != before+1 || form.Get("grant_type") != "refresh_token" || form.Get("refresh_token") != bare.RefreshToken.Reveal() {
				t.Errorf("%d requests, the last one %q", e.count()-before, form.Get("grant_type"))
			}
			if err := s.Keep(t.Context()); err != nil {
				t.Fatal(err)
			}
			after, err := e.service().TakeApart(stored)
			if err != nil || after.RefreshToken.Reveal() != e.refreshToken() || after.RefreshToken == bare.RefreshToken || after.Account != bare.Account {
				t.Errorf("afterwards %+v, %v", after, err)
			}
		})
	}
}

// TestABareRefreshTokenOfSomebodyElse is not gone on with: the answer is compared with what is known of the account.
func TestABareRefreshTokenOfSomebodyElse(t *testing.T) {
	for name, tt := range map[string]struct {
		claims map[string]any
		fields map[string]any
		want   error
	}{
		"another tenant":  {map[string]any{"tid": "22222222-2222-3333-4444-555555555555"}, nil, ErrTenant},
		"another issuer":  {map[string]any{"iss": "https://login.example/other"}, nil, ErrIssuer},
		"another app":     {map[string]any{"aud": "another"}, nil, ErrAudience},
		"another account": {map[string]any{"oid": "another"}, nil, ErrSubject},
		"another key":     {nil, map[string]any{"client_info": clientInfo{UID: "another", UTID: entraTenant}.encode()}, ErrBadAnswer},
	} {
		t.Run(name, func(t *testing.T) {
			e := newEntra(t)
			bare := Bare{RefreshToken: NewSecret(e.refreshToken()), Account: entraUser + "." + entraTenant, ObjectID: strings.ToUpper(entraUser)}
			credential, err := e.service().PutTogether(e.cloud, e.tenant, publicApp(), bare)
			if err != nil {
				t.Fatal(err)
			}
			s, err := e.service().Resume(t.Context(), e.cloud, e.tenant, publicApp(), false, credential, nil)
			if err != nil {
				t.Fatal(err)
			}
			e.claims, e.fields = tt.claims, tt.fields
			if token, err := s.Token(t.Context(), PartnerCenter, true); !errors.Is(err, tt.want) || !token.Value.Empty() {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestWhatCantBeTakenApartOrPutTogether(t *testing.T) {
	e := newEntra(t)
	for text, want := range map[string]error{
		"":              ErrCredentialDamaged,
		"{}":            ErrCredentialDamaged,
		`{"version":2}`: ErrCredentialNewer,
		`{"version":1}`: ErrCredentialDamaged,
		`{"version":1,"homeAccountId":"a","cache":{}}`: ErrNoRefresh,
		`{"version":1,"homeAccountId":"a","clientId":"c","cache":{"RefreshToken":{"k":{"home_account_id":"b","client_id":"c","secret":"s"}}}}`: ErrNoRefresh,
	} {
		if b, err := e.service().TakeApart(NewSecret(text)); !errors.Is(err, want) || b != (Bare{}) {
			t.Errorf("%s: %v", text, err)
		}
	}
	whole := Bare{RefreshToken: NewSecret("r"), Secret: NewSecret("s"), Certificate: NewSecret("c"), Account: "a.b"}
	for _, tt := range []struct {
		kind ClientKind
		take func(*Bare)
		want error
	}{
		{PublicClient, func(b *Bare) { b.RefreshToken = Secret{} }, ErrNoRefresh},
		{PublicClient, func(b *Bare) { b.Account = "" }, ErrCredentialDamaged},
		{SecretClient, func(b *Bare) { b.Secret = Secret{} }, ErrNoSecret},
		{CertificateClient, func(b *Bare) { b.Certificate = Secret{} }, ErrCertNoCert},
	} {
		b := whole
		tt.take(&b)
		if c, err := e.service().PutTogether(e.cloud, e.tenant, App{ClientID: entraClient, ClientKind: tt.kind}, b); !errors.Is(err, tt.want) || !c.Empty() {
			t.Errorf("%v: %v", tt.kind, err)
		}
	}
}

// TestABareCredentialHidesItself in whatever way it is formatted.
func TestABareCredentialHidesItself(t *testing.T) {
	b := Bare{RefreshToken: NewSecret("refresh-token"), Secret: NewSecret("client-secret"), Certificate: NewSecret("private-key"), Account: "account"}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		if text := fmt.Sprintf(verb, b); strings.Contains(text, "refresh-token") || strings.Contains(text, "client-secret") || strings.Contains(text, "private-key") {
			t.Errorf("%s: %s", verb, text)
		}
	}
}
