package loopback

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/auth"
)

// forger is a listener that waits for both consents, and everything genuine about them, to be forged.
type forger struct {
	listener *Listener
	user     *Attempt
	admin    *Attempt
	tickets  []string
	// done are the names of the pages at which answers with the right state are parked.
	done []string
	used int
}

// forgerLife is how many forgeries one listener gets: its attempts hold no more than a few parked answers.
const forgerLife = 200

func newForger(t *testing.T) *forger {
	t.Helper()
	f := &forger{listener: NewListener(Config{Render: func(w io.Writer, p auth.Page) error {
		_, err := io.WriteString(w, string(p))
		return err
	}})}
	h := listenerTest{t: t, listener: f.listener}
	f.user = h.begun(f.listener.BeginUser(context.Background(), h.userRequest()))
	f.admin = h.begun(f.listener.BeginAdmin(context.Background(), h.adminRequest()))
	for _, a := range []*Attempt{f.user, f.admin} {
		link := a.Link()
		f.tickets = append(f.tickets, link[strings.LastIndex(link, "/")+1:])
	}
	parked := f.send(t, forgery{post: true, path: "/consent", form: url.Values{"state": {f.user.flow.state}, "code": {testCode}}})
	f.done = append(f.done, strings.TrimPrefix(parked.Header().Get("Location"), donePath))
	return f
}

// forgery is a request.
type forgery struct {
	post   bool
	host   string
	path   string
	form   url.Values
	cookie *http.Cookie
}

func (f *forger) host() string { return strings.TrimPrefix(f.user.origin, "http://") }

