package runner

import (
	"context"
	"errors"
	"reflect"
	"sync"
	"testing"

	"partner-center-connector/connector"
	"partner-center-connector/connector/wizard"
)

// fakeSchedules is a system that keeps what it is told.
type fakeSchedules struct {
	connector.Schedules

	mu     sync.Mutex
	plan   connector.SchedulePlan
	is     connector.Schedule
	err    error
	unread error
	// cut says that what was done was cut short.
	cut bool
}

var cronPlan = connector.SchedulePlan{Kind: connector.ScheduleCron, Program: "/usr/bin/pcc", Parts: []connector.SchedulePart{{Place: "crontab", Text: "17 9 * * * pcc"}}}

func (f *fakeSchedules) Status(context.Context) (connector.Schedule, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.is, f.unread
}

func (f *fakeSchedules) Plan(context.Context) (connector.SchedulePlan, error) { return cronPlan, f.err }

func (f *fakeSchedules) Install(ctx context.Context, plan connector.SchedulePlan) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.cut = ctx.Err() != nil; f.err != nil {
		return f.err
	}
	f.plan, f.is.Installed = plan, true
	return nil
}

func (f *fakeSchedules) Remove(context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.is.Installed = false
	return f.err
}

// scheduler is a runner that was not started, with a system that has a schedule; sent are the events that it sent itself.
func scheduler(f *fakeSchedules) (r *Runner, sent func() []wizard.Event) {
	ports := newWorld().ports()
	if f != nil {
		ports.Schedules = f
	}
	r = New(ports, nil, nil)
	return r, func() []wizard.Event {
		r.work.Wait()
		r.mu.Lock()
		defer r.mu.Unlock()
		return r.queue
	}
}

func TestTheScheduleIsReadAndPlanned(t *testing.T) {
	is := connector.Schedule{Kind: connector.ScheduleCron, Installed: true}
	r, sent := scheduler(&fakeSchedules{is: is})
	r.perform(t.Context(), wizard.ReadSchedule{Attempt: 1})
	if got := sent(); !reflect.DeepEqual(got, []wizard.Event{wizard.ScheduleRead{Attempt: 1, Schedule: is}}) {
		t.Errorf("%#v", got)
	}
	r, sent = scheduler(&fakeSchedules{})
	r.perform(t.Context(), wizard.PlanSchedule{Attempt: 2})
	if got := sent(); !reflect.DeepEqual(got, []wizard.Event{wizard.SchedulePlanned{Attempt: 2, Plan: &cronPlan}}) {
		t.Errorf("%#v", got)
	}
	r, sent = scheduler(&fakeSchedules{err: connector.ErrNoScheduler})
	r.perform(t.Context(), wizard.PlanSchedule{Attempt: 3})
	if got := sent()[0].(wizard.SchedulePlanned); got.Plan != nil || got.Problem == nil || got.Problem.Kind != connector.KindNoScheduler {
		t.Errorf("%#v", got)
	}
	r, sent = scheduler(nil)
	r.perform(t.Context(), wizard.ReadSchedule{Attempt: 4})
	if got := sent(); !reflect.DeepEqual(got, []wizard.Event{wizard.ScheduleRead{Attempt: 4}}) {
		t.Errorf("a program without one: %#v", got)
	}
}

func TestTheScheduleIsSetAndRemoved(t *testing.T) {
	f := &fakeSchedules{is: connector.Schedule{Kind: connector.ScheduleCron}}
	r, sent := scheduler(f)
	// The program is being closed: what was begun is done whole all the same.
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r.perform(ctx, wizard.InstallSchedule{Attempt: 1, Plan: cronPlan})
	want := wizard.ScheduleChanged{Attempt: 1, Schedule: connector.Schedule{Kind: connector.ScheduleCron, Installed: true}, Read: true}
	if got := sent(); !reflect.DeepEqual(got, []wizard.Event{want}) || !reflect.DeepEqual(f.plan, cronPlan) || f.cut {
		t.Errorf("%#v, cut short: %v", got, f.cut)
	}
	r, sent = scheduler(f)
	r.perform(t.Context(), wizard.RemoveSchedule{Attempt: 2})
	if got := sent()[0].(wizard.ScheduleChanged); got.Schedule.Installed || !got.Read || got.Problem != nil {
		t.Errorf("%#v", got)
	}
}

func TestAScheduleThatFails(t *testing.T) {
	for name, f := range map[string]*fakeSchedules{
		"the change":              {err: connector.ErrNoScheduler},
		"the look after it":       {unread: errors.New("no answer")},
		"the change and the look": {err: connector.ErrNoScheduler, unread: errors.New("no answer")},
	} {
		r, sent := scheduler(f)
		r.perform(t.Context(), wizard.InstallSchedule{Attempt: 1, Plan: cronPlan})
		got := sent()[0].(wizard.ScheduleChanged)
		if got.Problem == nil || got.Read != (f.unread == nil) || (got.Problem.Kind == connector.KindNoScheduler) != (f.err != nil) {
			t.Errorf("%s: %#v", name, got)
		}
	}
}
