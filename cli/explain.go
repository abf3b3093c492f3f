package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
	"partner-center-connector/connector/problems"
	"partner-center-connector/connector/view"
)

const explainExample = `  pcc explain AADSTS65001
  pcc explain 900421
  pcc explain < error-page.txt`

func (p *program) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use: "explain [CODE|TEXT …]", Short: p.t("cli.explain.short"), Long: p.t("cli.explain.long"), Example: explainExample, Annotations: brief,
		RunE: func(cmd *cobra.Command, args []string) error {
			text := strings.Join(args, " ")
			if len(args) == 0 {
				var err error
				if text, err = p.pastedText(cmd.Context()); err != nil {
					return err
				}
			}
			return p.explain(text)
		},
	}
}

// maxText is more than any error page has, in bytes.
const maxText = 1 << 20

// pastedText reads all of standard input.
func (p *program) pastedText(ctx context.Context) (string, error) {
	p.Obey()
	if p.InTerminal {
		p.say(say("cli.explain.paste"))
	}
	return p.in.all(ctx, maxText)
}

func (p *program) explain(text string) error {
	if strings.TrimSpace(text) == "" {
		return p.usageText("cli.error.explain-empty", nil)
	}
	found := problems.LookUpCode(text)
	if p.json {
		rows := []jsonProblem{}
		for _, problem := range found {
			rows = append(rows, p.jsonOf(&problem))
		}
		p.print(map[string]any{"problems": rows})
		if len(found) == 0 {
			return &exitError{code: ExitFailed, shown: true}
		}
		return nil
	}
	if len(found) == 0 {
		key := "cli.explain.nothing"
		if len(text) <= link.MaxText && link.Looks(text) { // of a longer one nobody knows
			key = "cli.explain.link"
		}
		if key == "cli.explain.nothing" && len(text) <= maxWords && p.explainByHelp(text) {
			key = "cli.explain.words"
		}
		return &exitError{code: ExitFailed, err: errors.New(p.t(key))}
	}
	for i, problem := range found {
		if i > 0 {
			_, _ = fmt.Fprintln(p.Out)
		}
		p.explainOne(p.Out, problem)
	}
	return nil
}

const (
	// maxWords is more than a question has, in bytes.
	maxWords = 200
	// mostAnswers is how many entries of the help are shown for words that are no code.
	mostAnswers = 3
)

// explainByHelp shows what the help of the window has on words: the best entry, and the titles of the next. It reports whether
// there is such an entry; without one the titles are only the nearest.
func (p *program) explainByHelp(words string) bool {
	shown, answered := 0, false
	for _, b := range view.Help(p.preset, p.products, "", words, p.tr.Text).Blocks {
		answer, ok := b.(view.Fold)
		if !ok || shown == mostAnswers {
			continue
		}
		shown++
		if !answer.Open {
			indented(p.Err, p.errWidth(), "> ", "  ", answer.Title.Render(p.tr))
			continue
		}
		answered = true
		indented(p.Err, p.errWidth(), "", "", answer.Title.Render(p.tr))
		for _, said := range answer.Blocks {
			for _, piece := range p.blockLines(said) {
				p.write(p.Err, p.errWidth(), piece)
			}
		}
	}
	return answered
}

func (p *program) explainOne(w io.Writer, problem connector.Problem) {
	card := view.ProblemCard(&problem)
	if problem.Code != "" {
		_, _ = fmt.Fprintln(w, problem.Code)
	}
	for _, line := range []string{
		card.Title.Render(p.tr), p.tr.Text("cli.who", map[string]any{"Actor": card.Actor.Render(p.tr)}), card.Do.Render(p.tr),
	} {
		indented(w, p.outWidth(), "  ", "  ", line)
	}
	for _, id := range []struct{ name, value string }{{"Correlation ID: ", problem.CorrelationID}, {"Trace ID: ", problem.TraceID}} {
		if id.value != "" {
			_, _ = fmt.Fprintln(w, "  "+id.name+id.value)
		}
	}
}
