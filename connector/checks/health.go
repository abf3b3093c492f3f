package checks

import (
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
)

// HealthOf is the one word for the outcome of a run of checks. It is never "good" when anything that matters was not checked.
func HealthOf(checks []connector.Check) connector.Health {
	made := map[connector.CheckID]connector.Check{}
	for _, c := range checks {
		made[c.ID] = c
	}
	if signIn(made[connector.CheckRefresh]) || signIn(made[connector.CheckLasts]) {
		return connector.HealthSignIn
	}
	health := connector.HealthGood
	for _, d := range table {
		if made[d.id].State == connector.CheckFailed {
			return connector.HealthAttention
		}
		health = worse(health, healthOf(d, made[d.id]))
	}
	return health
}

func signIn(c connector.Check) bool {
	return c.State == connector.CheckFailed && problems.NeedsSignIn(c.Problem)
}

// healthOf is what the outcome of a check that did not fail allows at best.
func healthOf(d definition, c connector.Check) connector.Health {
	switch c.State {
	case connector.CheckPassed:
		return connector.HealthGood
	case connector.CheckWarning:
		if c.Weight == connector.WeightAttention || c.Weight == connector.WeightNever {
			return connector.HealthAttention
		}
		return connector.HealthGood
	case connector.CheckUnknown:
		if d.id == connector.CheckLasts {
			return connector.HealthNew
		}
		return healthOfUnknown(d.unknown)
	default:
		return connector.HealthUnknown
	}
}

func healthOfUnknown(w connector.Weight) connector.Health {
	switch w {
	case connector.WeightNone, connector.WeightWarning:
		return connector.HealthGood
	case connector.WeightAttention:
		return connector.HealthAttention
	default:
		return connector.HealthUnknown
	}
}

// worse returns the less healthy of two: what could not be checked at all counts heaviest.
func worse(a, b connector.Health) connector.Health {
	rank := map[connector.Health]int{connector.HealthGood: 0, connector.HealthNew: 1, connector.HealthAttention: 2, connector.HealthUnknown: 3}
	if rank[b] > rank[a] {
		return b
	}
	return a
}

// WithOutcome returns the connector with the outcome of a run of checks that ended at now.
func WithOutcome(c connector.Connector, made []connector.Check, now time.Time) connector.Connector {
	c.Checks, c.Checked, c.Health = made, now, HealthOf(made)
	for _, check := range made {
		if check.ID == connector.CheckRefresh && check.State == connector.CheckPassed {
			c.Refreshed = now
		}
	}
	return c
}
