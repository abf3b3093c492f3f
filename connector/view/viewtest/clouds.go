package viewtest

import (
	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// cloudStates are about tenants in other clouds, and about switching to one.
func cloudStates() []Named {
	two := inWizard(func(w *wizard.Wizard) {
		w.Lookup.Found = []auth.Tenant{Tenant(), tenantIn("usgov", "USGov", "DODCON")}
	})
	elsewhere := inWizard(func(w *wizard.Wizard) {
		w.Lookup.Found = []auth.Tenant{tenantIn("usgov", "USGov", "DODCON")}
	})
	asked := inWizard(func(w *wizard.Wizard) { w.Change, w.SwitchTo = connector.FieldCloud, "usgov" })
	wrong := inWizard(func(w *wizard.Wizard) {
		w.User.Problem = problem(connector.KindWrongCloud, connector.StepBefore, connector.ActorYou, "AADSTS90038")
	})
	return []Named{
		{"before-two-clouds-locked", inStep(connector.StepBefore, draft(reported), two)},
		{"before-elsewhere", inStep(connector.StepBefore, draft(reported), elsewhere)},
		{"before-elsewhere-asked", inStep(connector.StepBefore, draft(reported), elsewhere, asked)},
		{"before-prefilled", inStep(connector.StepBefore, draft(func(d *connector.Draft) { d.Seen = connector.StepBefore }))},
		{"user-wrong-cloud", inStep(connector.StepUser, draft(reported), wrong)},
		{"user-wrong-cloud-two", inStep(connector.StepUser, draft(reported), two, wrong)},
		{"user-switch-asked", inStep(connector.StepUser, draft(reported), two, wrong, asked)},
		{"connector-gcc", inStep(connector.StepConnector, inTenant(tenantIn("global", "NA", "GCC")))},
		{"connector-dod", inStep(connector.StepConnector, inTenant(tenantIn("usgov", "USGov", "DOD")))},
	}
}
