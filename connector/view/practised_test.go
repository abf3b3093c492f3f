package view_test

import (
	"testing"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
	"partner-center-connector/connector/wizard"
)

// TestARehearsalLeadsToItsProduct holds that the page of the practice product can be opened wherever something is to be done there, in a rehearsal
// and for that product alone.
func TestARehearsalLeadsToItsProduct(t *testing.T) {
	const page = "http://127.0.0.1:4711/"
	leads := func(s wizard.State) bool {
		for _, b := range view.Project(s).Blocks {
			actions, ok := b.(view.Actions)
			if ok && len(actions.Buttons) == 1 && actions.Buttons[0].ID == "open-product" && actions.Buttons[0].URL == page {
				return true
			}
		}
		return false
	}
	for _, name := range []string{"links-empty", "link-admin-missing", "link-user-missing", "link-finish-done"} {
		s := viewtest.State(name)
		if leads(s) {
			t.Errorf("%s: it leads there without a rehearsal", name)
		}
		s.Rehearsal = &connector.Rehearsal{Scenario: "good", Product: s.Wizard.Draft.Links.Product, ProductPage: page}
		if !leads(s) {
			t.Errorf("%s: it does not lead there", name)
		}
		s.Rehearsal.Product = "another"
		if leads(s) {
			t.Errorf("%s: it leads to another product", name)
		}
	}
}
