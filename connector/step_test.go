package connector_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"partner-center-connector/assets"
	"partner-center-connector/connector"
)

// onDisk are the pages by the names and numbers that are in files of people: no line may ever change.
var onDisk = []struct {
	step   connector.Step
	page   string
	number int
}{
	{connector.NoStep, "none", 0},
	{connector.StepBefore, "before-you-begin", 1},
	{connector.StepAccount, "integration-user", 2},
	{connector.StepMFA, "mfa", 3},
	{connector.StepConnector, "app-registration", 4},
	{connector.StepAdmin, "admin-consent", 5},
	{connector.StepUser, "user-consent", 6},
	{connector.StepCheck, "checks", 7},
	{connector.StepLinks, "two-links", 0},
	{connector.StepLinkAdmin, "admin-link", 0},
	{connector.StepLinkUser, "user-link", 0},
	{connector.StepLinkFinish, "links-finish", 0},
}

func TestStepsInFilesNeverChange(t *testing.T) {
	seen := map[string]bool{}
	for step := range connector.StepLinkFinish + 1 {
		if page := step.Page(); page == "" || seen[page] {
			t.Errorf("page %d is called %q", step, page)
		}
		seen[step.Page()] = true
	}
	for _, want := range onDisk {
		if want.step.Page() != want.page || want.step.Number() != want.number {
			t.Errorf("%s is %q and %d in files, not %q and %d", want.step.Name(), want.step.Page(), want.step.Number(), want.page, want.number)
		}
		text, err := json.Marshal(want.step)
		if err != nil || string(text) != `"`+want.page+`"` {
			t.Errorf("%s is written as %s, %v", want.step.Name(), text, err)
		}
		number, err := json.Marshal(want.number)
		if err != nil {
			t.Fatal(err)
		}
		forms := [][]byte{text, number}
		if want.number == 0 { // no list of format 1 has the page
			forms = forms[:1]
		}
		for _, form := range forms {
			var got connector.Step
			if err := json.Unmarshal(form, &got); err != nil || got != want.step {
				t.Errorf("%s is read as %v, %v", form, got, err)
			}
		}
	}
}

func TestAPageOfANewerVersionIsNoStep(t *testing.T) {
	for _, text := range []string{`"licence"`, `""`, `8`, `-1`, `null`} {
		got := connector.StepUser
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != connector.NoStep {
			t.Errorf("%s is read as %v, %v", text, got, err)
		}
	}
	for _, text := range []string{`{}`, `[6]`, `true`, `6.5`} {
		var got connector.Step
		if err := json.Unmarshal([]byte(text), &got); err == nil {
			t.Errorf("%s is read as %v", text, got)
		}
	}
}

func TestADraftStandsOnAPage(t *testing.T) {
	for text, want := range map[string]connector.Draft{
		`{"id":"a","step":"licence","seen":"licence","name":"Contoso"}`:  {ID: "a", Step: connector.StepBefore, Name: "Contoso"},
		`{"id":"a","step":6,"seen":7}`:                                   {ID: "a", Step: connector.StepUser, Seen: connector.StepCheck},
		`{"id":"a","step":"mfa","seen":"user-consent"}`:                  {ID: "a", Step: connector.StepMFA, Seen: connector.StepUser},
		`{"id":"a","step":"user-link","seen":"links-finish","links":{}}`: {ID: "a", Step: connector.StepLinkUser, Seen: connector.StepLinkFinish},
		`{"id":"a","step":"checks","links":{}}`:                          {ID: "a", Step: connector.StepLinks},
		`{"id":"a","step":"user-link"}`:                                  {ID: "a", Step: connector.StepBefore},
	} {
		var got connector.Draft
		if err := json.Unmarshal([]byte(text), &got); err != nil || got.ID != want.ID || got.Step != want.Step || got.Seen != want.Seen || got.Name != want.Name {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
	}
}

func TestTheStepsOfADraft(t *testing.T) {
	ours, links := connector.Draft{}, connector.NewLinksDraft("")
	for _, c := range []struct {
		draft       connector.Draft
		first, last connector.Step
		count       int
	}{{ours, connector.StepBefore, connector.StepCheck, 7}, {links, connector.StepLinks, connector.StepLinkFinish, 4}} {
		first, last := c.draft.Steps()
		if first != c.first || last != c.last || first.Place() != 1 || last.Place() != c.count {
			t.Errorf("from %s, which is %d, to %s, which is %d", first.Name(), first.Place(), last.Name(), last.Place())
		}
		for step := connector.NoStep; step <= connector.StepLinkFinish; step++ {
			if at := c.draft.StepFor(step); step != connector.NoStep && step <= connector.StepCheck && (at < first || at > last) {
				t.Errorf("%s is fixed on %s", step.Name(), at.Name())
			}
		}
	}
	if at := links.StepFor(connector.StepMFA); at != connector.StepLinks {
		t.Errorf("MFA is for page %s", at.Name())
	}
}

func TestAProblemWithoutAPageSaysSo(t *testing.T) {
	text, err := json.Marshal(connector.Problem{Kind: connector.KindDisk, Actor: connector.ActorYou, At: time.Time{}})
	if err != nil || string(text) != `{"kind":"disk","step":"none","actor":"you"}` {
		t.Errorf("%s, %v", text, err)
	}
}

// TestSentencesKnowTheSteps checks that the pages that a sentence can name are the steps, in their order.
func TestSentencesKnowTheSteps(t *testing.T) {
	names := []string{}
	for step := connector.StepBefore; step <= connector.StepCheck; step++ {
		names = append(names, step.Name())
	}
	if !slices.Equal(assets.Pages(), names) {
		t.Errorf("the sentences know %v, the steps are %v", assets.Pages(), names)
	}
}
