package program

import (
	"strings"
	"testing"

	"partner-center-connector/assets"
	"partner-center-connector/connector/wizard"
	"partner-center-connector/rehearsal"
)

// TestTheScenariosFollowTheLanguage searches the scenarios after the language was changed.
func TestTheScenariosFollowTheLanguage(t *testing.T) {
	tr := assets.NewTranslator("en")
	cloud, err := rehearsal.Start(t.Context(), rehearsal.Options{Scenario: "good", Text: tr.Text})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cloud.Close() }()
	r := &rehearsing{text: tr.Text, cloud: cloud}
	s := wizard.State{Rehearsal: r.state(), Practice: wizard.Practice{Open: true, Place: wizard.AllPlaces}}
	words := func(s wizard.State) string {
		all := []string{}
		for _, one := range s.Rehearsal.Scenarios {
			all = append(all, one.Words)
		}
		return strings.Join(all, "\n")
	}
	english := words(s)
	tr.Use("de")
	german := words(r.localized(s))
	if want := tr.Text("rehearsal.scenario.find-html", nil); !strings.Contains(german, want) || strings.Contains(english, want) {
		t.Errorf("there is no %q in:\n%s", want, german)
	}
	if words(s) != english {
		t.Error("the state itself was changed")
	}
	var none *rehearsing
	if got := none.localized(wizard.State{}); got.Rehearsal != nil {
		t.Error("without a rehearsal there are scenarios")
	}
}
