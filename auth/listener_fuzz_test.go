package auth

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

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
	f.Fuzz(func(t *testing.T, method, path, query, body, dest string, withState, forAdmin bool) {
		desk := NewDesk(DeskConfig{Render: func(w io.Writer, p Page) error {
			_, err := io.WriteString(w, string(p))
			return err
		}})
		defer desk.Release()
		h := deskTest{t: t}
		user, err := desk.BeginUser(context.Background(), h.userRequest())
		if err != nil {
			t.Fatal(err)
		}
		admin, err := desk.BeginAdmin(context.Background(), h.adminRequest())
		if err != nil {
			t.Fatal(err)
		}
		a := user
		if forAdmin {
			a = admin
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
		desk.server.http.Handler.ServeHTTP(w, r)
		if w.Code < 400 && w.Code != http.StatusSeeOther {
			t.Errorf("status %d", w.Code)
		}
		if strings.Contains(w.Body.String(), a.flow.state) || strings.Contains(w.Header().Get("Location"), a.flow.state) {
			t.Error("the state is in the reply")
		}
		for _, a := range []*Attempt{user, admin} {
			ctx, cancel := context.WithCancel(context.Background())
			cancel()
			if _, err := a.Answer(ctx); !errors.Is(err, context.Canceled) {
				t.Errorf("the wait ended: %v", err)
			}
		}
	})
}
