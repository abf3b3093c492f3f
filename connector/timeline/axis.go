package timeline

import (
	"time"
)

// Form is how a span looks, beside its color.
type Form string

// The forms. A point is a moment, a bar is what happened again and again, a gap is a time in which nothing was checked, a life is how long something
// lasts that ends.
const (
	Point Form = "point"
	Bar   Form = "bar"
	Gap   Form = "gap"
	Life  Form = "life"
)

// Tone is what a lane means for the connector. It gives the color, and is never the only thing that tells lanes apart.
type Tone string

// The tones.
const (
	Neutral Tone = "neutral"
	Good    Tone = "good"
	Warning Tone = "warning"
	Bad     Tone = "bad"
)

// Span is a part of a lane.
type Span struct {
	From, To time.Time
	// Before says that it began before the axis does; Beyond that it ends behind its end.
	Before, Beyond bool
}

// Lane is a row of the picture.
type Lane struct {
	ID    string
	Form  Form
	Tone  Tone
	Spans []Span
	// Count is how often it happened, and Last when it did last; of a Life, when it ends. Both count what is older than the axis too.
	Count int
	Last  time.Time
}

// Tick is a mark of the axis.
type Tick struct {
	At time.Time
	// Label is the month, or on a short axis the day, as numbers that every language reads.
	Label string
}

// Axis is the picture of a connector. Its zero value shows nothing.
type Axis struct {
	From, Now, To time.Time
	Ticks         []Tick
	Lanes         []Lane
}

// Empty reports whether there is nothing to show.
func (a Axis) Empty() bool { return len(a.Lanes) == 0 }

// Share is where on the axis an instant is, from 0 to 1.
func (a Axis) Share(at time.Time) float64 {
	whole := a.To.Sub(a.From)
	if whole <= 0 {
		return 0
	}
	return min(1, max(0, float64(at.Sub(a.From))/float64(whole)))
}

const day = 24 * time.Hour

// monthsFrom is how long an axis is whose ticks are months.
const monthsFrom = 75 * day

// mostMonths is how many months an axis has a mark for at most.
const mostMonths = 6

// ticksOf are the marks of an axis, at local midnights: weeks on a short one, and else months, always as many apart.
func ticksOf(from, to time.Time) []Tick {
	local := from.Local()
	year, month, date := local.Date()
	at, months, days, form := time.Date(year, month, date, 0, 0, 0, 0, time.Local), 0, 7, time.DateOnly
	if to.Sub(from) > monthsFrom {
		months, days, form = monthsApart(to.Sub(from)), 0, "2006-01"
		at = time.Date(year, month-(month-1)%time.Month(months), 1, 0, 0, 0, 0, time.Local)
	}
	ticks := []Tick{}
	for ; at.Before(to); at = at.AddDate(0, months, days) {
		if !at.Before(from) {
			ticks = append(ticks, Tick{At: at, Label: at.Format(form)})
		}
	}
	return ticks
}

// monthsApart is how many months lie between two marks of an axis that is so long: a part of a year, so that the same months have them every year.
func monthsApart(long time.Duration) int {
	for _, months := range []int{1, 2, 3, 6} {
		if long <= time.Duration(months*mostMonths)*31*day {
			return months
		}
	}
	return 12
}
