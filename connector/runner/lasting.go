package runner

import (
	"context"

	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// CheckByItself has the runner check, as soon as that can be checked, whether the sign-ins of new connectors last: for a program that stays. It
// must be called before Run.
func (r *Runner) CheckByItself() { r.byItself = true }

// awaitLasting sleeps until the time; a clock that was set meanwhile is seen to by whoever hears of it.
func (r *Runner) awaitLasting(ctx context.Context, e wizard.AwaitLasting) {
	if r.pause(ctx, e.At.Sub(r.ports.Now())) {
		r.Send(wizard.LastingDue{Attempt: e.Attempt, Now: r.ports.Now()})
	}
}

func (r *Runner) checkLasting(ctx context.Context, e wizard.CheckLasting) {
	c, err := r.keeper.CheckLasting(ctx, e.ID, func(c connector.Check) { r.Send(wizard.CheckDone{Attempt: e.Attempt, Check: c}) })
	if ctx.Err() != nil {
		return
	}
	out := wizard.LastingChecked{Attempt: e.Attempt, ID: e.ID, Now: r.ports.Now(), Problem: r.problem(err)}
	if err == nil {
		out.Connector = &c
	}
	r.Send(out)
	r.reload()
}
