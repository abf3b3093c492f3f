package viewtest

import (
	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// trialStates are those of the integration user of two links, checked beforehand with a connector of our own.
func trialStates() []Named {
	own := func(s *wizard.State) { s.Home.Connectors = []connector.Connector{Saved()} }
	tried := func(made []connector.Check) func(*wizard.State) {
		return form(func(f *wizard.LinkForm) { f.Tried = wizard.Tried{UPN: UPN, ConnectorName: Saved().Name, Checks: made} })
	}
	unfit := passedChecks()
	set(unfit, connector.CheckMFA, connector.CheckFailed, connector.WeightNever, problem(connector.KindNoMFA, connector.StepMFA, connector.ActorAdmin, ""))
	unknown := passedChecks()
	set(unknown, connector.CheckRefresh, connector.CheckUnknown, connector.WeightNever, problem(connector.KindNoNetwork, connector.StepCheck, connector.ActorYou, ""))
	return []Named{
		{"links-try", links(connector.StepLinks, nil, own)},
		{"links-tried-fit", links(connector.StepLinks, both(), own, tried(passedChecks()))},
		{"links-tried-doubtful", links(connector.StepLinks, both(), own, tried(attentionChecks()))},
		{"links-tried-unknown", links(connector.StepLinks, both(), own, tried(unknown))},
		{"links-tried-unfit", links(connector.StepLinks, both(), own, tried(unfit))},
		{"trial-user", trial(connector.StepUser)},
		{"trial-running", trial(connector.StepCheck, checksAre(runningChecks()))},
		{"trial-fit", trial(connector.StepCheck, checksAre(passedChecks()))},
		{"trial-doubtful", trial(connector.StepCheck, checksAre(attentionChecks()))},
		{"trial-unknown", trial(connector.StepCheck, checksAre(unknown))},
		{"trial-unfit", trial(connector.StepCheck, checksAre(unfit))},
	}
}

// trial is a page of such a check.
func trial(step connector.Step, changes ...func(*wizard.State)) wizard.State {
	begin := func(s *wizard.State) {
		begun := links(connector.StepLinks, both()).Wizard.Draft
		d := connector.TrialOf(Saved(), begun, Now)
		d.ID, d.Step, d.Seen = "trial", step, step
		s.Wizard.Draft = d
		s.Home.Connectors = []connector.Connector{Saved()}
	}
	return inStep(step, append([]func(*wizard.State){begin}, changes...)...)
}

// checksAre has the account signed in, and its checks made, or under way.
func checksAre(made []connector.Check) func(*wizard.State) {
	return inWizard(func(w *wizard.Wizard) {
		w.SignedIn = &connector.Identity{TenantID: TenantID, ObjectID: "object", UPN: UPN, Name: "Partner Center Integration"}
		w.Checks = made
		w.Checking = wizard.Work{Attempt: 7}
		for _, c := range made {
			w.Checking.Running = w.Checking.Running || c.State == connector.CheckRunning
		}
	})
}
