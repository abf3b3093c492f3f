package notice

import (
	"reflect"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// morning is when the run of day n comes: not at the same minute every day.
func morning(n int) time.Time {
	return time.Date(2026, time.November, 1+n, 9, (n*37)%60, 0, 0, time.UTC)
}

// good is a connector that was checked, and is healthy, on a day.
func good(id string, day int) connector.Connector {
	at := morning(day)
	return connector.Connector{
		ID: id, Name: "Contoso", ClientKind: auth.SecretClient, Health: connector.HealthGood, Saved: at, Consented: at, Refreshed: at, Checked: at,
	}
}

func checked(id string, day int, change func(*connector.Connector)) Finding {
	c := good(id, day)
	change(&c)
	return Finding{Connector: c}
}

func unchecked(id string, day int, kind connector.ProblemKind, retry bool) Finding {
	return Finding{Connector: good(id, day), Problem: &connector.Problem{Kind: kind, Retry: retry}}
}

func withCheck(state connector.CheckState, weight connector.Weight, problem *connector.Problem) func(*connector.Connector) {
	return func(c *connector.Connector) {
		c.Health = connector.HealthAttention
		c.Checks = []connector.Check{{ID: connector.CheckMFA, State: state, Weight: weight, Problem: problem}}
	}
}

// TestNeed holds what somebody is called for, and what passes by itself.
func TestNeed(t *testing.T) {
	t.Parallel()
	no := Call{}
	for name, c := range map[string]struct {
		found Finding
		want  Call
	}{
		"healthy": {Finding{Connector: good("c", 40)}, no},
		"new":     {checked("c", 40, func(c *connector.Connector) { c.Health = connector.HealthNew }), no},
		"sign-in": {checked("c", 40, func(c *connector.Connector) { c.Health = connector.HealthSignIn }), Call{"c", "sign-in", WorkSignIn}},
		"unused for 90 days": {
			checked("c", 40, func(c *connector.Connector) { c.Refreshed = morning(40).Add(-90 * 24 * time.Hour) }), Call{"c", "sign-in", WorkSignIn},
		},
		"secret refused": {checked("c", 40, func(c *connector.Connector) { c.Health = connector.HealthExpired }), Call{"c", "expired", WorkCredential}},
		"secret ended yesterday": {
			checked("c", 40, func(c *connector.Connector) { c.SecretExpires = connector.DayOf(morning(39)) }), Call{"c", "expired", WorkCredential},
		},
		"secret ends in 7 days": {
			checked("c", 40, func(c *connector.Connector) { c.SecretExpires = connector.DayOf(morning(47)) }), Call{"c", "credential-ending", WorkReplace},
		},
		"secret ends in 8 days": {checked("c", 40, func(c *connector.Connector) { c.SecretExpires = connector.DayOf(morning(48)) }), no},
		"no MFA": {
			checked("c", 40, withCheck(connector.CheckFailed, connector.WeightNever, &connector.Problem{Kind: connector.KindNoMFA})),
			Call{"c", connector.KindNoMFA, WorkLook},
		},
		"failed for no known problem": {
			checked("c", 40, withCheck(connector.CheckFailed, connector.WeightAttention, nil)), Call{"c", "mfa", WorkLook},
		},
		"attention, its checks not read": {checked("c", 40, func(c *connector.Connector) { c.Health = connector.HealthAttention }), Call{"c", "attention", WorkLook}},
		"not found out, passes": {
			checked("c", 40, withCheck(connector.CheckUnknown, connector.WeightAttention, &connector.Problem{Kind: connector.KindTransient, Retry: true})), no,
		},
		"not found out, stays": {
			checked("c", 40, withCheck(connector.CheckUnknown, connector.WeightAttention, &connector.Problem{Kind: connector.KindTLS})),
			Call{"c", connector.KindTLS, WorkLook},
		},
		"refresh not tried, stays": {
			checked("c", 40, func(c *connector.Connector) {
				c.Health = connector.HealthUnknown
				c.Checks = []connector.Check{
					{State: connector.CheckUnknown, Weight: connector.WeightWarning, Problem: &connector.Problem{Kind: connector.KindDNS}},
					{State: connector.CheckUnknown, Weight: connector.WeightNever, Problem: &connector.Problem{Kind: connector.KindProxyAuth}},
				}
			}),
			Call{"c", connector.KindProxyAuth, WorkUnchecked},
		},
		"no network":        {unchecked("c", 39, connector.KindNoNetwork, true), no},
		"keychain locked":   {unchecked("c", 39, connector.KindKeychainLocked, true), Call{"c", connector.KindKeychainLocked, WorkUnchecked}},
		"keychain missing":  {unchecked("c", 39, connector.KindKeychainMissing, false), Call{"c", connector.KindKeychainMissing, WorkUnchecked}},
		"29 days unchecked": {unchecked("c", 11, connector.KindNoNetwork, true), no},
		"31 days unchecked": {unchecked("c", 9, connector.KindNoNetwork, true), Call{"c", "not-checked", WorkUnchecked}},
		"a problem beside an old refusal": {
			Finding{
				Connector: connector.Connector{ID: "c", Health: connector.HealthSignIn}, Problem: &connector.Problem{Kind: connector.KindTransient, Retry: true},
			},
			Call{"c", "sign-in", WorkSignIn},
		},
		"no run, stays":      {Finding{Problem: &connector.Problem{Kind: connector.KindCloudsFile}}, Call{"", connector.KindCloudsFile, WorkRun}},
		"no run, passes":     {Finding{Problem: &connector.Problem{Kind: connector.KindBusy, Retry: true}}, no},
		"of another version": {Finding{Connector: connector.Connector{ID: "c", Origin: "orbit", Health: connector.HealthSignIn}}, no},
		"a reminder": {
			Finding{Connector: connector.Connector{
				ID: "c", Origin: connector.OriginLink, Health: connector.HealthKept, Links: &connector.Links{Remind: connector.DayOf(morning(40))},
			}},
			Call{"c", "reminder", WorkRemind},
		},
	} {
		got, needed := need(c.found, morning(40))
		if got != c.want || needed != (c.want != no) {
			t.Errorf("%s: %v, %+v", name, needed, got)
		}
	}
}

// TestAProblemIsToldOnceAndAfterAWeek goes through days on which the run comes at different minutes.
func TestAProblemIsToldOnceAndAfterAWeek(t *testing.T) {
	t.Parallel()
	signIn := func(id string, day int) Finding {
		return checked(id, day, func(c *connector.Connector) { c.Health = connector.HealthSignIn })
	}
	days := map[int][]Finding{
		0:  {signIn("a", 0), {Connector: good("b", 0)}},
		1:  {signIn("a", 1), {Connector: good("b", 1)}},
		2:  {signIn("a", 2), unchecked("b", 1, connector.KindKeychainMissing, false)},
		6:  {signIn("a", 6), signIn("b", 6)},
		7:  {signIn("a", 7), signIn("b", 7)},
		8:  {{Connector: good("a", 8)}, signIn("b", 8)},
		9:  {signIn("a", 9), unchecked("b", 8, connector.KindKeychainMissing, false)},
		10: {unchecked("a", 9, connector.KindNoNetwork, true), {Connector: good("b", 10)}},
		11: {signIn("a", 11), unchecked("b", 10, connector.KindKeychainMissing, false)},
		12: {signIn("b", 12)},
		13: {signIn("a", 13), signIn("b", 13)},
	}
	want := map[int][]Call{
		0:  {{"a", "sign-in", WorkSignIn}},
		2:  {{"b", connector.KindKeychainMissing, WorkUnchecked}},
		6:  {{"b", "sign-in", WorkSignIn}},                                                      // another problem
		7:  {{"a", "sign-in", WorkSignIn}},                                                      // a week later
		9:  {{"a", "sign-in", WorkSignIn}, {"b", connector.KindKeychainMissing, WorkUnchecked}}, // healthy in between; a week later
		11: {{"b", connector.KindKeychainMissing, WorkUnchecked}},                               // no network is no health
		12: {{"b", "sign-in", WorkSignIn}},
		13: {{"a", "sign-in", WorkSignIn}}, // it was gone from the list
	}
	var told []connector.Notified
	for day := range 14 {
		found, ran := days[day]
		if !ran {
			continue
		}
		var due []Call
		due, told = Due(found, told, morning(day))
		if !reflect.DeepEqual(due, want[day]) {
			t.Errorf("day %d: %+v, want %+v", day, due, want[day])
		}
		if again, after := Due(found, told, morning(day).Add(2*time.Hour)); len(again) > 0 || !reflect.DeepEqual(after, told) {
			t.Errorf("day %d, a second time: %+v", day, again)
		}
	}
}

// TestAClockThatWasWrong checks that what was told in the future does not keep anybody silent for years.
func TestAClockThatWasWrong(t *testing.T) {
	t.Parallel()
	found := []Finding{checked("a", 0, func(c *connector.Connector) { c.Health = connector.HealthSignIn })}
	for hours, times := range map[int]int{0: 0, 11: 0, 13: 1, 24 * 365: 1, -24 * 6: 0, -24*7 + 11: 1} {
		told := []connector.Notified{{ConnectorID: "a", Problem: "sign-in", At: morning(0).Add(time.Duration(hours) * time.Hour)}}
		due, after := Due(found, told, morning(0))
		if len(due) != times || len(after) != 1 {
			t.Errorf("told %d hours ahead: %d, kept %v", hours, len(due), after)
		}
	}
}

// TestARunThatCouldNotBeginForgetsNothing: of the connectors nothing is known then, and what was told of them is not told again the day after.
func TestARunThatCouldNotBeginForgetsNothing(t *testing.T) {
	t.Parallel()
	signIn := func(day int) []Finding {
		return []Finding{checked("a", day, func(c *connector.Connector) { c.Health = connector.HealthSignIn })}
	}
	unbegun := []Finding{{Problem: &connector.Problem{Kind: connector.KindCloudsFile}}}
	told := []connector.Notified{}
	for day, run := range []struct {
		found []Finding
		want  []Call
	}{
		{signIn(0), []Call{{"a", "sign-in", WorkSignIn}}},
		{unbegun, []Call{{"", connector.KindCloudsFile, WorkRun}}},
		{unbegun, nil},
		{signIn(3), nil},
		{unbegun, []Call{{"", connector.KindCloudsFile, WorkRun}}},
	} {
		var due []Call
		if due, told = Due(run.found, told, morning(day)); !reflect.DeepEqual(due, run.want) {
			t.Errorf("day %d: %+v", day, due)
		}
	}
}
