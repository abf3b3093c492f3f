package loopback

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"partner-center-connector/auth"
)

// fuzzed is a listener that waits for both consents. One serves many inputs: it forgets what it has parked between them.
type fuzzed struct {
	listener    *Listener
	user, admin *Attempt
	used        int
}

// fuzzedLife is how many inputs one listener gets, so that it does not grow old.
const fuzzedLife = 500

func newFuzzed(t *testing.T) *fuzzed {
	t.Helper()
	f := &fuzzed{listener: NewListener(Config{Render: func(w io.Writer, p auth.Page) error {
		_, err := io.WriteString(w, string(p))
		return err
	}})}
	h := listenerTest{t: t, listener: f.listener}
	f.user = h.begun(f.listener.BeginUser(context.Background(), h.userRequest()))
	f.admin = h.begun(f.listener.BeginAdmin(context.Background(), h.adminRequest()))
	f.user.Link()
	f.admin.Link()
	return f
}

// fresh is the listener for the next input.
func (f *fuzzed) fresh(t *testing.T) *fuzzed {
	t.Helper()
	if f == nil || f.used >= fuzzedLife {
		if f != nil {
			f.listener.Release()
		}
		return newFuzzed(t)
	}
	f.used++
	f.listener.mu.Lock()
	defer f.listener.mu.Unlock()
	f.user.parked, f.admin.parked = nil, nil
	return f
}

// waits checks that neither consent's wait has ended.
func (f *fuzzed) waits(t *testing.T) {
	t.Helper()
	for _, a := range []*Attempt{f.user, f.admin} {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		if _, err := a.Answer(ctx); !errors.Is(err, context.Canceled) {
			t.Fatalf("the wait ended: %v", err)
		}
	}
}

// FuzzCallback sends anything at all, even with the right state or from the right browser, but never both: nothing of it is
// accepted and nothing ends the wait.
func FuzzCallback(f *testing.F) {
	for _, path := range []string{"/consent", "/start/x", "/done/x", "/", "//consent", "/consent/", "*"} {
		f.Add("GET", path, "error=access_denied", "", "document", true, false)
		f.Add("POST", path, "", "code=abc", "", false, true)
		f.Add("POST", path, "code=abc", "error=x&state=y&state=z", "", false, true)
		f.Add("GET", path, "admin_consent=True&tenant="+testTenant, "", "", true, true)
		f.Add("HEAD", path, "code=%zz&state=", "a;b", "iframe", false, false)
	}
	var current *fuzzed
	f.Fuzz(func(t *testing.T, method, path, query, body, dest string, withState, forAdmin bool) {
		current = current.fresh(t)
		a := current.user
		if forAdmin {
			a = current.admin
		}
		r := &http.Request{
			Method: method, URL: &url.URL{Path: path, RawQuery: query}, Host: strings.TrimPrefix(a.origin, "http://"),
			Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if dest != "" {
			r.Header.Set("Sec-Fetch-Dest", dest)
		}
		state := "state=" + a.flow.state
		if withState {
			r.URL.RawQuery += "&" + state
			r.Body = io.NopCloser(strings.NewReader(body + "&" + state))
		} else {
			r.AddCookie(a.cookie.header())
		}
		w := httptest.NewRecorder()
		current.listener.server.http.Handler.ServeHTTP(w, r)
		if w.Code < 400 && w.Code != http.StatusSeeOther {
			t.Errorf("status %d", w.Code)
		}
		if strings.Contains(w.Body.String(), a.flow.state) || strings.Contains(w.Header().Get("Location"), a.flow.state) {
			t.Error("the state is in the reply")
		}
		current.waits(t)
	})
	if current != nil {
		current.listener.Release()
	}
}
