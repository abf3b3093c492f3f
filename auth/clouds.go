package auth

import "errors"

// ErrUnknownCloud means that no cloud of that name is built in or in the clouds file that was given.
var ErrUnknownCloud = errors.New("no cloud of this name is configured")

// BuiltinClouds returns Microsoft's clouds, global first. What of them is not confirmed is in the comment of package connector.
//
// Sign-in hosts: https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud
// Partner Center API: https://learn.microsoft.com/partner-center/developer/partner-center-rest-urls
// Graph: https://learn.microsoft.com/graph/deployments
// Key Vault: https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates
// Entra admin centers: https://learn.microsoft.com/entra/fundamentals/faq
// Where Partner Center can't change roles: https://learn.microsoft.com/partner-center/account-settings/permissions-overview
// Where MFA is not asked for yet: https://learn.microsoft.com/partner-center/security/partner-security-requirements-faq
func BuiltinClouds() []Cloud {
	return []Cloud{globalCloud(), usGovCloud(), chinaCloud()}
}

// FindCloud returns the cloud of that name.
func FindCloud(clouds []Cloud, name string) (Cloud, bool) {
	for _, c := range clouds {
		if c.Name == name {
			return c, true
		}
	}
	return Cloud{}, false
}

// globalCloud is where GCC tenants live too.
func globalCloud() Cloud {
	return Cloud{
		Name:                  "global",
		Login:                 "https://login.microsoftonline.com",
		InstanceName:          "microsoftonline.com",
		PartnerCenter:         "https://api.partnercenter.microsoft.com",
		PartnerCenterResource: "https://api.partnercenter.microsoft.com",
		PartnerCenterPortal:   "https://partner.microsoft.com/dashboard",
		EntraPortal:           "https://entra.microsoft.com",
		Graph:                 "https://graph.microsoft.com",
		VaultSuffix:           "vault.azure.net",
	}
}

// usGovCloud has GCC High and DoD tenants. Its Partner Center API is the global one. What is not confirmed (package connector): the address of
// its portal, which is therefore empty, and Graph's for DoD tenants.
func usGovCloud() Cloud {
	return Cloud{
		Name:                  "usgov",
		Login:                 "https://login.microsoftonline.us",
		InstanceName:          "microsoftonline.us",
		PartnerCenter:         "https://api.partnercenter.microsoft.com",
		PartnerCenterResource: "https://api.partnercenter.microsoft.com",
		EntraPortal:           "https://entra.microsoft.us",
		Graph:                 "https://graph.microsoft.us",
		VaultSuffix:           "vault.usgovcloudapi.net",
		RolesInEntra:          true,
		MFAOptional:           true,
	}
}

// chinaCloud is operated by 21Vianet. What is not confirmed (package connector): the App ID URI of its Partner Center, and the address of its
// portal, which is therefore empty.
func chinaCloud() Cloud {
	return Cloud{
		Name:                  "china",
		Login:                 "https://login.partner.microsoftonline.cn",
		InstanceName:          "partner.microsoftonline.cn",
		PartnerCenter:         "https://partner.partnercenterapi.microsoftonline.cn",
		PartnerCenterResource: "https://partner.partnercenterapi.microsoftonline.cn",
		EntraPortal:           "https://entra.microsoftonline.cn",
		Graph:                 "https://microsoftgraph.chinacloudapi.cn",
		VaultSuffix:           "vault.azure.cn",
		RolesInEntra:          true,
	}
}

// LoginAliases are the other names that Microsoft has published for the cloud's sign-in host: what one of them gives out counts at the others
// too. A cloud from a file has none. The host login-us.microsoftonline.com is in no list with another one, and was replaced in 2018
// (https://devblogs.microsoft.com/azuregov/azure-government-aad-authority-endpoint-update/), so that it is nobody's alias.
//
// What an alias is: https://learn.microsoft.com/entra/msal/dotnet/advanced/custom-authority-aliases
func (c Cloud) LoginAliases() []string {
	if c.FromFile {
		return nil
	}
	switch c.Name {
	// https://github.com/AzureAD/microsoft-authentication-library-for-go/blob/v1.10.1/apps/internal/oauth/ops/authority/known_metadata.go#L12
	// https://github.com/AzureAD/microsoft-authentication-library-for-js/blob/dev/lib/msal-common/src/authority/AuthorityMetadata.ts
	case "global":
		return []string{"login.windows.net", "login.microsoft.com", "sts.windows.net"}
	// https://github.com/AzureAD/microsoft-authentication-library-for-go/blob/v1.10.1/apps/internal/oauth/ops/authority/known_metadata.go#L33
	case "usgov":
		return []string{"login.usgovcloudapi.net"}
	// https://github.com/AzureAD/microsoft-authentication-library-for-go/blob/v1.10.1/apps/internal/oauth/ops/authority/known_metadata.go#L19
	case "china":
		return []string{"login.chinacloudapi.cn"}
	}
	return nil
}
