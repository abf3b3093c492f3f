package keeper_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/keeper"
)

// TestCheckSaysThatTheClockIsWrong: how long a sign-in lasts is not to be told then. Of several connectors the cloud is asked once.
func TestCheckSaysThatTheClockIsWrong(t *testing.T) {
	for offset, want := range map[time.Duration]string{
		0: "", 5 * time.Minute: "", 3 * time.Hour: "behind by 3 h 0 min", -3 * time.Hour: "ahead by 3 h 0 min",
	} {
		synctest.Test(t, func(t *testing.T) {
			o := newOutside("A1", "B1", "C1")
			o.offset = offset
			told := func(c connector.Connector) string {
				for _, check := range c.Checks {
					if p := check.Problem; check.ID == connector.CheckLasts && p != nil && p.Kind == connector.KindClock && check.State == connector.CheckUnknown {
						if p.Args["Ahead"] != "" {
							return "ahead by " + p.Args["Ahead"]
						}
						return "behind by " + p.Args["Behind"]
					}
				}
				return ""
			}
			c, err := o.keeper().Check(context.Background(), "A1", nil)
			if got := told(c); err != nil || got != want || want != "" && c.Health != connector.HealthUnknown && c.Health != connector.HealthAttention {
				t.Errorf("%v: %q, health %v, %v", offset, got, c.Health, err)
			}
			o.clocks = 0
			o.keeper().CheckAll(context.Background(), o.rows, 2, func(c keeper.Checked) {
				if got := told(c.Connector); c.Err != nil || got != want {
					t.Errorf("%v: all, %s: %q, %v", offset, c.Connector.ID, got, c.Err)
				}
			})
			if o.clocks != 1 {
				t.Errorf("the cloud was asked %d times", o.clocks)
			}
		})
	}
}
