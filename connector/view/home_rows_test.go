package view_test

import (
	"strings"
	"testing"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
)

// TestACloudOfAFileIsMarkedOnHome holds that the rows of connectors on such a cloud say so, and no others.
func TestACloudOfAFileIsMarkedOnHome(t *testing.T) {
	tr, s := translators(t)["en"], viewtest.State("home-many")
	marked := 0
	for _, c := range s.Home.Connectors {
		s.Home.Connectors = []connector.Connector{c}
		for _, b := range view.Project(s).Blocks {
			r, ok := b.(view.Row)
			if !ok || r.Title != c.Name {
				continue
			}
			says := strings.Contains(r.Lines[0].Render(tr), "cloud sovereign-fr from a clouds file")
			if says != c.Tenant.CloudFromFile {
				t.Errorf("%s, on a cloud of a file %v: %q", c.Name, c.Tenant.CloudFromFile, r.Lines[0].Render(tr))
			}
			if says {
				marked++
			}
		}
	}
	if marked == 0 {
		t.Error("no row is marked")
	}
}
