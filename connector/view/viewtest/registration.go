package viewtest

import (
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// sampleScript is as wide as a script gets, if not as long.
const sampleScript = `#!/usr/bin/env bash
# Makes an app registration in Microsoft Entra, with the Azure CLI (bash). Written by Partner Center Connector 1.0.
(
set -euo pipefail
tenant='` + TenantID + `'
id=$(az rest --method post --url 'https://graph.microsoft.com/v1.0/applications' --body "$registration" --query appId --output tsv)
printf '%s\n' "$id"
)
`

const sampleManifest = `{
  "signInAudience": "AzureADMyOrg",
  "web": {
    "redirectUris": [
      "http://localhost/consent"
    ]
  }
}
`

// registrationStates are about the ways to make an app registration.
func registrationStates() []Named {
	none := inWizard(func(w *wizard.Wizard) {
		w.Draft.ClientID, w.Probe = "", wizard.Probe{}
	})
	by := func(way connector.RegistrationWay, change func(*wizard.Registering), more ...func(*wizard.State)) wizard.State {
		chosen := inWizard(func(w *wizard.Wizard) {
			w.Registering = wizard.Registering{By: way, Work: wizard.Work{Attempt: 2}, Text: sampleScript}
			if change != nil {
				change(&w.Registering)
			}
		})
		return inStep(connector.StepConnector, append([]func(*wizard.State){none, chosen}, more...)...)
	}
	more := draft(func(d *connector.Draft) {
		d.WithGroups, d.Scopes = true, []string{"PartnerBilling.Read.All", "DelegatedPermissionGrant.Read.All"}
	})
	return []Named{
		{"connector-scopes", inStep(connector.StepConnector, more)},
		{"connector-scopes-open", inStep(connector.StepConnector, inWizard(func(w *wizard.Wizard) { w.MoreScopes = true }))},
		{"connector-scopes-locked", inStep(connector.StepConnector, more, draft(reported))},
		{"connector-scopes-usgov", inStep(connector.StepConnector, more, inTenant(tenantIn("usgov", "USGov", "DODCON")))},
		{"connector-script", by(connector.RegisterByBash, nil)},
		{"connector-script-powershell", by(connector.RegisterByPowerShell, nil)},
		{"connector-script-writing", by(connector.RegisterByBash, func(r *wizard.Registering) { r.Running, r.Text = true, "" })},
		{"connector-script-saving", by(connector.RegisterByBash, func(r *wizard.Registering) { r.Saving = wizard.Work{Attempt: 3, Running: true} })},
		{"connector-script-saved", says(by(connector.RegisterByGraph, nil), wizard.Said{
			What: wizard.SaidScript, Path: "/home/alex/Documents/app-registration-contoso.ps1",
		})},
		{"connector-script-unsaved", by(connector.RegisterByBash, func(r *wizard.Registering) { r.Raw = "no space left on device" })},
		{"connector-script-usgov", by(connector.RegisterByBash, nil, inTenant(tenantIn("usgov", "USGov", "DODCON")))},
		{"connector-manifest", by(connector.RegisterByManifest, func(r *wizard.Registering) { r.Text = sampleManifest })},
	}
}
