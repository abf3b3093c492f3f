package gui

import (
	"testing"

	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
	"partner-center-connector/test/golden"
)

// TestEveryState draws each state of the program alone in a new window, and once more in one window after all others, and looks at
// both: drawing is what takes the time, so that everything that can be seen in the same drawing is asked of it here.
// After a change that was meant: go test ./gui -tags ci -run EveryState -update, and look at the difference.
func TestEveryState(t *testing.T) {
	shared := newKeyBench(t)
	shared.show(view.View{Page: "nothing"})
	seen := newPairs()
	everyState(t, func(t *testing.T, name string, v view.View) {
		t.Helper()
		alone := newKeyBench(t)
		alone.resize(windowStartW, windowStartH)
		alone.show(v)
		golden.Compare(t, name+".txt", alone.outline())
		changesNothing(t, alone, v)

		shared.show(v)
		ticksForWork(t, shared, v)
		seen.add(name, shared.w.screen)
		sameAs(t, alone, shared)

		tabWalk(t, alone, v, windowStartW)
		keysFromEveryControl(alone, v)
	})
	seen.check(t)
}

// everyState runs a test for each of the states of the program.
func everyState(t *testing.T, each func(t *testing.T, name string, v view.View)) {
	t.Helper()
	for _, s := range viewtest.States() {
		t.Run(s.Name, func(t *testing.T) { each(t, s.Name, view.Project(s.State)) })
	}
}
