package loopback

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"partner-center-connector/auth"
)

// scene is a consent under way, with a stranger beside it.
type scene struct {
	h        *listenerTest
	a        *Attempt
	v        *visitor // the browser of the consent
	stranger *visitor
	q        url.Values // what Microsoft was asked
	link     string     // the start address that v has used
	callback string     // without a query
}

func newScene(h *listenerTest, a *Attempt) scene {
	s := scene{h: h, a: a, v: h.visitor(), stranger: h.visitor(), link: a.Link()}
	h.secret(s.link[strings.LastIndex(s.link, "/")+1:])
	s.q = h.microsoft(s.v.get(s.link).location)
	s.callback = s.q.Get("redirect_uri")
	return s
}

// form is a form with the right state.
func (s scene) form(pairs ...string) url.Values {
	f := url.Values{"state": {s.q.Get("state")}}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Add(pairs[i], pairs[i+1])
	}
	return f
}

func (s scene) withHeader(method, address, name, value string) reply {
	return s.v.do(s.v.request(method, address, "", func(r *http.Request) {
		r.Header.Set(name, value)
		s.v.withCookies(r)
	}))
}

func (s scene) withHost(host string) reply {
	return s.v.do(s.v.request(http.MethodGet, s.a.Link(), "", func(r *http.Request) {
		r.Host = host
		s.v.withCookies(r)
	}))
}

// cutOff posts a form whose browser breaks off: so many bytes before its announced end, or for 0 without the end of its chunks.
func (s scene) cutOff(form string, missing int) reply {
	t := s.h.t
	t.Helper()
	length, body := fmt.Sprintf("Content-Length: %d", len(form)+missing), form
	if missing == 0 {
		length, body = "Transfer-Encoding: chunked", fmt.Sprintf("%x\r\n%s\r\n", len(form), form)
	}
	c, ok := dial(t, s.a).(*net.TCPConn)
	if !ok {
		t.Fatal("no TCP connection")
	}
	defer c.Close()
	_, err := fmt.Fprintf(c, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\n%s\r\n\r\n%s",
		strings.TrimPrefix(s.callback, s.a.origin), strings.TrimPrefix(s.a.origin, "http://"), length, body)
	if err = errors.Join(err, c.CloseWrite()); err != nil {
		t.Fatal(err)
	}
	response, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	s.a.listener.mu.Lock()
	defer s.a.listener.mu.Unlock()
	if len(s.a.parked) != 0 {
		t.Error("half an answer is kept")
	}
	return reply{status: response.StatusCode}
}

