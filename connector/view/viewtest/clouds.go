package viewtest

import (
	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// cloudStates are about tenants in other clouds, and about switching to one.
func cloudStates() []Named {
	two := inWizard(func(w *connector.Wizard) {
		w.Lookup.Found = []auth.Tenant{Tenant(), tenantIn("usgov", "USGov", "DODCON")}
	})
	elsewhere := inWizard(func(w *connector.Wizard) {
		w.Lookup.Found = []auth.Tenant{tenantIn("usgov", "USGov", "DODCON")}
	})
	asked := inWizard(func(w *connector.Wizard) { w.Change, w.SwitchTo = connector.FieldCloud, "usgov" })
	wrong := inWizard(func(w *connector.Wizard) {
		w.User.Problem = problem(connector.KindWrongCloud, connector.StepBefore, connector.ActorYou, "AADSTS90038")
	})
	return []Named{
		{"before-two-clouds-locked", wizard(connector.StepBefore, draft(reported), two)},
		{"before-elsewhere", wizard(connector.StepBefore, draft(reported), elsewhere)},
		{"before-elsewhere-asked", wizard(connector.StepBefore, draft(reported), elsewhere, asked)},
		{"before-prefilled", wizard(connector.StepBefore, draft(func(d *connector.Draft) { d.Seen = connector.StepBefore }))},
		{"user-wrong-cloud", wizard(connector.StepUser, draft(reported), wrong)},
		{"user-wrong-cloud-two", wizard(connector.StepUser, draft(reported), two, wrong)},
		{"user-switch-asked", wizard(connector.StepUser, draft(reported), two, wrong, asked)},
		{"connector-gcc", wizard(connector.StepConnector, inTenant(tenantIn("global", "NA", "GCC")))},
		{"connector-dod", wizard(connector.StepConnector, inTenant(tenantIn("usgov", "USGov", "DOD")))},
	}
}
