package auth

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// sameError reports whether an error is that very value, wrapped in nothing.
func sameError(got, want error) bool {
	return errors.Is(got, want) && errors.Unwrap(got) == nil
}

func TestClassify(t *testing.T) {
	syntax := json.Unmarshal([]byte("<html>"), &struct{}{})
	kind := json.Unmarshal([]byte(`{"A":1}`), &struct{ A string }{})
	for _, tc := range []struct {
		err  error
		want error
	}{
		{nil, nil},
		{context.Canceled, context.Canceled},
		{context.DeadlineExceeded, ErrTimeout},
		{os.ErrDeadlineExceeded, ErrTimeout},
		{&net.DNSError{Err: "no such host", IsNotFound: true}, ErrDNS},
		{&net.DNSError{Err: "slow", IsTimeout: true}, ErrDNS},
		{&tls.CertificateVerificationError{Err: errors.New("x")}, ErrTLS},
		{x509.UnknownAuthorityError{}, ErrTLS},
		{x509.HostnameError{Certificate: &x509.Certificate{}}, ErrTLS},
		{x509.CertificateInvalidError{}, ErrTLS},
		{tls.RecordHeaderError{}, ErrTLS},
		{tls.AlertError(40), ErrTLS},
		{http.ErrSchemeMismatch, ErrTLS},
		{syntax, ErrBadAnswer},
		{kind, ErrBadAnswer},
		{io.ErrUnexpectedEOF, ErrNetwork},
		{&net.OpError{Op: "dial", Err: errors.New("refused")}, ErrNetwork},
		{ErrProxyAuth, ErrProxyAuth},
		{&Error{Cause: ErrTimeout}, ErrTimeout},
		{errors.Join(ErrBadAnswer, errors.New("x")), ErrBadAnswer},
	} {
		for _, err := range []error{tc.err, fmt.Errorf("a: %w", &url.Error{Op: "Get", URL: "https://x", Err: tc.err})} {
			if tc.err == nil {
				err = nil
			}
			if got := Classify(err); !sameError(got, tc.want) {
				t.Errorf("Classify(%v) = %v, want %v", err, got, tc.want)
			}
		}
	}
}

// get asks e's service for a path through the cloud's client.
func get(t *testing.T, c Cloud, address string) error {
	t.Helper()
	client, err := HTTPClient(c)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := client.Get(address)
	if err != nil {
		return err
	}
	_, err = readAnswer(answer)
	return err
}

func TestTheBackChannelStaysInItsCloud(t *testing.T) {
	e := newEntra(t)
	for address, want := range map[string]error{
		e.server.URL + "/x":     nil,
		"https://evil.example/": ErrBadAnswer,
		strings.Replace(e.server.URL, "https", "http", 1) + "/x": ErrBadAnswer,
		"https://127.0.0.1:1/": ErrBadAnswer,
	} {
		if err := get(t, e.cloud, address); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", address, err, want)
		}
	}
	first, err := HTTPClient(e.cloud)
	if second, err2 := HTTPClient(e.cloud); err != nil || err2 != nil || first != second {
		t.Error("there are two clients for one cloud")
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	e := newEntra(t)
	hits := 0
	e.page = func(w http.ResponseWriter, r *http.Request) {
		hits++
		http.Redirect(w, r, r.URL.Path, http.StatusFound)
	}
	if err := get(t, e.cloud, e.tenant.Authorize); err != nil || hits != 1 {
		t.Errorf("%v after %d requests", err, hits)
	}
}

func TestBodiesAreBounded(t *testing.T) {
	e := newEntra(t)
	size := 1 << 20
	e.page = func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(bytes.Repeat([]byte("x"), size)) }
	if err := get(t, e.cloud, e.tenant.Authorize); err != nil {
		t.Errorf("at the limit: %v", err)
	}
	size++
	if err := get(t, e.cloud, e.tenant.Authorize); !sameError(Classify(err), ErrBadAnswer) {
		t.Errorf("over the limit: %v", err)
	}
}

func TestAProxyThatRefuses(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	for status, want := range map[int]error{407: ErrProxyAuth, 403: ErrProxyRefused} {
		proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
		transport, err := NewTransport(Cloud{Login: "https://login.example"})
		if err != nil {
			t.Fatal(err)
		}
		address, err := url.Parse(proxy.URL)
		if err != nil {
			t.Fatal(err)
		}
		channel := transport.(*backChannel)
		channel.base.Proxy = http.ProxyURL(address)
		_, err = backChannelClient(channel).Get("https://login.example/")
		var found *ProxyError
		if got := Classify(err); !errors.As(got, &found) || !errors.Is(got, want) || found.Address != address.Host {
			t.Errorf("HTTP %d: %v (%v), want %v", status, got, err, want)
		}
		channel.CloseIdleConnections()
		proxy.Close()
		_, err = backChannelClient(channel).Get("https://login.example/")
		if got := Classify(err); !errors.As(got, &found) || !errors.Is(got, ErrProxyDown) || found.Address != address.Host {
			t.Errorf("a proxy that is gone: %v (%v)", got, err)
		}
	}
}

