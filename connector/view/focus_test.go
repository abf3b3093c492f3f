package view_test

import (
	"testing"

	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
	"partner-center-connector/connector/wizard"
)

// TestNothingThatEndsGetsTheFocusByItself holds that whoever presses Enter on arrival stops, discards, leaves and removes nothing.
func TestNothingThatEndsGetsTheFocusByItself(t *testing.T) {
	for _, n := range viewtest.States() {
		v := view.Project(n.State)
		for _, b := range buttons(v) {
			if b.ID != v.Focus || onlyBack(v) {
				continue
			}
			switch b.Event.(type) {
			case wizard.StopWait, wizard.StopCheckAll, wizard.StopLookInKeyVault, wizard.Discard, wizard.LeaveWizard, wizard.Remove, wizard.GoHome:
				t.Errorf("%s: the focus is on %s, which sends %T", n.Name, b.ID, b.Event)
			}
			if b.Danger {
				t.Errorf("%s: the focus is on %s, which is dangerous", n.Name, b.ID)
			}
		}
	}
}

// TestTheFocusWaitsBesideBack has the page's own buttons disabled while something loads: until then the focus is on what does no harm.
func TestTheFocusWaitsBesideBack(t *testing.T) {
	renewal := viewtest.State("user-renewal")
	renewal.Wizard.Ready = wizard.Readiness{Work: wizard.Work{Attempt: 1, Running: true}}
	if got := view.Project(renewal).Focus; got != "user-upn" {
		t.Errorf("while the computer is being checked the focus is on %q", got)
	}
	if got := view.Project(viewtest.State("user-renewal")).Focus; got != "start-private" {
		t.Errorf("then it is on %q", got)
	}
	for _, n := range viewtest.States() {
		if v := view.Project(n.State); v.Focus == "back" && !onlyBack(v) {
			t.Errorf("%s: the focus is on Back", n.Name)
		}
	}
}

// TestTheFocusIsOnWhatMendsARefusal holds that whoever page 7 sends back to an earlier page finds the focus on what has to be done there.
func TestTheFocusIsOnWhatMendsARefusal(t *testing.T) {
	for name, want := range map[string]string{
		"account-guest-found": "change-upn",
		"user-not-accepted":   "start-private",
		"user-signed-in":      "main",
	} {
		if got := view.Project(viewtest.State(name)).Focus; got != want {
			t.Errorf("%s: the focus is on %q, and not on %q", name, got, want)
		}
	}
}

// onlyBack reports whether there is nothing on a screen that can be used but Back.
func onlyBack(v view.View) bool {
	for _, c := range v.Controls() {
		if c.ID != "back" && !c.Disabled && !c.Folded {
			return false
		}
	}
	return true
}
