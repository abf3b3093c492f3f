//go:build e2e && linux

package e2e

import (
	"testing"
	"time"
)

// patience is how long anything may take that a person would wait for. The machine may be slow, and busy.
const patience = 90 * time.Second

// until waits for a condition, as long as patience lasts.
func until(tb testing.TB, what string, fits func() bool) {
	tb.Helper()
	within(tb, patience, what, fits)
}

func within(tb testing.TB, limit time.Duration, what string, fits func() bool) {
	tb.Helper()
	if !comes(limit, fits) {
		tb.Fatalf("not within %v: %s", limit, what)
	}
}

// comes reports whether a condition comes true in time.
func comes(limit time.Duration, fits func() bool) bool {
	deadline := time.NewTimer(limit)
	defer deadline.Stop()
	tick := time.NewTicker(25 * time.Millisecond)
	defer tick.Stop()
	for {
		if fits() {
			return true
		}
		select {
		case <-tick.C:
		case <-deadline.C:
			return fits()
		}
	}
}
