package runner

import (
	"context"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// scheduleLimit is how long the system's tools may take with the schedule, at each step.
const scheduleLimit = time.Minute

func (r *Runner) readSchedule(ctx context.Context, e wizard.ReadSchedule) {
	schedule, err := r.scheduleNow(ctx)
	if ctx.Err() == nil {
		r.Send(wizard.ScheduleRead{Attempt: e.Attempt, Schedule: schedule, Problem: r.problem(err)})
	}
}

// scheduleNow is what stands of the schedule: a program without one has nothing that could call it.
func (r *Runner) scheduleNow(ctx context.Context) (connector.Schedule, error) {
	if r.ports.Schedules == nil {
		return connector.Schedule{}, nil
	}
	ctx, cancel := context.WithTimeout(ctx, scheduleLimit)
	defer cancel()
	return r.ports.Schedules.Status(ctx)
}

func (r *Runner) planSchedule(ctx context.Context, e wizard.PlanSchedule) {
	limited, cancel := context.WithTimeout(ctx, scheduleLimit)
	defer cancel()
	plan, err := r.ports.Schedules.Plan(limited)
	out := wizard.SchedulePlanned{Attempt: e.Attempt, Problem: r.problem(err)}
	if err == nil {
		out.Plan = &plan
	}
	if ctx.Err() == nil {
		r.Send(out)
	}
}

// changeSchedule changes the schedule and tells what stands then. Whoever closes the program does not leave half of it behind.
func (r *Runner) changeSchedule(ctx context.Context, what string, attempt int, change func(context.Context) error) {
	ctx = context.WithoutCancel(ctx)
	limited, cancel := context.WithTimeout(ctx, scheduleLimit)
	defer cancel()
	problem := r.problem(change(limited))
	r.logOutcome(what, problem)
	schedule, err := r.scheduleNow(ctx)
	if problem == nil {
		problem = r.problem(err)
	}
	r.Send(wizard.ScheduleChanged{Attempt: attempt, Schedule: schedule, Read: err == nil, Problem: problem})
}
