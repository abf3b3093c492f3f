package wizard

import "partner-center-connector/connector"

// What the person does about the daily check, and what comes of it.
type (
	// AskSchedule shows what would be written so that this computer makes the checks every day.
	AskSchedule struct{}
	// SetSchedule writes what is shown.
	SetSchedule struct{}
	// AskUnschedule asks whether to remove the schedule.
	AskUnschedule struct{}
	// Unschedule removes it.
	Unschedule struct{}
	// CloseSchedule takes back what AskSchedule or AskUnschedule opened.
	CloseSchedule struct{}
	// ScheduleRead brings what stands of the schedule; Problem says why that is not known.
	ScheduleRead struct {
		Attempt  int
		Schedule connector.Schedule
		Problem  *connector.Problem
	}
	// SchedulePlanned brings what would be written; exactly one of Plan and Problem is set.
	SchedulePlanned struct {
		Attempt int
		Plan    *connector.SchedulePlan
		Problem *connector.Problem
	}
	// ScheduleChanged ends SetSchedule or Unschedule, and brings what stands then. Read says whether that is known; Problem is why it could not
	// be changed, or not be read afterwards.
	ScheduleChanged struct {
		Attempt  int
		Schedule connector.Schedule
		Read     bool
		Problem  *connector.Problem
	}
)

func (AskSchedule) scope() scope     { return onSettings }
func (SetSchedule) scope() scope     { return onSettings }
func (AskUnschedule) scope() scope   { return onSettings }
func (Unschedule) scope() scope      { return onSettings }
func (CloseSchedule) scope() scope   { return onSettings }
func (ScheduleRead) scope() scope    { return anywhere }
func (SchedulePlanned) scope() scope { return onSettings }
func (ScheduleChanged) scope() scope { return anywhere }

// What is done about the daily check.
type (
	// ReadSchedule reads what stands of the schedule: ScheduleRead.
	ReadSchedule struct{ Attempt int }
	// PlanSchedule makes out what would be written: SchedulePlanned.
	PlanSchedule struct{ Attempt int }
	// InstallSchedule follows a plan: ScheduleChanged.
	InstallSchedule struct {
		Attempt int
		Plan    connector.SchedulePlan
	}
	// RemoveSchedule undoes what was installed: ScheduleChanged.
	RemoveSchedule struct{ Attempt int }
)

func (ReadSchedule) effect()    {}
func (PlanSchedule) effect()    {}
func (InstallSchedule) effect() {}
func (RemoveSchedule) effect()  {}
