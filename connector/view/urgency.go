package view

import (
	"cmp"
	"slices"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
)

// urgency is how soon a connector needs somebody: by its health, then by the day on which something is due, then by its name.
type urgency struct {
	health int
	due    connector.Day
	name   string
	// at is the connector's place in the list that is saved.
	at int
}

// byHealth is the order of the healths. What another product keeps comes behind what is kept here, until somebody wants to be reminded of it; what
// can't be checked here comes last.
var byHealth = map[connector.Health]int{
	connector.HealthExpired: 0, connector.HealthSignIn: 1, connector.HealthAttention: 2, connector.HealthUnknown: 3, connector.HealthNew: 4,
	connector.HealthGood: 5, connector.HealthKept: 6,
}

// ByUrgency are the places of the connectors of a list, the most urgent one first.
func ByUrgency(list []connector.Connector, now time.Time) []int { return mostUrgent(list, nil, now) }

// mostUrgent are the places of the connectors of a list that have every word of a search, the most urgent one first.
func mostUrgent(list []connector.Connector, words []string, now time.Time) []int {
	found := make([]urgency, 0, len(list))
	for i := range list {
		if matches(&list[i], words) {
			found = append(found, urgencyOf(&list[i], i, now))
		}
	}
	slices.SortFunc(found, urgency.compare)
	places := make([]int, len(found))
	for i, u := range found {
		places[i] = u.at
	}
	return places
}

func urgencyOf(c *connector.Connector, at int, now time.Time) urgency {
	u := urgency{health: len(byHealth), name: connector.FoldName(c.Name), at: at}
	if !c.Can().Check {
		return u
	}
	if place, ok := byHealth[checks.HealthAt(*c, now)]; ok {
		u.health = place
	}
	if c.Reminds(now) {
		u.health = min(u.health, byHealth[connector.HealthAttention])
	}
	u.due = earlier(earlier(c.UseBy(), c.ReplaceBy()), c.Reminder())
	return u
}

// earlier is the earlier one of two days; one that is not known does not count.
func earlier(a, b connector.Day) connector.Day {
	if a.IsZero() || !b.IsZero() && compareDays(b, a) < 0 {
		return b
	}
	return a
}

// compare puts what is not known to be due behind what is.
func (u urgency) compare(other urgency) int {
	return cmp.Or(
		cmp.Compare(u.health, other.health),
		compareDue(u.due, other.due),
		cmp.Compare(u.name, other.name),
		cmp.Compare(u.at, other.at),
	)
}

func compareDue(a, b connector.Day) int {
	switch {
	case a.IsZero() && b.IsZero():
		return 0
	case a.IsZero():
		return 1
	case b.IsZero():
		return -1
	}
	return compareDays(a, b)
}

func compareDays(a, b connector.Day) int {
	return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Month, b.Month), cmp.Compare(a.Day, b.Day))
}
