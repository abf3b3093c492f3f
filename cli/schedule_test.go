package cli_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"partner-center-connector/cli"
	"partner-center-connector/connector"
)

// schedules is a system that notes what is set up.
type schedules struct {
	plan    connector.SchedulePlan
	now     connector.Schedule
	fails   error
	inert   bool
	removed int
}

var practicePlan = connector.SchedulePlan{
	Kind: connector.ScheduleSystemd, Program: "/opt/pcc-1.2/pcc", DesktopOnly: true, Versioned: true,
	Parts: []connector.SchedulePart{
		{Place: "/home/me/check.service", Text: "[Service]\nExecStart=/opt/pcc-1.2/pcc check --all --quiet --if-older 20h --scheduled\n"},
		{Place: "/home/me/check.timer", Text: "[Timer]\nPersistent=true\n"},
	},
	Commands: []string{"systemctl --user daemon-reload", "systemctl --user enable check.timer"},
}

func (s *schedules) Status(context.Context) (connector.Schedule, error) { return s.now, nil }

func (s *schedules) Plan(context.Context) (connector.SchedulePlan, error) { return s.plan, s.fails }

func (s *schedules) Install(_ context.Context, plan connector.SchedulePlan) error {
	s.now.Kind, s.now.Installed, s.now.Active = plan.Kind, true, !s.inert
	return nil
}

func (s *schedules) Remove(context.Context) error {
	s.removed++
	s.now = connector.Schedule{Kind: s.now.Kind, Last: s.now.Last}
	return nil
}

// atTerminal runs a command line where somebody sits who types a line.
func (w *world) atTerminal(types string, args ...string) result {
	w.t.Helper()
	out, errs := &bytes.Buffer{}, &bytes.Buffer{}
	host := w.host(types+"\n", out, errs)
	host.InTerminal = true
	code := cli.Main(w.t.Context(), host, w.args(args))
	return result{code, out.String(), errs.String()}
}

