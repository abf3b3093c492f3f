//go:build e2e && linux

package e2e

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// apiHost is where the examples of README call Partner Center.
const apiHost = "api.partnercenter.microsoft.com"

// TestTheExamplesOfREADME runs the programs under "Use it from a server" as they stand there, with both places of a credential: the keychain of
// this computer, and a key vault on a server that has nothing else.
func TestTheExamplesOfREADME(t *testing.T) {
	a, c := newAccount(t, chromium), newCloud(t, "good", true)
	programs := a.examples()
	input, args := c.connect(a, "secret", "Contoso")
	a.pcc(c, input, args...).exits(0)

	internet := newInternet(t, c)
	here := append(slices.Clone(a.env), internet.environment()...)
	common := []string{"--clouds", c.file}
	for name, program := range programs {
		t.Run(name+" with the keychain", func(t *testing.T) {
			a.shows(t, "Practice Customer", here, program, append([]string{"Contoso"}, common...)...)
		})
		t.Run(name+" passes the exit code on", func(t *testing.T) {
			if code, out, said := a.runs(t, here, program, append([]string{"Nobody"}, common...)...); code != 1 || out != "" {
				t.Errorf("%s ended with %d and wrote %q, %q", name, code, out, said)
			}
		})
	}

	azure := c.azure(a)
	vault := "https://contoso-connectors." + c.Facts().Azure.KeyVaultSuffix
	a.start(append(slices.Clone(a.env), azure...), "", terminal, c.args("handover", "keyvault", "Contoso", "--vault", vault, "--with-secret", "--yes")...).
		result(2 * patience).exits(0)
	// Of the account there is nothing on the server: no keychain, no list, no display.
	server := slices.Concat([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "LANG=C.UTF-8"}, internet.environment(), azure)
	for name, program := range programs {
		t.Run(name+" with the key vault", func(t *testing.T) {
			a.shows(t, "Practice Customer", server, program, append([]string{"--vault", vault, "--prefix", "pcc", "--cloud", "rehearsal", "contoso"}, common...)...)
		})
	}
	if asked := internet.asked(); !slices.Equal(asked, slices.Repeat([]string{apiHost + ":443"}, 2*len(programs))) {
		t.Errorf("asked for: %v", asked)
	}
}

// examples writes the programs of README into files, and returns the command of each.
func (a *account) examples() map[string]string {
	a.t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		a.t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(text), "\n## Use it from a server\n")
	section, _, _ = strings.Cut(section, "\n## ")
	example := func(language string) string {
		_, code, found := strings.Cut(section, "\n```"+language+"\n")
		if !found {
			a.t.Fatalf("README has no example in %s", language)
		}
		code, _, _ = strings.Cut(code, "\n```\n")
		return code + "\n"
	}
	script := a.paper("customers.sh", example("bash"))
	if err := os.Chmod(script, 0o700); err != nil {
		a.t.Fatal(err)
	}
	source, built := a.paper("customers.go", example("go")), filepath.Join(a.papers, "customers")
	if out, err := exec.Command("go", "build", "-o", built, source).CombinedOutput(); err != nil {
		a.t.Fatalf("the example in Go: %v\n%s", err, out)
	}
	return map[string]string{"bash": script, "Go": built}
}

// shows runs a program that has to show something, and nothing that was issued.
func (a *account) shows(t *testing.T, want string, env []string, program string, args ...string) {
	t.Helper()
	code, out, said := a.runs(t, env, program, args...)
	if code != 0 || !strings.Contains(out, want) {
		t.Errorf("%s ended with %d and showed %q, %q", program, code, out, said)
	}
	if strings.Contains(out+said, "eyJ") {
		t.Error("it shows a token")
	}
}

func (a *account) runs(t *testing.T, env []string, program string, args ...string) (code int, out, said string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, args...)
	var stdout, stderr strings.Builder
	cmd.Env, cmd.Dir, cmd.Stdout, cmd.Stderr = env, a.papers, &stdout, &stderr
	cmd.Env = append(cmd.Env, "PATH="+os.Getenv("PCC_BIN")+":"+os.Getenv("PATH"))
	_ = cmd.Run() // the exit code tells
	return cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()
}

