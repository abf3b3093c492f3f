package loopback

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"partner-center-connector/auth"
)

// address is where an attempt's listener is bound.
func address(a *Attempt) string { return strings.Replace(a.origin, "http://localhost", "127.0.0.1", 1) }

func dial(t *testing.T, a *Attempt) net.Conn {
	t.Helper()
	c, err := net.DialTimeout("tcp4", address(a), time.Second)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if err := c.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	return c
}

// cutOff checks that the listener ended a connection, and not our own deadline.
func cutOff(t *testing.T, c net.Conn) string {
	t.Helper()
	said, err := io.ReadAll(c)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		t.Fatal("the listener goes on waiting")
	}
	return string(said)
}

func TestSlowClientsAreCutOff(t *testing.T) {
	h := newListenerTest(t)
	h.listener.limits.header, h.listener.limits.read = 200*time.Millisecond, 400*time.Millisecond
	a := h.beginUser(h.userRequest())
	s := newScene(h, a)
	host := strings.TrimPrefix(a.origin, "http://")
	for name, sent := range map[string]string{
		"says nothing":           "",
		"half a request line":    "GET /cons",
		"a header without end":   "GET /consent HTTP/1.1\r\nHost: " + host + "\r\nX-Slow: ",
		"a body that never ends": "POST /consent HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nstate=",
		"a chunk that never ends": "POST /consent HTTP/1.1\r\nHost: " + host +
			"\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nsta",
	} {
		t.Run(name, func(t *testing.T) {
			c := dial(t, a)
			if _, err := io.WriteString(c, sent); err != nil {
				t.Fatal(err)
			}
			if said := cutOff(t, c); said != "" && !strings.HasPrefix(said, "HTTP/1.1 4") {
				t.Errorf("it was answered with %q", said)
			}
		})
	}
	h.waiting(a)
	s.v.consent(a, s.q, map[string][]string{"code": {testCode}}).shows(t, http.StatusOK, auth.PageUserDone)
}

func TestHeaderLimit(t *testing.T) {
	h := newListenerTest(t)
	a := h.beginUser(h.userRequest())
	for _, line := range []string{"X-Long: " + strings.Repeat("a", 128<<10), strings.Repeat("X-Many: a\r\n", 8<<10)} {
		c := dial(t, a)
		// The listener may hang up before all of it is written.
		_, _ = fmt.Fprintf(c, "GET /consent HTTP/1.1\r\nHost: %s\r\n%s\r\n\r\n", strings.TrimPrefix(a.origin, "http://"), line)
		if said := cutOff(t, c); said != "" && !strings.HasPrefix(said, "HTTP/1.1 431 ") {
			t.Errorf("it was answered with %.40q", said)
		}
	}
	h.waiting(a)
}

// TestFloodOfConnections: whoever opens connections by the thousand and says nothing, or less than a request, does not hold others up until the
// limits of the header and of the body, which are not reached here.
func TestFloodOfConnections(t *testing.T) {
	for name, said := range map[string]string{
		"nothing":       "",
		"half a header": "GET /consent HTTP/1.1\r\nHost: ",
		"half a form":   "POST /consent HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nstate=",
	} {
		t.Run(name, func(t *testing.T) {
			h := newListenerTest(t)
			h.listener.limits.header, h.listener.limits.read = time.Hour, time.Hour
			a := h.beginUser(h.userRequest())
			v := h.visitor()
			said = strings.Replace(said, "%s", strings.TrimPrefix(a.origin, "http://"), 1)
			for range 2000 {
				// One that has been cut off already can't be written to.
				_, _ = io.WriteString(dial(t, a), said)
			}
			v.consent(a, v.start(a), map[string][]string{"code": {testCode}}).shows(t, http.StatusOK, auth.PageUserDone)
		})
	}
}