// TestScheduleInstall: exactly what is written is shown before anybody is asked, and nothing is done without a yes.
func TestScheduleInstall(t *testing.T) {
	w := newWorld(t, "good")
	s := &schedules{plan: practicePlan}
	w.schedules = s
	plan := `The daily check will be set up by: a systemd timer of your account. It will run /opt/pcc-1.2/pcc.

This will be written to /home/me/check.service:
    [Service]
    ExecStart=/opt/pcc-1.2/pcc check --all --quiet --if-older 20h --scheduled

This will be written to /home/me/check.timer:
    [Timer]
    Persistent=true

These commands will be run:
    systemctl --user daemon-reload
    systemctl --user enable check.timer

The keychain is locked when nobody is signed in at the desktop. On such a day, nothing is checked.
The path /opt/pcc-1.2/pcc contains a version. If an update moves the program, set up the daily check again.
`
	done := plan + "The daily check is set up. To undo that: pcc schedule remove\n"
	for _, step := range []struct {
		name      string
		run       func() result
		code      int
		out       string
		installed bool
	}{
		{"nobody there", func() result { return w.run("schedule", "install") }, cli.ExitUsage, plan, false},
		{"no", func() result { return w.atTerminal("n", "schedule", "install") }, cli.ExitFailed, plan, false},
		{"yes", func() result { return w.atTerminal("y", "schedule", "install") }, cli.ExitFine, done, true},
		{"--yes", func() result { return w.run("schedule", "install", "--yes") }, cli.ExitFine, done, true},
	} {
		s.now = connector.Schedule{}
		if r := step.run(); r.code != step.code || r.out != step.out || s.now.Installed != step.installed {
			t.Errorf("%s: exit code %d, %+v\n%s%s", step.name, r.code, s.now, r.out, r.err)
		}
	}
	s.inert = true
	if r := w.run("schedule", "install", "--yes"); r.code != cli.ExitFailed || r.out != plan+words("cli.schedule.install.inactive")+"\n" {
		t.Errorf("%s", r.out)
	}
	s.fails = &connector.UnfitProgramError{Program: "/tmp/pcc", Folder: "/tmp"}
	if r := w.run("schedule", "install", "--yes"); r.code != cli.ExitFailed || !strings.Contains(r.err, words("problem.schedule-program.title")) {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
	w.schedules = nil
	for _, command := range []string{"install", "status", "remove"} {
		if r := w.run("schedule", command); r.code != cli.ExitFailed || !strings.Contains(r.err, words("problem.no-scheduler.title")) {
			t.Errorf("%s: exit code %d\n%s", command, r.code, r.err)
		}
	}
}

func TestScheduleStatus(t *testing.T) {
	w := newWorld(t, "good")
	at := time.Date(2026, 12, 1, 10, 5, 0, 0, time.Local)
	ran := connector.ScheduledRun{At: at, ExitCode: 3, Checked: 4, Skipped: 1, Failed: 2}
	locked := connector.ScheduledRun{At: at, ExitCode: 3, Failed: 7, Problem: connector.KindKeychainLocked}
	for name, test := range map[string]struct {
		now  connector.Schedule
		code int
		want []string
	}{
		"none": {connector.Schedule{Kind: connector.ScheduleCron}, cli.ExitFailed, []string{words("cli.schedule.none"), words("schedule.never")}},
		"active": {
			connector.Schedule{Kind: connector.ScheduleCron, Installed: true, Active: true, Next: at, Last: ran},
			cli.ExitFine,
			[]string{
				"The daily check is set up and works. It is run by: cron.", "Next daily check: 1 December 2026, 10:05.",
				"Last daily check: 1 December 2026, 10:05, exit code 3. Checked: 4. Skipped: 1. Could not be checked: 2.",
			},
		},
		"inactive, changed and locked": {
			connector.Schedule{Kind: connector.ScheduleLaunchd, Installed: true, Changed: []string{"/a", "/b"}, Last: locked},
			cli.ExitFailed,
			[]string{
				"The daily check is set up by: launchd.", words("cli.schedule.inactive"), words("cli.schedule.changed", "Place", "/a"),
				words("cli.schedule.changed", "Place", "/b"),
				"Last daily check: 1 December 2026, 10:05, exit code 3. Checked: 0. Skipped: 0. Could not be checked: 7.", words("problem.keychain-locked.title"),
			},
		},
		"active and changed": {
			connector.Schedule{Kind: connector.ScheduleWindows, Installed: true, Active: true, Changed: []string{"x"}},
			cli.ExitFailed,
			[]string{"The daily check is set up and works. It is run by: the Windows Task Scheduler.", words("cli.schedule.changed", "Place", "x"), words("schedule.never")},
		},
	} {
		w.schedules = &schedules{now: test.now}
		if r := w.run("schedule", "status"); r.code != test.code || r.out != strings.Join(test.want, "\n")+"\n" || r.err != "" {
			t.Errorf("%s: exit code %d\n%s%s", name, r.code, r.out, r.err)
		}
	}
}

func TestScheduleRemove(t *testing.T) {
	w := newWorld(t, "good")
	s := &schedules{now: connector.Schedule{Installed: true}}
	w.schedules = s
	if r := w.run("schedule", "remove"); r.code != cli.ExitUsage || s.removed != 0 {
		t.Errorf("nobody there: exit code %d", r.code)
	}
	if r := w.atTerminal("", "schedule", "remove"); r.code != cli.ExitFailed || s.removed != 0 || !strings.Contains(r.err, words("cli.schedule.kept")) {
		t.Errorf("no answer: exit code %d\n%s", r.code, r.err)
	}
	if r := w.run("schedule", "remove", "--yes"); r.code != cli.ExitFine || s.removed != 1 || r.out != words("cli.schedule.remove.done")+"\n" {
		t.Errorf("exit code %d\n%s", r.code, r.out)
	}
	if r := w.run("schedule", "remove"); r.code != cli.ExitFine || r.out != words("cli.schedule.none")+"\n" {
		t.Errorf("nothing there: exit code %d\n%s", r.code, r.out)
	}
}

// TestScheduleIsAGroup: what it has is shown, completed and explained.
func TestScheduleIsAGroup(t *testing.T) {
	w := newWorld(t, "good")
	group, install := w.runPlain("schedule"), w.runPlain("schedule", "install", "--help")
	if group.code != cli.ExitFine || !strings.Contains(group.out, "\n  status   ") || !strings.Contains(install.out, "--yes") {
		t.Errorf("%s%s", group.out, install.out)
	}
	if again := w.runPlain("help", "schedule", "install"); again != install {
		t.Errorf("%+v", again)
	}
	for _, args := range [][]string{{"schedule", ""}, {"help", "schedule", ""}} {
		if r := w.runPlain(append([]string{"__complete"}, args...)...); !strings.Contains(r.out, "status") {
			t.Errorf("%v: %s", args, r.out)
		}
	}
}

// TestScheduleStatusOfANewerVersion: what that wrote of the last run is no run that never was.
func TestScheduleStatusOfANewerVersion(t *testing.T) {
	w := newWorld(t, "good")
	w.schedules = &schedules{now: connector.Schedule{Kind: connector.ScheduleCron, Installed: true, Active: true, LastNewer: true}}
	r := w.run("schedule", "status")
	got := strings.Join(strings.Fields(r.out), " ")
	if r.code != cli.ExitFine || !strings.Contains(got, words("schedule.last.newer")) || strings.Contains(got, words("schedule.never")) {
		t.Errorf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
}
