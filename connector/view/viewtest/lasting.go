package viewtest

import (
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// checksByItself is the window, which checks by itself whether a sign-in lasts.
func checksByItself(s *wizard.State) { s.Home.Lasting.ByItself = true }

// newConnector was saved a moment ago: whether its sign-in lasts can't be checked yet.
func newConnector() connector.Connector {
	at := Now.Add(-time.Minute)
	return saved(func(c *connector.Connector) {
		c.Health, c.Checks = connector.HealthNew, freshChecks()
		c.Saved, c.Consented, c.Refreshed, c.Checked = at, at, at, at
	})
}

// lasting has a connector checked by itself.
func lasting(c connector.Connector) func(*wizard.State) {
	return func(s *wizard.State) {
		s.Home.Lasting = wizard.Lasting{ByItself: true, Checking: wizard.Work{Attempt: 12, Running: true}, ID: c.ID, Checks: runningChecks()}
	}
}

// unlasting is where that was not possible.
func unlasting(c connector.Connector) func(*wizard.State) {
	return func(s *wizard.State) {
		s.Home.Checking.Unchecked = map[string]connector.Problem{c.ID: *problem(connector.KindKeychainLocked, connector.StepBefore, connector.ActorYou, "")}
	}
}

func lastingStates() []Named {
	with := func(changes ...func(*wizard.State)) wizard.State {
		s := detail(newConnector())
		for _, change := range changes {
			change(&s)
		}
		return s
	}
	return []Named{
		{"home-new", home(func(h *wizard.Home) { h.Connectors = []connector.Connector{newConnector()} })},
		{"detail-new", with(checksByItself)},
		{"detail-lasting", with(lasting(newConnector()))},
		{"detail-unlasting", with(checksByItself, unlasting(newConnector()))},
	}
}

// guestEvidence are those of an account that is a guest of the tenant.
func guestEvidence() []connector.Check {
	list := freshEvidence()
	for i := range list {
		if list[i].ID == connector.CheckMember {
			list[i].State, list[i].Weight = connector.CheckFailed, connector.WeightNever
			list[i].Evidence = []connector.Fact{fact("home-tenant-other", "Tenant", "b1d5f0a2-6c3e-4f79-8a14-9d2c7e5b3f60")}
			list[i].Problem = problem(connector.KindGuest, connector.StepAccount, connector.ActorYou, "")
			list[i].Problem.Args["Actual"] = "alex_fabrikam.com#EXT#@contoso.onmicrosoft.com"
		}
	}
	return list
}

// couldNotChecks are those of a moment at which Partner Center was away.
func couldNotChecks() []connector.Check {
	list := freshChecks()
	for _, id := range []connector.CheckID{connector.CheckPartner, connector.CheckRole} {
		set(list, id, connector.CheckUnknown, connector.WeightAttention, problem(connector.KindNoNetwork, connector.StepCheck, connector.ActorYou, ""))
	}
	set(list, connector.CheckNotAdmin, connector.CheckWarning, connector.WeightWarning, nil)
	return list
}
