package checks

import (
	"testing"

	"partner-center-connector/connector"
)

// TestWhatIsTooEarlyStandsAgainstNothing holds apart what was not tried yet and what could not be checked.
func TestWhatIsTooEarlyStandsAgainstNothing(t *testing.T) {
	lasts := connector.Check{ID: connector.CheckLasts, State: connector.CheckUnknown}
	with := func(change func(*connector.Check)) connector.Check {
		c := lasts
		change(&c)
		return c
	}
	for name, c := range map[string]struct {
		check connector.Check
		want  bool
	}{
		"too early":          {with(func(c *connector.Check) { c.Evidence = []connector.Fact{{Key: FactLastsNew}} }), true},
		"of an older list":   {lasts, true},
		"stopped":            {with(func(c *connector.Check) { c.Evidence = []connector.Fact{{Key: "stopped"}} }), false},
		"no new token":       {with(func(c *connector.Check) { c.Evidence = []connector.Fact{{Key: "refresh-cached"}} }), false},
		"no network":         {with(func(c *connector.Check) { c.Problem = &connector.Problem{Kind: connector.KindNoNetwork} }), false},
		"a wrong clock":      {with(func(c *connector.Check) { c.Weight = connector.WeightAttention }), false},
		"passed":             {with(func(c *connector.Check) { c.State = connector.CheckPassed }), false},
		"another check":      {with(func(c *connector.Check) { c.ID = connector.CheckMFA }), false},
		"it has not run yet": {with(func(c *connector.Check) { c.State = connector.CheckPending }), false},
	} {
		if got := TooEarly(c.check); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
