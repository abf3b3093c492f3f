package checks

import (
	"cmp"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
)

// HealthOf is the one word for the outcome of a run of checks. It is never "good" when anything that matters was not checked.
func HealthOf(checks []connector.Check) connector.Health { return healthIn(table, checks) }

func healthIn(table []definition, checks []connector.Check) connector.Health {
	made := map[connector.CheckID]connector.Check{}
	for _, c := range checks {
		made[c.ID] = c
	}
	switch {
	case made[connector.CheckCredential].State == connector.CheckFailed, ended(made[connector.CheckRefresh]), ended(made[connector.CheckLasts]):
		return connector.HealthExpired
	case signIn(made[connector.CheckRefresh]), signIn(made[connector.CheckLasts]):
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

// healthFor is the one word for the outcome of a run of checks of a connector of an origin. Of one that another product keeps nothing is proven
// by them but that something is wrong.
func healthFor(origin connector.Origin, made []connector.Check) connector.Health {
	if origin != connector.OriginLink {
		return healthIn(tableFor(origin), made)
	}
	for _, c := range made {
		if c.State == connector.CheckFailed || c.State == connector.CheckWarning && c.Weight == connector.WeightAttention {
			return connector.HealthAttention
		}
	}
	return connector.HealthKept
}

func signIn(c connector.Check) bool {
	return c.State == connector.CheckFailed && problems.NeedsSignIn(c.Problem)
}

func ended(c connector.Check) bool {
	return c.State == connector.CheckFailed && problems.CredentialEnded(c.Problem)
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
			return worse(connector.HealthNew, healthOfUnknown(c.Weight))
		}
		return healthOfUnknown(cmp.Or(c.Weight, d.unknown))
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

// WithOutcome returns the connector with the outcome of a run of checks. They are as old as the oldest of them, however late they are kept.
// A refusal from before stays where none of them got an answer to the refresh token: without a network nothing has disproved it.
func WithOutcome(c connector.Connector, made []connector.Check) connector.Connector {
	before := c.Health
	c.Checks, c.Checked, c.Health = made, oldest(made), healthFor(c.Origin, made)
	if refused(before) && !refused(c.Health) && !answered(made) {
		c.Health = before
	}
	for _, check := range made {
		if check.ID == connector.CheckRefresh && check.State == connector.CheckPassed {
			c.Refreshed = check.At
		}
	}
	return c
}

// answered reports whether Microsoft took or refused the refresh token in a run of checks.
func answered(made []connector.Check) bool {
	for _, c := range made {
		if c.ID != connector.CheckRefresh && c.ID != connector.CheckLasts {
			continue
		}
		switch c.State {
		case connector.CheckPassed, connector.CheckWarning, connector.CheckFailed:
			return true
		default:
		}
	}
	return false
}

// oldest is when the first of the checks was made; zero where one of them does not tell, which may be older still.
func oldest(made []connector.Check) time.Time {
	var at time.Time
	for i, c := range made {
		if i == 0 || c.At.Before(at) {
			at = c.At
		}
	}
	return at
}

// WithProblem returns the connector with what a problem says of it that stopped its checks, or a token, before they began; it is the same
// where that says nothing of its health.
func WithProblem(c connector.Connector, p *connector.Problem) connector.Connector {
	switch {
	case problems.CredentialEnded(p):
		c.Health = connector.HealthExpired
	case problems.NeedsSignIn(p) && c.Health != connector.HealthExpired:
		c.Health = connector.HealthSignIn
	case p != nil && p.Kind == connector.KindVaultAbsent && !refused(c.Health):
		c.Health = connector.HealthAttention // nobody here knows of another copy
	}
	return c
}

// WithRefresh returns the connector whose refresh token, for Partner Center, was used with success. A refusal from before counts no longer: the
// connector is as its checks say, unless they had the refusal themselves.
func WithRefresh(c connector.Connector, at time.Time) connector.Connector {
	c.Refreshed = at
	if !refused(c.Health) {
		return c
	}
	if c.Health = healthFor(c.Origin, c.Checks); refused(c.Health) {
		c.Health = connector.HealthUnknown
	}
	return c
}

func refused(h connector.Health) bool {
	return h == connector.HealthSignIn || h == connector.HealthExpired
}

// HealthAt is the one word for a connector at a time: the word of its last check, made worse by what time did since. It is never "good" where
// the time is not known, and what it says does not depend on the time zone. What this version can't check keeps its word.
func HealthAt(c connector.Connector, now time.Time) connector.Health {
	switch {
	case !c.Can().Check:
		return c.Health
	case c.Origin == connector.OriginLink && c.Health == connector.HealthAttention:
		return connector.HealthAttention
	case c.Origin == connector.OriginLink: // nothing of it ends that is known here
		return connector.HealthKept
	case c.CredentialEnded(now):
		return connector.HealthExpired
	case c.Health == connector.HealthSignIn, unusedTooLong(c, now):
		return connector.HealthSignIn
	case c.Health == connector.HealthAttention, c.CredentialEnding(now):
		return connector.HealthAttention
	case c.Health != connector.HealthGood && c.Health != connector.HealthNew, now.IsZero(), c.Checked.IsZero(), Stale(c, now), OfTheFuture(c, now):
		return connector.HealthUnknown
	}
	return c.Health
}

// Stale reports whether the last check was made too long before now to speak for the connector.
func Stale(c connector.Connector, now time.Time) bool {
	return !c.Checked.IsZero() && now.Sub(c.Checked) > connector.CheckLife
}

// OfTheFuture reports whether the clock was wrong at the last check, or is now, so that nobody knows how old that is.
func OfTheFuture(c connector.Connector, now time.Time) bool {
	limit := now.Add(24 * time.Hour)
	return c.Checked.After(limit) || c.Refreshed.After(limit)
}

func unusedTooLong(c connector.Connector, now time.Time) bool {
	end := c.RefreshTokenEnd()
	return !end.IsZero() && !now.Before(end)
}
