//go:build unix

package schedule

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/micromdm/plist"

	"partner-center-connector/connector"
)

// TestLaunchd: the property list says what it should, every word as it is; launchd is told of it and asked about it.
func TestLaunchd(t *testing.T) {
	c := newComputer(t, "darwin")
	odd := strings.Join(awkward, "") + "<&>"
	s := c.scheduler(func(c *Config) { c.ConfigDir = "/" + odd })
	plan := must(s.Plan(t.Context()))(t)
	path := filepath.Join(c.home, "Library/LaunchAgents/io.github.partnercenterconnector.check.plist")
	if plan.Kind != connector.ScheduleLaunchd || len(plan.Parts) != 1 || plan.Parts[0].Place != path {
		t.Fatalf("%+v", plan)
	}
	got := map[string]any{}
	if err := plist.Unmarshal([]byte(plan.Parts[0].Text), &got); err != nil {
		t.Fatal(err)
	}
	at := func(hour uint64) map[string]any { return map[string]any{"Hour": hour, "Minute": uint64(c.minute())} }
	want := map[string]any{
		"Label":                 "io.github.partnercenterconnector.check",
		"ProgramArguments":      []any{"/usr/bin/pcc", "check", "--all", "--quiet", "--if-older", "20h", "--scheduled", "--config-dir", "/" + odd},
		"StartCalendarInterval": []any{at(10), at(13), at(16)},
		"RunAtLoad":             true, "ProcessType": "Background", "AbandonProcessGroup": true,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %#v\nwant %#v", got, want)
	}
	if err := s.Install(t.Context(), plan); err != nil {
		t.Fatal(err)
	}
	commands := []string{
		"launchctl enable gui/1000/io.github.partnercenterconnector.check", "launchctl bootstrap gui/1000 " + path,
		"launchctl print gui/1000/io.github.partnercenterconnector.check",
	}
	if !slices.Equal(plan.Commands, commands) || !slices.Equal(c.ran[1:], commands) || c.ran[0] != "launchctl bootout gui/1000/io.github.partnercenterconnector.check" {
		t.Errorf("shown %q, ran %q", plan.Commands, c.ran)
	}
	if status := must(s.Status(t.Context()))(t); !status.Installed || !status.Active || len(status.Changed) > 0 {
		t.Errorf("%+v", status)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(plan.Parts[0].Text, "20h", "1h", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	for list, active := range map[string]bool{
		"\t\"" + agentLabel + "\" => disabled\n":   false,
		"\t\"" + agentLabel + "\" => true\n":       false,
		"\t\"" + agentLabel + "\" => enabled\n":    true,
		"\t\"" + agentLabel + ".x\" => disabled\n": true,
	} {
		c.says["launchctl print-disabled gui/1000"] = list
		if status := must(s.Status(t.Context()))(t); status.Active != active || !slices.Equal(status.Changed, []string{path}) {
			t.Errorf("%q: %+v", list, status)
		}
	}
	if err := errors.Join(s.Remove(t.Context()), s.Remove(t.Context())); err != nil {
		t.Error(err)
	}
	if status := must(s.Status(t.Context()))(t); status.Installed || status.Kind != connector.ScheduleLaunchd {
		t.Errorf("%+v", status)
	}
}

// TestLaunchdThatRefuses leaves nothing there.
func TestLaunchdThatRefuses(t *testing.T) {
	c := newComputer(t, "darwin")
	s := c.scheduler()
	plan := must(s.Plan(t.Context()))(t)
	c.fails[plan.Commands[1]] = "Bootstrap failed: 5: Input/output error"
	var failed *connector.SchedulerError
	if err := s.Install(t.Context(), plan); !errors.As(err, &failed) || failed.Output != "Bootstrap failed: 5: Input/output error" {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(plan.Parts[0].Place); err == nil {
		t.Error("the file is still there")
	}
}