// TestAWholeRequestStays: a browser that waits for its page is not cut off by a flood.
func TestAWholeRequestStays(t *testing.T) {
	h := newListenerTest(t)
	h.listener.limits.header, h.listener.limits.read = time.Hour, time.Hour
	a := h.beginUser(h.userRequest())
	s := newScene(h, a)
	parked := s.v.post(s.callback, s.form("code", testCode))
	var flood sync.WaitGroup
	defer flood.Wait()
	flood.Go(func() {
		defer a.Finish(auth.PageUserDone)
		if _, err := a.Answer(t.Context()); err != nil {
			t.Error(err)
			return
		}
		for range 400 {
			c, err := net.DialTimeout("tcp4", address(a), 10*time.Second)
			if err != nil {
				t.Error(err)
				return
			}
			defer func() { _ = c.Close() }()
		}
	})
	s.v.get(s.a.origin+parked.location).shows(t, http.StatusOK, auth.PageUserDone)
	if got := h.visitor().get(a.origin + "/elsewhere"); got.status != http.StatusNotFound {
		t.Errorf("a newcomer after the flood: %d", got.status)
	}
}

// TestLimits holds the numbers: how long a browser may take for each step, and how much of it is taken in.
func TestLimits(t *testing.T) {
	want := listenerLimits{
		header: 5 * time.Second, read: 10 * time.Second, write: 15 * time.Second, idle: 5 * time.Second,
		hold: 90 * time.Second, fetch: 3 * time.Second, shutdown: 2 * time.Second, parked: 10 * time.Minute, connections: 128,
		quiet: 100 * time.Millisecond,
	}
	h := newListenerTest(t)
	if h.listener.limits != want {
		t.Errorf("%+v", h.listener.limits)
	}
	h.beginUser(h.userRequest())
	server := h.listener.server.http
	if server.ReadHeaderTimeout != want.header || server.ReadTimeout != want.read || server.WriteTimeout != want.write ||
		server.IdleTimeout != want.idle || server.MaxHeaderBytes != 64<<10 {
		t.Errorf("%v %v %v %v %d", server.ReadHeaderTimeout, server.ReadTimeout, server.WriteTimeout, server.IdleTimeout, server.MaxHeaderBytes)
	}
}

// TestTheLargestForm: a form of 64 KiB is taken, and not a byte more.
func TestTheLargestForm(t *testing.T) {
	h := newListenerTest(t)
	s := newScene(h, h.beginUser(h.userRequest()))
	empty := len(s.form("code", "").Encode())
	for size, status := range map[int]int{64 << 10: http.StatusSeeOther, 64<<10 + 1: http.StatusRequestEntityTooLarge} {
		if got := s.v.post(s.callback, s.form("code", strings.Repeat("a", size-empty))); got.status != status {
			t.Errorf("%d bytes: %d, want %d", size, got.status, status)
		}
	}
}

// TestAParkedAnswerLivesTenMinutes: as long as a code does.
func TestAParkedAnswerLivesTenMinutes(t *testing.T) {
	h := newListenerTest(t)
	s := newScene(h, h.beginUser(h.userRequest()))
	parked := s.v.post(s.callback, s.form("code", testCode))
	h.now = h.now.Add(10 * time.Minute)
	s.v.fetchDone(s.a, parked.location, auth.PageUserDone).shows(t, http.StatusOK, auth.PageUserDone)
}

// TestATicketLivesAsLongAsItsAttempt: the wait can be extended again and again, and a link that was copied has to outlast that; but
// not the attempt.
func TestATicketLivesAsLongAsItsAttempt(t *testing.T) {
	h := newListenerTest(t)
	a := h.beginUser(h.userRequest())
	opened, copied, late := a.Link(), a.Link(), a.Link()
	v := h.visitor()
	if got := v.get(opened); got.status != http.StatusFound {
		t.Fatalf("a new ticket: %d", got.status)
	}
	h.now = h.now.Add(26 * time.Hour)
	if got := h.visitor().get(copied); got.status != http.StatusFound {
		t.Errorf("a copied link that was opened after more time was given: %d", got.status)
	}
	if got := v.get(opened); got.status != http.StatusFound {
		t.Errorf("a reload with its own cookie: %d", got.status)
	}
	h.waiting(a)
	a.Close()
	h.visitor().get(late).shows(t, http.StatusGone, auth.PageExpired)
}