// strangers are requests that must get a 4xx and end nothing, whichever consent is under way.
var strangers = []struct {
	name   string
	status int
	send   func(s scene) reply
}{
	{"stray GET", 404, func(s scene) reply { return s.stranger.get(s.a.origin + "/") }},
	{"unknown path", 404, func(s scene) reply { return s.v.get(s.a.origin + "/login") }},
	{"stray POST", 404, func(s scene) reply { return s.stranger.post(s.a.origin+"/", url.Values{}) }},
	{"favicon", 404, func(s scene) reply { return s.v.get(s.a.origin + "/favicon.ico") }},
	{"favicon as an image", 403, func(s scene) reply {
		return s.withHeader("GET", s.a.origin+"/favicon.ico", "Sec-Fetch-Dest", "image")
	}},
	{"redirect path in other case", 404, func(s scene) reply { return s.v.get(s.a.origin + "/Consent?" + s.form().Encode()) }},
	{"redirect path and more", 404, func(s scene) reply { return s.v.get(s.callback + "/?" + s.form().Encode()) }},
	{"HEAD of a new start", 405, func(s scene) reply { return s.withHeader("HEAD", s.a.Link(), "Accept", "*/*") }},
	{"HEAD of the callback", 405, func(s scene) reply {
		return s.withHeader("HEAD", s.callback+"?"+s.form("error", "access_denied").Encode(), "Accept", "*/*")
	}},
	{"PUT", 405, func(s scene) reply { return s.withHeader("PUT", s.callback, "Accept", "*/*") }},
	{"OPTIONS", 405, func(s scene) reply { return s.withHeader("OPTIONS", s.callback, "Accept", "*/*") }},
	{"POST of a start", 405, func(s scene) reply { return s.v.post(s.a.Link(), url.Values{}) }},
	{"POST of a done page", 405, func(s scene) reply { return s.v.post(s.a.origin+donePath+"x", url.Values{}) }},
	{"Host by address", 421, func(s scene) reply { return s.withHost(strings.Replace(s.a.origin[7:], "localhost", "127.0.0.1", 1)) }},
	{"Host of a site", 421, func(s scene) reply {
		return s.withHost("evil.example" + s.a.origin[strings.LastIndex(s.a.origin, ":"):])
	}},
	{"Host without port", 421, func(s scene) reply { return s.withHost("localhost") }},
	{"Host with a dot", 421, func(s scene) reply { return s.withHost(strings.Replace(s.a.origin[7:], "localhost", "localhost.", 1)) }},
	{"start in a frame", 403, func(s scene) reply { return s.withHeader("GET", s.a.Link(), "Sec-Fetch-Dest", "iframe") }},
	{"start by fetch", 403, func(s scene) reply { return s.withHeader("GET", s.a.Link(), "Sec-Fetch-Dest", "empty") }},
	{"start from a page", 403, func(s scene) reply { return s.withHeader("GET", s.a.Link(), "Sec-Fetch-Site", "cross-site") }},
	{"start by another port", 403, func(s scene) reply { return s.withHeader("GET", s.a.Link(), "Sec-Fetch-Site", "same-site") }},
	{"start by prefetch", 403, func(s scene) reply { return s.withHeader("GET", s.a.Link(), "Sec-Purpose", "prefetch;prerender") }},
	{"start by old prefetch", 403, func(s scene) reply { return s.withHeader("GET", s.a.Link(), "Purpose", "prefetch") }},
	{"start by very old prefetch", 403, func(s scene) reply { return s.withHeader("GET", s.a.Link(), "X-Moz", "prefetch") }},
	{"start by prerender", 403, func(s scene) reply { return s.withHeader("GET", s.a.Link(), "Sec-Purpose", "prerender") }},
	{"start by preview", 403, func(s scene) reply { return s.withHeader("GET", s.a.Link(), "Sec-Purpose", "preview") }},
	{"start by Safari's preview", 403, func(s scene) reply { return s.withHeader("GET", s.a.Link(), "X-Purpose", "preview") }},
	{"start by a prefetch in other letters", 403, func(s scene) reply { return s.withHeader("GET", s.a.Link(), "Purpose", "Prefetch") }},
	{"error by prerender", 403, func(s scene) reply {
		return s.withHeader("GET", s.callback+"?"+s.form("error", "access_denied").Encode(), "Sec-Purpose", "prerender")
	}},
	{"error by preview", 403, func(s scene) reply {
		return s.withHeader("GET", s.callback+"?"+s.form("error", "access_denied").Encode(), "Sec-Purpose", "preview")
	}},
	{"parked answer fetched by prerender", 403, func(s scene) reply {
		parked := s.v.post(s.callback, s.form("error", "access_denied"))
		return s.withHeader("GET", s.a.origin+parked.location, "Sec-Purpose", "prefetch;prerender")
	}},
	{"parked answer fetched by preview", 403, func(s scene) reply {
		parked := s.v.post(s.callback, s.form("error", "access_denied"))
		return s.withHeader("GET", s.a.origin+parked.location, "Sec-Purpose", "preview")
	}},
	{"POST that is cut off", 400, func(s scene) reply { return s.cutOff(s.form("error", "access_denied").Encode(), 1) }},
	{"POST that is cut off within the code", 400, func(s scene) reply { return s.cutOff(s.form("code", testCode).Encode(), 7) }},
	{"chunked POST that is cut off", 400, func(s scene) reply { return s.cutOff(s.form("error", "access_denied").Encode(), 0) }},
	{"unknown ticket", 404, func(s scene) reply { return s.v.get(s.a.origin + startPath + strings.Repeat("a", 52)) }},
	{"no ticket", 404, func(s scene) reply { return s.v.get(s.a.origin + startPath) }},
	{"unknown done page", 404, func(s scene) reply { return s.v.get(s.a.origin + donePath + strings.Repeat("a", 52)) }},
	{"no done page", 404, func(s scene) reply { return s.v.get(s.a.origin + donePath) }},
	{"callback without anything", 400, func(s scene) reply { return s.v.get(s.callback) }},
	{"error with a wrong state", 400, func(s scene) reply { return s.v.get(s.callback + "?error=access_denied&state=x") }},
	{"error without state", 400, func(s scene) reply { return s.v.get(s.callback + "?error=access_denied") }},
	{"two states", 400, func(s scene) reply { return s.v.get(s.callback + "?error=x&state=y&" + s.form().Encode()) }},
	{"broken escapes", 400, func(s scene) reply { return s.v.get(s.callback + "?error=%zz&" + s.form().Encode()) }},
	{"error without cookie", 403, func(s scene) reply {
		return s.stranger.get(s.callback + "?" + s.form("error", "access_denied").Encode())
	}},
	{"error in a frame", 403, func(s scene) reply {
		return s.withHeader("GET", s.callback+"?"+s.form("error", "access_denied").Encode(), "Sec-Fetch-Dest", "frame")
	}},
	{"error with a cookie of the right name only", 403, func(s scene) reply {
		s.stranger.cookies[s.a.cookie.name] = strings.Repeat("a", len(s.a.cookie.value))
		return s.stranger.get(s.callback + "?" + s.form("error", "access_denied").Encode())
	}},
	{"code by GET", 400, func(s scene) reply { return s.v.get(s.callback + "?" + s.form("code", testCode).Encode()) }},
	{"code and error by GET", 400, func(s scene) reply {
		return s.v.get(s.callback + "?" + s.form("code", testCode, "error", "x").Encode())
	}},
	{"code and error by POST", 400, func(s scene) reply { return s.v.post(s.callback, s.form("code", testCode, "error", "x")) }},
	{"wrong state by POST", 400, func(s scene) reply {
		return s.v.post(s.callback, url.Values{"state": {"x"}, "code": {testCode}})
	}},
	{"state in the query of a POST", 400, func(s scene) reply {
		return s.v.post(s.callback+"?"+s.form().Encode(), url.Values{"code": {testCode}})
	}},
	{"two errors", 400, func(s scene) reply { return s.v.post(s.callback, s.form("error", "x", "error", "x")) }},
	{"two consents", 400, func(s scene) reply {
		return s.v.post(s.callback, s.form("error", "x", "admin_consent", "True", "admin_consent", "False"))
	}},
	{"two tenants", 400, func(s scene) reply {
		return s.v.post(s.callback, s.form("error", "x", "tenant", testTenant, "tenant", testTenant))
	}},
	{"two codes", 400, func(s scene) reply { return s.v.post(s.callback, s.form("code", testCode, "code", testCode)) }},
	{"POST in a frame", 403, func(s scene) reply { return s.withHeader("POST", s.callback, "Sec-Fetch-Dest", "iframe") }},
	{"POST of JSON", 415, func(s scene) reply { return s.withHeader("POST", s.callback, "Content-Type", "application/json") }},
	{"POST of plain text", 415, func(s scene) reply { return s.withHeader("POST", s.callback, "Content-Type", "text/plain") }},
	{"oversize POST", 413, func(s scene) reply { return s.v.post(s.callback, s.form("code", strings.Repeat("a", 64<<10))) }},
	{"parked answer fetched without cookie", 403, func(s scene) reply {
		parked := s.v.post(s.callback, s.form("error", "access_denied"))
		return s.stranger.get(s.a.origin + parked.location)
	}},
	{"parked answer fetched by HEAD", 405, func(s scene) reply {
		parked := s.v.post(s.callback, s.form("error", "access_denied"))
		return s.withHeader("HEAD", s.a.origin+parked.location, "Accept", "*/*")
	}},
	{"parked answer fetched in a frame", 403, func(s scene) reply {
		parked := s.v.post(s.callback, s.form("error", "access_denied"))
		return s.withHeader("GET", s.a.origin+parked.location, "Sec-Fetch-Dest", "iframe")
	}},
	{"too many parked answers", 429, func(s scene) reply {
		for range 4 {
			if got := s.v.post(s.callback, s.form("error", "access_denied")); got.status != http.StatusSeeOther {
				s.h.t.Errorf("parking: %d", got.status)
			}
		}
		defer func() { s.h.now = s.h.now.Add(10*time.Minute + 1) }()
		return s.v.post(s.callback, s.form("error", "access_denied"))
	}},
	{"parked answer fetched too late", 410, func(s scene) reply {
		parked := s.v.post(s.callback, s.form("error", "access_denied"))
		s.h.now = s.h.now.Add(10*time.Minute + 1)
		return s.v.get(s.a.origin + parked.location)
	}},
}

