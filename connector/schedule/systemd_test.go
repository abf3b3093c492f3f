//go:build unix

package schedule

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"partner-center-connector/connector"
)

// systemdComputer is one whose account has a manager.
func systemdComputer(t *testing.T) *computer {
	t.Helper()
	c := newComputer(t, "linux")
	if err := os.MkdirAll(c.root+"/run/systemd/system", 0o700); err != nil {
		t.Fatal(err)
	}
	return c
}

const wantService = `[Unit]
Description=Partner Center Connector: daily check of the connectors
StartLimitIntervalSec=6h
StartLimitBurst=5

[Service]
Type=exec
ExecStart=/usr/bin/pcc check --all --quiet --if-older 20h --scheduled
SuccessExitStatus=3 4
RestartForceExitStatus=4
RestartSec=30min
RuntimeMaxSec=2h
KillMode=process
Nice=10
`

const wantTimer = `[Unit]
Description=Partner Center Connector: daily check of the connectors

[Timer]
OnCalendar=*-*-* 10:00:00
RandomizedDelaySec=10min
Persistent=true

[Install]
WantedBy=timers.target
`

// TestSystemd: the plan is what is written and run; status tells what was changed by hand and whether the timer runs; nothing is left afterwards.
func TestSystemd(t *testing.T) {
	c := systemdComputer(t)
	s := c.scheduler()
	folder := filepath.Join(c.home, ".config/systemd/user")
	service, timer := filepath.Join(folder, serviceUnit), filepath.Join(folder, timerUnit)
	plan := must(s.Plan(t.Context()))(t)
	if plan.Kind != connector.ScheduleSystemd || plan.Program != "/usr/bin/pcc" || !plan.DesktopOnly || plan.Versioned {
		t.Errorf("%+v", plan)
	}
	if want := []connector.SchedulePart{{Place: service, Text: wantService}, {Place: timer, Text: wantTimer}}; !slices.Equal(plan.Parts, want) {
		t.Errorf("parts:\n%+v", plan.Parts)
	}
	c.ran = nil
	if err := s.Install(t.Context(), plan); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"systemctl --user daemon-reload", "systemctl --user enable " + timerUnit, "systemctl --user restart " + timerUnit, "systemctl --user is-active " + timerUnit,
	}
	if !slices.Equal(c.ran[:4], want) || !slices.Equal(plan.Commands, want) {
		t.Errorf("ran %q, shown %q", c.ran, plan.Commands)
	}
	c.says["systemctl --user show --property=NextElapseUSecRealtime --value "+timerUnit] = "Tue 2026-12-01 09:05:33 UTC\n"
	next := time.Date(2026, 12, 1, 9, 5, 33, 0, time.UTC)
	status := must(s.Status(t.Context()))(t)
	if !status.Installed || !status.Active || len(status.Changed) > 0 || !status.Next.Equal(next) || status.Kind != connector.ScheduleSystemd {
		t.Errorf("%+v", status)
	}
	if err := os.WriteFile(timer, []byte(strings.Replace(wantTimer, "10:00", "11:00", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	c.fails["systemctl --user is-active "+timerUnit] = "inactive"
	status = must(s.Status(t.Context()))(t)
	if !status.Installed || status.Active || !slices.Equal(status.Changed, []string{timer}) || !status.Next.IsZero() {
		t.Errorf("changed and stopped: %+v", status)
	}
	if err := s.Remove(t.Context()); err != nil {
		t.Fatal(err)
	}
	if left, err := filepath.Glob(folder + "/*check*"); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
	if !slices.Contains(c.ran, "systemctl --user disable --now "+timerUnit) {
		t.Errorf("ran %q", c.ran)
	}
	if status := must(s.Status(t.Context()))(t); status.Installed || status.Active || status.Kind != connector.ScheduleSystemd {
		t.Errorf("removed: %+v", status)
	}
	c.ran = nil
	if err := s.Remove(t.Context()); err != nil || slices.ContainsFunc(c.ran, func(line string) bool { return strings.HasPrefix(line, "systemctl") }) {
		t.Errorf("removed twice: %v, %q", err, c.ran)
	}
}

// TestSystemdThatDoesNotFollow: "enabled" proves nothing, and what is not followed is not left there.
func TestSystemdThatDoesNotFollow(t *testing.T) {
	c := systemdComputer(t)
	s := c.scheduler()
	plan := must(s.Plan(t.Context()))(t)
	c.fails["systemctl --user is-active "+timerUnit] = "inactive"
	err := s.Install(t.Context(), plan)
	var failed *connector.SchedulerError
	if !errors.As(err, &failed) || failed.Output != "inactive" {
		t.Errorf("%v", err)
	}
	if status := must(s.Status(t.Context()))(t); status.Installed {
		t.Errorf("%+v", status)
	}
}

// awkward are words that a shell, systemd or cron would read as something else.
var awkward = []string{`a b`, `$HOME`, `%h`, `"quoted"`, `it's`, `back\slash`, `50%`, `;`, `~`, `*`, `{x}`, "käse"}

// TestSystemdTakesTheUnits checks that systemd has nothing to say of them: it ends with 0 where it ignores half of a unit.
func TestSystemdTakesTheUnits(t *testing.T) {
	analyze := tool(t, "systemd-analyze")
	c := systemdComputer(t)
	dir := filepath.Join(c.home, `50% of $a b;c`)
	program := filepath.Join(dir, "pcc")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(program, []byte("#!/bin/sh\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, config := range map[string]func(*Config){
		"plain":   func(c *Config) { c.Program = "/bin/true" },
		"awkward": func(c *Config) { c.Program, c.ConfigDir = program, "/"+strings.Join(awkward, "") },
	} {
		plan := must(c.scheduler(config).Plan(t.Context()))(t)
		if err := writeParts(plan.Parts); err != nil {
			t.Fatal(err)
		}
		cmd := exec.CommandContext(t.Context(), analyze, "--user", "verify", plan.Parts[0].Place, plan.Parts[1].Place)
		cmd.Env = append(os.Environ(), "XDG_RUNTIME_DIR="+t.TempDir(), "HOME="+c.home)
		if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("%s: %v\n%s\n%s", name, err, out, plan.Parts[0].Text)
		}
	}
}

func TestExecLine(t *testing.T) {
	for want, argv := range map[string][]string{
		`/usr/bin/pcc check`:                  {"/usr/bin/pcc", "check"},
		`"/opt/a b/$x/pcc" "$$x" "20%%"`:      {"/opt/a b/$x/pcc", "$x", "20%"},
		`"/opt/50%%/pcc" "a\"b" "c\\d" "e'f"`: {"/opt/50%/pcc", `a"b`, `c\d`, "e'f"},
		`/p "" ";"`:                           {"/p", "", ";"},
	} {
		if got := execLine(argv); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestSystemdRefusesProgramsThatItCannotName(t *testing.T) {
	for _, program := range []string{`/opt/"x"/pcc`, `/opt/it's/pcc`, `/opt/a\b/pcc`, "/opt/a\nb/pcc"} {
		_, err := systemdComputer(t).scheduler(func(c *Config) { c.Program = program }).Plan(t.Context())
		var unfit *connector.UnfitProgramError
		if !errors.As(err, &unfit) || unfit.Program != program {
			t.Errorf("%q: %v", program, err)
		}
	}
}

// TestSystemdIsFollowed: a timer that runs now and is not enabled ends with the session, and a file beside a unit changes it.
func TestSystemdIsFollowed(t *testing.T) {
	c := systemdComputer(t)
	s := c.scheduler()
	if err := s.Install(t.Context(), must(s.Plan(t.Context()))(t)); err != nil {
		t.Fatal(err)
	}
	for _, broken := range []string{"is-active", "is-enabled"} {
		c.fails = map[string]string{"systemctl --user " + broken + " " + timerUnit: "no"}
		if status := must(s.Status(t.Context()))(t); status.Active || !status.Installed {
			t.Errorf("%s: %+v", broken, status)
		}
	}
	c.fails = map[string]string{}
	if status := must(s.Status(t.Context()))(t); !status.Active || len(status.Changed) > 0 {
		t.Errorf("%+v", status)
	}
	mine := filepath.Join(c.home, ".config/systemd/user", timerUnit+".d", "mine.conf")
	everybody := filepath.Join(c.root, "etc/systemd/user", serviceUnit+".d", "nice.conf")
	for _, path := range []string{mine, mine + ".bak", everybody} {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if status := must(s.Status(t.Context()))(t); !status.Active || !slices.Equal(status.Changed, []string{everybody, mine}) {
		t.Errorf("%+v", status)
	}
}
