package rehearsal

import (
	"cmp"
	"crypto/rand"
	"net/url"
	"strconv"
	"strings"
)

// clientKind says how an app registration proves itself at the token endpoint.
type clientKind string

const (
	publicClient      clientKind = "public"
	secretClient      clientKind = "secret"
	certificateClient clientKind = "certificate"
	workloadClient    clientKind = "workload"
)

// registration is one of the practice app registrations: single-tenant, known in the practice tenant only, unless it says otherwise.
type registration struct {
	id, name string
	kind     clientKind
	secret   string
	redirect []string
	// shared reports whether it is multi-tenant; idTokens whether ID tokens are switched on for the authorization endpoint.
	shared, idTokens bool
}

// The client IDs of the practice app registrations, where Options name no others.
const (
	publicClientID      = "5e0a11c0-a000-4000-8000-000000000001"
	secretClientID      = "5e0a11c0-a000-4000-8000-000000000002"
	certificateClientID = "5e0a11c0-a000-4000-8000-000000000003"
	productClientID     = "5e0a11c0-a000-4000-8000-000000000004"
)

func practiceRegistrations(o Options) []*registration {
	redirect := []string{"http://localhost/consent", "http://localhost"}
	return []*registration{
		{id: cmp.Or(o.PublicClientID, publicClientID), name: "Practice app (public)", kind: publicClient, redirect: redirect},
		{id: cmp.Or(o.SecretClientID, secretClientID), name: "Practice app (secret)", kind: secretClient, redirect: redirect, secret: newSecret()},
		{id: cmp.Or(o.CertificateClientID, certificateClientID), name: "Practice app (certificate)", kind: certificateClient, redirect: redirect},
	}
}

// newSecret makes a random text of 256 bits. crypto/rand never fails.
func newSecret() string { return rand.Text() + rand.Text() }

func (c *Cloud) registration(kind clientKind) *registration {
	for _, a := range c.clients {
		if a.kind == kind {
			return a
		}
	}
	return nil
}

// findApp finds a registration by its client ID in a tenant. Under a scenario without registrations there is none.
func (c *Cloud) findApp(id string, t tenant) *registration {
	if c.current().hooks.appUnknown {
		return nil
	}
	for _, a := range c.clients {
		if strings.EqualFold(a.id, id) && (a.shared || t == practiceTenant) {
			return a
		}
	}
	return nil
}

// allows reports whether redirect is registered: scheme, host and path are compared, the path case-sensitively; for localhost
// the port is ignored where none is registered. https://learn.microsoft.com/entra/identity-platform/reply-url#localhost-exceptions
// Whether "http://localhost/" matches "http://localhost" is not documented; here it does not.
func (a *registration) allows(redirect *url.URL) bool {
	if redirect.User != nil || redirect.Fragment != "" || redirect.RawQuery != "" {
		return false
	}
	for _, text := range a.redirect {
		registered, err := url.Parse(text)
		if err != nil {
			continue
		}
		if redirect.Scheme == registered.Scheme && redirect.Hostname() == registered.Hostname() &&
			redirect.EscapedPath() == registered.EscapedPath() && validPort(redirect) && (registered.Port() == "" || redirect.Port() == registered.Port()) {
			return true
		}
	}
	return false
}

func validPort(u *url.URL) bool {
	if u.Port() == "" {
		return u.Host == u.Hostname()
	}
	port, err := strconv.ParseUint(u.Port(), 10, 16)
	return err == nil && port > 0
}

// redirectOrigin is scheme and host of a redirect URI that was allowed, for a Content-Security-Policy.
func redirectOrigin(u *url.URL) string { return u.Scheme + "://" + u.Host }
