package view_test

import (
	"fmt"
	"strings"
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

// TestTheCountsOfScenariosFollowTheSearch: a place without any is left out, unless it is the one that was chosen.
func TestTheCountsOfScenariosFollowTheSearch(t *testing.T) {
	for _, test := range []struct {
		search, place, want string
	}{
		{"", wizard.AllPlaces, "all 7, none 1, probe 1, admin 1, user 1, check 1, later 1, links 1"},
		{"sign-in", wizard.AllPlaces, "all 1, user 1"},
		{"mfa", wizard.AllPlaces, "all 1, check 1"},
		{"mfa", "admin", "all 1, admin 0, check 1"},
		{"no such word", wizard.AllPlaces, "all 0"},
	} {
		s := viewtest.State("practice-all")
		s.Practice.Search, s.Practice.Place = test.search, test.place
		if got := placeCounts(t, view.Project(s)); got != test.want {
			t.Errorf("%q at %s: %s, want %s", test.search, test.place, got, test.want)
		}
	}
}

func placeCounts(t *testing.T, v view.View) string {
	t.Helper()
	counts := []string{}
	for _, b := range v.Blocks {
		if c, ok := b.(view.Choice); ok && c.Field == connector.FieldPlace {
			for _, o := range c.Options {
				counts = append(counts, fmt.Sprint(o.Value, " ", o.Label.Args["Number"]))
			}
		}
	}
	return strings.Join(counts, ", ")
}

func TestTheBannerNamesTheScenario(t *testing.T) {
	s := viewtest.State("practice-closed")
	s.Rehearsal.Scenario = "no-mfa"
	const want = "Rehearsal of “no-mfa”: nothing here reaches Microsoft."
	if got := view.Project(s).Banner[0].Render(translators(t)["en"]); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
