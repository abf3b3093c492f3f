package loopback

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"partner-center-connector/auth"
)

func TestReloadOfTheStartPage(t *testing.T) {
	h := newListenerTest(t)
	s := newScene(h, h.beginUser(h.userRequest()))
	got := s.v.get(s.link)
	if got.status != http.StatusFound || h.microsoft(got.location).Get("state") != s.q.Get("state") {
		t.Errorf("a reload with its own cookie: %d", got.status)
	}
	other := s.stranger.start(s.a) // a new copy of the link is a new ticket
	if other.Get("state") != s.q.Get("state") {
		t.Error("a new copy of the link belongs to another attempt")
	}
	s.stranger.consent(s.a, other, url.Values{"code": {testCode}}).shows(t, http.StatusOK, auth.PageUserDone)
}

func TestOldTicketsGoFirst(t *testing.T) {
	h := newListenerTest(t)
	a := h.beginUser(h.userRequest())
	first := a.Link()
	var last string
	for range 64 {
		last = a.Link()
	}
	h.visitor().get(first).shows(t, http.StatusNotFound, auth.PageStranger)
	if got := h.visitor().get(last); got.status != http.StatusFound {
		t.Errorf("the last link: %d", got.status)
	}
}

func TestSuperseded(t *testing.T) {
	h := newListenerTest(t)
	admin := newScene(h, h.beginAdmin(h.adminRequest()))
	old := newScene(h, h.beginUser(h.userRequest()))
	parked := old.v.post(old.callback, old.form("code", testCode))
	unused := old.a.Link()
	current := newScene(h, h.beginUser(h.userRequest()))
	_, err := h.answer(old.a)
	if e := (*auth.Error)(nil); !errors.As(err, &e) || e.Stage != auth.StageUserConsent || !errors.Is(err, auth.ErrSuperseded) {
		t.Errorf("%v", err)
	}
	old.v.post(old.callback, old.form("code", testCode)).shows(t, http.StatusGone, auth.PageSuperseded)
	old.v.get(old.callback+"?"+old.form("error", "x").Encode()).shows(t, http.StatusGone, auth.PageSuperseded)
	old.v.get(old.a.origin+parked.location).shows(t, http.StatusNotFound, auth.PageStranger)
	old.v.get(old.link).shows(t, http.StatusGone, auth.PageSuperseded)
	h.visitor().get(unused).shows(t, http.StatusGone, auth.PageSuperseded)
	old.a.Finish(auth.PageUserDone) // returns at once: nobody waits for it
	h.waiting(current.a)
	h.waiting(admin.a)
	current.v.consent(current.a, current.q, url.Values{"code": {testCode}}).shows(t, http.StatusOK, auth.PageUserDone)
	old.a.Close()
	old.v.get(old.link).shows(t, http.StatusGone, auth.PageSuperseded)
	if _, err := h.answer(old.a); !errors.Is(err, auth.ErrSuperseded) {
		t.Errorf("after Close: %v", err)
	}
}

func TestSupersededWhileHeld(t *testing.T) {
	h := newListenerTest(t)
	s := newScene(h, h.beginUser(h.userRequest()))
	parked := s.v.post(s.callback, s.form("code", testCode))
	held := make(chan reply, 1)
	go func() { held <- s.v.get(s.a.origin + parked.location) }()
	if _, err := h.answer(s.a); err != nil {
		t.Fatal(err)
	}
	h.beginUser(h.userRequest())
	(<-held).shows(t, http.StatusOK, auth.PageSuperseded)
}

func TestClosed(t *testing.T) {
	h := newListenerTest(t)
	s := newScene(h, h.beginUser(h.userRequest()))
	unused := s.a.Link()
	s.a.Close()
	s.a.Close()
	if _, err := h.answer(s.a); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	s.v.post(s.callback, s.form("code", testCode)).shows(t, http.StatusGone, auth.PageExpired)
	s.v.get(s.link).shows(t, http.StatusGone, auth.PageExpired)
	h.visitor().get(unused).shows(t, http.StatusGone, auth.PageExpired)
}

