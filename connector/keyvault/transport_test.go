package keyvault

import (
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestRequestIDs(t *testing.T) {
	for given, want := range map[string]string{
		"73e74b2e-7902-49bf-bbdb-3f4d26703fb9": "73e74b2e-7902-49bf-bbdb-3f4d26703fb9", "": "", "a b": "", "\x1b[2J": "", strings.Repeat("a", 65): "",
	} {
		if got := requestID(given); got != want {
			t.Errorf("%q: %q", given, got)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"": 0, "0": 0, "-5": 0, "x": 0, "7": 7 * time.Second, " 40 ": 40 * time.Second, "86400": 24 * time.Hour, "86401": 24 * time.Hour,
		"9999999999999999999": 0, "Mon, 23 Nov 2026 12:01:30 GMT": 90 * time.Second, "Mon, 23 Nov 2026 11:00:00 GMT": 0, "Fri, 27 Nov 2026 12:00:00 GMT": 24 * time.Hour,
	} {
		if got := retryAfter(value, now); got != want {
			t.Errorf("%q: %v, want %v", value, got, want)
		}
	}
}

// TestAnswers: where nothing listens there is no machine of Azure.
func TestAnswers(t *testing.T) {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if !answers(t.Context(), address) {
		t.Error("something listens there")
	}
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	if answers(t.Context(), address) {
		t.Error("nothing listens there")
	}
}

func TestChallenges(t *testing.T) {
	const good = `Bearer authorization="https://login.example/contoso.example", resource="https://vault.example"`
	for _, c := range []struct {
		name, header, tenant, passed string
		signedIn, refused            bool
	}{
		{"as documented", good, "contoso.example", good, false, false},
		{"without a comma", `Bearer authorization="https://login.example/t" resource="https://vault.example"`, "t", `Bearer authorization="https://login.example/t", resource="https://vault.example"`, false, false},
		{"with a scope", `Bearer authorization="https://login.example/t/" scope="https://vault.example/.default"`, "t", `Bearer authorization="https://login.example/t/", resource="https://vault.example"`, false, false},
		{"after a sign-in", good, "contoso.example", good, true, false},
		{"without any", "", "", "", false, true},
		{"without any after a sign-in", "", "", "", true, false},
		{"for more claims", `Bearer authorization="https://login.example/t", error="insufficient_claims", claims="e30="`, "", `Bearer authorization="https://login.example/t", error="insufficient_claims", claims="e30="`, true, false},
		{"a tenant that begins with a dot", `Bearer authorization="https://login.example/.t", resource="https://vault.example"`, "", "", false, true},
		{"a longer path", `Bearer authorization="https://login.example/t/x", resource="https://vault.example"`, "", "", false, true},
		{"plain http", `Bearer authorization="http://login.example/t", resource="https://vault.example"`, "", "", false, true},
		{"no resource", `Bearer authorization="https://login.example/t"`, "", "", false, true},
		{"of another kind", `Basic realm="x"`, "", "", false, true},
	} {
		header := http.Header{}
		if c.header != "" {
			header.Set("WWW-Authenticate", c.header)
		}
		tenant, err := challenged(header, c.signedIn)
		if tenant != c.tenant || (err != nil) != c.refused {
			t.Errorf("%s: %q, %v", c.name, tenant, err)
		}
		if passed := header.Get("WWW-Authenticate"); !c.refused && passed != c.passed {
			t.Errorf("%s: %q goes on", c.name, passed)
		}
	}
}
