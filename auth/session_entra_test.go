package auth

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"maps"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

const (
	entraTenant = "11111111-2222-3333-4444-555555555555"
	entraClient = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
	entraUser   = "99999999-8888-7777-6666-555555555555"
	entraDomain = "partner.example"
	entraNonce  = "nonce-of-this-attempt"
	entraSecret = "client~secret.that-nobody-may-see-Q8x0123456789"
	entraCode   = "code-that-nobody-may-see-0.AXkA1234567890abcdefghij"
)

// fakeEntra is a sign-in service of one tenant on loopback, over TLS.
type fakeEntra struct {
	server *httptest.Server
	cloud  Cloud
	tenant Tenant

	mu sync.Mutex
	// forms are the token requests that came.
	forms []url.Values
	// heads are their headers.
	heads []http.Header
	// refresh is the number of the refresh token that is current; rotate makes every answer bring a new one.
	refresh int
	rotate  bool
	// lenient lets an earlier refresh token be used, as Entra does.
	lenient bool
	// document, page and token replace an answer where they are set; token returns false to leave it as it is.
	document func(w http.ResponseWriter, r *http.Request) bool
	// asked is told of each request for the document.
	asked func()
	page  http.HandlerFunc
	token func(w http.ResponseWriter, form url.Values) bool
	// claims and fields change the ID token and the token answer.
	claims, fields map[string]any
}

// newEntra starts a service and checks at the end that it left no goroutine behind.
func newEntra(tb testing.TB) *fakeEntra {
	tb.Helper()
	running := goleak.IgnoreCurrent()
	tb.Cleanup(func() { goleak.VerifyNone(tb, running) })
	return anotherEntra(tb)
}

// anotherEntra starts one more service in a test that has one.
func anotherEntra(tb testing.TB) *fakeEntra {
	tb.Helper()
	e := &fakeEntra{refresh: 1, rotate: true}
	e.server = httptest.NewTLSServer(http.HandlerFunc(e.serve))
	e.cloud = Cloud{
		Name: "test", Login: e.server.URL, InstanceName: "test.example", FromFile: true,
		PartnerCenter: e.server.URL, PartnerCenterResource: "https://api.partnercenter.example", Graph: "https://graph.example",
		CAFile: writeCA(tb, e.server),
	}
	e.tenant = Tenant{
		ID: entraTenant, Domain: entraDomain, Cloud: "test", CloudFromFile: true,
		Issuer: e.server.URL + "/" + entraTenant + "/v2.0", Authorize: e.server.URL + "/" + entraTenant + "/oauth2/v2.0/authorize",
		Token: e.server.URL + "/" + entraTenant + "/oauth2/v2.0/token", Region: "EU",
		PartnerCenter: e.cloud.PartnerCenter, Graph: e.cloud.Graph,
	}
	tb.Cleanup(func() {
		if client, err := HTTPClient(e.cloud); err == nil {
			client.CloseIdleConnections()
		}
		e.server.Close()
	})
	return e
}

func writeCA(tb testing.TB, server *httptest.Server) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "ca.pem")
	data := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(path, data, 0o600); err != nil {
		tb.Fatal(err)
	}
	return path
}

func (e *fakeEntra) serve(w http.ResponseWriter, r *http.Request) {
	switch {
	case strings.HasSuffix(r.URL.Path, discoveryPath):
		e.serveDocument(w, r)
	case strings.HasSuffix(r.URL.Path, "/authorize") && e.page != nil:
		e.page(w, r)
	case strings.HasSuffix(r.URL.Path, "/token") && r.Method == http.MethodPost:
		e.serveToken(w, r)
	default:
		http.NotFound(w, r)
	}
}

func (e *fakeEntra) serveDocument(w http.ResponseWriter, r *http.Request) {
	if e.asked != nil {
		e.asked()
	}
	if e.document != nil && e.document(w, r) {
		return
	}
	asked := strings.Split(r.URL.Path, "/")[1]
	if asked != entraTenant && asked != entraDomain {
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprint(w, `{"error":"invalid_tenant","error_description":"AADSTS90002: Tenant not found.","error_codes":[90002],"trace_id":"trace-1"}`)
		return
	}
	writeJSON(w, e.documentFields())
}

func (e *fakeEntra) documentFields() map[string]any {
	return map[string]any{
		"issuer": e.tenant.Issuer, "authorization_endpoint": e.tenant.Authorize, "token_endpoint": e.tenant.Token,
		"cloud_instance_name": e.cloud.InstanceName, "tenant_region_scope": "EU",
	}
}

func (e *fakeEntra) serveToken(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		http.Error(w, "bad form", http.StatusBadRequest)
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.forms = append(e.forms, r.PostForm)
	e.heads = append(e.heads, r.Header.Clone())
	if e.token != nil && e.token(w, r.PostForm) {
		return
	}
	switch r.PostForm.Get("grant_type") {
	case "refresh_token":
		if r.PostForm.Get("refresh_token") != e.refreshToken() && !e.lenient {
			refuse(w, "invalid_grant", 700082, "")
			return
		}
	case "client_credentials":
		writeJSON(w, map[string]any{"access_token": "app-only", "token_type": "Bearer", "expires_in": 3600})
		return
	}
	if e.rotate {
		e.refresh++
	}
	writeJSON(w, e.answer(r.PostForm))
}

