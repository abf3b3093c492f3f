package view_test

import (
	"regexp"
	"testing"

	"partner-center-connector/assets"
	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
	"partner-center-connector/connector/wizard"
)

// gap is what a sentence has where a fact was not known: nothing where a name should be, or what the template leaves of it.
var gap = regexp.MustCompile(`<no value>|\[[a-z-]+\.|  | [.,;:!?](\s|$)|\(\s*\)|""|“”|„“|''|\{\{|: ?\.|^\s|\s$`)

// TestProblemWordsHaveNoGap reads every kind of problem with all of its facts and with none, as the card alone and on pages of the wizard.
func TestProblemWordsHaveNoGap(t *testing.T) {
	empty, full := connector.Draft{ID: "d", Step: connector.StepBefore}, viewtest.Draft(connector.StepUser)
	for lang, tr := range translators(t) {
		for _, kind := range problems.Kinds() {
			p := problems.New(kind, "").Dated(viewtest.Now)
			wordsOf(t, tr, lang+", alone", view.ProblemCard(p))
			for name, d := range map[string]connector.Draft{"empty draft": empty, "full draft": full} {
				for _, actor := range []connector.Actor{connector.ActorYou, connector.ActorAdmin} {
					told := *p
					told.Actor = actor
					s := wizard.State{Screen: wizard.ScreenWizard, Wizard: wizard.Wizard{Open: true, Problem: &told, Draft: d}}
					wordsOf(t, tr, lang+", "+name, wizardProblem(t, s))
				}
			}
		}
	}
}

func wizardProblem(t *testing.T, s wizard.State) view.Problem {
	t.Helper()
	for _, b := range view.Project(s).Blocks {
		if c, ok := b.(view.Problem); ok && c.ID == "wizard-problem" {
			return c
		}
	}
	t.Fatalf("the page shows no problem %s", s.Wizard.Problem.Kind)
	return view.Problem{}
}

func wordsOf(t *testing.T, tr *assets.Translator, where string, c view.Problem) {
	t.Helper()
	for part, text := range map[string]view.Text{"title": c.Title, "do": c.Do, "actor": c.Actor} {
		said := text.Render(tr)
		if found := gap.FindString(said); found != "" || said == "" {
			t.Errorf("%s, %s of %s: %q in %q", where, part, c.Title.Key, found, said)
		}
	}
}
