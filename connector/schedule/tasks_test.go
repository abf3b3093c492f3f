package schedule

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"

	"partner-center-connector/connector"
)

const wantTask = `<?xml version="1.0" encoding="UTF-16"?>
<Task xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task" version="1.2">
  <RegistrationInfo>
    <Description>Partner Center Connector: daily check of the connectors</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <Enabled>true</Enabled>
      <StartBoundary>2026-01-01T10:00:00</StartBoundary>
      <RandomDelay>PT10M</RandomDelay>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>
    <CalendarTrigger>
      <Enabled>true</Enabled>
      <StartBoundary>2026-01-01T13:00:00</StartBoundary>
      <RandomDelay>PT10M</RandomDelay>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>
    <CalendarTrigger>
      <Enabled>true</Enabled>
      <StartBoundary>2026-01-01T16:00:00</StartBoundary>
      <RandomDelay>PT10M</RandomDelay>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>S-1-5-21-1-2-3-1001</UserId>
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <WakeToRun>false</WakeToRun>
    <Enabled>true</Enabled>
    <ExecutionTimeLimit>PT2H</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>C:\Program Files\Jürgen &amp; Co\pcc.exe</Command>
      <Arguments>check --all --quiet --if-older 20h --scheduled</Arguments>
    </Exec>
  </Actions>
</Task>
`

// windowsComputer is one with a Task Scheduler; what it was given last is in registered.
func windowsComputer(t *testing.T) (c *computer, registered *string) {
	t.Helper()
	c = newComputer(t, "windows")
	c.uid = "S-1-5-21-1-2-3-1001"
	registered = new(string)
	run := c.run
	c.run = func(ctx context.Context, stdin string, argv ...string) (string, error) {
		if argv[1] == "/Create" {
			text, err := os.ReadFile(argv[5])
			if err != nil {
				t.Fatal(err)
			}
			*registered = string(text)
			argv = append(slices.Clone(argv[:5]), append([]string{"FILE"}, argv[6:]...)...)
		}
		return run(ctx, stdin, argv...)
	}
	return c, registered
}

// TestTasks: the task is as the schema has it, in its order, and is handed over in UTF-16 with a byte order mark.
func TestTasks(t *testing.T) {
	c, registered := windowsComputer(t)
	s := c.scheduler(func(c *Config) { c.Program = `C:\Program Files\Jürgen & Co\pcc.exe` })
	plan := must(s.Plan(t.Context()))(t)
	name := "Partner Center Connector check S-1-5-21-1-2-3-1001"
	if want := []connector.SchedulePart{{Place: name, Text: wantTask}}; plan.Kind != connector.ScheduleWindows || !slices.Equal(plan.Parts, want) {
		t.Errorf("%s", plan.Parts[0].Text)
	}
	if err := s.Install(t.Context(), plan); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(c.ran, []string{"schtasks /Create /TN " + name + " /XML FILE /F"}) {
		t.Errorf("%q", c.ran)
	}
	text, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().String(*registered)
	if err != nil || text != wantTask {
		t.Errorf("%v\n%s", err, text)
	}
	query := "schtasks /Query /TN " + name + " /XML"
	for _, step := range []struct {
		name            string
		change          *strings.Replacer
		active, changed bool
	}{
		{"as it was given", strings.NewReplacer(), true, false},
		{"as Windows tells it", strings.NewReplacer(
			"<RegistrationInfo>", "<RegistrationInfo><URI>\\x</URI>", "S-1-5-21-1-2-3-1001", "PC\\me", "ü", "\x81", "<RunLevel>LeastPrivilege</RunLevel>", "",
			"<WakeToRun>false</WakeToRun>", "<IdleSettings><StopOnIdleEnd>true</StopOnIdleEnd></IdleSettings>", "\n", "\r\n",
		), true, false},
		{"with another letter for what can't be printed", strings.NewReplacer("ü", "?"), true, false},
		{"switched off", strings.NewReplacer("</WakeToRun>\n    <Enabled>true", "</WakeToRun>\n    <Enabled>false"), false, true},
		{"its triggers switched off", strings.NewReplacer("<CalendarTrigger>\n      <Enabled>true", "<CalendarTrigger>\n      <Enabled>false"), false, true},
		{"one of its triggers switched off", strings.NewReplacer("<Enabled>true</Enabled>\n      <StartBoundary>2026-01-01T13", "<Enabled>false</Enabled>\n      <StartBoundary>2026-01-01T13"), true, true},
		{"at another time", strings.NewReplacer("T10:00", "T11:00"), true, true},
		{"another program", strings.NewReplacer("pcc.exe", "pwn.exe"), true, true},
		{"with more rights", strings.NewReplacer("LeastPrivilege", "HighestAvailable"), true, true},
		{"with other flags", strings.NewReplacer("--quiet ", ""), true, true},
		{"no task", strings.NewReplacer("<", ""), false, true},
	} {
		c.says[query] = step.change.Replace(wantTask)
		status := must(s.Status(t.Context()))(t)
		if !status.Installed || status.Active != step.active || (len(status.Changed) > 0) != step.changed {
			t.Errorf("%s: %+v", step.name, status)
		}
	}
	c.ran = nil
	if err := s.Remove(t.Context()); err != nil || !slices.Contains(c.ran, "schtasks /Delete /TN "+name+" /F") {
		t.Errorf("%v, %q", err, c.ran)
	}
	c.fails[query], c.ran = "FEHLER: Das System kann die angegebene Datei nicht finden.", nil
	if status := must(s.Status(t.Context()))(t); status.Installed || status.Kind != connector.ScheduleWindows {
		t.Errorf("%+v", status)
	}
	if err := s.Remove(t.Context()); err != nil || slices.ContainsFunc(c.ran, func(line string) bool { return strings.Contains(line, "/Delete") }) {
		t.Errorf("%v, %q", err, c.ran)
	}
}

// TestTasksThatAreRefused says what the tool said, and leaves no file.
func TestTasksThatAreRefused(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	t.Setenv("TMP", temp) // Windows' name for it
	c, _ := windowsComputer(t)
	s := c.scheduler()
	plan := must(s.Plan(t.Context()))(t)
	c.fails["schtasks /Create /TN Partner Center Connector check S-1-5-21-1-2-3-1001 /XML FILE /F"] = "ERROR: Access is denied."
	var failed *connector.SchedulerError
	if err := s.Install(t.Context(), plan); !errors.As(err, &failed) || failed.Output != "ERROR: Access is denied." {
		t.Errorf("%v", err)
	}
	if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
}
