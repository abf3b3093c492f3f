package view

import (
	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// permission is a delegated permission by its names and IDs, which are the same in every tenant of a cloud.
type permission struct{ api, name, id string }

// The APIs' application IDs.
const (
	partnerCenterAppID = "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd"
	graphAppID         = "00000003-0000-0000-c000-000000000000"
)

// permissions are what the app registration must list. Partner Center's:
// https://learn.microsoft.com/partner-center/developer/enable-secure-app-model. Graph's:
// https://learn.microsoft.com/graph/permissions-reference.
var permissions = []permission{
	{"Microsoft Partner Center", "user_impersonation", "1cebfa2a-fb4d-419e-b5f9-839b4383e05a"},
	{"Microsoft Graph", "openid", "37f7f235-527c-4136-accd-4a02d197296e"},
	{"Microsoft Graph", "profile", "14dad69e-099b-42c9-810b-d002981feec1"},
	{"Microsoft Graph", "offline_access", "7427e0e9-2fba-42fe-b0c0-848c9e6a8182"},
	{"Microsoft Graph", "User.Read", "e1fe6dd8-ba31-4d61-89e7-88639da4683d"},
}

// groupPermission is the optional one.
var groupPermission = permission{"Microsoft Graph", "GroupMember.Read.All", "bc024368-1153-4739-b217-4326f2e966d0"}

// guide is for those who have no app registration: the steps, and every value to copy.
func guide(w wizard.Wizard) []Block {
	d := w.Draft
	blocks := blocksOf(
		heading("page.connector.guide"),
		body(text("page.connector.guide.text")),
		linkButtons(Button{ID: "open-registrations", Label: text("page.connector.guide.open"), URL: portalOf(d.Tenant).registrations}),
		List{Numbered: true, Items: []Text{
			text("page.connector.guide.new"), platformStep(d.ClientKind), text("page.connector.guide.permissions"),
			text("page.connector.guide.credential." + string(d.ClientKind)), text("page.connector.guide.id"),
		}},
		Facts{Items: guideFacts(d)},
	)
	if d.Tenant != nil && d.Tenant.Cloud != "global" && d.Tenant.Cloud != "usgov" {
		blocks = append(blocks, caption(text("page.connector.guide.other-cloud")))
	}
	return blocks
}

func platformStep(k auth.ClientKind) Text {
	return text("page.connector.guide.platform", "Platform", platformText(k))
}

// platformText is the platform's name in the Entra admin center.
func platformText(k auth.ClientKind) Text {
	if k == auth.PublicClient {
		return text("common.platform.desktop")
	}
	return text("common.platform.web")
}

func guideFacts(d connector.Draft) []FactItem {
	facts := []FactItem{
		{ID: "guide-platform", Label: text("page.connector.guide.fact.platform"), Text: platformText(d.ClientKind)},
		{ID: "guide-redirect", Label: text("page.connector.guide.fact.redirect"), Value: guideRedirect(d), Copy: true},
		{ID: "guide-accounts", Label: text("page.connector.guide.fact.accounts"), Text: text("page.connector.guide.fact.single-tenant")},
		apiFact("guide-api-pc", "Microsoft Partner Center", partnerCenterAppID),
		apiFact("guide-api-graph", "Microsoft Graph", graphAppID),
	}
	list := permissions
	if d.WithGroups {
		list = append(list[:len(list):len(list)], groupPermission)
	}
	for _, p := range list {
		facts = append(facts, FactItem{
			ID: "guide-permission-" + p.name, Label: text("page.connector.guide.fact.permission", "API", p.api, "Name", p.name),
			Value: p.id, Copy: true,
		})
	}
	return facts
}

// guideRedirect is the redirect URI to register: the one that was entered, if it can be one.
func guideRedirect(d connector.Draft) string {
	if !connector.ValidRedirectPath(d.RedirectPath) {
		d.RedirectPath = auth.DefaultRedirectPath
	}
	return redirectURI(d)
}

func apiFact(id, api, appID string) FactItem {
	return FactItem{ID: id, Label: text("page.connector.guide.fact.api", "API", api), Value: appID, Copy: true}
}
