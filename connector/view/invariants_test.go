package view_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
	"partner-center-connector/connector/wizard"
)

func TestEveryControlIsFitToUse(t *testing.T) {
	for name, v := range views() {
		ids := map[string]bool{}
		for _, c := range v.Controls() {
			if c.ID == "" || ids[c.ID] {
				t.Errorf("%s: the ID %q is empty or there twice", name, c.ID)
			}
			ids[c.ID] = true
			if c.Label.Empty() {
				t.Errorf("%s: %s has no label", name, c.ID)
			}
			if c.Disabled == c.Reason.Empty() {
				t.Errorf("%s: %s is disabled %v, for the reason %q", name, c.ID, c.Disabled, c.Reason.Key)
			}
		}
		if !ids[v.Focus] {
			t.Errorf("%s: the focus is on %q, which is not there", name, v.Focus)
		}
	}
}

func TestTheFocusIsOnSomethingUsable(t *testing.T) {
	for name, v := range views() {
		for _, c := range v.Controls() {
			if c.ID == v.Focus && c.Disabled {
				t.Errorf("%s: the focus is on %s, which is disabled", name, c.ID)
			}
		}
	}
}

func TestBlocksHaveUniqueIDs(t *testing.T) {
	for name, v := range views() {
		ids := map[string]bool{}
		for _, block := range view.Flat(v.Blocks) {
			id := reflect.ValueOf(block).FieldByName("ID")
			if !id.IsValid() {
				continue
			}
			if id.String() == "" || ids[id.String()] {
				t.Errorf("%s: the block ID %q is empty or there twice", name, id.String())
			}
			ids[id.String()] = true
		}
	}
}

// buttons collects every button in a view.
func buttons(v any) []view.Button {
	found := []view.Button{}
	collect(reflect.ValueOf(v), &found)
	return found
}

func collect(v reflect.Value, found *[]view.Button) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if !v.IsNil() {
			collect(v.Elem(), found)
		}
	case reflect.Slice:
		for i := range v.Len() {
			collect(v.Index(i), found)
		}
	case reflect.Struct:
		if b, ok := v.Interface().(view.Button); ok {
			*found = append(*found, b)
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				collect(v.Field(i), found)
			}
		}
	default:
	}
}

func TestEveryButtonDoesOneThing(t *testing.T) {
	for name, v := range views() {
		primary := 0
		for _, b := range buttons(v) {
			does := 0
			for _, set := range []bool{b.Event != nil, b.URL != "", b.Copy != "", !b.CopyText.Empty(), b.Command != ""} {
				if set {
					does++
				}
			}
			if does != 1 {
				t.Errorf("%s: %s does %d things", name, b.ID, does)
			}
			if b.Primary && b.Danger {
				t.Errorf("%s: %s is the main button and dangerous", name, b.ID)
			}
			if b.Primary {
				primary++
			}
		}
		if v.Page != "help" && primary == 0 && v.Footer.Main != nil {
			t.Errorf("%s: no main button", name)
		}
	}
}

// TestEveryPageAnswersItsQuestions holds that a page of the wizard says what happens and who does it, and in which browser, where one is used.
func TestEveryPageAnswersItsQuestions(t *testing.T) {
	answers := map[string]int{
		"before": 2, "account": 3, "mfa": 3, "connector": 2, "admin": 3, "user": 3, "check": 2, "links": 2, "link-admin": 3, "link-user": 3, "link-finish": 3,
	}
	for _, n := range viewtest.States() {
		v := view.Project(n.State)
		inWizard := n.State.Screen == wizard.ScreenWizard && !n.State.Practice.Open && v.Page != "report"
		if want := answers[v.Page]; inWizard && len(v.Answers) != want || !inWizard && len(v.Answers) != 0 {
			t.Errorf("%s: %d answers", n.Name, len(v.Answers))
		}
		first, last := n.State.Wizard.Draft.Steps()
		if want := map[bool]int{true: int(last-first) + 1, false: 0}[inWizard]; len(v.Rail) != want {
			t.Errorf("%s: %d steps in the rail", n.Name, len(v.Rail))
		}
		for _, a := range v.Answers {
			if a.Label.Empty() || a.Text.Empty() {
				t.Errorf("%s: an answer is empty", n.Name)
			}
		}
		if v.Title.Empty() || v.Page == "" {
			t.Errorf("%s: no title or no page", n.Name)
		}
		if n.State.Screen != wizard.ScreenHome && (v.Escape == nil || v.Return == nil) {
			t.Errorf("%s: Esc or Alt+Left does nothing", n.Name)
		}
	}
}

// TestAProblemAlwaysHasAWayOn asks of every problem card for a title, an actor, what to do and a button.
func TestAProblemAlwaysHasAWayOn(t *testing.T) {
	for _, n := range viewtest.States() {
		for _, p := range problemsIn(view.Project(n.State)) {
			received := !strings.HasPrefix(p.Title.Key, "page.links.differ.") // nobody sent what differs
			if p.Title.Empty() || p.Actor.Empty() || p.Do.Empty() || received && p.Raw == "" {
				t.Errorf("%s: the card %s is incomplete", n.Name, p.ID)
			}
			if p.Button == nil {
				t.Errorf("%s: the card %s has no button", n.Name, p.ID)
			}
			if (p.Actor.Key == "actor.you") != p.CopyForActor.Empty() {
				t.Errorf("%s: the card %s is for %s and offers to copy %q", n.Name, p.ID, p.Actor.Key, p.CopyForActor.Key)
			}
		}
	}
}

func problemsIn(v view.View) []view.Problem { return problemsOf(v.Blocks) }

func problemsOf(blocks []view.Block) []view.Problem {
	found := []view.Problem{}
	for _, block := range blocks {
		switch b := block.(type) {
		case view.Fold:
			found = append(found, problemsOf(b.Blocks)...)
		case view.Problem:
			found = append(found, b)
		case view.Checks:
			for _, row := range b.Rows {
				if row.Problem != nil {
					found = append(found, *row.Problem)
				}
			}
		}
	}
	return found
}

func TestWhatCouldNotBeCheckedIsNeverShownAsPassed(t *testing.T) {
	for _, n := range viewtest.States() {
		v := view.Project(n.State)
		for _, block := range view.Flat(v.Blocks) {
			checks, ok := block.(view.Checks)
			if !ok {
				continue
			}
			for _, row := range checks.Rows {
				if (row.Word.Key == "check-state.passed") != (row.State == connector.CheckPassed) {
					t.Errorf("%s: %s is %s and says %s", n.Name, row.ID, row.State, row.Word.Key)
				}
			}
		}
	}
}

func TestNoSecretIsEverInAView(t *testing.T) {
	for name, v := range views() {
		for _, block := range view.Flat(v.Blocks) {
			if in, ok := block.(view.Input); ok && in.Secret && in.Value != "" {
				t.Errorf("%s: %s shows what was typed", name, in.ID)
			}
		}
	}
}

func TestProjectIsPure(t *testing.T) {
	for _, n := range viewtest.States() {
		if !reflect.DeepEqual(view.Project(n.State), view.Project(viewtest.State(n.Name))) {
			t.Errorf("%s: the same state made two views", n.Name)
		}
	}
}

func TestWhatOpenedIsThere(t *testing.T) {
	for _, n := range viewtest.States() {
		v := view.Project(n.State)
		known := slices.ContainsFunc(v.Controls(), func(c view.Control) bool { return c.ID == v.Opener })
		if v.Opener != "" && !known {
			t.Errorf("%s: no control %q", n.Name, v.Opener)
		}
	}
}