// TestABrowserThatSaysMoreIsNoStranger: headers like those of a prefetch, and a browser's own navigation, are none.
func TestABrowserThatSaysMoreIsNoStranger(t *testing.T) {
	h := newListenerTest(t)
	s := newScene(h, h.beginUser(h.userRequest()))
	for name, value := range map[string]string{
		"Sec-Purpose": "", "Purpose": "navigation", "X-Purpose": "", "X-Moz": "none", "Sec-Fetch-Dest": "document", "Sec-Fetch-Site": "none",
	} {
		if got := s.withHeader(http.MethodGet, s.a.Link(), name, value); got.status != http.StatusFound {
			t.Errorf("%s: %q: %d", name, value, got.status)
		}
	}
}

func TestStrangersAtTheUserConsent(t *testing.T) {
	for _, c := range strangers {
		t.Run(c.name, func(t *testing.T) {
			h := newListenerTest(t)
			s := newScene(h, h.beginUser(h.userRequest()))
			if got := c.send(s); got.status != c.status {
				t.Errorf("status %d, want %d", got.status, c.status)
			}
			h.waiting(s.a)
			s.v.consent(s.a, s.q, url.Values{"code": {testCode}}).shows(t, http.StatusOK, auth.PageUserDone)
			if answer, err := h.answer(s.a); err != nil || answer.Code.Reveal() != testCode {
				t.Errorf("the consent did not succeed afterwards: %v", err)
			}
		})
	}
}

