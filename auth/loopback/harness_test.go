package loopback

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"partner-center-connector/assets"
	"partner-center-connector/auth"
)

const (
	testTenant = "0d2c7c1e-52f4-4b1c-9a51-6f2f5b8f7a10"
	testClient = "5c3f0f3e-7a6e-4b57-8a0c-3d1a2b4c5d6e"
	testCode   = "1.ATheAuthorizationCodeThatNobodyMaySee"
)

// listenerTest is a Listener with what it said to anybody, so that secrets can be looked for in all of it at the end.
type listenerTest struct {
	t        *testing.T
	listener *Listener
	now      time.Time

	mu      sync.Mutex
	said    bytes.Buffer // pages, errors and the log
	secrets []string
}

// Write lets the log be kept too.
func (h *listenerTest) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.said.Write(p)
}

func (h *listenerTest) secret(texts ...string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, text := range texts {
		if text != "" {
			h.secrets = append(h.secrets, text)
		}
	}
}

func newListenerTest(t *testing.T) *listenerTest {
	t.Helper()
	before := goleak.IgnoreCurrent()
	tr := assets.NewTranslator("en")
	h := &listenerTest{t: t, now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	h.listener = NewListener(Config{
		Render: func(w io.Writer, p auth.Page) error { return assets.RenderCallback(w, tr, string(p)) },
		Now:    func() time.Time { return h.now },
		Log:    slog.New(slog.NewTextHandler(h, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	t.Cleanup(func() {
		h.listener.Release()
		goleak.VerifyNone(t, before)
		for _, s := range append(h.secrets, testCode) {
			if strings.Contains(h.said.String(), s) {
				t.Errorf("a secret (%q) stands in a page, an error or the log", s)
			}
		}
	})
	return h
}

func (h *listenerTest) tenant() auth.Tenant {
	return auth.Tenant{ID: testTenant, Authorize: "https://login.example.test/" + testTenant + "/oauth2/v2.0/authorize?x=1"}
}

func (h *listenerTest) adminRequest() auth.AdminRequest {
	return auth.AdminRequest{
		Tenant: h.tenant(), App: auth.App{ClientID: testClient, RedirectPath: auth.DefaultRedirectPath},
		Scopes: []string{"openid", "https://api.example.test/user_impersonation"},
	}
}

func (h *listenerTest) userRequest() auth.UserRequest {
	return auth.UserRequest{
		Tenant: h.tenant(), App: auth.App{ClientID: testClient, RedirectPath: auth.DefaultRedirectPath},
		Scopes: []string{"openid", "offline_access"}, LoginHint: "integration@contoso.example",
	}
}

func (h *listenerTest) beginAdmin(r auth.AdminRequest) *Attempt {
	h.t.Helper()
	a, err := h.listener.BeginAdmin(context.Background(), r)
	return h.begun(a, err)
}

func (h *listenerTest) beginUser(r auth.UserRequest) *Attempt {
	h.t.Helper()
	a, err := h.listener.BeginUser(context.Background(), r)
	return h.begun(a, err)
}

func (h *listenerTest) begun(a *Attempt, err error) *Attempt {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
	h.secret(a.cookie.name, a.cookie.value)
	return a
}

// answer waits for a's outcome and keeps the words of its error for the search for secrets.
func (h *listenerTest) answer(a *Attempt) (auth.Answer, error) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	answer, err := a.Answer(ctx)
	if err != nil {
		_, _ = io.WriteString(h, err.Error())
	}
	if e := (*auth.Error)(nil); errors.As(err, &e) {
		_, _ = io.WriteString(h, e.OAuth+e.Suberror+e.Description+e.CorrelationID+e.TraceID)
	}
	return answer, err
}

// waiting asserts that nothing has ended a.
func (h *listenerTest) waiting(a *Attempt) {
	h.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if answer, err := a.Answer(ctx); !errors.Is(err, context.Canceled) {
		h.t.Fatalf("the attempt ended: %+v, %v", answer, err)
	}
}

// notPrivate asserts that a was ended since its window is not private, and that got tells so and sends the browser nowhere.
func (h *listenerTest) notPrivate(a *Attempt, got reply) {
	h.t.Helper()
	got.shows(h.t, http.StatusForbidden, auth.PageNotPrivate)
	if got.location != "" || got.cookie != nil {
		h.t.Error("the browser was sent on, or got a cookie")
	}
	if _, err := h.answer(a); !errors.Is(err, auth.ErrNotPrivate) {
		h.t.Errorf("%v", err)
	}
}

// visitor is a browser: it keeps cookies, and connects to localhost over one address family.
type visitor struct {
	h       *listenerTest
	client  http.Client
	cookies map[string]string
}

func (h *listenerTest) visitor() *visitor { return h.visitorOver("tcp4", "127.0.0.1") }

func (h *listenerTest) visitorOver(network, ip string) *visitor {
	dial := func(ctx context.Context, _, address string) (net.Conn, error) {
		_, port, err := net.SplitHostPort(address)
		if err != nil {
			return nil, err
		}
		return (&net.Dialer{}).DialContext(ctx, network, net.JoinHostPort(ip, port))
	}
	return &visitor{h: h, cookies: map[string]string{}, client: http.Client{
		Timeout:       20 * time.Second,
		Transport:     &http.Transport{DialContext: dial, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// reply is what a visitor got.
type reply struct {
	status         int
	body, location string
	header         http.Header
	cookie         *http.Cookie
}

// request makes one; edit may be nil.
func (v *visitor) request(method, address, body string, edit func(*http.Request)) *http.Request {
	v.h.t.Helper()
	r, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		v.h.t.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if edit != nil {
		edit(r)
	}
	return r
}

// do sends a request as it is and checks what every reply must have.
func (v *visitor) do(r *http.Request) reply {
	v.h.t.Helper()
	response, err := v.client.Do(r)
	if err != nil {
		v.h.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		v.h.t.Fatal(err)
	}
	_, _ = v.h.Write(body)
	out := reply{status: response.StatusCode, body: string(body), location: response.Header.Get("Location"), header: response.Header}
	for _, c := range response.Cookies() {
		out.cookie = c
		v.cookies[c.Name] = c.Value
	}
	if name, ok := strings.CutPrefix(out.location, donePath); ok {
		v.h.secret(name)
	}
	v.h.checkHeaders(out.header)
	return out
}

func (h *listenerTest) checkHeaders(header http.Header) {
	h.t.Helper()
	for name, want := range map[string]string{
		"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
		"X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin",
	} {
		if got := header.Get(name); got != want {
			h.t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	policy := header.Get("Content-Security-Policy")
	if !strings.HasPrefix(policy, "default-src 'none'; style-src 'sha256-") || strings.Contains(policy, "unsafe") {
		h.t.Errorf("Content-Security-Policy is %q", policy)
	}
}

// withCookies sends the visitor's cookies along, as its own navigation does.
func (v *visitor) withCookies(r *http.Request) {
	for name, value := range v.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
}

// get navigates.
func (v *visitor) get(address string) reply {
	v.h.t.Helper()
	return v.do(v.request(http.MethodGet, address, "", func(r *http.Request) {
		r.Header.Set("Sec-Fetch-Dest", "document")
		v.withCookies(r)
	}))
}

// post sends a form from another site: without cookies.
func (v *visitor) post(address string, form url.Values) reply {
	v.h.t.Helper()
	return v.do(v.request(http.MethodPost, address, form.Encode(), nil))
}

// start opens a new start address of a and returns the parameters at Microsoft.
func (v *visitor) start(a *Attempt) url.Values {
	v.h.t.Helper()
	link := a.Link()
	v.h.secret(link[strings.LastIndex(link, "/")+1:])
	got := v.get(link)
	if got.status != http.StatusFound {
		v.h.t.Fatalf("start: %d %s", got.status, got.body)
	}
	return v.h.microsoft(got.location)
}

// microsoft reads the address that a browser was sent to.
func (h *listenerTest) microsoft(location string) url.Values {
	h.t.Helper()
	u, err := url.Parse(location)
	if err != nil || u.Host != "login.example.test" {
		h.t.Fatalf("sent to %q", location)
	}
	q := u.Query()
	h.secret(q.Get("state"), q.Get("nonce"), q.Get("code_challenge"))
	return q
}

// consent plays the rest of a user consent and returns what the page showed after Finish.
func (v *visitor) consent(a *Attempt, q url.Values, form url.Values) reply {
	v.h.t.Helper()
	form.Set("state", q.Get("state"))
	got := v.post(q.Get("redirect_uri"), form)
	if got.status != http.StatusSeeOther {
		v.h.t.Fatalf("post: %d", got.status)
	}
	return v.fetchDone(a, got.location, auth.PageUserDone)
}

// fetchDone gets the one-time page while a's owner finishes with page.
func (v *visitor) fetchDone(a *Attempt, location string, page auth.Page) reply {
	v.h.t.Helper()
	var finished sync.WaitGroup
	defer finished.Wait()
	finished.Go(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		answer, _ := a.Answer(ctx)
		v.h.secret(answer.Verifier.Reveal(), answer.Nonce.Reveal())
		a.Finish(page)
	})
	return v.get(a.origin + location)
}

func pageTitle(t *testing.T, p auth.Page) string {
	t.Helper()
	tr := assets.NewTranslator("en")
	return tr.Text("callback."+string(p)+".title", nil)
}

func (r reply) shows(t *testing.T, status int, p auth.Page) {
	t.Helper()
	// The apostrophe is escaped in HTML.
	title := strings.ReplaceAll(pageTitle(t, p), "'", "&#39;")
	if r.status != status || !strings.Contains(r.body, title) {
		t.Errorf("got %d %q, want %d with %q", r.status, r.body, status, title)
	}
}