func TestManyAttemptsAreForgotten(t *testing.T) {
	h := newListenerTest(t)
	for range 40 {
		h.beginUser(h.userRequest()).Close()
	}
	if n := len(h.listener.attempts); n != 32 {
		t.Errorf("%d attempts are kept", n)
	}
}

func TestNotPrivate(t *testing.T) {
	isolated := func(h *listenerTest) *Attempt {
		r := h.adminRequest()
		r.Isolated = true
		return h.beginAdmin(r)
	}
	user := func(h *listenerTest) *Attempt { return h.beginUser(h.userRequest()) }
	for _, c := range []struct {
		name    string
		begin   func(*listenerTest) *Attempt
		prepare func(*visitor)
		private bool
	}{
		{"user, clean", user, func(*visitor) {}, true},
		{"user, other cookies", user, func(v *visitor) { v.cookies["session"] = "x" }, true},
		{"user, the admin's browser", user, func(v *visitor) { v.start(v.h.beginAdmin(v.h.adminRequest())) }, false},
		{"user, an earlier run", user, func(v *visitor) { v.cookies["pcc-consent-0"] = "x" }, false},
		{"user, own name but another value", user, func(v *visitor) { v.cookies[v.h.listener.attempts[0].cookie.name] = "x" }, false},
		{"isolated admin, clean", isolated, func(*visitor) {}, true},
		{"isolated admin, an earlier run", isolated, func(v *visitor) { v.cookies["pcc-consent-0"] = "x" }, false},
		{
			"admin in the default browser", func(h *listenerTest) *Attempt { return h.beginAdmin(h.adminRequest()) },
			func(v *visitor) { v.cookies["pcc-consent-0"] = "x" }, true,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newListenerTest(t)
			a, v := c.begin(h), h.visitor()
			c.prepare(v)
			link := a.Link()
			got := v.get(link)
			if c.private {
				if got.status != http.StatusFound {
					t.Errorf("status %d", got.status)
				}
				h.waiting(a)
				return
			}
			h.notPrivate(a, got)
			<-a.Started()
			a.Finish(auth.PageNotPrivate)
			// Nothing newer took its place.
			h.visitor().get(link).shows(t, http.StatusGone, auth.PageExpired)
		})
	}
}

// TestASpentTicket checks that a start address which a second browser opens ends its attempt at once: whose the first one was, nobody can tell.
func TestASpentTicket(t *testing.T) {
	for name, begin := range map[string]func(*listenerTest) *Attempt{
		"user":           func(h *listenerTest) *Attempt { return h.beginUser(h.userRequest()) },
		"administrator":  func(h *listenerTest) *Attempt { return h.beginAdmin(h.adminRequest()) },
		"isolated admin": func(h *listenerTest) *Attempt { r := h.adminRequest(); r.Isolated = true; return h.beginAdmin(r) },
	} {
		t.Run(name, func(t *testing.T) {
			h := newListenerTest(t)
			s := newScene(h, begin(h))
			other := s.a.Link()
			h.waiting(s.a)
			got := s.stranger.get(s.link)
			got.shows(t, http.StatusForbidden, auth.PageTicketSpent)
			if got.location != "" || got.cookie != nil {
				t.Error("the second browser was sent on, or got a cookie")
			}
			if _, err := h.answer(s.a); !errors.Is(err, auth.ErrTicketSpent) {
				t.Errorf("%v", err)
			}
			// Neither browser goes on, and no other address of the attempt is good any more.
			s.v.post(s.callback, s.form("code", testCode)).shows(t, http.StatusGone, auth.PageExpired)
			s.v.get(s.link).shows(t, http.StatusGone, auth.PageExpired)
			h.visitor().get(other).shows(t, http.StatusGone, auth.PageExpired)
		})
	}
}

