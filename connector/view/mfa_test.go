package view_test

import (
	"slices"
	"strings"
	"testing"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
)

// TestTheWayToMFAIsThatOfTheProduct holds that page 3 shows one way to MFA at first: per-user MFA for a product whose publisher asks for it,
// and Conditional Access for everything else; the other one under "Other ways".
func TestTheWayToMFAIsThatOfTheProduct(t *testing.T) {
	const perUser, conditional = "page.mfa.best.per-user", "page.mfa.best.conditional"
	for state, want := range map[string]struct{ shown, folded string }{
		"mfa-open":              {conditional, "page.mfa.per-user"},
		"mfa-for-product":       {perUser, "page.mfa.conditional"},
		"mfa-for-plain-product": {conditional, "page.mfa.per-user"},
		"mfa-for-other":         {conditional, "page.mfa.per-user"},
		"mfa-preset":            {perUser, "page.mfa.conditional"},
	} {
		v := view.Project(viewtest.State(state))
		if got := headings(v)[0]; got != want.shown {
			t.Errorf("%s recommends %s, want %s", state, got, want.shown)
		}
		for _, block := range v.Blocks {
			f, ok := block.(view.Fold)
			if !ok || f.ID != "other-ways" {
				continue
			}
			if first := f.Blocks[0].(view.Paragraph).Text.Key; f.Open || first != want.folded {
				t.Errorf("%s: other ways begin with %s, open: %v; want %s, closed", state, first, f.Open, want.folded)
			}
		}
	}
}

// TestPage3AsksWhatTheConnectorIsFor holds that the question has every product that there are words for, and is not asked where the preset
// says it.
func TestPage3AsksWhatTheConnectorIsFor(t *testing.T) {
	question := func(state string) (options []string, value string) {
		for _, block := range view.Project(viewtest.State(state)).Blocks {
			if c, ok := block.(view.Choice); ok && c.Field == connector.FieldFor {
				for _, o := range c.Options {
					options = append(options, o.Value)
				}
				return options, c.Value
			}
		}
		return nil, ""
	}
	if got, value := question("mfa-for-product"); !slices.Equal(got, []string{"", "fabrikam", "contosolinks", "other"}) || value != "fabrikam" {
		t.Errorf("asks for %q, with %q", got, value)
	}
	if got, _ := question("mfa-preset"); got != nil {
		t.Errorf("asks for %q though the preset says it", got)
	}
}

// TestPage3IsShort counts the words that page 3 shows before anything is opened: it had 487 in English when it showed all ways at once.
func TestPage3IsShort(t *testing.T) {
	tr := translators(t)["en"]
	v := view.Project(viewtest.State("mfa-open"))
	v.Blocks = slices.DeleteFunc(v.Blocks, func(b view.Block) bool { _, folded := b.(view.Fold); return folded })
	v.Rail, v.Tools = nil, nil
	if n := len(strings.Fields(plainText(v, tr))); n > 160 {
		t.Errorf("%d words", n)
	}
}
