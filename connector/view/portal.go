package view

import (
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// portal holds the addresses of Microsoft's pages that a person opens, for one cloud; "" where it is not confirmed.
type portal struct {
	// partnerCenter is Partner Center itself; users its page Account settings > User management.
	partnerCenter, users string
	// entra is the Microsoft Entra admin center; registrations its list of app registrations.
	entra, registrations string
	// app begins the address of a page of one app registration: the page's name and the client ID follow.
	app string
	// mfa is where an account registers its multi-factor method, password where it sets a new password.
	mfa, password string
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
		app:           "https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/",
		mfa:           "https://aka.ms/mfasetup",
		password:      "https://myaccount.microsoft.com",
	},
	"usgov": {
		entra:         "https://entra.microsoft.us",
		registrations: "https://entra.microsoft.us/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade",
		app:           "https://portal.azure.us/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/",
	},
	"china": {
		entra:         "https://entra.microsoftonline.cn",
		registrations: "https://entra.microsoftonline.cn/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade",
		app:           "https://portal.azure.cn/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/",
	},
}

// cloudOf returns the facts of a tenant's cloud, as far as this program has them built in.
func cloudOf(t *auth.Tenant) auth.Cloud {
	if t == nil || t.CloudFromFile {
		return auth.Cloud{}
	}
	c, _ := auth.FindCloud(auth.BuiltinClouds(), t.Cloud)
	return c
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

// AppPage is a page of an app registration in Microsoft's portal, by its name in addresses.
type AppPage string

// The pages.
const (
	AppOverview       AppPage = "Overview"
	AppAuthentication AppPage = "Authentication"
	AppCredentials    AppPage = "Credentials"
	AppPermissions    AppPage = "CallAnAPI"
	AppManifest       AppPage = "Manifest"
)

// mainPages are those that hold what a connector needs, in the order of the portal's menu.
var mainPages = []AppPage{AppOverview, AppAuthentication, AppCredentials, AppPermissions}

// appPageKeys are the keys of their words under "portal.app".
var appPageKeys = map[AppPage]string{
	AppOverview: "overview", AppAuthentication: "authentication", AppCredentials: "credentials", AppPermissions: "permissions", AppManifest: "manifest",
}

// AppPageURL is the address of a page of the app registration with the client ID, in the portal of the tenant's cloud; "" where none is known.
func AppPageURL(t *auth.Tenant, page AppPage, clientID string) string {
	base := portalOf(t).app
	if base == "" {
		return ""
	}
	return base + string(page) + "/appId/" + clientID
}

// appLinks lead to pages of an app registration, under IDs that begin with prefix; none where its client ID or the address is not known.
func appLinks(prefix string, t *auth.Tenant, clientID string, pages ...AppPage) []Button {
	links := []Button{}
	id := strings.TrimSpace(clientID)
	for _, p := range pages {
		if url := AppPageURL(t, p, id); url != "" && connector.ValidClientID(id) {
			links = append(links, Button{ID: prefix + "-" + appPageKeys[p], Label: text("portal.app." + appPageKeys[p]), URL: url})
		}
	}
	return links
}
