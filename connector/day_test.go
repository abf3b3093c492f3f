package connector

import (
	"encoding/json"
	"testing"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/test/timezone"
)

var zones = []string{"America/New_York", "UTC", "Pacific/Auckland"}

func TestDayIsTheSameInEveryTimeZone(t *testing.T) {
	for _, zone := range zones {
		timezone.In(t, zone, func() {
			d, err := ParseDay(" 2027-01-08 ")
			if err != nil || d != (Day{2027, time.January, 8}) || d.String() != "2027-01-08" {
				t.Errorf("%s: read %v, %v", zone, d, err)
			}
			text, err := json.Marshal(d)
			if err != nil || string(text) != `"2027-01-08T00:00:00Z"` {
				t.Errorf("%s: written %s, %v", zone, text, err)
			}
			if at, err := time.Parse(time.RFC3339, "2027-01-08T00:00:00Z"); err != nil || !at.Equal(d.Time()) {
				t.Errorf("%s: first instant %v", zone, d.Time())
			}
			for written, want := range map[string]string{
				`"2027-01-08"`: "2027-01-08", `"2027-01-08T00:00:00Z"`: "2027-01-08", `"2027-01-08T23:59:59.5Z"`: "2027-01-08",
				`"2027-01-08T23:00:00-05:00"`: "2027-01-09", `"2027-01-08T00:30:00+01:00"`: "2027-01-07",
				`"0001-01-01T00:00:00Z"`: "", `""`: "",
			} {
				var got Day
				if err := json.Unmarshal([]byte(written), &got); err != nil || got.String() != want {
					t.Errorf("%s: %s is read as %q, %v; want %q", zone, written, got, err, want)
				}
			}
		})
	}
}

func TestWhatIsNoDayIsRefused(t *testing.T) {
	for _, written := range []string{`"30.11.2027"`, `"2027-02-30"`, `"2027"`, `20270108`, `{}`} {
		got := Day{2027, time.January, 8}
		if err := json.Unmarshal([]byte(written), &got); err == nil {
			t.Errorf("%s is read as %q", written, got)
		}
	}
	if d, err := ParseDay("2027-02-29"); err == nil || !d.IsZero() {
		t.Errorf("29 February 2027 is read as %q", d)
	}
}

func TestDaysAreCounted(t *testing.T) {
	first := Day{2027, time.March, 27}
	for text, want := range map[string]int{"2027-03-27": 0, "2027-03-28": 1, "2027-03-29": 2, "2027-03-26": -1, "2028-03-27": 366, "2027-02-25": -30} {
		d, err := ParseDay(text)
		if err != nil || d.Since(first) != want || d.Before(first) != (want < 0) {
			t.Errorf("%s is %d days later, before: %v; want %d", text, d.Since(first), d.Before(first), want)
		}
	}
}

func TestAnUnknownDayIsLeftOut(t *testing.T) {
	type row struct {
		Ends Day `json:"ends,omitzero"`
	}
	text, err := json.Marshal(row{})
	if err != nil || string(text) != "{}" {
		t.Errorf("%s, %v", text, err)
	}
	if d := DayOf(time.Time{}); !d.IsZero() || d.String() != "" || !d.Time().IsZero() {
		t.Errorf("the day of no time is %q", d)
	}
}

// TestTheDayBeforeIsNeverLate looks at the end of the day, by the clock of the reader.
func TestTheDayBeforeIsNeverLate(t *testing.T) {
	for written, want := range map[string]string{
		"2027-04-01T23:30:00Z": "2027-03-31",
		"2027-04-01T12:00:00Z": "2027-03-31",
		"2027-04-01T11:59:59Z": "2027-03-30",
		"2027-04-01T00:00:00Z": "2027-03-30",
		"2027-01-01T00:30:00Z": "2026-12-30",
	} {
		at, err := time.Parse(time.RFC3339, written)
		if err != nil {
			t.Fatal(err)
		}
		for _, zone := range append(zones, "Etc/GMT+12", "Pacific/Kiritimati") {
			timezone.In(t, zone, func() {
				day := DayBefore(at.Local())
				if day.String() != want {
					t.Errorf("%s: the day before %s is %s, want %s", zone, written, day, want)
				}
				if over := time.Date(day.Year, day.Month, day.Day+1, 0, 0, 0, 0, time.Local); over.After(at) {
					t.Errorf("%s: %s ends at %v, after %s", zone, day, over.UTC(), written)
				}
			})
		}
	}
	if !DayBefore(time.Time{}).IsZero() {
		t.Error("there is no day before an unknown time")
	}
}

func TestWhatIsDueByWhichDay(t *testing.T) {
	c := Connector{ClientKind: auth.SecretClient, Refreshed: time.Date(2027, time.January, 1, 23, 30, 0, 0, time.UTC), SecretExpires: Day{2027, time.March, 2}}
	if c.UseBy().String() != "2027-03-31" || c.ReplaceBy().String() != "2027-02-28" {
		t.Errorf("use by %s, replace by %s", c.UseBy(), c.ReplaceBy())
	}
	c.ClientKind = auth.PublicClient
	if !c.ReplaceBy().IsZero() || !(Connector{}).UseBy().IsZero() {
		t.Errorf("replace by %s, use by %s", c.ReplaceBy(), Connector{}.UseBy())
	}
}