func TestATimeLimit(t *testing.T) {
	e := newEntra(t)
	e.page = func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	client, err := HTTPClient(e.cloud)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, e.tenant.Authorize, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = client.Do(r); !sameError(Classify(err), ErrTimeout) {
		t.Errorf("err = %v", err)
	}
}

func TestCleanDescription(t *testing.T) {
	for in, want := range map[string]string{
		"AADSTS50011: The redirect URI 'http://localhost/x' is wrong.\r\nTrace ID: 00000000-1111-2222-3333-444444444444": "AADSTS50011: The redirect URI 'http://localhost/x' is wrong. Trace ID: 00000000-1111-2222-3333-444444444444",
		"token eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhIjoxfQ.c2ln here":                                                "token [redacted] here",

		"code mycode and secret": "code [redacted] and secret",

		"https://api.partnercenter.microsoft.com/user_impersonation":          "https://api.partnercenter.microsoft.com/user_impersonation",
		"the host partner.partnercenterapi.microsoftonline.cn.is.a.long.name": "the host partner.partnercenterapi.microsoftonline.cn.is.a.long.name",
		"bell\x07 and \x1b[31mred":                                            "bell and [31mred",
	} {
		if got := cleanDescription(in, []string{"mycode", ""}); got != want {
			t.Errorf("%q\ngot  %q\nwant %q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"code MyCode-77%a and MYCODE-77%A":          "code [redacted] and [redacted]",
		"code mycode-77%25a":                        "code [redacted]",
		"got bXljb2RlLTc3JWE= in base64":            "got [redacted]E= in base64",
		"got eG15Y29kZS03NyVh in base64":            "got eG[redacted] in base64",
		"got e2NvZGU9bXljb2RlLTc3JWF9 in base64":    "got e2NvZGU9[redacted]F9 in base64",
		"the words my code and mycode-78 may stand": "the words my code and mycode-78 may stand",
	} {
		if got := cleanDescription(in, []string{"mycode-77%a"}); got != want {
			t.Errorf("%q\ngot  %q\nwant %q", in, got, want)
		}
	}
	if got := cleanDescription(strings.Repeat("ä b", 2000), nil); len(got) < 1490 || len(got) > 1500+len(" …") || !strings.HasSuffix(got, " …") {
		t.Errorf("%d bytes", len(got))
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for in, want := range map[string]time.Duration{
		"": 0, "57": 57 * time.Second, "-1": 0, "abc": 0, "999999999": 0, "86400": 24 * time.Hour, "86401": 0, "0": 0,
		"Mon, 23 Nov 2026 12:01:00 GMT": time.Minute, "Mon, 23 Nov 2026 11:00:00 GMT": 0, "Mon, 23 Nov 2099 11:00:00 GMT": 24 * time.Hour,
	} {
		if got := retryAfter(http.Header{"Retry-After": {in}}, now); got != want {
			t.Errorf("%q: %v, want %v", in, got, want)
		}
	}
}

func TestAProxyErrorSaysNoMoreThanItsAddress(t *testing.T) {
	e := &ProxyError{Address: "proxy.example:8080", Cause: ErrProxyDown}
	if !errors.Is(Classify(errors.Join(errors.New("password"), e)), ErrProxyDown) || e.Error() != "the proxy can't be reached: proxy.example:8080" {
		t.Error(e)
	}
}

func TestRequestsAreAnnounced(t *testing.T) {
	e := newEntra(t)
	announced := 0
	ctx := BeforeRequests(t.Context(), func() { announced++ })
	client, err := HTTPClient(e.cloud)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 2 {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, e.tenant.Authorize, nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if announced != i+1 {
			t.Errorf("%d of %d requests were announced", announced, i+1)
		}
	}
}

func TestRootsAreReadForTheFirstRequest(t *testing.T) {
	e := newEntra(t)
	transport, err := NewTransport(e.cloud)
	if err != nil {
		t.Fatal(err)
	}
	channel := transport.(*backChannel)
	defer channel.CloseIdleConnections()
	if channel.base.TLSClientConfig.RootCAs != nil {
		t.Error("they are read already")
	}
	answer, err := backChannelClient(channel).Get(e.tenant.Authorize)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if channel.base.TLSClientConfig.RootCAs == nil {
		t.Error("nothing was read")
	}
}
