package gui

import (
	"testing"

	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
)

// TestARowThatAsksLeadsToTheQuestion holds that the question a row's press raises is seen, however far down the row stands.
func TestARowThatAsksLeadsToTheQuestion(t *testing.T) {
	b := newKeyBench(t)
	b.resize(windowMinW, windowMinH)
	choosing := viewtest.State("practice-asked")
	choosing.Practice.Asked = ""
	b.show(view.Project(choosing))
	b.w.screen.Focus(b.w.screen.pool.find("scenario-later-revoked"))
	b.show(projected(t, "practice-asked"))
	if got := b.w.screen.focusedID(); got != "practice-on" {
		t.Errorf("the focus is on %q", got)
	}
	if !b.w.screen.page.inView(b.w.screen.page.order[1].object()) {
		t.Error("the question is not in view")
	}
}
