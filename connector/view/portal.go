package view

import "partner-center-connector/auth"

// portal holds the addresses of Microsoft's pages that a person opens, for one cloud; "" where it is not confirmed.
type portal struct {
	// partnerCenter is Partner Center itself; users its page Account settings > User management.
	partnerCenter, users string
	// entra is the Microsoft Entra admin center; registrations its list of app registrations.
	entra, registrations string
	// mfa is where an account registers its multi-factor method.
	mfa string
}

// portals are those of the built-in clouds. A cloud from a file brings its own.
//
// Partner Center and its user management: https://learn.microsoft.com/partner-center/account-settings/create-user-accounts-and-set-permissions.
// The Entra admin centers: https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud and
// https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure. Registration of a method:
// https://learn.microsoft.com/entra/identity/authentication/howto-mfa-getstarted.
var portals = map[string]portal{
	"global": {
		partnerCenter: "https://partner.microsoft.com/dashboard",
		users:         "https://partner.microsoft.com/dashboard/account/v3/usermanagement",
		entra:         "https://entra.microsoft.com",
		registrations: "https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade",
		mfa:           "https://aka.ms/mfasetup",
	},
	"usgov": {
		entra:         "https://entra.microsoft.us",
		registrations: "https://entra.microsoft.us/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade",
	},
	"china": {
		entra:         "https://entra.microsoftonline.cn",
		registrations: "https://entra.microsoftonline.cn/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade",
	},
}

// portalOf returns the addresses for a tenant, all empty where none is known.
func portalOf(t *auth.Tenant) portal {
	switch {
	case t == nil:
		return portal{}
	case t.CloudFromFile:
		return portal{partnerCenter: t.PartnerCenterPortal, entra: t.EntraPortal, registrations: t.EntraPortal}
	}
	return portals[t.Cloud]
}

// linkButtons makes the buttons of those links that are known, or the caption that says where to go by oneself.
func linkButtons(buttons ...Button) Block {
	known := []Button{}
	for _, b := range buttons {
		if b.URL != "" {
			known = append(known, b)
		}
	}
	if len(known) == 0 {
		return Paragraph{Role: Caption, Text: text("common.no-portal")}
	}
	return Actions{Buttons: known}
}
