package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
	"partner-center-connector/connector/keeper"
	"partner-center-connector/connector/notice"
	"partner-center-connector/connector/problems"
	"partner-center-connector/connector/view"
)

// scheduledFlag is the flag by which a run knows that the schedule called it. It is in what `pcc schedule install` writes, and no list of flags has it.
const scheduledFlag = "scheduled"

// IsScheduled reports whether a command line is that of the schedule.
func IsScheduled(args []string) bool { return slices.Contains(args, "--"+scheduledFlag) }

// tally counts what a run did.
type tally struct {
	checked, skipped, failed int
	// first is why the first connector could not be checked; nil for none.
	first *connector.Problem
}

// take counts what came of a connector.
func (t *tally) take(c keeper.Checked) {
	if c.Err == nil {
		t.checked++
		return
	}
	t.fail(c.Err)
}

// add counts the connectors that can't be read.
func (t *tally) add(bad connector.UnreadableErrors) {
	for _, one := range bad {
		t.fail(one)
	}
}

func (t *tally) fail(err error) {
	t.failed++
	if t.first == nil {
		t.first = problems.Of(err, time.Now())
	}
}

// noteRun keeps what came of a run of the schedule, which ends with err, and returns that. A run that was called by hand is not kept. That it can't be
// kept, as where a newer version wrote the last one, is told in the log alone: the checks were made.
func (p *program) noteRun(k keeper.Keeper, o checkOptions, t *tally, err error) error {
	if !o.scheduled {
		return err
	}
	run := connector.ScheduledRun{At: p.now(), ExitCode: exitCodeOf(err), Checked: t.checked, Skipped: t.skipped, Failed: t.failed}
	if problem := cmp.Or(problemOf(err), t.first); problem != nil && t.checked == 0 {
		run.Problem = problem.Kind
	}
	if kept := k.Ports.Store.PutScheduledRun(run); kept != nil {
		p.Log.LogAttrs(context.Background(), slog.LevelWarn, "scheduled run not kept", slog.Any("problem", problems.Of(kept, time.Now())))
	}
	return err
}

// endUnstarted ends a run for which the engine could not be made. Nobody reads what a schedule prints: what came of it is kept, and told, by an engine
// without the clouds file, which may be what is wrong. Where the config folder is, nothing can be kept.
func (p *program) endUnstarted(ctx context.Context, o checkOptions, err error) error {
	if !o.scheduled {
		return err
	}
	e, openErr := p.open("")
	if openErr != nil {
		p.Log.LogAttrs(ctx, slog.LevelError, "daily check did not start", slog.Any("problem", problems.Of(err, time.Now())))
		return err
	}
	return p.endUnbegun(ctx, e, o, err)
}

// endUnbegun ends a run that could not begin with any connector.
func (p *program) endUnbegun(ctx context.Context, e *engine.Engine, o checkOptions, err error) error {
	p.notify(ctx, e, o, []notice.Finding{{Problem: whole(err)}})
	return p.noteRun(e.Keeper(), o, &tally{first: whole(err)}, err)
}

// whole is the problem of a command that ends with err before it has begun with a connector.
func whole(err error) *connector.Problem {
	return cmp.Or(problemOf(err), problems.Of(err, time.Now()))
}

// exitCodeOf is the exit code of a command that ends with err.
func exitCodeOf(err error) int {
	var e *exitError
	switch {
	case err == nil:
		return ExitFine
	case errors.As(err, &e):
		return e.code
	}
	return ExitFailed
}

// problemOf is the problem with which a command ends; nil for none.
func problemOf(err error) *connector.Problem {
	var e *exitError
	if errors.As(err, &e) {
		return e.problem
	}
	return nil
}

// showUrgent tells on standard error what somebody has to act on, of a connector whose outcome has an exit code. What time heals is not told.
func (p *program) showUrgent(c keeper.Checked, code int) {
	if code == ExitFine || code == ExitLater {
		return
	}
	indented(p.Err, p.errWidth(), "", "", shownName(&c.Connector)+": "+view.ConnectorWord(c.Connector, p.now()).Render(p.tr))
	for _, problem := range urgent(c) {
		p.showCard(p.Err, p.errWidth(), "  ", view.ConnectorCard(c.Connector, problem, p.preset))
	}
	_, _ = fmt.Fprintln(p.Err)
}

// urgent are the problems that make a connector's outcome what it is.
func urgent(c keeper.Checked) []*connector.Problem {
	if problem := problems.Of(c.Err, time.Now()); problem != nil {
		return []*connector.Problem{problem}
	}
	found := []*connector.Problem{}
	for _, check := range c.Connector.Checks {
		if check.Problem != nil && (fails(check) || wantsPerson(check.Problem)) && check.State != connector.CheckPassed {
			found = append(found, check.Problem)
		}
	}
	return found
}

// fails reports whether a check needs somebody.
func fails(check connector.Check) bool {
	return check.State == connector.CheckFailed || check.State == connector.CheckWarning && check.Weight == connector.WeightAttention
}
