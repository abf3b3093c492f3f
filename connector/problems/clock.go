package problems

import (
	"fmt"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// ClockLimit is how far this computer's clock may be off: Entra accepts five minutes of difference in what it checks, and
// what it issues would seem to be expired, or not valid yet.
const ClockLimit = 5 * time.Minute

// OfClock is the problem, of the time now, of a computer whose clock the service's is ahead of by offset; nil within ClockLimit.
func OfClock(offset time.Duration, now time.Time) *connector.Problem {
	if offset.Abs() <= ClockLimit {
		return nil
	}
	p := New(connector.KindClock, auth.StageDiscovery).Dated(now)
	if offset > 0 {
		return p.With("Behind", units(offset))
	}
	return p.With("Ahead", units(-offset))
}

// units tells how long something is by the two units that fit it, by their signs, which every language has.
func units(d time.Duration) string {
	const day = 24 * time.Hour
	d = d.Round(time.Minute)
	switch hours, minutes := int(d.Hours()), int(d.Minutes()); {
	case d >= day:
		return fmt.Sprintf("%d d %d h", int(d/day), hours%24)
	case hours > 0:
		return fmt.Sprintf("%d h %d min", hours, minutes%60)
	default:
		return fmt.Sprintf("%d min", minutes)
	}
}
