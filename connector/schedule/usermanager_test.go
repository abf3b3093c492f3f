//go:build usermanager && linux

package schedule

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"partner-center-connector/connector"
)

// TestWithAUserManager sets the schedule up with a manager of systemd's that runs for the test alone, has it fire, and removes it.
func TestWithAUserManager(t *testing.T) {
	dir := t.TempDir()
	log, code := filepath.Join(dir, "log"), filepath.Join(dir, "code")
	program := filepath.Join(dir, `50% of $a b;c`)
	script := "#!/bin/sh\n{ printf '%s|' \"$@\"; echo; } >>" + log + "\nexit $(cat " + code + ")\n"
	if err := os.WriteFile(program, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	exits := func(status string) {
		if err := os.WriteFile(code, []byte(status), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	calls := func() []string {
		text, err := os.ReadFile(log)
		if err != nil {
			return nil
		}
		return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	}
	odd := "/" + strings.Join(awkward, "")
	s := New(Config{Program: program, ConfigDir: odd, LastRun: func() (connector.ScheduledRun, error) { return connector.ScheduledRun{}, nil }})
	plan := must(s.Plan(t.Context()))(t)
	if plan.Kind != connector.ScheduleSystemd {
		t.Fatalf("%+v", plan)
	}
	if err := s.Install(t.Context(), plan); err != nil {
		t.Fatal(err)
	}
	status := must(s.Status(t.Context()))(t)
	if ahead := time.Until(status.Next); !status.Active || len(status.Changed) > 0 || ahead <= 0 || ahead > 25*time.Hour {
		t.Errorf("%+v", status)
	}
	// The timer is told to fire every second, by a file beside it.
	exits("0")
	drop := filepath.Join(filepath.Dir(plan.Parts[1].Place), timerUnit+".d")
	if err := os.MkdirAll(drop, 0o700); err != nil {
		t.Fatal(err)
	}
	often := "[Timer]\nOnCalendar=\nOnCalendar=*-*-* *:*:*\nRandomizedDelaySec=0\nAccuracySec=100ms\n"
	if err := os.WriteFile(filepath.Join(drop, "often.conf"), []byte(often), 0o600); err != nil {
		t.Fatal(err)
	}
	ask(t, "daemon-reload")
	ask(t, "restart", timerUnit)
	waitFor(t, "the timer fires twice", func() bool { return len(calls()) >= 2 })
	if err := os.RemoveAll(drop); err != nil {
		t.Fatal(err)
	}
	ask(t, "daemon-reload")
	ask(t, "restart", timerUnit)
	want := "check|--all|--quiet|--if-older|20h|--scheduled|--config-dir|" + odd + "|"
	if got := calls(); slices.ContainsFunc(got, func(call string) bool { return call != want }) {
		t.Errorf("called %q, want %q", got, want)
	}
	for _, outcome := range []struct{ exit, result, state string }{
		{"3", "success", "inactive"}, {"1", "exit-code", "failed"}, {"4", "success", "activating"},
	} {
		exits(outcome.exit)
		ask(t, "reset-failed")
		before := len(calls())
		ask(t, "start", "--no-block", serviceUnit)
		waitFor(t, "the program is called", func() bool { return len(calls()) == before+1 })
		waitFor(t, outcome.exit+" makes the unit "+outcome.state, func() bool {
			return property(t, "ActiveState") == outcome.state && property(t, "Result") == outcome.result
		})
	}
	if err := s.Remove(t.Context()); err != nil {
		t.Fatal(err)
	}
	ask(t, "stop", serviceUnit)
	if status := must(s.Status(t.Context()))(t); status.Installed || status.Active {
		t.Errorf("%+v", status)
	}
	if listed := ask(t, "list-timers", "--all"); strings.Contains(listed, timerUnit) {
		t.Errorf("left:\n%s", listed)
	}
}

// ask runs systemctl and returns what it says.
func ask(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "systemctl", append([]string{"--user"}, args...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("systemctl %v: %v\n%s", args, err, out)
	}
	return string(out)
}

func property(t *testing.T, name string) string {
	t.Helper()
	return strings.TrimSpace(ask(t, "show", "--value", "--property="+name, serviceUnit))
}

// waitFor waits for a condition.
func waitFor(t *testing.T, what string, holds func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	for look := time.NewTicker(50 * time.Millisecond); !holds(); {
		select {
		case <-look.C:
		case <-ctx.Done():
			t.Fatalf("not within 30 s: %s", what)
		}
	}
}
