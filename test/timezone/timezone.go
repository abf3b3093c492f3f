// Package timezone runs tests on a computer in a time zone.
package timezone

import (
	"testing"
	"time"
)

// In runs f where the local time is that of a zone of the IANA database ("Europe/Berlin"). It is for tests without goroutines: they would
// see the zone change under them.
func In(tb testing.TB, name string, f func()) {
	tb.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		tb.Fatal(err)
	}
	before := time.Local
	time.Local = zone
	defer func() { time.Local = before }()
	f()
}
