//go:build e2e && linux

package foreign

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"partner-center-connector/rehearsal"
	"partner-center-connector/rehearsal/visitor"
)

// patience is how long a client may take for everything that it does.
const patience = 3 * time.Minute

// TestMain fails, rather than skips, where the clients are missing.
func TestMain(m *testing.M) {
	for _, name := range []string{"@azure/msal-node", "jose", "tree-sitter-powershell", "web-tree-sitter"} {
		if _, err := os.Stat(filepath.Join("testdata", "node_modules", filepath.FromSlash(name))); err != nil {
			fmt.Fprintln(os.Stderr, "The foreign clients are not installed. `make e2e` installs them.")
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// expected is an error of a refresh, and whether MSAL takes it for one that only a sign-in helps against, as it takes Entra's.
type expected struct {
	Scenario    string `json:"scenario"`
	Code        string `json:"code"`
	SignInHelps bool   `json:"signInHelps"`
}

// given is what the client is told of the practice cloud.
type given struct {
	Control     string     `json:"control"`
	RedirectURI string     `json:"redirectUri"`
	Login       string     `json:"login"`
	Tenant      string     `json:"tenant"`
	User        string     `json:"user"`
	ClientID    string     `json:"clientId"`
	Kind        string     `json:"kind"`
	Secret      string     `json:"secret"`
	Certificate string     `json:"certificate"`
	Errors      []expected `json:"errors"`
}

// TestMSALForNode lets MSAL for Node.js do with each kind of app registration what an app does with it. Which errors it takes for what
// is in https://github.com/AzureAD/microsoft-authentication-library-for-js/blob/dev/lib/msal-common/src/error/InteractionRequiredAuthError.ts;
// that 70043 is none of them was seen of Entra: https://github.com/microsoft/vscode-mssql/issues/22364.
func TestMSALForNode(t *testing.T) {
	always := []expected{
		{"later-consent-revoked", "AADSTS65001", true},
		{"later-mfa-again", "AADSTS50076", true},
		{"later-blocked", "AADSTS53003", true},
		{"later-app-deleted", "AADSTS700016", false},
	}
	last := expected{"later-revoked", "AADSTS50173", true}
	for kind, more := range map[string][]expected{
		"public":      {{"sign-in-frequency", "AADSTS70043", false}},
		"secret":      {{"later-secret-expired", "AADSTS7000222", false}},
		"certificate": nil,
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			c := newCloud(t)
			f := c.Facts()
			g := given{
				Control: c.control.URL, RedirectURI: c.redirectURI(), Login: f.BackChannel, Tenant: f.TenantID, User: f.IntegrationUPN, Kind: kind,
				ClientID: map[string]string{"public": f.Clients.Public, "secret": f.Clients.Secret, "certificate": f.Clients.Certificate}[kind],
				Secret:   f.ClientSecret, Certificate: f.Certificate, Errors: append(slices.Concat(always, more), last),
			}
			c.consent(g.ClientID)
			c.run(g)
		})
	}
}

// cloud is a practice cloud, with a server by which the client asks for what is not a client's to do.
type cloud struct {
	*rehearsal.Cloud
	t       *testing.T
	control *httptest.Server
	// answers are those that came to the redirect URI.
	answers chan url.Values

	mu    sync.Mutex
	ahead time.Duration
}

func newCloud(t *testing.T) *cloud {
	t.Helper()
	c := &cloud{t: t, answers: make(chan url.Values, 4)}
	inner, err := rehearsal.Start(context.Background(), rehearsal.Options{Now: c.now})
	if err != nil {
		t.Fatal(err)
	}
	c.Cloud = inner
	mux := http.NewServeMux()
	mux.HandleFunc("/consent", c.answered)
	mux.HandleFunc("POST /open", c.open)
	mux.HandleFunc("POST /scenario", c.play)
	c.control = httptest.NewServer(mux)
	t.Cleanup(func() {
		c.control.Close()
		if err := inner.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

func (c *cloud) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.ahead)
}

// later puts the cloud's clock to where what goes wrong later begins, and a client's assertions still count.
func (c *cloud) later() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead = 6 * time.Minute
}

func (c *cloud) redirectURI() string {
	return strings.Replace(c.control.URL, "127.0.0.1", "localhost", 1) + "/consent"
}

// answered takes the answer that a browser brings to the redirect URI.
func (c *cloud) answered(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	c.answers <- r.Form
}

// open is the person at the browser. An answer that came to the redirect URI of the test is given back.
func (c *cloud) open(w http.ResponseWriter, r *http.Request) {
	address, err := io.ReadAll(r.Body)
	if err == nil {
		_, err = visitor.New().Walk(r.Context(), string(address))
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	answer := map[string]string{}
	select {
	case got := <-c.answers:
		for name := range got {
			answer[name] = got.Get(name)
		}
	default:
	}
	_ = json.NewEncoder(w).Encode(answer) // a client that hangs up gets no answer
}

func (c *cloud) play(w http.ResponseWriter, r *http.Request) {
	name, err := io.ReadAll(r.Body)
	if err == nil {
		err = c.SetScenario(string(name))
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	c.later()
	_, _ = io.WriteString(w, "{}")
}

// consent gives the administrator's consent to everything that the registration lists.
func (c *cloud) consent(clientID string) {
	c.t.Helper()
	f := c.Facts()
	q := url.Values{"client_id": {clientID}, "scope": {"https://graph.microsoft.com/.default"}, "redirect_uri": {c.redirectURI()}}
	if _, err := visitor.New().Walk(c.t.Context(), f.Pages+"/"+f.TenantID+"/v2.0/adminconsent?"+q.Encode()); err != nil {
		c.t.Fatal(err)
	}
	if answer := <-c.answers; answer.Get("tenant") != f.TenantID {
		c.t.Fatalf("admin consent: %v", answer)
	}
}

// run runs the client and makes a test of each of its steps.
func (c *cloud) run(g given) {
	c.t.Helper()
	ca := filepath.Join(c.t.TempDir(), "ca.pem")
	input, err := json.Marshal(g)
	if err != nil {
		c.t.Fatal(err)
	}
	if err := os.WriteFile(ca, c.Facts().CA, 0o600); err != nil {
		c.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(c.t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, "node", filepath.Join("testdata", "client.mjs"))
	cmd.Env = append(os.Environ(), "NODE_EXTRA_CA_CERTS="+ca)
	var out, complaints bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(input), &out, &complaints
	failed := cmd.Run()
	steps := 0
	for lines := json.NewDecoder(&out); ; steps++ {
		var step struct{ Step, Error string }
		if err := lines.Decode(&step); err != nil {
			break
		}
		c.t.Run(step.Step, func(t *testing.T) {
			if step.Error != "" {
				t.Error(step.Error)
			}
		})
	}
	if want := 8 + len(g.Errors); failed != nil || steps < want {
		c.t.Errorf("%d steps of at least %d, %v\n%s", steps, want, failed, complaints.String())
	}
}
