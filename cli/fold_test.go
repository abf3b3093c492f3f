package cli

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/assets"
	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
)

// plainText is a sentence as it is, in every language.
func plainText(words string) view.Text { return say("cli.said", "Text", words) }

func folding(out *bytes.Buffer) *conversation {
	p := &program{mayAsk: true, tr: assets.NewTranslator("en")}
	p.screen, p.output = &screen{Writer: out}, &output{Writer: out}
	p.Err, p.Out = p.screen, p.output
	c := &conversation{program: p, engine: &engine.Engine{}, states: newStates()}
	c.begun()
	return c
}

func sends(label string) view.Button {
	return view.Button{ID: label, Label: plainText(label), Event: wizard.Edited{Value: label}}
}

// TestAFoldShowsWhenItIsAskedFor holds that its title shows at first and nothing of what is in it, that the menu shows it, and that its ways on,
// inputs and further folds are in the menu from then on.
func TestAFoldShowsWhenItIsAskedFor(t *testing.T) {
	out := &bytes.Buffer{}
	c := folding(out)
	page := view.View{Blocks: []view.Block{
		view.Paragraph{Text: plainText("Always here.")},
		view.Fold{ID: "other-ways", Title: plainText("Other ways"), Blocks: []view.Block{
			view.Paragraph{Text: plainText("Only when asked for.")},
			view.Actions{Buttons: []view.Button{sends("Copy link")}},
			view.Input{Field: connector.FieldRedirectPath, Label: plainText("Path")},
			view.Fold{ID: "why", Title: plainText("Why?"), Blocks: []view.Block{view.Paragraph{Text: plainText("For a reason.")}}},
		}},
	}}
	show := func() []string {
		shown := page
		shown.Blocks = c.unfold(page.Blocks, "")
		c.tellBlocks(shown.Blocks, func(view.Block) bool { return true })
		return labelsOf(c.choices(shown))
	}
	labels := show()
	if text := out.String(); !strings.Contains(text, "Always here.") || !strings.Contains(text, "[+] Other ways") || strings.Contains(text, "Only when") {
		t.Errorf("at first:\n%s", text)
	}
	if want := []string{"Show: Other ways", "Stop here and keep the draft"}; !slices.Equal(labels, want) {
		t.Errorf("at first: %q", labels)
	}
	out.Reset()
	if err := c.choices(view.View{Blocks: page.Blocks})[0].do(context.Background()); err != nil {
		t.Fatal(err)
	}
	labels = show()
	if text := out.String(); !strings.Contains(text, "Other ways\n") || !strings.Contains(text, "Only when asked for.") || !strings.Contains(text, "[+] Why?") || strings.Contains(text, "For a reason") {
		t.Errorf("opened:\n%s", text)
	}
	if want := []string{"Copy link", "Enter: Path", "Show: Why?", "Stop here and keep the draft"}; !slices.Equal(labels, want) {
		t.Errorf("opened: %q", labels)
	}
}

// TestAFoldWithTheInputThatIsNeededStandsOpen holds that nobody has to look for what they are asked for.
func TestAFoldWithTheInputThatIsNeededStandsOpen(t *testing.T) {
	c := folding(&bytes.Buffer{})
	fold := view.Fold{ID: "more", Title: plainText("More"), Blocks: []view.Block{
		view.Fold{ID: "deeper", Blocks: []view.Block{view.Input{Field: connector.FieldName}}},
	}}
	if got := c.unfold([]view.Block{fold}, connector.FieldName); len(got) != 3 || got[2].(view.Input).Field != connector.FieldName {
		t.Errorf("%+v", got)
	}
	if got := c.unfold([]view.Block{fold}, connector.FieldTenant); len(got) != 1 {
		t.Errorf("%+v", got)
	}
}

// TestRareWaysAreBehindMore holds that they are a menu of their own, and that help is offered of what is on every screen.
func TestRareWaysAreBehindMore(t *testing.T) {
	c := folding(&bytes.Buffer{})
	labels := labelsOf(c.choices(view.View{
		Blocks: []view.Block{
			view.Actions{Buttons: []view.Button{sends("Often")}, More: []view.Button{sends("Rarely"), sends("Hardly ever")}},
			view.Row{Buttons: []view.Button{sends("Open")}, More: []view.Button{sends("The only other one")}},
		},
		Tools: []view.Button{
			{ID: "home", Label: plainText("Home"), Event: wizard.GoHome{}},
			{ID: "settings", Label: plainText("Settings"), Event: wizard.OpenSettings{}},
			{ID: "help", Label: plainText("Help"), Command: "help"},
		},
	}))
	if want := []string{"Often", "More …", "Open", "The only other one", "Help", "Stop here and keep the draft"}; !slices.Equal(labels, want) {
		t.Errorf("%q", labels)
	}
}

// TestAnswersAreTwoLines holds that what has no content is left out.
func TestAnswersAreTwoLines(t *testing.T) {
	out := &bytes.Buffer{}
	c := folding(out)
	c.showAnswers([]view.Answer{{Label: plainText("What"), Text: plainText("It looks.")}, {Label: plainText("Who"), Text: plainText("you")}, {Label: plainText("Where"), Text: plainText("here")}})
	c.showAnswers([]view.Answer{{Label: plainText("What"), Text: plainText("Again.")}, {Label: plainText("Who"), Text: plainText("you")}, {Label: plainText("Where")}})
	if want := "It looks.\nWho: you · Where: here\nAgain.\nWho: you\n"; out.String() != want {
		t.Errorf("%q", out)
	}
}
