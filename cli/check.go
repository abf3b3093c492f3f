package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"partner-center-connector/connector"
	"partner-center-connector/connector/checks"
	"partner-center-connector/connector/keeper"
	"partner-center-connector/connector/problems"
	"partner-center-connector/connector/view"
)

// checkLimit is how long the checks of one connector may take; each of their calls has a limit of its own.
const checkLimit = 10 * time.Minute

const checkExample = `  pcc check "Contoso"
  pcc check --all --json`

func (p *program) checkCommand() *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use: "check NAME | --all", Short: p.t("cli.check.short"), Long: p.t("cli.check.long"), Example: checkExample,
		Args: p.atMostOne, ValidArgsFunction: p.completeNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			if all == (len(args) == 1) {
				return p.usageText("cli.error.check-which", nil)
			}
			e, err := p.engine()
			if err != nil {
				return err
			}
			wanted, bad, err := p.wanted(e.Keeper(), args)
			if err != nil {
				return err
			}
			return p.checkAll(cmd.Context(), e.Keeper(), wanted, bad, all)
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, p.t("cli.flag.all"))
	return cmd
}

// wanted returns the connectors that are to be checked, and those that can't be read.
func (p *program) wanted(k keeper.Keeper, args []string) ([]connector.Connector, connector.UnreadableErrors, error) {
	if len(args) == 0 {
		return saved(k)
	}
	c, err := p.find(k, args[0])
	return []connector.Connector{c}, nil, err
}

// checkAll checks one after the other. One that can't be checked does not end the others; the gravest exit code counts. One of an origin
// that this version can't check is skipped where nobody named it: a scheduled run has nothing to fix there. What can't be read has failed.
func (p *program) checkAll(
	ctx context.Context, k keeper.Keeper, wanted []connector.Connector, bad connector.UnreadableErrors, skip bool,
) error {
	results := []jsonChecked{}
	worst := ExitFine
	for _, c := range wanted {
		if skip && !c.Can().Check {
			results = append(results, p.skipped(c))
			continue
		}
		result, err := p.checkOne(ctx, k, c)
		if err != nil {
			return err
		}
		results = append(results, result)
		worst = graver(worst, result.ExitCode)
	}
	if len(bad) > 0 {
		worst = graver(worst, ExitFailed)
	}
	switch {
	case p.json:
		p.print(map[string]any{"connectors": results, "unreadable": p.jsonOfUnreadable(bad), "exitCode": worst})
	case len(wanted) == 0 && len(bad) == 0:
		p.out(say("cli.list.empty"))
	}
	_ = p.tellUnreadable(bad) // worst counts
	if worst != ExitFine {
		return &exitError{code: worst, shown: true}
	}
	return nil
}

// checkOne checks a connector and shows it as it goes. Its error ends the run: the program is to stop.
func (p *program) checkOne(ctx context.Context, k keeper.Keeper, c connector.Connector) (jsonChecked, error) {
	ctx, cancel := context.WithTimeout(ctx, checkLimit)
	defer cancel()
	if !p.json {
		_, _ = fmt.Fprintln(p.Out, shownName(c))
	}
	after, err := k.Check(ctx, c.ID, func(check connector.Check) {
		if !p.json && check.State != connector.CheckRunning {
			p.write(p.Out, p.outWidth(), p.checkLines(rowOf(check)))
		}
	})
	if err != nil {
		return p.unchecked(k, c, err)
	}
	if !p.json {
		p.out(say("cli.check.health", "Health", view.HealthWord(p.healthOf(after))))
		_, _ = fmt.Fprintln(p.Out)
	}
	return p.jsonOfChecked(after), nil
}

// skipped says that a connector is not checked, and why.
func (p *program) skipped(c connector.Connector) jsonChecked {
	if !p.json {
		_, _ = fmt.Fprintln(p.Out, shownName(c))
		indented(p.Out, p.outWidth(), "  ", "  ", p.t("cli.check.skipped"))
		_, _ = fmt.Fprintln(p.Out)
	}
	why := problems.Of(connector.ErrOrigin, time.Now())
	return jsonChecked{
		Connector: p.jsonOfConnector(c), Health: string(p.healthOf(c)), Checks: []jsonCheck{}, Problem: p.jsonOrNull(why), ExitCode: ExitFine,
	}
}

// unchecked is the outcome for a connector whose checks could not be made. What is known to be wrong with it counts on.
func (p *program) unchecked(k keeper.Keeper, c connector.Connector, err error) (jsonChecked, error) {
	failed := failure(err)
	var e *exitError
	if !errors.As(failed, &e) || e.problem == nil {
		return jsonChecked{}, failed
	}
	code := e.code
	if now, err := k.Find(c.ID); err == nil {
		c = now
		if h := p.healthOf(c); h == connector.HealthSignIn || h == connector.HealthExpired {
			code = graver(code, p.codeOfHealth(c))
		}
	}
	if !p.json {
		p.showProblem(p.Out, p.outWidth(), "  ", e.problem)
		_, _ = fmt.Fprintln(p.Out)
	}
	return jsonChecked{
		Connector: p.jsonOfConnector(c), Health: string(p.healthOf(c)), Checks: []jsonCheck{}, Problem: p.jsonOrNull(e.problem), ExitCode: code,
	}, nil
}

// rowOf is a check as the pages show it.
func rowOf(c connector.Check) view.CheckRow {
	row := view.CheckRow{ID: string(c.ID), State: c.State, Title: say("check." + string(c.ID) + ".title"), Word: say("check-state." + string(c.State))}
	for _, f := range c.Evidence {
		row.Evidence = append(row.Evidence, view.Evidence(f))
	}
	if c.Problem != nil {
		card := view.ProblemCard(c.Problem)
		row.Problem = &card
	}
	return row
}

func (p *program) evidence(c connector.Check) []string {
	lines := []string{}
	for _, f := range c.Evidence {
		lines = append(lines, view.Evidence(f).Render(p.tr))
	}
	return lines
}

// healthOf is a connector's health now.
func (p *program) healthOf(c connector.Connector) connector.Health {
	return checks.HealthAt(c, p.now())
}

// codeOfHealth is the exit code of a checked connector. Unknown is never fine: what could not be checked may be broken.
func (p *program) codeOfHealth(c connector.Connector) int {
	switch p.healthOf(c) {
	case connector.HealthGood, connector.HealthNew:
		return ExitFine
	case connector.HealthSignIn:
		return ExitSignIn
	case connector.HealthExpired:
		return ExitFailed
	default:
		return codeOfChecks(c.Checks)
	}
}

// codeOfChecks is the exit code of checks that are not all fine: a sign-in before all, and waiting only where nothing has failed.
func codeOfChecks(made []connector.Check) int {
	failed, later := false, false
	for _, check := range made {
		if check.Problem == nil || check.State == connector.CheckPassed {
			continue
		}
		switch codeOf(check.Problem) {
		case ExitSignIn:
			return ExitSignIn
		case ExitLater:
			later = true
		default:
			failed = failed || check.State == connector.CheckFailed || check.State == connector.CheckWarning && check.Weight == connector.WeightAttention
		}
	}
	if later && !failed {
		return ExitLater
	}
	return ExitFailed
}

// graver returns the exit code that counts for several connectors: a sign-in before a failure before waiting.
func graver(a, b int) int {
	rank := map[int]int{ExitFine: 0, ExitLater: 1, ExitFailed: 2, ExitSignIn: 3}
	if rank[b] > rank[a] {
		return b
	}
	return a
}
