package auth

import (
	"errors"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
)

// TestAdoptProof holds whose proof counts: the one that was entered now, else the saved one.
func TestAdoptProof(t *testing.T) {
	t.Parallel()
	saved := savedCredential{Secret: "old secret", Certificate: "old certificate"}
	for _, tc := range []struct {
		name                string
		app                 App
		secret, certificate string
		another             bool
	}{
		{"no secret", App{ClientKind: SecretClient}, "old secret", "", false},
		{"a new secret", App{ClientKind: SecretClient, Secret: NewSecret("new")}, "new", "", true},
		{"the same secret", App{ClientKind: SecretClient, Secret: NewSecret("old secret")}, "old secret", "", false},
		{"no certificate", App{ClientKind: CertificateClient}, "", "old certificate", false},
		{"a new certificate", App{ClientKind: CertificateClient, Certificate: NewSecret("new")}, "", "new", true},
		{"the same certificate", App{ClientKind: CertificateClient, Certificate: NewSecret("old certificate")}, "", "old certificate", false},
		{"a public client", App{ClientKind: PublicClient}, "", "", false},
	} {
		another := adoptProof(&tc.app, saved)
		if another != tc.another || tc.app.Secret.Reveal() != tc.secret || tc.app.Certificate.Reveal() != tc.certificate {
			t.Errorf("%s: another is %v", tc.name, another)
		}
	}
}

// TestAProxyThatNobodyNames is about a proxy that was given up between the request and its failure.
func TestAProxyThatNobodyNames(t *testing.T) {
	t.Parallel()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://example.org/", nil)
	if err != nil {
		t.Fatal(err)
	}
	unreached := &net.OpError{Op: "proxyconnect", Err: errors.New("refused")}
	for want, find := range map[string]func(*http.Request) (*url.URL, error){
		"proxy.example:8080": func(*http.Request) (*url.URL, error) { return &url.URL{Host: "proxy.example:8080"}, nil },
		"":                   func(*http.Request) (*url.URL, error) { return nil, nil }, //nolint:nilnil // as http.Transport has it: no proxy
	} {
		b := &backChannel{base: &http.Transport{Proxy: find}}
		var down *ProxyError
		if got := b.proxyUnreached(r, unreached); !errors.As(got, &down) || !errors.Is(got, ErrProxyDown) || down.Address != want {
			t.Errorf("%q: %v", want, got)
		}
	}
	b := &backChannel{base: &http.Transport{Proxy: func(*http.Request) (*url.URL, error) { return nil, errors.New("not now") }}}
	if got := b.proxyUnreached(r, unreached); !errors.Is(got, ErrProxyDown) {
		t.Errorf("%v, want %v", got, ErrProxyDown)
	}
}

// TestAFileIsNamedOnce holds that the words of the system do not repeat the path.
func TestAFileIsNamedOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "gone.toml")
	_, err := LoadClouds(path)
	var typed *CloudsFileError
	if !errors.As(err, &typed) || strings.Contains(typed.Reason, "gone.toml") || !strings.HasPrefix(typed.Reason, "cannot be opened: ") {
		t.Fatalf("%v", err)
	}
	if n := strings.Count(err.Error(), "gone.toml"); n != 1 {
		t.Errorf("named %d times: %v", n, err)
	}
	if got := pathReason(errors.New("something else")); got != "something else" {
		t.Errorf("got %q", got)
	}
}
