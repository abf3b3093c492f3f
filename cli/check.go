package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
)

type jsonCheck struct {
	ID       string       `json:"id"`
	State    string       `json:"state"`
	Weight   string       `json:"weight,omitempty"`
	Evidence []string     `json:"evidence,omitempty"`
	Problem  *jsonProblem `json:"problem,omitempty"`
}

type jsonCheckedConnector struct {
	Connector jsonConnector `json:"connector"`
	Health    string        `json:"health"`
	Checks    []jsonCheck   `json:"checks"`
	Problem   *jsonProblem  `json:"problem,omitempty"`
	ExitCode  int           `json:"exitCode"`
}

func (p *program) checkCommand() *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use: "check [NAME]", Short: p.t("cli.check.short"), Long: p.t("cli.check.long"), Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if all == (len(args) == 1) {
				return p.usageText("cli.error.check-which", nil)
			}
			e, err := p.engine()
			if err != nil {
				return err
			}
			wanted, err := p.wanted(e.Keeper(), args)
			if err != nil {
				return err
			}
			return p.checkAll(cmd.Context(), e.Keeper(), wanted)
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, p.t("cli.flag.all"))
	return cmd
}

func (p *program) wanted(k connector.Keeper, args []string) ([]connector.Connector, error) {
	if len(args) == 0 {
		all, err := k.List()
		return all, failure(err)
	}
	c, err := p.find(k, args[0])
	return []connector.Connector{c}, err
}

// checkAll checks one after the other. One that can't be checked does not end the others; the gravest exit code counts.
func (p *program) checkAll(ctx context.Context, k connector.Keeper, wanted []connector.Connector) error {
	results := []jsonCheckedConnector{}
	worst := ExitFine
	for _, c := range wanted {
		result, err := p.checkOne(ctx, k, c)
		if err != nil {
			return err
		}
		results = append(results, result)
		worst = graver(worst, result.ExitCode)
	}
	if p.json {
		p.print(map[string]any{"connectors": results})
	}
	if worst != ExitFine {
		return &exitError{code: worst, shown: true}
	}
	return nil
}

func (p *program) checkOne(ctx context.Context, k connector.Keeper, c connector.Connector) (jsonCheckedConnector, error) {
	if !p.json {
		p.out(say("cli.check.title", "Name", c.Name))
	}
	after, err := k.Check(ctx, c.ID, func(check connector.Check) {
		if !p.json && check.State != connector.CheckRunning {
			p.showCheck(check)
		}
	})
	if err != nil {
		failed := failure(err)
		var e *exitError
		if !errors.As(failed, &e) || e.problem == nil {
			return jsonCheckedConnector{}, failed
		}
		if !p.json {
			_, _ = fmt.Fprint(p.Out, p.problemText(e.problem))
		}
		problem := p.jsonOf(e.problem)
		return jsonCheckedConnector{
			Connector: jsonOfConnector(c), Health: string(connector.HealthUnknown), Checks: []jsonCheck{}, Problem: &problem, ExitCode: e.code,
		}, nil
	}
	if !p.json {
		p.out(say("cli.check.health", "Health", say("health."+string(after.Health))))
	}
	return jsonCheckedConnector{
		Connector: jsonOfConnector(after), Health: string(after.Health), Checks: p.jsonChecks(after.Checks), ExitCode: codeOfHealth(after),
	}, nil
}

// showCheck prints one check: its state in a word, never by colour alone, then its evidence and remedy.
func (p *program) showCheck(c connector.Check) {
	_, _ = fmt.Fprintf(p.Out, "  %-18s %s\n", "["+p.t("check-state."+string(c.State))+"]", p.t("check."+string(c.ID)+".title"))
	for _, line := range p.evidence(c) {
		_, _ = fmt.Fprintf(p.Out, "  %-18s   %s\n", "", line)
	}
	if c.Problem == nil || c.State == connector.CheckPassed {
		return
	}
	card := view.ProblemCard(c.Problem)
	_, _ = fmt.Fprintf(p.Out, "  %-18s   %s\n", "", card.Title.Render(p.tr))
	_, _ = fmt.Fprintf(p.Out, "  %-18s   %s\n", "", p.tr.Text("cli.who", map[string]any{"Actor": card.Actor.Render(p.tr)}))
	_, _ = fmt.Fprintf(p.Out, "  %-18s   %s\n", "", card.Do.Render(p.tr))
}

func (p *program) evidence(c connector.Check) []string {
	lines := []string{}
	for _, f := range c.Evidence {
		lines = append(lines, view.Evidence(f).Render(p.tr))
	}
	return lines
}

func (p *program) jsonChecks(checks []connector.Check) []jsonCheck {
	rows := []jsonCheck{}
	for _, c := range checks {
		row := jsonCheck{ID: string(c.ID), State: string(c.State), Weight: string(c.Weight), Evidence: p.evidence(c)}
		if c.Problem != nil {
			problem := p.jsonOf(c.Problem)
			row.Problem = &problem
		}
		rows = append(rows, row)
	}
	return rows
}

// codeOfHealth is the exit code of a checked connector. Unknown is never fine: what could not be checked may be broken.
func codeOfHealth(c connector.Connector) int {
	switch c.Health {
	case connector.HealthGood, connector.HealthNew:
		return ExitFine
	case connector.HealthSignIn:
		return ExitSignIn
	}
	code := ExitFailed
	for _, check := range c.Checks {
		if check.Problem != nil && check.State != connector.CheckPassed && codeOf(check.Problem) == ExitSignIn {
			return ExitSignIn
		}
		if check.Problem != nil && check.State == connector.CheckUnknown && codeOf(check.Problem) == ExitLater {
			code = ExitLater
		}
	}
	return code
}

// graver returns the exit code that counts for several connectors: a sign-in before a failure before waiting.
func graver(a, b int) int {
	rank := map[int]int{ExitFine: 0, ExitLater: 1, ExitFailed: 2, ExitSignIn: 3}
	if rank[b] > rank[a] {
		return b
	}
	return a
}
