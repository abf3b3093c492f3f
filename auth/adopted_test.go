package auth

import (
	"errors"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
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
		"":                   http.ProxyURL(nil),
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

// TestAFileIsNamedOnce checks that the words of the system do not repeat the path.
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

func TestNumbersOfAnErrorArePositive(t *testing.T) {
	t.Parallel()
	body := `{"error":"invalid_grant","error_codes":[0,-1,"7","x",8,1.5,null]}`
	if got := readFailure(400, http.Header{}, []byte(body), nil).Codes; !slices.Equal(got, []int{7, 8}) {
		t.Errorf("got %v", got)
	}
}

// TestTheStageOfWhatCannotBeResumed holds whose failure it is: what a saved credential lacks is no fault of a sign-in.
func TestTheStageOfWhatCannotBeResumed(t *testing.T) {
	e := newEntra(t)
	resume := func(credential string) (*Session, error) {
		return e.service().Resume(t.Context(), e.cloud, e.tenant, publicApp(), false, NewSecret(credential), nil)
	}
	_, damaged := resume("{")
	kept := e.mustRedeem(t, publicApp()).Credential().Reveal()
	s, err := resume(strings.Replace(kept, `"RefreshToken":{`, `"Gone":{`, 1))
	if err != nil {
		t.Fatal(err)
	}
	_, without := s.Token(t.Context(), PartnerCenter, true)
	for want, err := range map[error]error{ErrCredentialDamaged: damaged, ErrNoRefresh: without} {
		var failure *Error
		if !errors.As(err, &failure) || failure.Stage != StageRefresh || !errors.Is(err, want) {
			t.Errorf("%v, want %v while refreshing", err, want)
		}
	}
	// A credential whose parts have the wrong type has no secret to give.
	for _, text := range []string{`{"version":1,"secret":5}`, `{"version":1,"certificate":[]}`} {
		if _, _, err := e.service().AppSecrets(NewSecret(text)); !errors.Is(err, ErrCredentialDamaged) {
			t.Errorf("%s: %v, want %v", text, err, ErrCredentialDamaged)
		}
	}
}