func TestStrangersAtTheAdminConsent(t *testing.T) {
	for _, c := range strangers {
		t.Run(c.name, func(t *testing.T) {
			h := newListenerTest(t)
			s := newScene(h, h.beginAdmin(h.adminRequest()))
			if got := c.send(s); got.status != c.status {
				t.Errorf("status %d, want %d", got.status, c.status)
			}
			h.waiting(s.a)
			s.giveAdminConsent(t)
		})
	}
}

func (s scene) giveAdminConsent(t *testing.T) {
	t.Helper()
	got := s.v.get(s.callback + "?" + s.form("admin_consent", "True", "tenant", testTenant).Encode())
	if got.status != http.StatusSeeOther {
		t.Fatalf("admin consent: %d", got.status)
	}
	s.v.fetchDone(s.a, got.location, auth.PageAdminDone).shows(t, http.StatusOK, auth.PageAdminDone)
	if answer, err := s.h.answer(s.a); err != nil || answer.Tenant != testTenant {
		t.Errorf("the consent did not succeed afterwards: %v", err)
	}
}

// TestOtherAttemptsCookie: the browser of the admin consent can't answer for the user consent, nor the other way round.
func TestOtherAttemptsCookie(t *testing.T) {
	h := newListenerTest(t)
	admin := newScene(h, h.beginAdmin(h.adminRequest()))
	user := newScene(h, h.beginUser(h.userRequest()))
	if got := admin.v.get(user.callback + "?" + user.form("error", "x").Encode()); got.status != http.StatusForbidden {
		t.Errorf("an error from the admin's browser: %d", got.status)
	}
	parked := user.v.post(user.callback, user.form("code", testCode))
	if got := admin.v.get(user.a.origin + parked.location); got.status != http.StatusForbidden {
		t.Errorf("a code fetched by the admin's browser: %d", got.status)
	}
	consent := user.form("admin_consent", "True", "tenant", testTenant)
	consent.Set("state", admin.q.Get("state"))
	if got := user.v.get(admin.callback + "?" + consent.Encode()); got.status != http.StatusForbidden {
		t.Errorf("an admin consent from the user's browser: %d", got.status)
	}
	h.waiting(admin.a)
	h.waiting(user.a)
	admin.giveAdminConsent(t)
	user.v.consent(user.a, user.q, url.Values{"code": {testCode}}).shows(t, http.StatusOK, auth.PageUserDone)
}

func TestOtherAttemptsPath(t *testing.T) {
	h := newListenerTest(t)
	r := h.adminRequest()
	r.App.RedirectPath = ""
	admin := newScene(h, h.beginAdmin(r))
	user := newScene(h, h.beginUser(h.userRequest()))
	if want := admin.a.origin; admin.callback != want {
		t.Errorf("redirect URI %q, want %q", admin.callback, want)
	}
	if got := user.v.post(admin.a.origin+"/", user.form("code", testCode)); got.status != http.StatusBadRequest {
		t.Errorf("a code at the other attempt's path: %d", got.status)
	}
	admin.callback += "/"
	admin.giveAdminConsent(t)
	user.v.consent(user.a, user.q, url.Values{"code": {testCode}}).shows(t, http.StatusOK, auth.PageUserDone)
}

func TestSecondCallback(t *testing.T) {
	h := newListenerTest(t)
	s := newScene(h, h.beginUser(h.userRequest()))
	first := s.v.post(s.callback, s.form("code", testCode))
	second := s.v.post(s.callback, s.form("code", "another code"))
	s.v.fetchDone(s.a, first.location, auth.PageUserDone).shows(t, http.StatusOK, auth.PageUserDone)
	s.v.post(s.callback, s.form("code", "a third code")).shows(t, http.StatusGone, auth.PageExpired)
	s.v.get(s.a.origin+second.location).shows(t, http.StatusNotFound, auth.PageStranger)
	s.v.get(s.callback+"?"+s.form("error", "access_denied").Encode()).shows(t, http.StatusGone, auth.PageExpired)
	s.v.get(s.link).shows(t, http.StatusGone, auth.PageExpired)
	s.stranger.get(s.a.origin+first.location).shows(t, http.StatusForbidden, auth.PageStranger)
	if answer, err := h.answer(s.a); err != nil || answer.Code.Reveal() != testCode {
		t.Errorf("the second callback changed the answer: %v", err)
	}
}
