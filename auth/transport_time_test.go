package auth

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"testing"
	"testing/synctest"
	"time"
)

// pipes is a listener whose connections are pipes, so that a bubble's clock runs on while nobody says anything.
type pipes struct {
	opened chan net.Conn
	closed chan struct{}
}

func (p pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.opened:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p pipes) Close() error   { return nil }
func (p pipes) Addr() net.Addr { return &net.TCPAddr{} }

func (p pipes) dial(context.Context, string, string) (net.Conn, error) {
	ours, theirs := net.Pipe()
	p.opened <- theirs
	return ours, nil
}

// mute takes connections and does not say a word, not even of TLS.
func mute(context.Context, string, string) (net.Conn, error) {
	ours, _ := net.Pipe()
	return ours, nil
}

// TestAServiceThatNeverAnswers: nobody waits for a service without end, whatever it is that it does not do. At the token endpoint MSAL
// waits for half a minute, and less of what has a shorter limit of ours.
func TestAServiceThatNeverAnswers(t *testing.T) {
	for name, c := range map[string]struct {
		// answer is what the service does before it falls silent; nil for one that does not even speak TLS.
		answer      func(w http.ResponseWriter)
		page, token time.Duration
	}{
		"no TLS":            {nil, 15 * time.Second, 15 * time.Second},
		"no answer":         {func(http.ResponseWriter) {}, 45 * time.Second, 30 * time.Second},
		"half of an answer": {func(w http.ResponseWriter) { say(w, `{"access_token":`) }, time.Minute, 30 * time.Second},
		"an answer in drops": {func(w http.ResponseWriter) {
			for range 30 {
				say(w, " ")
				<-time.After(10 * time.Second)
			}
		}, time.Minute, 30 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			e := newEntra(t)
			synctest.Test(t, func(t *testing.T) {
				defer silentAfter(t, e, c.answer)()
				began := time.Now()
				if err := get(t, e.cloud, e.tenant.Authorize); !sameError(Classify(err), ErrTimeout) {
					t.Errorf("a page: %v", err)
				}
				if took := time.Since(began); took != c.page {
					t.Errorf("a page: after %v, want %v", took, c.page)
				}
				began = time.Now()
				_, err := e.service().Redeem(context.Background(), e.request(publicApp()), entraAnswer())
				var typed *Error
				if !errors.As(err, &typed) || typed.Stage != StageRedeem || !sameError(typed.Cause, ErrTimeout) {
					t.Errorf("a token: %v", err)
				}
				if took := time.Since(began); took != c.token {
					t.Errorf("a token: after %v, want %v", took, c.token)
				}
			})
		})
	}
}

// silentAfter lets the service of e fall silent after answer, at its pages and at its token endpoint, and returns what ends it.
func silentAfter(t *testing.T, e *fakeEntra, answer func(http.ResponseWriter)) (end func()) {
	t.Helper()
	p := pipes{make(chan net.Conn), make(chan struct{})}
	silence := make(chan struct{})
	e.page = func(w http.ResponseWriter, _ *http.Request) { answer(w); <-silence }
	e.token = func(w http.ResponseWriter, _ url.Values) bool { answer(w); <-silence; return true }
	server := &http.Server{Handler: http.HandlerFunc(e.serve), TLSConfig: e.server.TLS}
	go func() { _ = server.ServeTLS(p, "", "") }()
	transport, err := NewTransport(e.cloud)
	if err != nil {
		t.Fatal(err)
	}
	base := transport.(*backChannel).base
	base.Proxy, base.DialContext = nil, p.dial
	if answer == nil {
		base.DialContext = mute
	}
	useTransport(e.cloud, transport)
	return func() {
		close(silence)
		close(p.closed)
		base.CloseIdleConnections()
		_ = server.Close()
		<-time.After(time.Hour) // what still waits by the clock of the bubble ends
	}
}

func say(w http.ResponseWriter, text string) {
	_, _ = w.Write([]byte(text))
	_ = http.NewResponseController(w).Flush()
}
