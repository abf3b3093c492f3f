package notice

import (
	"slices"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
)

// Finding is a saved connector after a run of checks; without an ID it is the run, which could not begin.
type Finding struct {
	Connector connector.Connector
	// Problem is why it could not be checked; nil where it was, now or a short time ago.
	Problem *connector.Problem
}

// Work is what somebody has to do.
type Work string

// The kinds of work, the most urgent one first.
const (
	// WorkRun: the run could not begin with any connector, and that does not pass by itself. It is told alone.
	WorkRun Work = "run"
	// WorkCredential: the client secret or certificate has ended, so that a new one and then a sign-in are needed.
	WorkCredential Work = "credential"
	// WorkSignIn: the integration user has to sign in again.
	WorkSignIn Work = "sign-in"
	// WorkReplace: the client secret or certificate ends within days.
	WorkReplace Work = "replace"
	// WorkLook: the checks found something that does not pass by itself.
	WorkLook Work = "look"
	// WorkUnchecked: the connector could not be checked, and waiting alone does not help, or did not for weeks.
	WorkUnchecked Work = "unchecked"
	// WorkRemind: the day has come on which somebody wanted to be reminded.
	WorkRemind Work = "remind"
)

// byUrgency is the order in which kinds of work are told.
var byUrgency = []Work{WorkCredential, WorkSignIn, WorkReplace, WorkLook, WorkUnchecked, WorkRemind}

// Call is one connector that needs somebody.
type Call struct {
	ConnectorID string
	// Problem is the kind of the problem where one is behind it, or else what is known of it.
	Problem connector.ProblemKind
	Work    Work
}

// What is known where no problem is behind a call.
const (
	kindEnding connector.ProblemKind = "credential-ending"
	kindStale  connector.ProblemKind = "not-checked"
	kindRemind connector.ProblemKind = "reminder"
	kindOther  connector.ProblemKind = "attention"
)

// A problem that stays is told again after a week. The daily run does not come at the same minute every day, and must not miss that day by one.
const (
	again = 7*24*time.Hour - slack
	slack = 12 * time.Hour
)

// Due returns what somebody has to be told of after a run of checks, and what was told of altogether then. A problem of a connector is told once,
// and again after a week; it is forgotten when the connector is healthy again, or gone from the list. found has every saved connector, or the run alone
// where it could not begin: nothing is known of the connectors then.
func Due(found []Finding, told []connector.Notified, now time.Time) (due []Call, after []connector.Notified) {
	before := map[string][]connector.Notified{}
	for _, t := range told {
		before[t.ConnectorID] = append(before[t.ConnectorID], t)
	}
	for _, f := range found {
		known := before[f.Connector.ID]
		call, needed := need(f, now)
		switch {
		case !needed && healthy(f, now):
			continue
		case needed && !fresh(known, call, now):
			due = append(due, call)
			known = append(without(known, call), connector.Notified{ConnectorID: call.ConnectorID, Problem: call.Problem, At: now})
		}
		after = append(after, known...)
		if f.unbegun() {
			after = append(after, slices.DeleteFunc(slices.Clone(told), func(t connector.Notified) bool { return t.ConnectorID == "" })...)
		}
	}
	return due, after
}

// unbegun reports whether it is the run that was found to be wrong.
func (f Finding) unbegun() bool { return f.Connector.ID == "" && f.Problem != nil }

// fresh reports whether a call was told within the last week. What was told in the future was told by a clock that was wrong.
func fresh(told []connector.Notified, call Call, now time.Time) bool {
	return slices.ContainsFunc(told, func(t connector.Notified) bool {
		age := now.Sub(t.At)
		return t.Problem == call.Problem && age < again && age > -slack
	})
}

func without(told []connector.Notified, call Call) []connector.Notified {
	return slices.DeleteFunc(slices.Clone(told), func(t connector.Notified) bool { return t.Problem == call.Problem })
}

// healthy reports whether a connector was looked at, and nothing was found against it.
func healthy(f Finding, now time.Time) bool {
	if f.Problem != nil {
		return false
	}
	switch checks.HealthAt(f.Connector, now) {
	case connector.HealthGood, connector.HealthNew, connector.HealthKept:
		return true
	default:
		return !f.Connector.Can().Check
	}
}

// need returns what a connector needs somebody for, if it does. What passes by itself needs nobody.
func need(f Finding, now time.Time) (Call, bool) {
	c := f.Connector
	call := func(w Work, kind connector.ProblemKind) (Call, bool) {
		return Call{ConnectorID: c.ID, Problem: kind, Work: w}, true
	}
	switch {
	case f.unbegun() && lasting(f.Problem):
		return call(WorkRun, f.Problem.Kind)
	case f.unbegun(), !c.Can().Check:
		return Call{}, false
	}
	switch h := checks.HealthAt(c, now); {
	case h == connector.HealthExpired:
		return call(WorkCredential, connector.ProblemKind(h))
	case h == connector.HealthSignIn:
		return call(WorkSignIn, connector.ProblemKind(h))
	case h == connector.HealthAttention && c.CredentialEnding(now):
		return call(WorkReplace, kindEnding)
	case f.Problem != nil && lasting(f.Problem):
		return call(WorkUnchecked, f.Problem.Kind)
	case h == connector.HealthAttention:
		if kind, stays := found(c.Checks); stays {
			return call(WorkLook, kind)
		}
	case h == connector.HealthUnknown && checks.Stale(c, now):
		return call(WorkUnchecked, kindStale)
	case h == connector.HealthUnknown:
		if kind, stays := unknown(c.Checks); stays {
			return call(WorkUnchecked, kind)
		}
	}
	if c.Reminds(now) {
		return call(WorkRemind, kindRemind)
	}
	return Call{}, false
}

// lasting reports whether a problem stays until somebody acts. A locked keychain is tried again, but it is a person who unlocks it.
func lasting(p *connector.Problem) bool {
	return !p.Retry || p.Kind == connector.KindKeychainLocked
}

// found returns the kind of what checks found against a connector, and whether it stays: not if all that was found passes by itself.
func found(made []connector.Check) (kind connector.ProblemKind, stays bool) {
	passing := false
	for _, c := range made {
		heavy := c.Weight == connector.WeightAttention || c.Weight == connector.WeightNever
		if c.State != connector.CheckFailed && (c.State == connector.CheckPassed || !heavy) {
			continue
		}
		switch {
		case c.Problem == nil:
			return connector.ProblemKind(c.ID), true
		case lasting(c.Problem):
			return c.Problem.Kind, true
		}
		passing = true
	}
	return kindOther, !passing
}

// unknown returns the kind of what kept checks from being made, and whether it stays.
func unknown(made []connector.Check) (kind connector.ProblemKind, stays bool) {
	for _, c := range made {
		if c.State == connector.CheckUnknown && c.Weight != connector.WeightNone && c.Weight != connector.WeightWarning && c.Problem != nil && lasting(c.Problem) {
			return c.Problem.Kind, true
		}
	}
	return "", false
}
