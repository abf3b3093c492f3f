package connector_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"partner-center-connector/connector"
)

// hour is a time of the history's test, in hours since it began.
func hour(n int) time.Time {
	return time.Date(2027, time.January, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(n) * time.Hour)
}

func checkedAt(h int, health connector.Health, scheduled bool) connector.Past {
	return connector.Past{What: connector.HappenedCheck, Health: health, Scheduled: scheduled, From: hour(h)}
}

// TestTheSameAgainIsOneEntry holds what goes on with the last entry, and what begins another one.
func TestTheSameAgainIsOneEntry(t *testing.T) {
	unchecked := func(h int, kind connector.ProblemKind) connector.Past {
		return connector.Past{What: connector.HappenedUnchecked, Problem: kind, From: hour(h)}
	}
	for name, tt := range map[string]struct {
		past []connector.Past
		want []connector.Past
	}{
		"one": {
			[]connector.Past{checkedAt(0, "good", true)},
			[]connector.Past{{What: "check", Health: "good", Scheduled: true, From: hour(0), To: hour(0), Count: 1}},
		},
		"three days": {
			[]connector.Past{checkedAt(0, "good", true), checkedAt(24, "good", true), checkedAt(49, "good", true)},
			[]connector.Past{{What: "check", Health: "good", Scheduled: true, From: hour(0), To: hour(49), Count: 3}},
		},
		"another health": {
			[]connector.Past{checkedAt(0, "good", true), checkedAt(24, "attention", true)},
			[]connector.Past{
				{What: "check", Health: "good", Scheduled: true, From: hour(0), To: hour(0), Count: 1},
				{What: "check", Health: "attention", Scheduled: true, From: hour(24), To: hour(24), Count: 1},
			},
		},
		"by a person": {
			[]connector.Past{checkedAt(0, "good", true), checkedAt(1, "good", false)},
			[]connector.Past{
				{What: "check", Health: "good", Scheduled: true, From: hour(0), To: hour(0), Count: 1},
				{What: "check", Health: "good", From: hour(1), To: hour(1), Count: 1},
			},
		},
		"72 hours": {
			[]connector.Past{checkedAt(0, "good", false), checkedAt(72, "good", false)},
			[]connector.Past{{What: "check", Health: "good", From: hour(0), To: hour(72), Count: 2}},
		},
		"a gap": {
			[]connector.Past{checkedAt(0, "good", false), checkedAt(73, "good", false)},
			[]connector.Past{
				{What: "check", Health: "good", From: hour(0), To: hour(0), Count: 1},
				{What: "check", Health: "good", From: hour(73), To: hour(73), Count: 1},
			},
		},
		"the clock was set back": {
			[]connector.Past{checkedAt(9, "good", false), checkedAt(8, "good", false)},
			[]connector.Past{
				{What: "check", Health: "good", From: hour(9), To: hour(9), Count: 1},
				{What: "check", Health: "good", From: hour(8), To: hour(8), Count: 1},
			},
		},
		"unchecked": {
			[]connector.Past{unchecked(0, "keychain-locked"), unchecked(24, "keychain-locked"), unchecked(48, "network")},
			[]connector.Past{
				{What: "unchecked", Problem: "keychain-locked", From: hour(0), To: hour(24), Count: 2},
				{What: "unchecked", Problem: "network", From: hour(48), To: hour(48), Count: 1},
			},
		},
		"two sign-ins are two": {
			[]connector.Past{{What: connector.HappenedConsent, From: hour(0)}, {What: connector.HappenedConsent, From: hour(1)}},
			[]connector.Past{{What: "consent", From: hour(0), To: hour(0), Count: 1}, {What: "consent", From: hour(1), To: hour(1), Count: 1}},
		},
		"a range": {
			[]connector.Past{checkedAt(0, "good", false), {What: connector.HappenedCheck, Health: "good", From: hour(2), To: hour(50), Count: 3}},
			[]connector.Past{{What: "check", Health: "good", From: hour(0), To: hour(50), Count: 4}},
		},
	} {
		c := connector.Connector{}
		for _, p := range tt.past {
			c = c.WithPast(p)
		}
		if !reflect.DeepEqual(c.History, tt.want) {
			t.Errorf("%s: %+v", name, c.History)
		}
	}
}

// TestTheHistoryIsBounded checks that the oldest entries go, and that a history which somebody holds is not changed.
func TestTheHistoryIsBounded(t *testing.T) {
	c := connector.Connector{}
	for n := range 250 {
		c = c.WithPast(checkedAt(n*100, "good", false))
	}
	if len(c.History) != 100 || !c.History[0].From.Equal(hour(15000)) || !c.History[99].To.Equal(hour(24900)) {
		t.Errorf("%d entries from %v", len(c.History), c.History[0].From)
	}
	before := c.History[99]
	if longer := c.WithPast(checkedAt(24901, "good", false)); longer.History[99].Count != 2 || c.History[99] != before {
		t.Errorf("%+v, before %+v", longer.History[99], c.History[99])
	}
}

// TestTheHistoryHasNoRoomForMore holds which fields an entry has: none of them is free text.
func TestTheHistoryHasNoRoomForMore(t *testing.T) {
	fields := []string{}
	for f := range reflect.TypeFor[connector.Past]().Fields() {
		fields = append(fields, f.Name+" "+f.Type.String())
	}
	want := "What connector.Happening; Health connector.Health; Problem connector.ProblemKind; Scheduled bool; From time.Time; To time.Time; Count int"
	if got := strings.Join(fields, "; "); got != want {
		t.Errorf("%s", got)
	}
}

// TestAYearOfChecksFits: a check by the schedule and one by hand each day, whose outcome changes now and then. Everything is still counted, and who
// had the last checks made is told apart.
func TestAYearOfChecksFits(t *testing.T) {
	c := connector.Connector{}.WithPast(connector.Past{What: connector.HappenedConsent, From: hour(0)})
	for day := range 365 {
		health := connector.HealthGood
		if day%50 == 49 {
			health = connector.HealthAttention
		}
		c = c.WithPast(checkedAt(24*day+10, health, true)).WithPast(checkedAt(24*day+15, health, false))
	}
	count := map[connector.Health]int{}
	for _, p := range c.History {
		count[p.Health] += p.Count
	}
	if want := map[connector.Health]int{"": 1, "good": 716, "attention": 14}; len(c.History) > 100 || !reflect.DeepEqual(count, want) {
		t.Fatalf("%d entries: %v", len(c.History), count)
	}
	for i, want := range map[int]connector.Past{
		0:                  {What: "consent", From: hour(0), To: hour(0), Count: 1},
		1:                  {What: "check", Health: "good", From: hour(10), To: hour(48*24 + 15), Count: 98},
		2:                  {What: "check", Health: "attention", From: hour(49*24 + 10), To: hour(49*24 + 15), Count: 2},
		len(c.History) - 2: {What: "check", Health: "good", Scheduled: true, From: hour(364*24 + 10), To: hour(364*24 + 10), Count: 1},
		len(c.History) - 1: {What: "check", Health: "good", From: hour(364*24 + 15), To: hour(364*24 + 15), Count: 1},
	} {
		if got := c.History[i]; got != want {
			t.Errorf("%d: %+v", i, got)
		}
	}
	if c.CheckedBySchedule() || !c.WithPast(checkedAt(365*24+10, "good", true)).CheckedBySchedule() {
		t.Error("who had the last checks made")
	}
}
