package connector

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Day is a civil date, the same in every time zone. Its zero value is "not known". Days can be compared by ==.
type Day struct {
	Year  int
	Month time.Month
	Day   int
}

// DayOf returns the date of an instant in UTC, whatever the time zone of the computer; the zero Day for the zero time.
func DayOf(at time.Time) Day {
	if at.IsZero() {
		return Day{}
	}
	year, month, day := at.UTC().Date()
	return Day{year, month, day}
}

var errNoDay = errors.New("no day on which anything ends")

// ParseDay reads a date as people type it (YYYY-MM-DD). Its error says that it is none.
func ParseDay(text string) (Day, error) {
	at, err := time.Parse(time.DateOnly, strings.TrimSpace(text))
	if err == nil && at.IsZero() {
		err = errNoDay
	}
	return DayOf(at), err
}

// IsZero reports whether the day is not known.
func (d Day) IsZero() bool { return d == Day{} }

// String writes the day as YYYY-MM-DD; it is empty where it is not known.
func (d Day) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// Time is the day's first instant in UTC; the zero time where the day is not known.
func (d Day) Time() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

// Since counts the days from another day to this one; it is negative where that one is later. Both must be known.
func (d Day) Since(other Day) int { return int(d.Time().Sub(other.Time()) / (24 * time.Hour)) }

// Before reports whether the day comes before another one. Both must be known.
func (d Day) Before(other Day) bool { return d.Since(other) < 0 }

// MarshalJSON writes the day's first instant in UTC (RFC 3339). A bare date would be taken for damage by versions that keep instants, and
// by scripts that read them.
func (d Day) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte(`""`), nil
	}
	return json.Marshal(d.Time().Format(time.RFC3339))
}

// UnmarshalJSON reads a date (YYYY-MM-DD), or an instant (RFC 3339), of which the date in UTC counts. Empty is not known.
func (d *Day) UnmarshalJSON(text []byte) error {
	var written string
	if err := json.Unmarshal(text, &written); err != nil {
		return err
	}
	if written == "" {
		*d = Day{}
		return nil
	}
	if day, err := ParseDay(written); err == nil {
		*d = day
		return nil
	}
	at, err := time.Parse(time.RFC3339, written)
	*d = DayOf(at.UTC())
	return err
}
