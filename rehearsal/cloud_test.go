package rehearsal_test

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"partner-center-connector/rehearsal"
	"partner-center-connector/rehearsal/visitor"
)

func TestCloudsFile(t *testing.T) {
	c := start(t, options())
	path := filepath.Join(t.TempDir(), `a "practice" folder`, "clouds.toml")
	if runtime.GOOS == "windows" {
		path = filepath.Join(t.TempDir(), "clouds.toml")
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := c.WriteCloudsFile(path); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f := c.Facts()
	for _, want := range []string{
		"[[cloud]]\n", `name = "rehearsal"`, `login = "` + f.BackChannel + `"`, `graph = "` + f.BackChannel + `"`,
		`partner_center = "` + f.BackChannel + `"`, `instance_name = "rehearsal.invalid"`, `partner_center_portal = "` + f.Pages + `/portal/`,
		`clouds.pem"`, `vault_suffix = "` + f.Azure.KeyVaultSuffix + `"`,
	} {
		if !strings.Contains(string(data), want) {
			t.Errorf("no %s in\n%s", want, data)
		}
	}
	ca, err := os.ReadFile(strings.TrimSuffix(path, "toml") + "pem")
	if err != nil {
		t.Fatal(err)
	}
	block, rest := pem.Decode(ca)
	if block == nil || block.Type != "CERTIFICATE" || len(rest) != 0 {
		t.Fatal("the CA file is not one certificate")
	}
	if certificate, err := x509.ParseCertificate(block.Bytes); err != nil || !certificate.IsCA {
		t.Errorf("the CA: %v", err)
	}
	if runtime.GOOS != "windows" {
		for _, name := range []string{path, strings.TrimSuffix(path, "toml") + "pem"} {
			if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%s: %v %v", name, info.Mode(), err)
			}
		}
	}
	if err := c.WriteCloudsFile(filepath.Join(path, "below a file")); err == nil {
		t.Error("no error for a path that can't be")
	}
}

func TestFacts(t *testing.T) {
	f := start(t, rehearsal.Options{Scenario: "guest", PublicClientID: "5e0a11c0-a000-4000-8000-0000000000aa"}).Facts()
	if f.Scenario != "guest" || f.IntegrationUPN != "gita@elsewhere.example" || f.ClientKind != "public" || !f.WithGroups {
		t.Errorf("%+v", f)
	}
	if f.Clients.Public != "5e0a11c0-a000-4000-8000-0000000000aa" || len(f.ClientSecret) < 40 || len(f.RedirectURIs) != 2 {
		t.Errorf("%+v", f.Clients)
	}
	roles := []string{}
	for _, p := range f.People {
		roles = append(roles, p.Role)
		if p.UPN == "" || p.Name == "" || p.Password == "" || p.ObjectID == "" || p.TenantID == "" {
			t.Errorf("%+v", p)
		}
	}
	for _, role := range []string{"admin", "integration", "no-mfa", "no-role", "sales-agent", "guest", "other-user", "integration-admin"} {
		if !slices.Contains(roles, role) {
			t.Errorf("no %s", role)
		}
	}
	if other := start(t, options()).Facts(); other.ClientSecret == f.ClientSecret || other.Pages == f.Pages {
		t.Error("two clouds share a secret or an address")
	}
}

func TestScenarioTable(t *testing.T) {
	seen := map[string]bool{}
	for i, s := range rehearsal.Scenarios() {
		if seen[s.Name] || s.Name == "" || s.Text != "rehearsal.scenario."+s.Name {
			t.Errorf("%+v", s)
		}
		seen[s.Name] = true
		if i == 0 && s.Name != "good" {
			t.Error("good is not the first")
		}
		if (s.ProblemKind == "") != (s.Shows == rehearsal.PlaceNone) && s.ProblemKind != "" {
			t.Errorf("%s shows nowhere", s.Name)
		}
		if !slices.Contains([]string{"public", "secret", "certificate"}, s.ClientKind) {
			t.Errorf("%s: client %q", s.Name, s.ClientKind)
		}
	}
	for _, name := range []string{
		"good", "wrong-tenant", "wrong-user", "guest", "no-mfa", "no-role", "declined", "not-admin", "closed-window", "other-tenant-user", "is-admin",
		"claims-refused", "mfa-unknown", "not-a-partner", "app-unknown", "redirect-mismatch", "secret-wrong", "consent-not-replicated", "throttled",
		"server-error-once", "no-refresh-token", "refresh-dies", "sign-in-frequency",
	} {
		if !seen[name] {
			t.Errorf("no scenario %s", name)
		}
	}
}

func TestStartAndClose(t *testing.T) {
	if _, err := rehearsal.Start(t.Context(), rehearsal.Options{Scenario: "no such"}); err == nil {
		t.Error("an unknown scenario starts")
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := rehearsal.Start(ended, options()); err == nil {
		t.Error("it starts although its context has ended")
	}
	ctx, cancel := context.WithCancel(t.Context())
	c, err := rehearsal.Start(ctx, options())
	if err != nil {
		t.Fatal(err)
	}
	if err := c.SetScenario("no such"); err == nil || c.Facts().Scenario != "good" {
		t.Error("an unknown scenario is taken")
	}
	cancel()
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	if err := c.Close(); err != nil {
		t.Error("the second Close:", err)
	}
	if _, err := visitor.New().Open(t.Context(), c.Facts().Pages); err == nil {
		t.Error("it answers after Close")
	}
}

// Close ends a request that the scenario leaves without an answer.
func TestCloseWhileSilent(t *testing.T) {
	c, err := rehearsal.Start(t.Context(), rehearsal.Options{Scenario: "find-silent"})
	if err != nil {
		t.Fatal(err)
	}
	p := newProgram(t, c)
	answered := make(chan reply, 1)
	go func() {
		answered <- p.send(http.MethodGet, "/"+p.facts.Domain+"/v2.0/.well-known/openid-configuration", nil, nil)
	}()
	for c.Journal().Count("discovery") == 0 {
		select {
		case r := <-answered:
			t.Fatalf("it answered: %+v", r)
		case <-time.After(time.Millisecond):
		}
	}
	begun := time.Now()
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	if r := <-answered; r.err == nil || time.Since(begun) > 10*time.Second {
		t.Errorf("%+v after %v", r, time.Since(begun))
	}
}