// azure is the environment of a workload identity that may use the practice key vaults.
func (c *cloud) azure(a *account) []string {
	facts := c.Facts()
	return []string{
		"AZURE_FEDERATED_TOKEN_FILE=" + a.paper("workload-token", facts.Azure.WorkloadToken), "AZURE_CLIENT_ID=" + facts.Azure.WorkloadClientID,
		"AZURE_TENANT_ID=" + facts.TenantID,
	}
}

// internet is a proxy in whose world the practice cloud is Partner Center: the programs go there by the address that they are written with.
// Nothing else is there.
type internet struct {
	t     *testing.T
	proxy string
	roots string
	// api is the address of what stands for Partner Center; empty for nothing.
	api string

	mu    sync.Mutex
	hosts []string
}

// newInternet makes one; without a cloud there is nobody at all.
func newInternet(t *testing.T, c *cloud) *internet {
	t.Helper()
	i := &internet{t: t}
	if c != nil {
		i.becomePartnerCenter(c)
	}
	proxy := httptest.NewServer(http.HandlerFunc(i.connect))
	t.Cleanup(proxy.Close)
	i.proxy = proxy.URL
	return i
}

func (i *internet) becomePartnerCenter(c *cloud) {
	i.t.Helper()
	certificate, root := certificateFor(i.t, apiHost)
	i.roots = filepath.Join(i.t.TempDir(), "roots.pem")
	if err := os.WriteFile(i.roots, root, 0o600); err != nil {
		i.t.Fatal(err)
	}
	practice, err := url.Parse(c.Facts().BackChannel)
	if err != nil {
		i.t.Fatal(err)
	}
	trusted := x509.NewCertPool()
	trusted.AppendCertsFromPEM(c.Facts().CA)
	api := httptest.NewUnstartedServer(&httputil.ReverseProxy{
		Rewrite:   func(r *httputil.ProxyRequest) { r.SetURL(practice) },
		Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trusted, MinVersion: tls.VersionTLS12}},
	})
	api.TLS = &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
	api.StartTLS()
	i.t.Cleanup(api.Close)
	i.api = api.Listener.Addr().String()
}

// connect joins whoever asks for Partner Center with the practice cloud, and refuses every other host.
func (i *internet) connect(w http.ResponseWriter, r *http.Request) {
	i.mu.Lock()
	i.hosts = append(i.hosts, r.Host)
	i.mu.Unlock()
	if r.Method != http.MethodConnect || r.Host != apiHost+":443" || i.api == "" {
		http.Error(w, "nobody is there", http.StatusForbidden)
		return
	}
	there, err := net.Dial("tcp", i.api)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	here, read, err := http.NewResponseController(w).Hijack()
	if err != nil {
		_ = there.Close()
		return
	}
	go func() {
		_, _ = io.Copy(there, read) // what came with the request, and what comes
		_ = there.Close()
	}()
	_, _ = io.WriteString(here, "HTTP/1.1 200 OK\r\n\r\n")
	_, _ = io.Copy(here, there)
	_ = here.Close()
}

// environment leads every program there. What is on this computer is reached as ever.
func (i *internet) environment() []string {
	env := []string{"HTTPS_PROXY=" + i.proxy, "HTTP_PROXY=" + i.proxy, "http_proxy=" + i.proxy, "NO_PROXY=localhost,127.0.0.1,.localhost"}
	if i.roots != "" {
		env = append(env, "CURL_CA_BUNDLE="+i.roots, "SSL_CERT_FILE="+i.roots)
	}
	return env
}

// asked are the hosts that were asked for since it was asked last.
func (i *internet) asked() []string {
	i.mu.Lock()
	defer i.mu.Unlock()
	hosts := i.hosts
	i.hosts = nil
	return hosts
}

// certificateFor makes a certificate of a host that signs itself.
func certificateFor(t *testing.T, host string) (certificate tls.Certificate, root []byte) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: host}, DNSNames: []string{host}, NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}
