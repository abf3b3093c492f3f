package problems

import (
	"maps"
	"testing"
	"time"

	"partner-center-connector/connector"
)

// TestOfClock holds the limit that Entra has, and that the problem names offset and direction.
func TestOfClock(t *testing.T) {
	for _, test := range []struct {
		offset time.Duration
		want   map[string]string
	}{
		{0, nil},
		{5 * time.Minute, nil},
		{-5 * time.Minute, nil},
		{5*time.Minute + time.Second, map[string]string{"Behind": "5 min"}},
		{-5*time.Minute - time.Second, map[string]string{"Ahead": "5 min"}},
		{59*time.Minute + 40*time.Second, map[string]string{"Behind": "1 h 0 min"}},
		{3 * time.Hour, map[string]string{"Behind": "3 h 0 min"}},
		{-3*time.Hour - 7*time.Minute, map[string]string{"Ahead": "3 h 7 min"}},
		{-24 * time.Hour, map[string]string{"Ahead": "1 d 0 h"}},
		{400*24*time.Hour + 90*time.Minute, map[string]string{"Behind": "400 d 1 h"}},
	} {
		p := OfClock(test.offset, testNow)
		switch {
		case test.want == nil && p != nil:
			t.Errorf("%v: %+v", test.offset, p)
		case test.want == nil:
		case p == nil:
			t.Errorf("%v: no problem", test.offset)
		case p.Kind != connector.KindClock || p.Actor != connector.ActorYou || p.Step != connector.StepBefore || !p.At.Equal(testNow) || !maps.Equal(p.Args, test.want):
			t.Errorf("%v: %+v", test.offset, p)
		}
	}
}
