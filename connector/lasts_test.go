package connector

import (
	"testing"
	"time"
)

func TestFromWhenASignInCanBeChecked(t *testing.T) {
	at := func(hour, minute, second int) time.Time {
		return time.Date(2026, 11, 23, hour, minute, second, 0, time.UTC)
	}
	for name, c := range map[string]struct {
		connector Connector
		want      time.Time
	}{
		"on the minute":        {Connector{Health: HealthNew, Consented: at(13, 50, 0), Checked: at(13, 50, 9)}, at(13, 56, 0)},
		"a second later":       {Connector{Health: HealthNew, Consented: at(13, 50, 1), Checked: at(13, 50, 9)}, at(13, 57, 0)},
		"over the hour":        {Connector{Health: HealthAttention, Consented: at(13, 59, 30), Checked: at(13, 59, 40)}, at(14, 6, 0)},
		"checked just before":  {Connector{Health: HealthNew, Consented: at(13, 50, 0), Checked: at(13, 55, 59)}, at(13, 56, 0)},
		"checked in time":      {Connector{Health: HealthNew, Consented: at(13, 50, 0), Checked: at(13, 56, 0)}, time.Time{}},
		"never checked":        {Connector{Health: HealthNew, Consented: at(13, 50, 0)}, at(13, 56, 0)},
		"healthy":              {Connector{Health: HealthGood, Consented: at(13, 50, 0)}, time.Time{}},
		"refused":              {Connector{Health: HealthSignIn, Consented: at(13, 50, 0)}, time.Time{}},
		"expired":              {Connector{Health: HealthExpired, Consented: at(13, 50, 0)}, time.Time{}},
		"of another product":   {Connector{Health: HealthNew, Consented: at(13, 50, 0), Origin: OriginLink}, time.Time{}},
		"in a key vault":       {Connector{Health: HealthNew, Consented: at(13, 50, 0), Origin: OriginVault}, time.Time{}},
		"the sign-in is older": {Connector{Health: HealthNew}, time.Time{}},
	} {
		if got := c.connector.CheckFrom(); !got.Equal(c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
