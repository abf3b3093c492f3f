package view

import (
	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// guide is for those who have no app registration: by hand, with every value to copy, or by one of Microsoft's own tools.
func guide(w wizard.Wizard) []Block {
	way := w.Registering.Way()
	c := Choice{
		ID: string(connector.FieldRegisterBy), Field: connector.FieldRegisterBy, Label: text("field.register-by"),
		Hint: text("field.register-by.hint." + string(way)), Value: string(way),
	}
	for _, o := range append([]connector.RegistrationWay{connector.RegisterByHand}, connector.RegistrationTexts...) {
		c.Options = append(c.Options, Option{Value: string(o), Label: text("field.register-by.option." + string(o))})
	}
	blocks := blocksOf(c)
	if way.IsText() {
		blocks = append(blocks, registrationTextBlocks(w)...)
	} else {
		blocks = append(blocks, guideSteps(w.Draft)...)
	}
	if t := w.Draft.Tenant; t != nil && t.Cloud != "global" && t.Cloud != "usgov" {
		blocks = append(blocks, caption(text("page.connector.guide.other-cloud")))
	}
	return blocks
}

// guideSteps make the app registration by hand.
func guideSteps(d connector.Draft) []Block {
	return blocksOf(
		body(text("page.connector.guide.text", "Tenant", tenantName(d.Tenant))),
		linkButtons(Button{ID: "open-registrations", Label: text("page.connector.guide.open"), URL: portalOf(d.Tenant).registrations}),
		List{Numbered: true, Items: []Text{
			text("page.connector.guide.new"), platformStep(d.ClientKind), text("page.connector.guide.permissions", "AppID", auth.PartnerCenterAppID),
			text("page.connector.guide.credential." + string(d.ClientKind)), text("page.connector.guide.id"),
		}},
		Facts{Items: guideFacts(d)},
	)
}

// The addresses of Cloud Shell, in which the Azure CLI is there and signed in. https://learn.microsoft.com/azure/cloud-shell/overview
const (
	cloudShellBash       = "https://shell.azure.com/bash"
	cloudShellPowerShell = "https://shell.azure.com/powershell"
)

// registrationTextBlocks are the text that makes the app registration, and what to do with it.
func registrationTextBlocks(w wizard.Wizard) []Block {
	r := w.Registering
	if r.Running || r.Text == "" {
		return []Block{Busy{ID: "registering", Text: text("page.connector.script.writing")}}
	}
	key := "page.connector.script"
	if r.By == connector.RegisterByManifest {
		key = "page.connector.manifest"
	}
	l := Listing{
		ID: "registration-text", Label: text(key), Text: r.Text, Buttons: []Button{
			{ID: "registration-copy", Label: text("page.connector.script.copy"), Copy: r.Text},
			{ID: "registration-save", Label: text("page.connector.script.save"), Event: wizard.SaveScript{}},
		},
	}
	if r.By == connector.RegisterByManifest {
		l.Buttons = append(l.Buttons, inPortal(appLinks("registration", w.Draft.Tenant, w.Draft.ClientID, AppManifest))...)
	}
	if url := cloudShell(w.Draft.Tenant, r.By); url != "" {
		l.Buttons = append(l.Buttons, Button{ID: "cloud-shell", Label: text("page.connector.script.cloud-shell"), URL: url})
	}
	return blocksOf(body(text(key+".text", "ClientID", connector.RegistrationOf(w.Draft).ClientID)), registrationSaved(r), l)
}

// cloudShell is where a script can be run in a browser; "" where that is not known for the tenant's cloud.
func cloudShell(t *auth.Tenant, way connector.RegistrationWay) string {
	switch {
	case t == nil || t.CloudFromFile || t.Cloud != "global":
		return ""
	case way == connector.RegisterByBash:
		return cloudShellBash
	case way == connector.RegisterByPowerShell:
		return cloudShellPowerShell
	}
	return ""
}

// registrationSaved says what came of saving the text.
func registrationSaved(r wizard.Registering) []Block {
	switch {
	case r.Saving.Running:
		return []Block{Busy{ID: "registration-saving", Text: text("reason.record-saving")}}
	case r.Raw != "":
		return []Block{Notice{
			ID: "registration-unsaved", Severity: Bad, Title: text("page.connector.script.unsaved"), Text: text("reason.record-failed", "Raw", r.Raw),
		}}
	}
	return nil
}

func platformStep(k auth.ClientKind) Text {
	return text("page.connector.guide.platform", "Platform", platformText(k))
}

// platformText is the platform's name where an app is registered in the Entra admin center.
func platformText(k auth.ClientKind) Text {
	if k == auth.PublicClient {
		return text("common.platform.desktop")
	}
	return text("common.platform.web")
}

// platformFact is that, with its other name where one is added later.
func platformFact(k auth.ClientKind) Text {
	if k == auth.PublicClient {
		return text("common.platform.desktop-page")
	}
	return platformText(k)
}

func guideFacts(d connector.Draft) []FactItem {
	facts := []FactItem{
		{ID: "guide-platform", Label: text("page.connector.guide.fact.platform"), Text: platformFact(d.ClientKind)},
		{ID: "guide-redirect", Label: text("page.connector.guide.fact.redirect"), Value: connector.RegistrationOf(d).RedirectURI(), Copy: true},
		{ID: "guide-accounts", Label: text("page.connector.guide.fact.accounts"), Text: text("page.connector.guide.fact.single-tenant")},
		apiFact("guide-api-pc", auth.PartnerCenterAPI, auth.PartnerCenterAppID),
		apiFact("guide-api-graph", auth.GraphAPI, auth.GraphAppID),
	}
	for _, p := range auth.Permissions(d.WithGroups, d.Scopes...) {
		facts = append(facts, FactItem{
			ID: "guide-permission-" + p.Name, Label: text("page.connector.guide.fact.permission", "API", p.API, "Name", p.Name),
			Value: p.ID, Copy: true,
		})
	}
	return facts
}

func apiFact(id, api, appID string) FactItem {
	return FactItem{ID: id, Label: text("page.connector.guide.fact.api", "API", api), Value: appID, Copy: true}
}
