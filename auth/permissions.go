package auth

import "slices"

// Permission is a delegated permission by its names and IDs, which are the same in every tenant of a cloud.
type Permission struct {
	// API is the name of the API that it is for, and APIID its application ID.
	API, APIID string
	// Name is the permission's name, and ID its ID.
	Name, ID string
}

// The application IDs of the APIs. https://learn.microsoft.com/partner-center/developer/enable-secure-app-model,
// https://learn.microsoft.com/graph/permissions-reference.
const (
	PartnerCenterAppID = "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd"
	GraphAppID         = "00000003-0000-0000-c000-000000000000"
)

// The names of the APIs, as the Entra admin center lists them.
const (
	PartnerCenterAPI = "Microsoft Partner Center"
	GraphAPI         = "Microsoft Graph"
)

// permissions are what every app registration must list, Partner Center's first.
var permissions = []Permission{
	{PartnerCenterAPI, PartnerCenterAppID, scopePartnerCenter, "1cebfa2a-fb4d-419e-b5f9-839b4383e05a"},
	{GraphAPI, GraphAppID, scopeOpenID, "37f7f235-527c-4136-accd-4a02d197296e"},
	{GraphAPI, GraphAppID, scopeProfile, "14dad69e-099b-42c9-810b-d002981feec1"},
	{GraphAPI, GraphAppID, scopeOfflineAccess, "7427e0e9-2fba-42fe-b0c0-848c9e6a8182"},
	{GraphAPI, GraphAppID, scopeUserRead, "e1fe6dd8-ba31-4d61-89e7-88639da4683d"},
}

// optionalPermissions are those of Graph that a connector may have besides.
var optionalPermissions = []Permission{
	{GraphAPI, GraphAppID, scopeGroupRead, "bc024368-1153-4739-b217-4326f2e966d0"},
	{GraphAPI, GraphAppID, ScopePartnerBilling, "8804798e-5934-4e30-8ce3-ef88257cecd4"},
	{GraphAPI, GraphAppID, ScopePartnerSecurity, "5567b981-0bf1-4796-9038-0648b46e116d"},
	{GraphAPI, GraphAppID, ScopeDelegatedAdmin, "0c0064ea-477b-4130-82a5-4c2cc4ff68aa"},
	{GraphAPI, GraphAppID, ScopeApplications, "c79f8feb-a9db-4090-85f9-90d820caa0eb"},
	{GraphAPI, GraphAppID, ScopeGrants, "a197cdc4-a8e8-4d49-9d35-4ca7c83887b4"},
}

// Permissions are what an app registration must list, with or without the optional GroupMember.Read.All, and with more of MoreScopes.
func Permissions(withGroups bool, more ...string) []Permission {
	list := permissions[:len(permissions):len(permissions)]
	for _, p := range optionalPermissions {
		if p.Name == scopeGroupRead && withGroups || slices.Contains(more, p.Name) {
			list = append(list, p)
		}
	}
	return list
}
