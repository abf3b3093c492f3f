package view

import (
	"sync"

	"partner-center-connector/connector"
)

// pageKeys are, for each section of the help, the beginnings of the keys of what stands on the screen that it is about: a phrase that somebody
// reads there leads to it.
var pageKeys = sync.OnceValue(func() map[string][]string {
	keys := map[string][]string{
		"detail":      {"detail.", "health.", "status.", "record.", "timeline.", "origin."},
		"settings":    {"settings.", "field.language", "field.theme", "field.notify", "field.log", "about."},
		"daily-check": {"schedule."},
		"notices":     {"notice."},
		"server":      {"handover.", "field.key-vault"},
		"report":      {"report."},
		"home-screen": {"home.", "draft."},
	}
	for step := range pages {
		name := step.Name()
		keys[name] = []string{"page." + name + ".", "rail." + name}
		for _, f := range fieldKeys[step] {
			keys[name] = append(keys[name], "field."+string(f))
		}
	}
	keys[connector.StepCheck.Name()] = append(keys[connector.StepCheck.Name()], "page.trial.", "check.", "check-state.", "evidence.")
	keys[connector.StepLinks.Name()] = append(keys[connector.StepLinks.Name()], "link.", "links.", "product.")
	keys[connector.StepUser.Name()] = append(keys[connector.StepUser.Name()], "browser-mode.")
	return keys
})

// fieldKeys are those of the inputs on the pages of the wizard.
var fieldKeys = map[connector.Step][]connector.Field{
	connector.StepBefore:  {connector.FieldTenant, connector.FieldCloud, connector.TickDirectBill, connector.TickAccess, connector.TickConsentRight},
	connector.StepAccount: {connector.FieldUPN, connector.FieldRole},
	connector.StepMFA:     {connector.TickMFA, connector.FieldFor},
	connector.StepConnector: {
		connector.FieldName, connector.FieldClientID, connector.FieldClientKind, connector.FieldRedirectPath, connector.FieldSecret,
		connector.FieldCertificate, connector.FieldWithGroups, connector.FieldMoreScopes, connector.FieldRegisterBy,
	},
	connector.StepAdmin:      {connector.FieldPaste, connector.FieldAdminBrowser},
	connector.StepUser:       {connector.FieldTold, connector.FieldUserBrowser},
	connector.StepLinks:      {connector.FieldLinks, connector.FieldProduct},
	connector.StepLinkUser:   {connector.TickAddHint, connector.TickAddPrompt, connector.TickLinkDefault},
	connector.StepLinkFinish: {connector.FieldRemind, connector.TickLinkSaved},
}
