package auth

import (
	"cmp"
	"net/url"
	"slices"
)

// Cloud is one of Microsoft's clouds: where its sign-in, Partner Center and Graph are.
type Cloud struct {
	// Name is the short name that a connector keeps: "global", "usgov", "china", or the one a clouds file gives.
	Name string
	// Login is the base of the sign-in service, https, without a trailing slash.
	Login string
	// InstanceName is what the tenant's discovery document must say in cloud_instance_name.
	InstanceName string
	// PartnerCenter is the base of the Partner Center REST API, https.
	PartnerCenter string
	// PartnerCenterResource is the App ID URI whose user_impersonation scope is asked for.
	PartnerCenterResource string
	// PartnerCenterPortal is the address of the portal that people open; empty where it is not confirmed.
	PartnerCenterPortal string
	// EntraPortal is the address of the Entra admin center; empty where it is not confirmed.
	EntraPortal string
	// Graph is the base of Microsoft Graph, https.
	Graph string
	// VaultSuffix is what the names of Azure key vaults end with: "vault.azure.net"; with its port, if that is another than 443. Empty where there are none.
	VaultSuffix string
	// RolesInEntra reports whether the roles of Partner Center are given by groups in Entra, since Partner Center itself can't change a user's there.
	RolesInEntra bool
	// MFAOptional reports whether Microsoft does not ask the partners of this cloud for MFA yet, so that Partner Center may say nothing of it.
	MFAOptional bool
	// CAFile names a PEM file of further trusted roots; only a clouds file can set it.
	CAFile string
	// FromFile reports whether the cloud comes from a clouds file; a connector on it is marked wherever it is shown.
	FromFile bool
	// file is that file, for what turns out to be wrong in it.
	file string
}

// Hosts are the names, with their ports if they have any, of the services that this program asks in the cloud: sign-in, Graph, Partner Center.
func (c Cloud) Hosts() []string {
	hosts := []string{}
	for _, base := range []string{c.Login, c.Graph, c.PartnerCenter} {
		if u, err := url.Parse(base); err == nil && u.Host != "" && !slices.Contains(hosts, u.Host) {
			hosts = append(hosts, u.Host)
		}
	}
	return hosts
}

// Tenant is a tenant as its cloud describes it.
type Tenant struct {
	// ID is the tenant's GUID, lower case.
	ID string `json:"id"`
	// Domain is what the admin typed, if it was a domain; else empty.
	Domain string `json:"domain,omitempty"`
	// Cloud is the Name of the cloud that answered.
	Cloud string `json:"cloud"`
	// CloudFromFile repeats Cloud.FromFile.
	CloudFromFile bool `json:"cloudFromFile,omitempty"`
	// PartnerCenterPortal, EntraPortal, PartnerCenter and Graph repeat those of a cloud from a clouds file; empty for every other cloud.
	PartnerCenterPortal string `json:"partnerCenterPortal,omitempty"`
	EntraPortal         string `json:"entraPortal,omitempty"`
	PartnerCenter       string `json:"partnerCenter,omitempty"`
	Graph               string `json:"graph,omitempty"`
	// Region is tenant_region_scope as given ("EU", "NA", "USGov" …).
	Region string `json:"region,omitempty"`
	// SubScope is tenant_region_sub_scope as given ("GCC", "DODCON", "DOD" or empty).
	SubScope string `json:"subScope,omitempty"`
	// Issuer is the issuer that ID tokens of this tenant carry.
	Issuer string `json:"issuer"`
	// Authorize is the authorization_endpoint, which the browser opens.
	Authorize string `json:"authorize"`
	// Token is the token_endpoint, which only this program calls.
	Token string `json:"token"`
}

// Label is what people call the tenant: its domain, or else its ID.
func (t Tenant) Label() string { return cmp.Or(t.Domain, t.ID) }

// Government names the government environment that discovery tells: "GCC", "GCC High", "DoD", or "" for none.
func (t Tenant) Government() string {
	switch t.SubScope {
	case "GCC":
		return "GCC"
	case "DODCON":
		return "GCC High"
	case "DOD":
		return "DoD"
	}
	return ""
}

// AdminConsentURL derives the v2 admin consent page from the authorization endpoint.
// https://learn.microsoft.com/entra/identity-platform/v2-admin-consent
func (t Tenant) AdminConsentURL() (*url.URL, error) {
	u, err := url.Parse(t.Authorize)
	if err != nil {
		return nil, err
	}
	u.Path = "/" + t.ID + "/v2.0/adminconsent"
	u.RawQuery = ""
	return u, nil
}
