package rehearsal_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"net/url"
	"testing"
	"time"
)

// keyAndCertificate reads the practice certificate's bundle.
func (p *program) keyAndCertificate() (*rsa.PrivateKey, []byte) {
	p.t.Helper()
	first, rest := pem.Decode([]byte(p.facts.Certificate))
	second, _ := pem.Decode(rest)
	if first == nil || second == nil || first.Type != "PRIVATE KEY" || second.Type != "CERTIFICATE" {
		p.t.Fatal("the bundle is not a key and a certificate")
	}
	key, err := x509.ParsePKCS8PrivateKey(first.Bytes)
	if err != nil {
		p.t.Fatal(err)
	}
	return key.(*rsa.PrivateKey), second.Bytes
}

// assertion signs a client assertion; change may spoil it.
func (p *program) assertion(alg string, change func(head, body map[string]any)) string {
	p.t.Helper()
	key, der := p.keyAndCertificate()
	thumb := sha256.Sum256(der)
	head := map[string]any{"alg": alg, "typ": "JWT", "x5t#S256": base64.RawURLEncoding.EncodeToString(thumb[:])}
	body := map[string]any{
		"aud": p.facts.BackChannel + "/" + p.facts.TenantID + "/oauth2/v2.0/token", "iss": p.clientID(), "sub": p.clientID(),
		"jti": "one", "nbf": time.Now().Unix(), "exp": time.Now().Add(5 * time.Minute).Unix(),
	}
	if change != nil {
		change(head, body)
	}
	part := func(v map[string]any) string {
		data, err := json.Marshal(v)
		if err != nil {
			p.t.Fatal(err)
		}
		return base64.RawURLEncoding.EncodeToString(data)
	}
	signed := part(head) + "." + part(body)
	sum := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPSS(rand.Reader, key, crypto.SHA256, sum[:], &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash})
	if alg == "RS256" {
		signature, err = rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	}
	if err != nil {
		p.t.Fatal(err)
	}
	return signed + "." + base64.RawURLEncoding.EncodeToString(signature)
}

func TestClientAssertion(t *testing.T) {
	p := newProgram(t, start(t, options()))
	p.kind = "certificate"
	for _, test := range []struct {
		name, alg string
		change    func(head, body map[string]any)
		want      string
	}{
		{"PS256", "PS256", nil, ""},
		{"RS256", "RS256", nil, ""},
		{"issuer as audience", "PS256", func(_, b map[string]any) { b["aud"] = p.facts.BackChannel + "/" + p.facts.TenantID + "/v2.0" }, ""},
		{"thumbprint as MSAL sends it", "PS256", func(h, _ map[string]any) {
			sum, _ := base64.RawURLEncoding.DecodeString(h["x5t#S256"].(string))
			h["x5t#S256"] = base64.StdEncoding.EncodeToString(sum)
		}, ""},
		{"none", "none", nil, "AADSTS700027"},
		{"other thumbprint", "PS256", func(h, _ map[string]any) { h["x5t#S256"] = "abc" }, "AADSTS700027"},
		{"no thumbprint", "PS256", func(h, _ map[string]any) { delete(h, "x5t#S256") }, "AADSTS700027"},
		{"other issuer", "PS256", func(_, b map[string]any) { b["iss"] = "x" }, "AADSTS700021"},
		{"other subject", "PS256", func(_, b map[string]any) { b["sub"] = "x" }, "AADSTS700021"},
		{"other audience", "PS256", func(_, b map[string]any) { b["aud"] = "https://login.invalid/token" }, "AADSTS700023"},
		{"expired", "PS256", func(_, b map[string]any) { b["exp"] = time.Now().Add(-time.Hour).Unix() }, "AADSTS700024"},
		{"not yet", "PS256", func(_, b map[string]any) { b["nbf"] = time.Now().Add(time.Hour).Unix() }, "AADSTS700024"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := p.clientCredentials(p.assertion(test.alg, test.change))
			if got.code() != test.want {
				t.Errorf("code %q, want %q: %s", got.code(), test.want, got.raw)
			}
		})
	}
	if got := p.clientCredentials("a.b.c"); got.code() != "AADSTS50027" || got.status != http.StatusUnauthorized {
		t.Errorf("malformed: %d %s", got.status, got.raw)
	}
}

func (p *program) clientCredentials(assertion string) reply {
	return p.send(http.MethodPost, "/"+p.facts.TenantID+"/oauth2/v2.0/token", url.Values{
		"grant_type": {"client_credentials"}, "client_id": {p.clientID()}, "scope": {"https://partnercenter.rehearsal.invalid/.default"},
		"client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}, "client_assertion": {assertion},
	}, nil)
}

func TestClientSecret(t *testing.T) {
	p := newProgram(t, start(t, options()))
	call := func(id, secret string, basic bool) reply {
		form := url.Values{"grant_type": {"client_credentials"}, "scope": {p.graphScope(".default")}}
		header := http.Header{}
		if basic {
			r := http.Request{Header: header}
			r.SetBasicAuth(id, secret)
		} else {
			form.Set("client_id", id)
			form.Set("client_secret", secret)
		}
		return p.send(http.MethodPost, "/"+p.facts.Domain+"/oauth2/v2.0/token", form, header)
	}
	for _, test := range []struct {
		name, id, secret string
		basic            bool
		want             string
	}{
		{"right", p.facts.Clients.Secret, p.facts.ClientSecret, false, ""},
		{"right, basic", p.facts.Clients.Secret, p.facts.ClientSecret, true, ""},
		{"wrong", p.facts.Clients.Secret, "not-it", false, "AADSTS7000215"},
		{"wrong, basic", p.facts.Clients.Secret, "not%zzit", true, "AADSTS7000215"},
		{"missing", p.facts.Clients.Secret, "", false, "AADSTS7000218"},
		{"not wanted", p.facts.Clients.Public, p.facts.ClientSecret, false, "AADSTS700025"},
		{"public alone", p.facts.Clients.Public, "", false, "AADSTS7000218"},
		{"a certificate is wanted", p.facts.Clients.Certificate, p.facts.ClientSecret, false, "AADSTS7000218"},
		{"unknown app", "5e0a11c0-a000-4000-8000-00000000dead", "x", false, "AADSTS700016"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := call(test.id, test.secret, test.basic); got.code() != test.want {
				t.Errorf("code %q, want %q: %s", got.code(), test.want, got.raw)
			}
		})
	}
	app := call(p.facts.Clients.Secret, p.facts.ClientSecret, false)
	if app.text("refresh_token") != "" || app.text("id_token") != "" {
		t.Error("an app-only answer brings no refresh token or ID token")
	}
	if got := p.api("/v1.0/me", app.text("access_token")); got.status != http.StatusBadRequest {
		t.Errorf("/me for an app: %d", got.status)
	}
}
