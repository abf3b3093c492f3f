package link

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"partner-center-connector/auth"
	"partner-center-connector/lazyregexp"
)

// maxAddress is the longest link, in bytes. Microsoft's sign-in takes none that is longer.
const maxAddress = 8 << 10

// form is an address in its parts. A browser takes what has this form for the same as we do: there is one authority, up to the first of
// these signs, and none of the other letters that a browser reads as something else.
var form = lazyregexp.New(`^(?i:(https?))://([^/?#\\]+)(/[^?#\\]*)?(?:\?([^#\\]*))?(#.*)?$`)

type parts struct {
	scheme, authority, path, query string
	fragment                       bool
}

func split(address string) (parts, bool) {
	m := form.FindStringSubmatch(address)
	if m == nil {
		return parts{}, false
	}
	return parts{scheme: strings.ToLower(m[1]), authority: m[2], path: m[3], query: m[4], fragment: m[5] != ""}, true
}

// judge says what a link is, or why it is refused.
func judge(endpoints []signInEndpoint, address string, p parts) (Facts, *Refusal) {
	d, refusal := endpointOf(endpoints, p.scheme, p.authority)
	if refusal != nil {
		refusal.Kind = kindOfPath(p.path)
		return Facts{}, refusal
	}
	f := Facts{Kind: kindOfPath(p.path), Cloud: d.cloud, Host: bareHost(d.scheme, p.authority)}
	refused := func(fault Fault, parameter string) (Facts, *Refusal) {
		return Facts{}, &Refusal{Fault: fault, Kind: f.Kind, Host: shownHost(f.Host), Parameter: parameter}
	}
	switch {
	case len(address) > maxAddress:
		return refused(FaultTooLong, "")
	case p.fragment:
		return refused(FaultFragment, "")
	case f.Kind == "":
		return refused(FaultNeither, "")
	}
	tenant, ok := tenantOf(p.path)
	if f.Tenant = tenant; !ok {
		return refused(FaultTenant, "")
	}
	all, whole := parameters(p.query)
	if !whole {
		return refused(FaultCutOff, "")
	}
	if name := all.twice(); name != "" {
		return refused(FaultTwice, name)
	}
	if prompts := strings.Fields(all.value("prompt")); slices.Contains(prompts, "admin_consent") {
		f.Kind = Admin
	}
	if fault, name := f.fill(all, isV2(p.path), kindOfPath(p.path) == User); fault != "" {
		return refused(fault, name)
	}
	if all.endsEmpty() {
		return refused(FaultCutOff, "")
	}
	redirect, fault, host := redirectOf(all.value("redirect_uri"), d.local)
	if fault != "" {
		return Facts{}, &Refusal{Fault: fault, Kind: f.Kind, Host: host, Parameter: "redirect_uri"}
	}
	if f.Redirect = redirect; len(redirect) > MaxRedirect {
		return refused(FaultTooLong, "redirect_uri")
	}
	return f, nil
}

// fill takes the facts from the parameters. What the endpoint needs in each link has to be there.
func (f *Facts) fill(all pairs, v2, authorize bool) (fault Fault, parameter string) {
	needed := []string{"client_id"}
	if authorize {
		needed = append(needed, "response_type")
		if v2 {
			needed = append(needed, "scope")
		}
	}
	for _, name := range needed {
		if all.value(name) == "" {
			return FaultCutOff, name
		}
	}
	if f.ClientID = strings.ToLower(all.value("client_id")); !auth.IsTenantID(f.ClientID) {
		return FaultClientID, "client_id"
	}
	if name := all.tooLong(); name != "" {
		return FaultTooLong, name
	}
	for _, scope := range strings.Fields(all.value("scope")) {
		f.Scopes = append(f.Scopes, shown(scope))
	}
	f.Resource, f.ResponseType = shown(all.value("resource")), shown(all.value("response_type"))
	f.Prompt, f.LoginHint = shown(all.value("prompt")), shown(all.value("login_hint"))
	f.HasPrompt, f.HasLoginHint = all.has("prompt"), all.has("login_hint")
	return "", ""
}

// How much of a link its facts have. They are compared as a whole with what was kept of them, so a link with more is refused.
const (
	MaxWord     = 120 // letters of a prompt, and of a response type
	MaxScopes   = 50
	MaxRedirect = 2048 // letters of a redirect address
)

// tooLong is the name of the first parameter that has more in it than is kept; empty where none has.
func (all pairs) tooLong() string {
	switch {
	case len(strings.Fields(all.value("scope"))) > MaxScopes:
		return "scope"
	case utf8.RuneCountInString(all.value("response_type")) > MaxWord:
		return "response_type"
	case utf8.RuneCountInString(all.value("prompt")) > MaxWord:
		return "prompt"
	}
	return ""
}

// consentPath is what the path of a link has behind the tenant. https://learn.microsoft.com/entra/identity-platform/v2-admin-consent,
// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow
var consentPath = lazyregexp.New(`^/([^/]+)/(?i:(v2\.0/)?(adminconsent)|oauth2/(v2\.0/)?(authorize))/?$`)

// kindOfPath is the kind of link that a path is for; empty for neither. An authorize link can be for the administrator too.
func kindOfPath(path string) Kind {
	m := consentPath.FindStringSubmatch(path)
	switch {
	case m == nil:
		return ""
	case m[3] != "":
		return Admin
	}
	return User
}

// isV2 reports whether a path of either kind is one of the second version.
func isV2(path string) bool {
	m := consentPath.FindStringSubmatch(path)
	return m[2]+m[4] != ""
}

// tenantOf is the tenant that a path names: an ID, a domain, or one of the names for any organization. Personal accounts have no Partner Center.
func tenantOf(path string) (string, bool) {
	tenant := lower(consentPath.FindStringSubmatch(path)[1])
	if tenant == "common" || tenant == "organizations" {
		return tenant, true
	}
	read, _ := auth.NormalizeTenantInput(tenant) // empty for what is none
	return tenant, read == tenant
}

// maxShown is the longest value that is shown, in letters.
const maxShown = 256

// shown is a value without what nobody sees, and what would change how the rest is seen.
func shown(value string) string {
	letters := []rune(strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return -1
	}, value))
	return string(letters[:min(len(letters), maxShown)])
}

// redirectOf checks a redirect address, and returns it without its query; host is the one that it leads to, for a fault.
func redirectOf(value string, local bool) (redirect string, fault Fault, host string) {
	if value == "" {
		return "", FaultRedirectMissing, ""
	}
	u, err := url.Parse(value)
	if err != nil || u.Hostname() == "" || u.Opaque != "" {
		return "", FaultRedirectInsecure, ""
	}
	host, named := networkHost(u.Host)
	here := isHere(host)
	switch {
	case here && local && u.Scheme == schemeHTTP && u.User == nil:
	case here:
		return "", FaultRedirectLocal, host
	case u.Scheme != schemeHTTPS || u.User != nil || !named || strings.Contains(value, `\`):
		return "", FaultRedirectInsecure, host
	case !isName(host):
		return "", FaultCutOff, host
	}
	if port := u.Port(); port != "" {
		host += ":" + port
	}
	return u.Scheme + "://" + host + u.EscapedPath(), "", ""
}