func (f *forger) send(t *testing.T, g forgery) *httptest.ResponseRecorder {
	t.Helper()
	r := &http.Request{
		Method: http.MethodGet, URL: &url.URL{Path: g.path, RawQuery: g.form.Encode()}, Host: g.host,
		Header: http.Header{"Sec-Fetch-Dest": {"document"}}, Body: http.NoBody, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}
	if g.post {
		r.Method, r.URL.RawQuery, r.Body = http.MethodPost, "", io.NopCloser(strings.NewReader(g.form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if g.host == "" {
		r.Host = f.host()
	}
	if g.cookie != nil {
		r.Header.Set("Cookie", g.cookie.Name+"="+g.cookie.Value)
	}
	w := httptest.NewRecorder()
	f.listener.server.http.Handler.ServeHTTP(w, r)
	return w
}

// edit changes a text as edits say, three bytes a change.
func edit(text, other string, edits []byte) string {
	b := []byte(text)
	for ; len(edits) >= 3; edits = edits[3:] {
		at, with := 0, edits[2]
		if len(b) > 0 {
			at = int(edits[1]) % len(b)
		}
		switch edits[0] % 8 {
		case 0:
			b = append(b[:at:at], b[min(at+1, len(b)):]...)
		case 1:
			b = append(b[:at:at], append([]byte{with}, b[at:]...)...)
		case 2:
			b = b[:at]
		case 3:
			b = []byte(strings.ToUpper(string(b)))
		case 4:
			b = append(b, b...)
		case 5:
			b = append(b[:at:at], other[min(at, len(other)):]...)
		case 6:
			b = nil
		default:
			if len(b) > 0 {
				b[at] ^= with
			}
		}
		b = b[:min(len(b), 4096)]
	}
	return string(b)
}

// make forges one of the things that only the right browser, or Microsoft, can know; ok is false where the forged one is genuine.
func (f *forger) make(kind uint8, edits []byte) (g forgery, ok bool) {
	a, other := f.user, f.admin
	if kind >= 128 {
		a, other = other, a
	}
	genuine := a.cookie.header()
	forge := func(text, others string) string {
		forged := edit(text, others, edits)
		ok = forged != text
		return forged
	}
	answer := url.Values{"state": {a.flow.state}, "admin_consent": {"True"}, "tenant": {testTenant}}
	switch kind % 8 {
	case 0:
		ticket := forge(f.tickets[0], f.tickets[1])
		return forgery{path: startPath + ticket}, ok && ticket != f.tickets[1]
	case 1:
		host := forge(f.host(), "127.0.0.1")
		return forgery{path: startPath + f.tickets[0], host: host}, ok && host != ""
	case 2:
		answer.Set("state", forge(a.flow.state, other.flow.state))
		return forgery{path: "/consent", form: answer, cookie: genuine}, ok
	case 3:
		cookie := &http.Cookie{Name: genuine.Name, Value: forge(genuine.Value, other.cookie.value)}
		return forgery{path: "/consent", form: answer, cookie: cookie}, !a.cookie.isIn(cookie)
	case 4:
		cookie := &http.Cookie{Name: forge(genuine.Name, other.cookie.name), Value: genuine.Value}
		return forgery{path: "/consent", form: answer, cookie: cookie}, !a.cookie.isIn(cookie)
	case 5:
		form := url.Values{"state": {forge(a.flow.state, other.flow.state)}, "code": {testCode}}
		return forgery{post: true, path: "/consent", form: form, cookie: genuine}, ok && form.Get("state") != other.flow.state
	case 6:
		return forgery{path: donePath + forge(f.done[0], f.tickets[0]), cookie: f.user.cookie.header()}, ok
	}
	cookie := &http.Cookie{Name: f.user.cookie.name, Value: forge(f.user.cookie.value, f.admin.cookie.value)}
	return forgery{path: donePath + f.done[0], cookie: cookie}, !f.user.cookie.isIn(cookie)
}

// isIn reports whether a forged cookie is the genuine one in other words, as HTTP reads it: with a space before it, or in quotes.
func (c consentCookie) isIn(forged *http.Cookie) bool {
	sent := http.Request{Header: http.Header{"Cookie": {forged.Name + "=" + forged.Value}}}
	return slices.ContainsFunc(sent.Cookies(), func(s *http.Cookie) bool { return s.Name == c.name && s.Value == c.value })
}

// attack sends one forgery: it must get a 4xx, no cookie and no word of what is genuine, and end nothing.
func (f *forger) attack(t *testing.T, kind uint8, edits []byte) {
	t.Helper()
	g, ok := f.make(kind, edits)
	if !ok {
		return
	}
	got := f.send(t, g)
	if got.Code < 400 || got.Code > 499 || len(got.Header()["Set-Cookie"])+len(got.Header()["Location"]) > 0 {
		t.Fatalf("kind %d: accepted with %d: %+v", kind%8, got.Code, g)
	}
	shown := got.Body.String()
	for _, a := range []*Attempt{f.user, f.admin} {
		if strings.Contains(shown, a.flow.state) || strings.Contains(shown, a.cookie.value) {
			t.Fatal("the reply shows a state or cookie")
		}
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		if _, err := a.Answer(ctx); !errors.Is(err, context.Canceled) {
			t.Fatalf("kind %d ended the wait: %v", kind%8, err)
		}
	}
}

// renewed returns a fresh listener when this one has had its forgeries.
func (f *forger) renewed(t *testing.T) *forger {
	t.Helper()
	if f != nil && f.used < forgerLife {
		f.used++
		return f
	}
	if f != nil {
		f.listener.Release()
	}
	return newForger(t)
}

// TestForgery is the fuzz target below with 20,000 forgeries, the same ones at every run.
func TestForgery(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 2))
	var f *forger
	for range 20_000 {
		f = f.renewed(t)
		edits := make([]byte, 3*(1+random.IntN(3)))
		for i := range edits {
			edits[i] = byte(random.Uint32())
		}
		f.attack(t, uint8(random.Uint32()), edits)
	}
	// What is genuine is still taken.
	cookie := f.admin.cookie.header()
	genuine := url.Values{"state": {f.admin.flow.state}, "admin_consent": {"True"}, "tenant": {testTenant}}
	if got := f.send(t, forgery{path: "/consent", form: genuine, cookie: cookie}); got.Code != http.StatusSeeOther {
		t.Errorf("the genuine answer: %d", got.Code)
	}
	f.listener.Release()
}

// FuzzForgery changes tickets, states, cookies, hosts and the names of one-time pages: nothing but the genuine one is accepted.
func FuzzForgery(f *testing.F) {
	for kind := range uint8(8) {
		f.Add(kind, []byte{7, 3, 1})
		f.Add(kind+128, []byte{3, 0, 0, 2, 9, 0})
		f.Add(kind, []byte{6, 0, 0})
		f.Add(kind, []byte("18 ")) // a space before it
	}
	var current *forger
	f.Fuzz(func(t *testing.T, kind uint8, edits []byte) {
		current = current.renewed(t)
		current.attack(t, kind, edits)
	})
	if current != nil {
		current.listener.Release()
	}
}