// refreshToken is the current one.
func (e *fakeEntra) refreshToken() string {
	return fmt.Sprintf("refresh-token-number-%d-that-nobody-may-see", e.refresh)
}

func (e *fakeEntra) answer(form url.Values) map[string]any {
	id := map[string]any{
		"iss": e.tenant.Issuer, "aud": entraClient, "sub": "subject", "tid": entraTenant, "oid": entraUser, "nonce": entraNonce,
		"preferred_username": "integration@" + entraDomain, "name": "Integration", "iat": time.Now().Unix(), "exp": time.Now().Add(time.Hour).Unix(),
	}
	overwrite(id, e.claims)
	answer := map[string]any{
		"token_type": "Bearer", "expires_in": 3600, "scope": form.Get("scope"), "refresh_token": e.refreshToken(),
		"access_token": signedJWT(map[string]any{"amr": []string{"pwd", "mfa"}, "n": len(e.forms)}),
		"id_token":     signedJWT(id), "client_info": clientInfo{UID: entraUser, UTID: entraTenant}.encode(),
	}
	overwrite(answer, e.fields)
	return answer
}

// overwrite copies from into m; a nil takes the key away.
func overwrite(m, from map[string]any) {
	maps.Copy(m, from)
	maps.DeleteFunc(m, func(_ string, v any) bool { return v == nil })
}

// refuse answers with an OAuth error.
func refuse(w http.ResponseWriter, code string, number int, suberror string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusBadRequest)
	_ = json.NewEncoder(w).Encode(map[string]any{
		"error": code, "suberror": suberror, "error_codes": []int{number},
		"error_description": fmt.Sprintf("AADSTS%d: no.\r\nTrace ID: trace-7\r\nCorrelation ID: correlation-7\r\nTimestamp: 2026-11-23 10:00:00Z", number),
		"trace_id":          "trace-7", "correlation_id": "correlation-7", "timestamp": "2026-11-23 10:00:00Z",
	})
}

func writeJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}

// signedJWT is a JWT as Entra's look; nobody here checks its signature.
func signedJWT(claims map[string]any) string {
	return jwtOf(`{"typ":"JWT","alg":"RS256","kid":"k"}`, claims)
}

func jwtOf(header string, claims map[string]any) string {
	payload, err := json.Marshal(claims)
	if err != nil {
		panic(err)
	}
	enc := base64.RawURLEncoding
	return enc.EncodeToString([]byte(header)) + "." + enc.EncodeToString(payload) + "." + enc.EncodeToString([]byte("signature"))
}

// count returns how many token requests came.
func (e *fakeEntra) count() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.forms)
}

// form returns the i-th token request, from the end where i is negative.
func (e *fakeEntra) form(i int) url.Values {
	e.mu.Lock()
	defer e.mu.Unlock()
	if i < 0 {
		i += len(e.forms)
	}
	return e.forms[i]
}

// set changes the service while it runs.
func (e *fakeEntra) set(change func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	change()
}

func (e *fakeEntra) service() *Service { return NewService([]Cloud{e.cloud}, time.Now) }

func (e *fakeEntra) request(a App) UserRequest {
	return UserRequest{Cloud: e.cloud, Tenant: e.tenant, App: a, WithGroups: true}
}

func entraAnswer() Answer {
	return Answer{Code: NewSecret(entraCode), Verifier: NewSecret("verifier-that-nobody-may-see-0123456789abcdef"), Nonce: NewSecret(entraNonce), RedirectURI: "http://localhost:5000/consent"}
}

func publicApp() App {
	return App{ClientID: entraClient, ClientKind: PublicClient, RedirectPath: "/consent"}
}

func secretApp() App {
	return App{ClientID: entraClient, ClientKind: SecretClient, RedirectPath: "/consent", Secret: NewSecret(entraSecret)}
}

// mustRedeem is a successful user consent.
func (e *fakeEntra) mustRedeem(tb testing.TB, a App) *Session {
	tb.Helper()
	s, err := e.service().Redeem(context.Background(), e.request(a), entraAnswer())
	if err != nil {
		tb.Fatalf("Redeem: %v", err)
	}
	return s
}

// entraKey is made once: RSA keys take time.
var entraKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
})

// certificateFor makes a self-signed certificate, in DER.
func certificateFor(tb testing.TB, key *rsa.PrivateKey, until time.Time) []byte {
	tb.Helper()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "connector"},
		NotBefore: until.Add(-365 * 24 * time.Hour), NotAfter: until,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		tb.Fatal(err)
	}
	return der
}

func pemOf(kind string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
}

func certificateApp(tb testing.TB) App {
	tb.Helper()
	bundle := append(pemOf("CERTIFICATE", certificateFor(tb, entraKey(), time.Now().Add(time.Hour))),
		pemOf("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(entraKey()))...)
	return App{ClientID: entraClient, ClientKind: CertificateClient, Certificate: NewSecret(string(bundle))}
}
