package rehearsal_test

import (
	"cmp"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"partner-center-connector/rehearsal"
	"partner-center-connector/rehearsal/visitor"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// clock is a clock that a test puts forward.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Now()} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) forward(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func start(t *testing.T, o rehearsal.Options) *rehearsal.Cloud {
	t.Helper()
	c, err := rehearsal.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error("close:", err)
		}
	})
	return c
}

// program stands in for the program under test: it has a listener, and calls the back channel.
type program struct {
	t       *testing.T
	cloud   *rehearsal.Cloud
	facts   rehearsal.Facts
	client  *http.Client
	origin  string // http://localhost:PORT
	answers chan url.Values
	kind    string

	verifier, nonce, state string
}

func newProgram(t *testing.T, c *rehearsal.Cloud) *program {
	t.Helper()
	f := c.Facts()
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(f.CA) {
		t.Fatal("no CA")
	}
	p := &program{
		t: t, cloud: c, facts: f, answers: make(chan url.Values, 4), kind: f.ClientKind,
		client: &http.Client{
			Timeout:   20 * time.Second,
			Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, DisableKeepAlives: true},
		},
		verifier: strings.Repeat("v", 50), nonce: "the-nonce", state: "the-state",
	}
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: http.HandlerFunc(p.callback), ReadHeaderTimeout: time.Second}
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close(); <-done })
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	p.origin = "http://localhost:" + port
	return p
}

func (p *program) callback(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/done" {
		_, _ = io.WriteString(w, "done")
		return
	}
	if r.URL.Path != "/consent" || r.ParseForm() != nil {
		http.NotFound(w, r)
		return
	}
	p.answers <- r.Form
	http.Redirect(w, r, "/done", http.StatusSeeOther)
}

// answer returns the answer that the listener got, or nil.
func (p *program) answer() url.Values {
	select {
	case v := <-p.answers:
		return v
	default:
		return nil
	}
}

func (p *program) clientID() string {
	switch p.kind {
	case "secret":
		return p.facts.Clients.Secret
	case "certificate":
		return p.facts.Clients.Certificate
	}
	return p.facts.Clients.Public
}

const partnerScope = "https://partnercenter.rehearsal.invalid/user_impersonation"

func (p *program) graphScope(name string) string { return p.facts.BackChannel + "/" + name }

func (p *program) scopes() string {
	scopes := []string{"openid profile offline_access", p.graphScope("User.Read")}
	if p.facts.WithGroups {
		scopes = append(scopes, p.graphScope("GroupMember.Read.All"))
	}
	return strings.Join(append(scopes, partnerScope), " ")
}

func (p *program) adminURL(changes ...string) string {
	return p.pageURL("/"+p.facts.TenantID+"/v2.0/adminconsent", url.Values{
		"client_id": {p.clientID()}, "scope": {p.scopes()}, "redirect_uri": {p.origin + "/consent"}, "state": {p.state},
	}, changes)
}

func (p *program) userURL(changes ...string) string {
	return p.pageURL("/"+p.facts.TenantID+"/oauth2/v2.0/authorize", url.Values{
		"client_id": {p.clientID()}, "scope": {p.scopes()}, "redirect_uri": {p.origin + "/consent"}, "state": {p.state},
		"response_type": {"code"}, "response_mode": {"form_post"}, "nonce": {p.nonce}, "prompt": {"login"},
		"login_hint": {p.facts.IntegrationUPN}, "code_challenge": {challenge(p.verifier)}, "code_challenge_method": {"S256"},
	}, changes)
}

// pageURL makes an address; changes are names and values by turns, and an empty value takes the parameter away.
func (p *program) pageURL(path string, q url.Values, changes []string) string {
	for i := 0; i+1 < len(changes); i += 2 {
		if changes[i+1] == "" {
			q.Del(changes[i])
			continue
		}
		q.Set(changes[i], changes[i+1])
	}
	return p.facts.Pages + path + "?" + q.Encode()
}

func challenge(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// walk lets a new browser walk through the pages and returns what the listener got, and the last page.
func (p *program) walk(v *visitor.Visitor, address string) (url.Values, visitor.Page) {
	p.t.Helper()
	page, err := v.Walk(p.t.Context(), address)
	if err != nil {
		p.t.Fatal(err)
	}
	return p.answer(), page
}

// reply is an answer of the back channel.
type reply struct {
	status int
	header http.Header
	raw    string
	body   map[string]any
	err    error
}

func (r reply) text(key string) string { s, _ := r.body[key].(string); return s }

// code is the number that an error answer carries.
func (r reply) code() string {
	if list, ok := r.body["error_codes"].([]any); ok && len(list) > 0 {
		n, _ := list[0].(float64)
		return "AADSTS" + json.Number(jsonNumber(n)).String()
	}
	if e, ok := r.body["error"].(map[string]any); ok {
		s, _ := e["code"].(string)
		return s
	}
	return r.text("code")
}

func jsonNumber(n float64) string { data, _ := json.Marshal(n); return string(data) }

func (p *program) send(method, path string, form url.Values, header http.Header) reply {
	ctx, cancel := context.WithTimeout(p.t.Context(), 20*time.Second)
	defer cancel()
	return p.sendWithin(ctx, method, path, form, header)
}

func (p *program) sendWithin(ctx context.Context, method, path string, form url.Values, header http.Header) reply {
	p.t.Helper()
	r, err := http.NewRequestWithContext(ctx, method, p.facts.BackChannel+path, strings.NewReader(form.Encode()))
	if err != nil {
		p.t.Fatal(err)
	}
	if header != nil {
		r.Header = header.Clone()
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := p.client.Do(r)
	if err != nil {
		return reply{err: err}
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	out := reply{status: answer.StatusCode, header: answer.Header, raw: string(data), err: err}
	_ = json.Unmarshal([]byte(strings.TrimPrefix(out.raw, "\ufeff")), &out.body)
	return out
}

func (p *program) token(form url.Values) reply {
	form.Set("client_id", cmp.Or(form.Get("client_id"), p.clientID()))
	form.Set("client_info", "1")
	switch p.kind {
	case "secret":
		form.Set("client_secret", p.facts.ClientSecret)
	case "certificate":
		form.Set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
		form.Set("client_assertion", p.assertion("PS256", nil))
	}
	return p.send(http.MethodPost, "/"+p.facts.TenantID+"/oauth2/v2.0/token", form, nil)
}

func (p *program) redeem(code string, changes ...string) reply {
	form := url.Values{
		"grant_type": {"authorization_code"}, "code": {code}, "code_verifier": {p.verifier},
		"redirect_uri": {p.origin + "/consent"}, "scope": {"openid profile offline_access " + partnerScope},
	}
	for i := 0; i+1 < len(changes); i += 2 {
		form.Set(changes[i], changes[i+1])
	}
	return p.token(form)
}

func (p *program) refresh(token, scope string) reply {
	return p.token(url.Values{"grant_type": {"refresh_token"}, "refresh_token": {token}, "scope": {scope + " openid profile offline_access"}})
}

func (p *program) api(path, token string) reply {
	return p.send(http.MethodGet, path, nil, http.Header{
		"Authorization": {"Bearer " + token}, "Validatemfa": {"true"}, "Ms-Correlationid": {"5e0a11c0-0000-4000-8000-00000000c0de"},
	})
}

// claims decodes the middle of a JWT.
func claims(t *testing.T, token string) map[string]any {
	t.Helper()
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		t.Fatalf("no JWT: %d parts", len(parts))
	}
	data, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]any{}
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}
