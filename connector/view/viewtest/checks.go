package viewtest

import "partner-center-connector/connector"

func checks(state connector.CheckState) []connector.Check {
	list := []connector.Check{}
	for _, id := range connector.CheckOrder {
		list = append(list, connector.Check{ID: id, State: state})
	}
	return list
}

func set(list []connector.Check, id connector.CheckID, state connector.CheckState, w connector.Weight, p *connector.Problem) {
	for i := range list {
		if list[i].ID == id {
			list[i].State, list[i].Weight, list[i].Problem = state, w, p
		}
	}
}

func passedChecks() []connector.Check { return checks(connector.CheckPassed) }

func runningChecks() []connector.Check {
	list := checks(connector.CheckPending)
	for i := range 5 {
		list[i].State = connector.CheckPassed
	}
	list[5].State = connector.CheckRunning
	return list
}

// freshChecks are those of a connector that was saved a moment ago: it could not be checked yet whether it lasts.
func freshChecks() []connector.Check {
	list := passedChecks()
	set(list, connector.CheckLasts, connector.CheckUnknown, connector.WeightNone, nil)
	return list
}

func attentionChecks() []connector.Check {
	list := freshChecks()
	set(list, connector.CheckMFA, connector.CheckUnknown, connector.WeightAttention,
		problem(connector.KindMFAUnknown, connector.StepCheck, connector.ActorYou, ""))
	set(list, connector.CheckRole, connector.CheckFailed, connector.WeightAttention,
		problem(connector.KindNoRole, connector.StepAccount, connector.ActorAdmin, "900308"))
	set(list, connector.CheckNotAdmin, connector.CheckFailed, connector.WeightAttention,
		problem(connector.KindIsAdmin, connector.StepAccount, connector.ActorYou, ""))
	return list
}

func unknownChecks() []connector.Check {
	list := checks(connector.CheckUnknown)
	for i := range list {
		list[i].Weight = connector.WeightWarning
	}
	return list
}

func neverChecks() []connector.Check {
	list := freshChecks()
	set(list, connector.CheckMFA, connector.CheckFailed, connector.WeightNever,
		problem(connector.KindNoMFA, connector.StepMFA, connector.ActorAdmin, "900421"))
	return list
}

func mismatchChecks() []connector.Check {
	list := freshChecks()
	set(list, connector.CheckUser, connector.CheckFailed, connector.WeightNever,
		problem(connector.KindWrongUser, connector.StepUser, connector.ActorUser, ""))
	return list
}

// federatedChecks are those of an account that signs in at another identity provider.
func federatedChecks() []connector.Check {
	list := freshChecks()
	set(list, connector.CheckMFA, connector.CheckFailed, connector.WeightNever,
		problem(connector.KindFederated, connector.StepUser, connector.ActorUser, "900421"))
	return list
}