const testDescription = "AADSTS65004: User declined to consent to access the app. state %STATE% \r\n" +
	"Trace ID: 2b7e9c1a-0000-4111-8222-333344445555 Correlation ID: 8f14e45f-ceea-467f-9f2c-0123456789ab " +
	"Timestamp: 2026-11-23 09:41:07Z AADSTS65004 AADSTS50076"

func TestErrorRedirects(t *testing.T) {
	for _, c := range []struct {
		name  string
		stage auth.Stage
		begin func(*listenerTest) *Attempt
		send  func(s scene, f url.Values) reply
	}{
		{"user by POST", "user-consent", func(h *listenerTest) *Attempt { return h.beginUser(h.userRequest()) }, func(s scene, f url.Values) reply {
			return s.v.post(s.callback, f)
		}},
		{"user by GET", "user-consent", func(h *listenerTest) *Attempt { return h.beginUser(h.userRequest()) }, func(s scene, f url.Values) reply {
			return s.v.get(s.callback + "?" + f.Encode())
		}},
		{"admin by GET", "admin-consent", func(h *listenerTest) *Attempt { return h.beginAdmin(h.adminRequest()) }, func(s scene, f url.Values) reply {
			f.Set("admin_consent", "True") // it comes with an error too
			f.Set("tenant", testTenant)
			return s.v.get(s.callback + "?" + f.Encode())
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newListenerTest(t)
			s := newScene(h, c.begin(h))
			f := s.form("error", "access_denied", "error_subcode", "cancel",
				"error_description", strings.ReplaceAll(testDescription, "%STATE%", s.q.Get("state")))
			s.v.fetchDone(s.a, c.send(s, f).location, auth.PageDeclined).shows(t, http.StatusOK, auth.PageDeclined)
			_, err := h.answer(s.a)
			var e *auth.Error
			if !errors.As(err, &e) || e.OAuth != "access_denied" || e.Suberror != "cancel" || e.Cause != nil || e.Stage != c.stage ||
				!slices.Equal(e.Codes, []int{65004, 50076}) || e.TraceID != "2b7e9c1a-0000-4111-8222-333344445555" ||
				e.CorrelationID != "8f14e45f-ceea-467f-9f2c-0123456789ab" || e.Timestamp != "2026-11-23 09:41:07Z" {
				t.Errorf("%#v", err)
			}
		})
	}
}

func TestAdminAnswersThatAreNone(t *testing.T) {
	for _, form := range [][]string{
		{"admin_consent", "True"},
		{"admin_consent", "False", "tenant", testTenant},
		{"tenant", testTenant},
		{"admin_consent", "True", "tenant", "contoso.example"},
		{"admin_consent", "True", "tenant", testTenant + "0"},
	} {
		h := newListenerTest(t)
		s := newScene(h, h.beginAdmin(h.adminRequest()))
		got := s.v.get(s.callback + "?" + s.form(form...).Encode())
		s.v.fetchDone(s.a, got.location, auth.PageFailed).shows(t, http.StatusOK, auth.PageFailed)
		if _, err := h.answer(s.a); !errors.Is(err, auth.ErrBadAnswer) {
			t.Errorf("%v: %v", form, err)
		}
		h.listener.Release()
	}
}

