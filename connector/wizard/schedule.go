package wizard

import "partner-center-connector/connector"

// SchedulePage is the daily check on the settings screen.
type SchedulePage struct {
	// Known says that Is was read: what stands of the schedule on this computer.
	Known bool
	Is    connector.Schedule
	// Looking reads it, Planning makes a plan, Changing follows or undoes one.
	Looking, Planning, Changing Work
	// undoing says that what is being changed is removed.
	undoing bool
	// Plan is what would be written, while that is shown; nil where it is not.
	Plan *connector.SchedulePlan
	// Removing says that it is being asked whether to remove it.
	Removing bool
	// Problem returns why it could not be read, planned or changed.
	Problem *connector.Problem
}

// readSchedule reads what stands of it. A change that is under way tells that at its end; a rehearsal has none.
func readSchedule(s State) (State, []Effect) {
	if s.Rehearsal != nil || s.SettingsPage.Schedule.Changing.Running {
		return s, nil
	}
	s, n := attempt(s)
	s.SettingsPage.Schedule.Looking = Work{Attempt: n, Running: true}
	return s, []Effect{ReadSchedule{Attempt: n}}
}

// leave closes what was opened. A change that is under way comes to its end.
func (p SchedulePage) leave() (SchedulePage, []Effect) {
	effects := stop(runningAttempt(p.Looking))
	effects = append(effects, stop(runningAttempt(p.Planning))...)
	return SchedulePage{Known: p.Known, Is: p.Is, Changing: p.Changing, undoing: p.undoing}, effects
}

// busy returns why the schedule can't be changed now.
func (p SchedulePage) busy() Reason {
	if p.Changing.Running {
		return ReasonScheduleBusy
	}
	return ""
}

func (e ScheduleRead) next(s State) (State, []Effect) {
	p := &s.SettingsPage.Schedule
	if e.Attempt != p.Looking.Attempt || !p.Looking.Running {
		return s, nil
	}
	p.Looking.Running, p.Problem, p.Known = false, e.Problem, e.Problem == nil
	if p.Known {
		p.Is = e.Schedule
	}
	return s, nil
}

func (AskSchedule) blocked(s State) Reason {
	p := s.SettingsPage.Schedule
	switch {
	case p.busy() != "":
		return p.busy()
	case p.Planning.Running || p.Plan != nil:
		return ReasonQuestion
	case s.Policy.ForbidsDailyCheck():
		return ReasonPolicyLocks
	}
	return goneUnless(p.Known && (p.Is.Installed || p.Is.Kind != connector.ScheduleNone))
}

func (AskSchedule) next(s State) (State, []Effect) {
	s, n := attempt(s)
	p := &s.SettingsPage.Schedule
	p.Planning, p.Removing, p.Problem = Work{Attempt: n, Running: true}, false, nil
	return s, []Effect{PlanSchedule{Attempt: n}}
}

func (e SchedulePlanned) next(s State) (State, []Effect) {
	p := &s.SettingsPage.Schedule
	if e.Attempt != p.Planning.Attempt || !p.Planning.Running {
		return s, nil
	}
	p.Planning.Running, p.Plan, p.Problem = false, e.Plan, e.Problem
	return s, nil
}

func (SetSchedule) blocked(s State) Reason {
	p := s.SettingsPage.Schedule
	if r := p.busy(); r != "" {
		return r
	}
	return goneUnless(p.Plan != nil)
}

func (SetSchedule) next(s State) (State, []Effect) {
	plan := *s.SettingsPage.Schedule.Plan
	s, n := changeSchedule(s, false)
	return s, []Effect{InstallSchedule{Attempt: n, Plan: plan}}
}

func (AskUnschedule) blocked(s State) Reason {
	p := s.SettingsPage.Schedule
	switch {
	case p.busy() != "":
		return p.busy()
	case p.Removing:
		return ReasonQuestion
	}
	return goneUnless(p.Known && p.Is.Installed)
}

func (AskUnschedule) next(s State) (State, []Effect) {
	p := &s.SettingsPage.Schedule
	effects := stop(runningAttempt(p.Planning))
	p.Planning, p.Plan, p.Problem, p.Removing = Work{}, nil, nil, true
	return s, effects
}

func (Unschedule) blocked(s State) Reason {
	p := s.SettingsPage.Schedule
	if r := p.busy(); r != "" {
		return r
	}
	return goneUnless(p.Removing)
}

func (Unschedule) next(s State) (State, []Effect) {
	s, n := changeSchedule(s, true)
	return s, []Effect{RemoveSchedule{Attempt: n}}
}

// changeSchedule begins a change. What is being read meanwhile is out of date then.
func changeSchedule(s State, undoing bool) (State, int) {
	s, n := attempt(s)
	p := &s.SettingsPage.Schedule
	p.undoing = undoing
	p.Changing, p.Looking, p.Problem = Work{Attempt: n, Running: true}, Work{}, nil
	return s, n
}

func (e ScheduleChanged) next(s State) (State, []Effect) {
	p := &s.SettingsPage.Schedule
	if e.Attempt != p.Changing.Attempt || !p.Changing.Running {
		return s, nil
	}
	p.Changing.Running, p.Problem = false, e.Problem
	if e.Read {
		p.Known, p.Is = true, e.Schedule
	}
	if e.Problem != nil {
		return s, nil
	}
	said := Said{What: SaidScheduled}
	if p.undoing {
		said.What = SaidUnscheduled
	}
	p.Plan, p.Removing = nil, false
	return s.saysHere(ScreenSettings, said), nil
}

func (CloseSchedule) blocked(s State) Reason {
	p := s.SettingsPage.Schedule
	if r := p.busy(); r != "" {
		return r
	}
	return goneUnless(p.Planning.Running || p.Plan != nil || p.Removing)
}

func (CloseSchedule) next(s State) (State, []Effect) {
	p := &s.SettingsPage.Schedule
	effects := stop(runningAttempt(p.Planning))
	p.Planning, p.Plan, p.Removing, p.Problem = Work{}, nil, false, nil
	return s, effects
}
