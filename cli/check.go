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

// maxParallel is how many connectors can be checked at once: each holds a few connections.
const maxParallel = 64

const checkExample = `  pcc check "Contoso"
  pcc check --all --json
  pcc check --all --parallel 1
  pcc check --all --quiet --if-older 20h` + exitCodeExamples + dailyExamples

// checkOptions are the flags of the command.
type checkOptions struct {
	all bool
	// width is how many connectors are checked at once.
	width int
	// ifOlder skips the connectors that were checked less than so long ago; 0 checks all of them.
	ifOlder time.Duration
	// scheduled says that the schedule of this computer calls the program.
	scheduled bool
}

func (p *program) checkCommand() *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use: "check NAME | --all", Short: p.t("cli.check.short"), Long: p.t("cli.check.long"), Example: checkExample,
		Args: p.atMostOne, ValidArgsFunction: p.completeNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := p.fitsCheck(cmd, o, args); err != nil {
				return err
			}
			if o.all {
				return p.checkAll(cmd.Context(), o)
			}
			return p.check(cmd.Context(), args[0])
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&o.all, "all", false, p.t("cli.flag.all"))
	flags.IntVar(&o.width, "parallel", keeper.DefaultWidth, p.t("cli.flag.parallel"))
	flags.DurationVar(&o.ifOlder, "if-older", 0, p.t("cli.flag.if-older"))
	flags.BoolVar(&o.scheduled, scheduledFlag, false, "")
	// Its error says that there is no such flag, which the tests see.
	_ = flags.MarkHidden(scheduledFlag)
	return cmd
}

// fitsCheck refuses flags that do not go together.
func (p *program) fitsCheck(cmd *cobra.Command, o checkOptions, args []string) error {
	given := cmd.Flags().Changed
	switch {
	case o.all == (len(args) == 1):
		return p.usageText("cli.error.check-which", nil)
	case o.width < 1 || o.width > maxParallel || !o.all && given("parallel"):
		return p.usageText("cli.error.parallel", map[string]any{"Most": maxParallel})
	case o.ifOlder < 0 || !o.all && given("if-older"):
		return p.usageText("cli.error.if-older", nil)
	case !o.all && o.scheduled:
		return p.usageText("cli.error.scheduled", nil)
	}
	return nil
}

// check checks one connector and shows it as it goes.
func (p *program) check(ctx context.Context, name string) error {
	ctx, cancel := context.WithTimeout(ctx, keeper.CheckLimit)
	defer cancel()
	e, c, err := p.named(name)
	if err != nil {
		return err
	}
	if p.talks() {
		write(p.Out, p.outWidth(), line{text: shownName(&c), style: bold})
	}
	checked := keeper.Checked{Connector: c}
	after, err := e.Keeper().Check(ctx, c.ID, func(check connector.Check) {
		if check.State != connector.CheckRunning {
			p.showCheck(c, check)
		}
	})
	if errors.Is(err, context.Canceled) {
		return err
	}
	if checked.Err = err; err == nil {
		checked.Connector = after
	} else if now, err := e.Keeper().Find(c.ID); err == nil {
		checked.Connector = now
	}
	result := p.outcome(checked)
	p.showResult(checked, result)
	return p.endCheck([]jsonChecked{result}, nil)
}

// talks reports whether more is shown than what somebody has to act on.
func (p *program) talks() bool { return !p.json && !p.quiet }

// showResult shows what the checks of a connector came to, if somebody is to be told.
func (p *program) showResult(c keeper.Checked, result jsonChecked) {
	switch {
	case p.json:
	case p.quiet:
		p.showUrgent(c, result.ExitCode)
	default:
		p.showOutcome(c)
	}
}

// endCheck ends the command with the outcomes of all connectors, of whose exit codes the gravest counts. What can't be read has failed.
func (p *program) endCheck(results []jsonChecked, bad connector.UnreadableErrors) error {
	worst := ExitFine
	for _, r := range results {
		worst = graver(worst, r.ExitCode)
	}
	if len(bad) > 0 {
		worst = graver(worst, ExitFailed)
	}
	if p.json {
		p.print(map[string]any{"connectors": results, "unreadable": p.jsonOfUnreadable(bad), "exitCode": worst})
	}
	_ = p.tellUnreadable(bad) // worst counts
	if worst != ExitFine {
		return &exitError{code: worst, shown: true}
	}
	return nil
}

func (p *program) showCheck(of connector.Connector, check connector.Check) {
	if p.talks() {
		p.write(p.Out, p.outWidth(), p.checkLines(p.rowOf(of, check)))
	}
}

// showOutcome shows what the checks of a connector came to, or why they could not be made.
func (p *program) showOutcome(c keeper.Checked) {
	if problem := problems.Of(c.Err, time.Now()); problem != nil {
		p.showCard(p.Out, p.outWidth(), "  ", view.ConnectorCard(c.Connector, problem, p.preset))
	} else {
		p.out(say("cli.check.health", "Health", view.ConnectorWord(c.Connector, p.now())))
	}
	if c.Connector.Reminds(p.now()) {
		p.out(say("home.line.remind-due", "Day", c.Connector.Reminder()))
	}
	_, _ = fmt.Fprintln(p.Out)
}

// outcome is what the checks of a connector came to. Where they could not be made, what is known to be wrong with it counts on.
func (p *program) outcome(c keeper.Checked) jsonChecked {
	problem := problems.Of(c.Err, time.Now())
	if problem == nil {
		return p.jsonOfChecked(c.Connector)
	}
	code := codeOf(problem)
	if h := p.healthOf(c.Connector); h == connector.HealthSignIn || h == connector.HealthExpired {
		code = graver(code, p.codeOfHealth(c.Connector))
	}
	return jsonChecked{
		Connector: p.jsonOfConnector(c.Connector), Health: string(p.healthOf(c.Connector)), Checks: []jsonCheck{},
		Problem: p.jsonOfConnectors(c.Connector, problem), ExitCode: code,
	}
}

// rowOf is a check of a connector as the pages show it.
func (p *program) rowOf(of connector.Connector, c connector.Check) view.CheckRow {
	row := view.CheckRow{ID: string(c.ID), State: c.State, Title: say("check." + string(c.ID) + ".title"), Word: say("check-state." + string(c.State))}
	for _, f := range c.Evidence {
		row.Evidence = append(row.Evidence, view.Evidence(f))
	}
	if c.Problem != nil {
		card := view.ConnectorCard(of, c.Problem, p.preset)
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
	case connector.HealthGood, connector.HealthNew, connector.HealthKept:
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
			failed = failed || fails(check)
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
