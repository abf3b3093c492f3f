//go:build e2e && linux

package e2e

import (
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"partner-center-connector/connector"
	"partner-center-connector/connector/schedule"
	"partner-center-connector/connector/store"
)

// scheduled is an account with a connector that was checked a day ago, and the daily check by cron.
type scheduled struct {
	*testing.T
	a    *account
	c    *cloud
	disk *store.Store
	by   *schedule.Scheduler
}

func newScheduled(t *testing.T) scheduled {
	t.Helper()
	a := newAccount(t, chromium)
	l := life{t, a, newCloud(t, "good", true)}
	input, args := l.c.connect(a, "public", connectorName)
	a.pcc(l.c, input, args...).exits(0)
	disk, err := store.Open(a.config())
	if err != nil {
		t.Fatal(err)
	}
	// Nobody has a systemd, nor another session than the account's.
	tools := t.TempDir()
	for _, name := range []string{"crontab"} {
		path, err := exec.LookPath(name)
		if err == nil {
			err = os.Symlink(path, filepath.Join(tools, name))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", tools)
	t.Setenv("XDG_RUNTIME_DIR", a.run())
	by := schedule.New(schedule.Config{Program: programPath(terminal), ConfigDir: a.config(), CloudsFile: l.c.file, LastRun: disk.ScheduledRun})
	return scheduled{t, a, l.c, disk, by}
}

// ages makes the last check of every connector a day older.
func (s scheduled) ages() {
	s.Helper()
	all, err := s.disk.Connectors()
	for _, short := range all {
		c, findErr := s.disk.Connector(short.ID)
		c.Checked = c.Checked.Add(-24 * time.Hour)
		err = errors.Join(err, findErr, s.disk.PutConnector(c))
	}
	if err != nil {
		s.Fatal(err)
	}
}

// runLine runs the line of the crontab as cron does: with its environment alone.
func (s scheduled) runLine(line string) (code int, output string) {
	s.Helper()
	command := strings.ReplaceAll(strings.SplitN(line, " ", 6)[5], `\%`, "%")
	cmd := exec.CommandContext(s.Context(), "/bin/sh", "-c", command)
	cmd.Env, cmd.Dir = []string{"HOME=" + s.a.home(), "LOGNAME=" + os.Getenv("LOGNAME"), "PATH=/usr/bin:/bin", "SHELL=/bin/sh"}, s.a.home()
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		s.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

// TestCronChecks: the line that is written reaches the keychain, the cloud and the list with cron's environment alone, which says nothing of a session;
// without the variable that the line sets it would not.
func TestCronChecks(t *testing.T) {
	s := newScheduled(t)
	s.busAtItsPlace()
	plan, err := s.by.Plan(t.Context())
	if err != nil || plan.Kind != connector.ScheduleCron {
		t.Fatalf("%+v, %v", plan, err)
	}
	line := strings.Split(plan.Parts[0].Text, "\n")[1]
	for _, step := range []struct {
		name string
		line string
		ages bool
		code int
		want connector.ScheduledRun
	}{
		{"a day later", line, true, 0, connector.ScheduledRun{Checked: 1}},
		{"at once again", line, false, 0, connector.ScheduledRun{Skipped: 1}},
		{
			"without the way to the session", strings.Replace(line, "XDG_RUNTIME_DIR=", "A=", 1), true, 1,
			connector.ScheduledRun{ExitCode: 1, Failed: 1, Problem: connector.KindKeychainMissing},
		},
		{"with it again", line, false, 0, connector.ScheduledRun{Checked: 1}},
	} {
		if step.ages {
			s.ages()
		}
		code, output := s.runLine(step.line)
		run, err := s.disk.ScheduledRun()
		at := run.At
		run.At = time.Time{}
		if err != nil || code != step.code || (output == "") != (step.code == 0) || run != step.want || time.Since(at) > time.Minute {
			t.Errorf("%s: exit code %d, kept %+v of %v, %v\n%s", step.name, code, run, at, err, output)
		}
	}
}

// busAtItsPlace puts the session's bus where a session of the system has it.
func (s scheduled) busAtItsPlace() {
	s.Helper()
	path := strings.TrimPrefix(os.Getenv("DBUS_SESSION_BUS_ADDRESS"), "unix:")
	path, _, _ = strings.Cut(path, ",")
	kind, path, _ := strings.Cut(path, "=")
	if kind == "abstract" {
		path = "@" + path
	}
	listener, err := net.Listen("unix", filepath.Join(s.a.run(), "bus"))
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			from, err := listener.Accept()
			if err != nil {
				return
			}
			to, err := net.Dial("unix", path)
			if err != nil {
				_ = from.Close()
				continue
			}
			go func() { _, _ = io.Copy(to, from); _ = to.Close() }()
			go func() { _, _ = io.Copy(from, to); _ = from.Close() }()
		}
	}()
}

// TestCrontab: in the account's real crontab, what others wrote stays byte for byte; pcc tells what is there, and removes it.
func TestCrontab(t *testing.T) {
	s := newScheduled(t)
	crontab, err := exec.LookPath("crontab")
	if err != nil {
		t.Fatal(err)
	}
	table := func(input string, args ...string) string {
		cmd := exec.Command(crontab, args...)
		cmd.Stdin = strings.NewReader(input)
		out, _ := cmd.Output() // without a crontab it fails, and says nothing here
		return string(out)
	}
	before := table("", "-l")
	t.Cleanup(func() {
		if before == "" {
			table("", "-r")
		} else {
			table(before, "-")
		}
	})
	own := "# mine\n\n MAILTO=\"\"\n30\t4 * * * true % x\n"
	table(own, "-")
	plan, err := s.by.Plan(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.by.Install(t.Context(), plan); err != nil {
		t.Fatal(err)
	}
	if got := table("", "-l"); got != own+plan.Parts[0].Text {
		t.Errorf("the crontab is\n%s", got)
	}
	if status, err := s.by.Status(t.Context()); err != nil || !status.Installed || len(status.Changed) > 0 {
		t.Errorf("%+v, %v", status, err)
	}
	if r := s.a.pcc(s.c, "", "schedule", "status"); !strings.Contains(r.stdout, "cron") {
		t.Errorf("status:\n%s%s", r.stdout, r.stderr)
	}
	s.a.pcc(s.c, "", "schedule", "remove", "--yes").exits(0)
	if got := table("", "-l"); got != own {
		t.Errorf("left:\n%s", got)
	}
}

// TestScheduleRefusesATemporaryProgram, which would not be there tomorrow.
func TestScheduleRefusesATemporaryProgram(t *testing.T) {
	a := newAccount(t, chromium)
	program := filepath.Join(a.temp(), terminal)
	text, err := os.ReadFile(programPath(terminal))
	if err == nil {
		err = os.WriteFile(program, text, 0o700)
	}
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "schedule", "install", "--yes", "--lang", "en")
	cmd.Env = a.env
	out, err := cmd.CombinedOutput()
	if err == nil || cmd.ProcessState.ExitCode() != 1 || !strings.Contains(string(out), "is temporary, or everybody can write to it") {
		t.Errorf("%v\n%s", err, out)
	}
}
