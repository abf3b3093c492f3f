package auth

import (
	"net/url"
	"slices"
	"strings"

	"partner-center-connector/lazyregexp"
)

// signInHosts are those of Microsoft whose addresses begin with the tenant: the sign-in services of all clouds under every name that they had,
// and the issuers of their tokens. https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud
var signInHosts = []string{
	"login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn", "login.chinacloudapi.cn", "login.microsoft.com",
	"login.windows.net", "sts.windows.net", "sts.chinacloudapi.cn",
}

// portalHosts are the portals whose addresses may begin with the tenant, or name it behind "#@". No page of Microsoft's promises that: what is
// taken out of them is looked up, and shown, like everything typed.
var portalHosts = []string{
	"portal.azure.com", "portal.azure.us", "portal.azure.cn", "aad.portal.azure.com", "entra.microsoft.com", "entra.microsoft.us",
	"entra.microsoftonline.cn", "aad.portal.azure.us", "preview.portal.azure.com", "intune.microsoft.com",
}

// customerHosts are the portals in whose addresses a tenant is mostly that of a partner's customer.
var customerHosts = []string{"partner.microsoft.com", "partnercenter.microsoft.com", "lighthouse.microsoft.com", "admin.microsoft.com"}

// microsoftDomains have hosts of Microsoft's own below them, and no domain that is a partner's.
var microsoftDomains = []string{
	"microsoft.com", "microsoft.us", "microsoft.cn", "cloud.microsoft", "microsoftonline.com", "microsoftonline.us", "microsoftonline.cn", "azure.com",
	"azure.us", "azure.cn", "windows.net", "windowsazure.com", "chinacloudapi.cn", "office.com", "office365.com", "office365.us", "live.com", "sharepoint.com",
	"dynamics.com", "microsoft365.com",
}

// ownNames are what is asked for in place of a tenant, and domains that are nobody's: the parents of those which Microsoft gives to tenants,
// and those of personal accounts.
var ownNames = []string{
	"onmicrosoft.com", "onmicrosoft.us", "partner.onmschina.cn", "aka.ms", "outlook.com", "hotmail.com", "live.com", "msn.com",
	"microsoftonline.com", "microsoftonline.us", "windows.net", "cloud.microsoft", "sharepoint.com", "office.com", "office365.com",
}

// tenantParameter names a tenant in an address of Microsoft's, wherever in it.
var tenantParameter = lazyregexp.New(`(?i)[?&#/](?:tenantid|tenant|tid)[=/]([^&#/?]+)`)

// isMicrosofts reports whether a host is Microsoft's own, so that it can't be the domain of a tenant that somebody means.
func isMicrosofts(host string) bool {
	return slices.Contains(ownNames, host) || slices.ContainsFunc(microsoftDomains, func(d string) bool { return strings.HasSuffix(host, "."+d) })
}

// tenantOfMicrosofts takes the tenant out of an address of Microsoft's, in lower case. It reports false where the address is another one; the
// tenant is empty where the address names none, or may name a customer's.
func tenantOfMicrosofts(address string) (tenant, host string, ok bool) {
	bare, isURL := strings.CutPrefix(address, "https://")
	if !isURL {
		bare, isURL = strings.CutPrefix(address, "http://")
	}
	if !isURL && strings.Contains(bare, "@") && !strings.ContainsAny(bare, "/?#") {
		_, bare, _ = strings.Cut(bare, "@") // an e-mail address
	}
	host, rest := bare, ""
	if i := strings.IndexAny(bare, "/?#"); i >= 0 {
		host, rest = bare[:i], bare[i:]
	}
	host, _, _ = strings.Cut(strings.TrimSuffix(host, "."), ":")
	if !isMicrosofts(host) && (!isURL && rest == "" || host != "microsoft.com") {
		return "", "", false
	}
	if slices.Contains(customerHosts, host) {
		return "", host, true
	}
	for _, place := range [][]string{placesOf(host, rest), parametersOf(rest)} {
		switch found := tenantsAmong(place); len(found) {
		case 0:
		case 1:
			return found[0], host, true
		default:
			return "", host, true // nobody knows which of them is meant
		}
	}
	return "", host, true
}

// placesOf returns what stands where an address of a sign-in service or portal names the tenant.
func placesOf(host, rest string) []string {
	if !slices.Contains(signInHosts, host) && !slices.Contains(portalHosts, host) {
		return nil
	}
	path, fragment, _ := strings.Cut(rest, "#")
	path, _, _ = strings.Cut(path, "?")
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	directory, at := strings.CutPrefix(fragment, "@")
	if !at {
		return []string{first}
	}
	directory, _, _ = strings.Cut(directory, "/")
	return []string{directory}
}

func parametersOf(rest string) []string {
	values := []string{}
	for _, m := range tenantParameter.FindAllStringSubmatch(rest, -1) {
		values = append(values, m[1])
	}
	return values
}

// tenantsAmong returns those of the names that can be a tenant's, each once.
func tenantsAmong(names []string) []string {
	tenants := []string{}
	for _, name := range names {
		name, err := url.PathUnescape(name)
		if err == nil && (IsTenantID(name) || isDomain(name) && !isMicrosofts(name)) && !slices.Contains(tenants, name) {
			tenants = append(tenants, name)
		}
	}
	return tenants
}