func TestClaimsRetry(t *testing.T) {
	for name, refusal := range map[string][]string{
		"by error":        {"error", "invalid_request"},
		"by parameter":    {"error", "server_error", "error_description", "AADSTS901002: The 'claims' request parameter is not supported."},
		"by malformation": {"error", "invalid_claims", "error_description", "AADSTS9002313: Invalid request."},
	} {
		t.Run(name, func(t *testing.T) {
			h := newListenerTest(t)
			s := newScene(h, h.beginUser(h.userRequest()))
			if s.q.Get("claims") != `{"access_token":{"amr":{"essential":true,"values":["mfa"]}}}` {
				t.Fatalf("claims %q", s.q.Get("claims"))
			}
			parked := s.v.post(s.callback, s.form(refusal...))
			s.stranger.get(s.a.origin+parked.location).shows(t, http.StatusForbidden, auth.PageStranger)
			got := s.v.get(s.a.origin + parked.location)
			if got.status != http.StatusFound {
				t.Fatalf("status %d", got.status)
			}
			again := h.microsoft(got.location)
			h.waiting(s.a)
			if again.Has("claims") {
				t.Error("asked for claims again")
			}
			for _, name := range []string{"state", "nonce", "code_challenge"} {
				if again.Get(name) == "" || again.Get(name) == s.q.Get(name) {
					t.Errorf("%s is not a new one", name)
				}
			}
			for _, name := range []string{"client_id", "scope", "redirect_uri", "prompt", "login_hint", "response_mode"} {
				if again.Get(name) != s.q.Get(name) {
					t.Errorf("%s changed", name)
				}
			}
			s.v.post(s.callback, s.form("code", testCode)).shows(t, http.StatusBadRequest, auth.PageStranger) // the old state
			s.v.consent(s.a, again, url.Values{"code": {testCode}}).shows(t, http.StatusOK, auth.PageUserDone)
			if answer, err := h.answer(s.a); err != nil || answer.Nonce.Reveal() != again.Get("nonce") {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestClaimsRetryHappensOnce(t *testing.T) {
	h := newListenerTest(t)
	s := newScene(h, h.beginUser(h.userRequest()))
	first := s.v.post(s.callback, s.form("error", "invalid_request"))
	again := h.microsoft(s.v.get(s.a.origin + first.location).location)
	s.v.consent(s.a, again, url.Values{"error": {"invalid_request"}}).shows(t, http.StatusOK, auth.PageUserDone)
	_, err := h.answer(s.a)
	if e := (*auth.Error)(nil); !errors.As(err, &e) || e.OAuth != "invalid_request" {
		t.Errorf("%v", err)
	}
}

func TestHandover(t *testing.T) {
	h := newListenerTest(t)
	admin := newScene(h, h.beginAdmin(h.adminRequest()))
	a, link, state, err := h.listener.Handover(context.Background(), h.adminRequest())
	if err != nil {
		t.Fatal(err)
	}
	q := h.microsoft(link)
	if q.Get("state") != state || state == "" || a.Link() != link || q.Get("redirect_uri") != a.origin+auth.DefaultRedirectPath {
		t.Errorf("link %q", link)
	}
	h.waiting(admin.a)
	v := h.visitor()
	bad := v.get(q.Get("redirect_uri") + "?admin_consent=True&tenant=" + testTenant + "&state=" + state + "x")
	bad.shows(t, http.StatusBadRequest, auth.PageStranger)
	h.waiting(a)
	got := v.get(q.Get("redirect_uri") + "?admin_consent=True&tenant=" + testTenant + "&state=" + state)
	v.fetchDone(a, got.location, auth.PageAdminDone).shows(t, http.StatusOK, auth.PageAdminDone)
	if answer, err := h.answer(a); err != nil || answer.Tenant != testTenant || !answer.WithoutCookie {
		t.Errorf("%+v, %v", answer, err)
	}
	<-a.Started()
	newer, _, _, err := h.listener.Handover(context.Background(), h.adminRequest())
	if err != nil {
		t.Fatal(err)
	}
	h.waiting(newer)
	h.waiting(admin.a)
}

func TestAnswerAgainAfterItsContextEnded(t *testing.T) {
	h := newListenerTest(t)
	s := newScene(h, h.beginUser(h.userRequest()))
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	if _, err := s.a.Answer(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	s.v.consent(s.a, s.q, url.Values{"code": {testCode}})
	if answer, err := s.a.Answer(ctx); err != nil || answer.Code.Reveal() != testCode {
		t.Errorf("the answer that is there is not given any more: %v", err)
	}
}
