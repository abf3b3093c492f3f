package viewtest

import (
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// sampleReport is as wide as a report gets, if not as long.
const sampleReport = `# Support report

It holds no secret, no link, and no name of a person, customer or connector. A connector is named by its ID.

## Program and computer

- Version: 1.2.3
- System: debian, 12, 6.1.0

## Connectors

### ` + SavedID + `

- Tenant ID and cloud: ` + TenantID + `, global
- mfa: failed, 2026-11-23T09:30:00Z, no-mfa, AADSTS50076, invalid_grant, administrator, 0b1f0d0e-1111-4222-8333-444455556666, 2026-11-23T09:30:00Z
`

// reportStates are the support report, over the screen that it was asked for on.
func reportStates() []Named {
	over := func(s wizard.State, r wizard.SupportReport) wizard.State {
		r.Open = true
		s.Report = r
		return s
	}
	made := wizard.SupportReport{Text: sampleReport}
	making, saving, unsaved := wizard.SupportReport{Making: wizard.Work{Attempt: 3, Running: true}}, made, made
	saving.Saving = wizard.Work{Attempt: 4, Running: true}
	unsaved.Raw = "no space left on device"
	leaving := inStep(connector.StepUser)
	leaving.Wizard.Leaving = true
	return []Named{
		{"report-making", over(home(), making)},
		{"report-shown", over(inStep(connector.StepUser), made)},
		{"report-saving", over(home(), saving)},
		{"report-saved", says(over(home(), made), wizard.Said{What: wizard.SaidReport, Path: "/home/alex/Documents/support-report-2026-11-23.md"})},
		{"report-unsaved", over(home(), unsaved)},
		{"report-leaving", over(leaving, made)},
	}
}
