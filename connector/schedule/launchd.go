package schedule

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"github.com/micromdm/plist"

	"partner-center-connector/connector"
)

// agentLabel is the name of the agent.
const agentLabel = "io.github.partnercenterconnector.check"

// launchd is an agent of the account's session on macOS.
type launchd struct{ host }

// agent is a property list of launchd.
type agent struct {
	Label                 string         `plist:"Label"`
	ProgramArguments      []string       `plist:"ProgramArguments"`
	StartCalendarInterval []calendarTime `plist:"StartCalendarInterval"`
	RunAtLoad             bool           `plist:"RunAtLoad"`
	ProcessType           string         `plist:"ProcessType"`
	AbandonProcessGroup   bool           `plist:"AbandonProcessGroup"`
}

// calendarTime is a time of each day.
type calendarTime struct {
	Hour   int `plist:"Hour"`
	Minute int `plist:"Minute"`
}

func (l launchd) kind() connector.ScheduleKind { return connector.ScheduleLaunchd }

func (l launchd) usable(context.Context) bool {
	_, err := l.lookPath("launchctl")
	return err == nil
}

func (l launchd) path() string {
	return filepath.Join(l.home, "Library/LaunchAgents", agentLabel+".plist")
}

// plan calls the program at each sign-in too: a Mac that is off at the hour would never make up for it; and several times a day, since launchd calls
// nothing again because of its exit code. A window that a notification opens outlives it.
func (l launchd) plan(argv []string) (connector.SchedulePlan, error) {
	times := []calendarTime{}
	for _, at := range hours {
		times = append(times, calendarTime{at, l.minute()})
	}
	text, err := plist.MarshalIndent(agent{
		Label: agentLabel, ProgramArguments: argv, StartCalendarInterval: times, RunAtLoad: true, ProcessType: "Background",
		AbandonProcessGroup: true,
	}, "\t")
	plan := connector.SchedulePlan{Parts: []connector.SchedulePart{{Place: l.path(), Text: string(text)}}}
	for _, command := range l.commands() {
		plan.Commands = append(plan.Commands, commandLine(command))
	}
	return plan, err
}

func (l launchd) domain() string { return "gui/" + l.uid }

// commands are those that make launchd follow the agent; the last one reports whether it does.
func (l launchd) commands() [][]string {
	return [][]string{
		{"launchctl", "enable", l.domain() + "/" + agentLabel},
		{"launchctl", "bootstrap", l.domain(), l.path()},
		{"launchctl", "print", l.domain() + "/" + agentLabel},
	}
}

func (l launchd) present(context.Context) ([]connector.SchedulePart, error) {
	return readParts(l.path())
}

func (l launchd) same(planned, found connector.SchedulePart) bool { return planned.Text == found.Text }

// followed asks whether the agent is loaded. One that is disabled in the settings of the system stays loaded until the next sign-in.
func (l launchd) followed(ctx context.Context, status *connector.Schedule) {
	_, err := l.run(ctx, "", "launchctl", "print", l.domain()+"/"+agentLabel)
	disabled, _ := l.run(ctx, "", "launchctl", "print-disabled", l.domain()) // older systems do not tell
	status.Active = err == nil && !isDisabled(disabled)
}

// isDisabled reports whether a list of disabled services has the agent. The word for it has changed: true, then disabled.
func isDisabled(list string) bool {
	for line := range strings.Lines(list) {
		if _, state, found := strings.Cut(line, `"`+agentLabel+`" => `); found {
			state = strings.TrimSpace(state)
			return state == "true" || state == "disabled"
		}
	}
	return false
}

func (l launchd) install(ctx context.Context, plan connector.SchedulePlan) error {
	l.unload(ctx)
	err := writeParts(plan.Parts)
	for _, command := range l.commands() {
		if err == nil {
			_, err = l.run(ctx, "", command...)
		}
	}
	if err != nil {
		return errors.Join(err, l.remove(context.WithoutCancel(ctx)))
	}
	return nil
}

func (l launchd) remove(ctx context.Context) error {
	l.unload(ctx)
	return removeFiles(l.path())
}

// unload takes the agent from launchd, where it is there: else the command fails.
func (l launchd) unload(ctx context.Context) {
	_, _ = l.run(ctx, "", "launchctl", "bootout", l.domain()+"/"+agentLabel)
}
