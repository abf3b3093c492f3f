//go:build e2e && linux

package e2e

import (
	"strings"
	"testing"
)

// TestNoCallFromAWrongThread runs the rehearsal in the build that tells of calls of Fyne from outside its thread.
func TestNoCallFromAWrongThread(t *testing.T) {
	a := newAccount(t, chromium)
	r := a.start(a.env, "", threads, "--rehearse", "--unattended", "--lang", "en", "--browser", "chromium").result(rehearsalLimit).exits(0)
	if strings.Contains(r.stderr, "Error in Fyne call thread") {
		t.Errorf("calls from a wrong thread:\n%s", r.stderr)
	}
	expectNoComplaint(t, r)
	expectNothingLeft(t, a)
}
