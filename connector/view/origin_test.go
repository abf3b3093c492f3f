package view_test

import (
	"slices"
	"strings"
	"testing"

	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
)

// TestAnotherOriginOffersOnlyRemoval holds that a connector which a newer version set up in another way offers no button that could not do
// what it says.
func TestAnotherOriginOffersOnlyRemoval(t *testing.T) {
	for screen, wanted := range map[string][]string{
		"detail-other-origin":        {"ask-remove", "help", "home", "settings"},
		"detail-other-origin-remove": {"ask-remove", "help", "home", "remove-go", "remove-keep", "settings"},
		"home-other-origin":          {"connector-" + viewtest.SavedID, "help", "main", "new-links", "rehearse", "settings"},
	} {
		got := []string{}
		for _, c := range view.Project(viewtest.State(screen)).Controls() {
			got = append(got, c.ID)
		}
		if slices.Sort(got); !slices.Equal(got, wanted) {
			t.Errorf("%s offers %q, not %q", screen, got, wanted)
		}
	}
}

// TestAProblemOfAnotherOriginOffersHelpAlone is the screen after a removal that failed.
func TestAProblemOfAnotherOriginOffersHelpAlone(t *testing.T) {
	s := viewtest.State("detail-problem")
	s.Home.Connectors[0].Origin = viewtest.OtherOrigin().Origin
	offered := 0
	for _, c := range view.Project(s).Controls() {
		if strings.HasPrefix(c.ID, "detail-problem-") && !strings.HasPrefix(c.ID, "detail-problem-copy") {
			offered++
			if c.ID != "detail-problem-help" {
				t.Errorf("%s is offered", c.ID)
			}
		}
	}
	if offered != 1 {
		t.Errorf("%d buttons are offered", offered)
	}
}
