package auth

import (
	"strings"

	"golang.org/x/net/idna"

	"partner-center-connector/lazyregexp"
)

// maxTenantInput is the longest input that is looked at, in bytes; a domain name has at most 253.
const maxTenantInput = 2048

// maxLabel is the longest part of a domain name, in bytes.
const maxLabel = 63

const digits = "0123456789"

var tenantID = lazyregexp.New(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)

// IsTenantID reports whether text is a tenant's ID in the form in which Microsoft gives it: a GUID in lower case, without braces.
func IsTenantID(text string) bool { return tenantID.MatchString(text) }

// NormalizeTenantInput makes of what a person typed or pasted the domain name or tenant ID that is looked up, lower case. It
// forgives an address around the domain, the rest of an e-mail address or of a guest's name, a trailing dot, braces around an ID, and letters
// outside ASCII; of an address of Microsoft's it takes the tenant that the address names. Its error is an *Error with Cause ErrBadInput; its
// Hosts are the host of an address of Microsoft's from which the tenant can't be told.
func NormalizeTenantInput(s string) (string, error) {
	bad := &Error{Stage: StageDiscovery, Cause: ErrBadInput}
	if len(s) > maxTenantInput {
		return "", bad
	}
	s = strings.ToLower(strings.Trim(strings.TrimSpace(s), `"'<>`))
	if id := strings.Trim(s, "{}() "); IsTenantID(id) {
		return id, nil
	}
	if tenant, host, ok := tenantOfMicrosofts(s); ok {
		if tenant == "" {
			bad.Hosts = []string{host}
			return "", bad
		}
		return tenant, nil
	}
	domain := domainOf(s)
	if IsTenantID(domain) {
		return domain, nil
	}
	ascii, err := idna.Lookup.ToASCII(domain)
	if err != nil || !isDomain(ascii) {
		return "", bad
	}
	return ascii, nil
}

// domainOf takes the domain out of a web address, an e-mail address or a guest's name, which has that of the inviting tenant at its end.
func domainOf(s string) string {
	for _, prefix := range []string{"https://", "http://", "mailto:"} {
		s = strings.TrimPrefix(s, prefix)
	}
	if _, domain, ok := strings.Cut(s, "#ext#@"); ok {
		s = domain
	}
	if i := strings.IndexAny(s, "/?#"); i >= 0 {
		s = s[:i]
	}
	if name, domain, ok := strings.Cut(s, "@"); ok && name != "" {
		s = domain
	}
	return strings.TrimSuffix(s, ".")
}

// isDomain reports whether s is a domain name of at least two labels, and no IP address.
func isDomain(s string) bool {
	labels := strings.Split(s, ".")
	if len(s) > 253 || len(labels) < 2 || strings.Trim(labels[len(labels)-1], digits) == "" {
		return false
	}
	for _, label := range labels {
		if !isLabel(label, "-", maxLabel) {
			return false
		}
	}
	return true
}

// isLabel reports whether s is a name of at most longest bytes, of small letters and digits, and between them marks.
func isLabel(s, marks string, longest int) bool {
	const ends = "abcdefghijklmnopqrstuvwxyz" + digits
	return s != "" && len(s) <= longest && strings.Trim(s, ends+marks) == "" && strings.Trim(s[:1]+s[len(s)-1:], ends) == ""
}
