package connector

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// ScheduleKind is what of a system calls a program at a time.
type ScheduleKind string

// The kinds. ScheduleNone: there is nothing of it on this computer.
const (
	ScheduleNone    ScheduleKind = ""
	ScheduleSystemd ScheduleKind = "systemd"
	ScheduleCron    ScheduleKind = "cron"
	ScheduleWindows ScheduleKind = "task-scheduler"
	ScheduleLaunchd ScheduleKind = "launchd"
)

// SchedulePart is a file, or an entry of a system's own list, that makes up the schedule.
type SchedulePart struct {
	// Place is its path, or the name of the entry.
	Place string
	// Text is what it holds, whole.
	Text string
}

// SchedulePlan is exactly what would be written where, and run.
type SchedulePlan struct {
	Kind  ScheduleKind
	Parts []SchedulePart
	// Commands are the command lines that are run after that, to be shown.
	Commands []string
	// Program is the program that is called, by its absolute path.
	Program string
	// DesktopOnly says that the keychain can be reached while somebody is signed in at the desktop alone.
	DesktopOnly bool
	// BusMissing is where the session's bus has to be for the keychain to be reached, and is not now; empty where it is, or where nothing depends on it.
	BusMissing string
	// Versioned says that the program's path names a version, so that an upgrade may put it elsewhere.
	Versioned bool
}

// Schedule is what stands of the schedule on this computer.
type Schedule struct {
	Kind ScheduleKind
	// Installed: it is there. Active: the system will call it.
	Installed, Active bool
	// Changed are the places whose text is no longer what this program wrote.
	Changed []string
	// Next is when it is called next; zero where the system does not say.
	Next time.Time
	// Last is what came of its last run; zero where there was none, or where LastNewer says that a newer version wrote it.
	Last      ScheduledRun
	LastNewer bool
}

// ErrNoScheduler means that nothing of this computer could call a program every day.
var ErrNoScheduler = errors.New("nothing here calls a program every day")

// UnfitProgramError means that the schedule must not call the program where it is.
type UnfitProgramError struct {
	Program string
	// Folder is the one that is temporary, or that everybody can write to; empty where it is something else.
	Folder string
	// Missing says that the program is not there.
	Missing bool
}

// Error implements error.
func (e *UnfitProgramError) Error() string {
	switch {
	case e.Missing:
		return e.Program + " is not there"
	case e.Folder != "":
		return e.Program + " is in a temporary folder, or in one that everybody can write to: " + e.Folder
	}
	return fmt.Sprintf("the path %q can't stand in a schedule", e.Program)
}

// SchedulerError means that a tool of the system failed.
type SchedulerError struct {
	// Command is the command line, Output what it said.
	Command, Output string
	Err             error
}

// Error implements error.
func (e *SchedulerError) Error() string { return fmt.Sprintf("%s: %v: %s", e.Command, e.Err, e.Output) }

// Unwrap returns the cause.
func (e *SchedulerError) Unwrap() error { return e.Err }

// ScheduledRun is what came of a run of the schedule.
type ScheduledRun struct {
	At time.Time `json:"at,omitzero"`
	// ExitCode is that of pcc.
	ExitCode int `json:"exitCode"`
	// Checked, Skipped and Failed count connectors: checked ones, those that were checked a short time before or are not for this version to check,
	// and those that could not be checked.
	Checked int `json:"checked"`
	Skipped int `json:"skipped"`
	Failed  int `json:"failed"`
	// Problem is why nothing could be checked at all; empty where something was.
	Problem ProblemKind `json:"problem,omitempty"`
}

// CheckedWithin reports whether the connector's checks were made less than d before now, and came to something: where nothing could be found out,
// they are worth another try.
func (c Connector) CheckedWithin(d time.Duration, now time.Time) bool {
	age := now.Sub(c.Checked)
	return !c.Checked.IsZero() && c.Health != HealthUnknown && age >= 0 && age < d
}

// Schedules sets up the daily check with what the system has.
type Schedules interface {
	Status(ctx context.Context) (Schedule, error)
	// Plan is what Install would do. Its error says why it can't be done here.
	Plan(ctx context.Context) (SchedulePlan, error)
	// Install writes the plan, and makes the system follow it. What was there of an earlier one is replaced.
	Install(ctx context.Context, plan SchedulePlan) error
	// Remove undoes it; one that is not there is no error.
	Remove(ctx context.Context) error
}

// Notice is a notification for the person at this computer. It holds no secret and names no customer.
type Notice struct {
	// ConnectorID is the connector that needs somebody.
	ConnectorID string
	Title, Text string
}

// Notices shows notifications by what the system has.
type Notices interface {
	// Show shows one, and waits at most until ctx ends for a click; it reports whether it was clicked. Its error says why it could not be
	// shown; that it was shown does not mean that anybody saw it.
	Show(ctx context.Context, n Notice) (clicked bool, err error)
}

// Notified is that somebody was notified of a connector's problem.
type Notified struct {
	ConnectorID string `json:"connector"`
	// Problem is the kind of problem, or a word for what is known where no problem is behind it.
	Problem ProblemKind `json:"problem"`
	At      time.Time   `json:"at"`
}
