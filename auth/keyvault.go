package auth

import (
	"net"
	"net/url"
	"strings"

	"partner-center-connector/auth/proxy"
	"partner-center-connector/lazyregexp"
)

// keyVaultName is the form of a key vault's name: 3 to 24 letters, digits and hyphens, the first a letter, the last no hyphen, and no two hyphens in a row.
// https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftkeyvault
var keyVaultName = lazyregexp.New(`^[a-z](?:-?[a-z0-9]){1,23}$`)

// The shortest and the longest name of a key vault.
const (
	minKeyVaultName = 3
	maxKeyVaultName = 24
)

// KeyVault returns the address of a key vault of the cloud in the form in which it is kept: https://NAME. and VaultSuffix, in lower case, with
// nothing behind it. It takes one without https:// too, as portals show it. It is false for anything that is no such address.
func (c Cloud) KeyVault(address string) (kept string, ok bool) {
	address = strings.TrimSpace(address)
	if !strings.Contains(address, "://") {
		address = "https://" + address
	}
	u, reason := plainURL(strings.TrimSuffix(address, "/"))
	if reason != "" || u.Scheme != "https" || u.Path != "" || !c.hasKeyVault(proxy.HostPort(u)) {
		return "", false
	}
	name, _, _ := strings.Cut(strings.ToLower(u.Host), ".")
	return "https://" + name + "." + c.VaultSuffix, true
}

// hasKeyVault reports whether host, with its port, is that of a key vault of the cloud.
func (c Cloud) hasKeyVault(host string) bool {
	if c.VaultSuffix == "" {
		return false
	}
	suffix := proxy.HostPort(&url.URL{Scheme: "https", Host: c.VaultSuffix})
	name, rest, _ := strings.Cut(strings.ToLower(host), ".")
	return rest == suffix && len(name) >= minKeyVaultName && len(name) <= maxKeyVaultName && keyVaultName.MatchString(name)
}

// isLocalName reports whether host, with or without its port, is a name below localhost. Such a name is this computer's, whatever name servers and
// proxies say: https://www.rfc-editor.org/rfc/rfc6761#section-6.3
func isLocalName(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.HasSuffix(strings.ToLower(strings.TrimSuffix(host, ".")), ".localhost")
}
