package schedule

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/coreos/go-systemd/v22/unit"

	"partner-center-connector/connector"
	"partner-center-connector/connector/safefile"
)

// The names of the units.
const (
	serviceUnit = "partner-center-connector-check.service"
	timerUnit   = "partner-center-connector-check.timer"
)

// systemd is a timer of the account's own manager.
type systemd struct{ host }

func (s systemd) kind() connector.ScheduleKind { return connector.ScheduleSystemd }

// usable asks the manager of the account: without one, units can be written and enabled, and nothing ever follows them.
func (s systemd) usable(ctx context.Context) bool {
	if _, err := os.Stat(s.root + "/run/systemd/system"); err != nil {
		return false
	}
	_, err := s.run(ctx, "", "systemctl", "--user", "show-environment")
	return err == nil
}

func (s systemd) path(name string) string {
	base := s.env("XDG_CONFIG_HOME")
	if !filepath.IsAbs(base) {
		base = filepath.Join(s.home, ".config")
	}
	return filepath.Join(base, "systemd/user", name)
}

// plan makes the units. There is no way to write the path of a program with these characters.
func (s systemd) plan(argv []string) (connector.SchedulePlan, error) {
	if strings.ContainsAny(argv[0], `"'\`) {
		return connector.SchedulePlan{}, &connector.UnfitProgramError{Program: argv[0]}
	}
	service, err := io.ReadAll(unit.Serialize(service(argv)))
	if err != nil {
		return connector.SchedulePlan{}, err
	}
	timer, err := io.ReadAll(unit.Serialize(timer()))
	plan := connector.SchedulePlan{Parts: []connector.SchedulePart{
		{Place: s.path(serviceUnit), Text: string(service)}, {Place: s.path(timerUnit), Text: string(timer)},
	}}
	for _, command := range s.commands() {
		plan.Commands = append(plan.Commands, commandLine(command))
	}
	return plan, err
}

// service is the unit that calls the program. What it could not find out for want of a network, it tries again in half an hour; that a person has to
// sign in (3) is no failure of the unit, while a connector that is broken is one (1), as is a config folder that can't be written, of which nothing else
// tells; and a window that a notification opens outlives it.
func service(argv []string) []*unit.UnitOption {
	return []*unit.UnitOption{
		unit.NewUnitOption("Unit", "Description", "Partner Center Connector: daily check of the connectors"),
		unit.NewUnitOption("Unit", "StartLimitIntervalSec", "6h"),
		unit.NewUnitOption("Unit", "StartLimitBurst", "5"),
		unit.NewUnitOption("Service", "Type", "exec"),
		unit.NewUnitOption("Service", "ExecStart", execLine(argv)),
		unit.NewUnitOption("Service", "SuccessExitStatus", "3 4"),
		unit.NewUnitOption("Service", "RestartForceExitStatus", "4"),
		unit.NewUnitOption("Service", "RestartSec", "30min"),
		unit.NewUnitOption("Service", "RuntimeMaxSec", "2h"),
		unit.NewUnitOption("Service", "KillMode", "process"),
		unit.NewUnitOption("Service", "Nice", "10"),
	}
}

// timer is the unit that starts the other one. A computer that was off makes up for it when somebody signs in; the delay is short, since it counts then
// too, and some are on for twenty minutes a day.
func timer() []*unit.UnitOption {
	return []*unit.UnitOption{
		unit.NewUnitOption("Unit", "Description", "Partner Center Connector: daily check of the connectors"),
		unit.NewUnitOption("Timer", "OnCalendar", "*-*-* 10:00:00"),
		unit.NewUnitOption("Timer", "RandomizedDelaySec", "10min"),
		unit.NewUnitOption("Timer", "Persistent", "true"),
		unit.NewUnitOption("Install", "WantedBy", "timers.target"),
	}
}

// execLine is a command line as systemd reads it. Specifiers are expanded in each word, variables in each but the program.
// https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Command%20lines
func execLine(argv []string) string {
	escape := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "%", "%%")
	words := []string{}
	for i, word := range argv {
		word = escape.Replace(word)
		if i > 0 {
			word = strings.ReplaceAll(word, "$", "$$")
		}
		if quoted(argv[i]) != argv[i] {
			word = `"` + word + `"`
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

// commands are those that make the manager follow the units; the last one reports whether it does.
func (s systemd) commands() [][]string {
	return [][]string{
		{"systemctl", "--user", "daemon-reload"},
		{"systemctl", "--user", "enable", timerUnit},
		{"systemctl", "--user", "restart", timerUnit},
		{"systemctl", "--user", "is-active", timerUnit},
	}
}

func (s systemd) present(context.Context) ([]connector.SchedulePart, error) {
	return readParts(s.path(serviceUnit), s.path(timerUnit))
}

func (s systemd) same(planned, found connector.SchedulePart) bool { return planned.Text == found.Text }

// followed asks whether the timer runs now and whether it will after the next sign-in. What somebody has put beside the units changes them too.
func (s systemd) followed(ctx context.Context, status *connector.Schedule) {
	status.Changed = append(status.Changed, s.dropIns()...)
	for _, state := range []string{"is-active", "is-enabled"} {
		if _, err := s.run(ctx, "", "systemctl", "--user", state, timerUnit); err != nil {
			return
		}
	}
	status.Active = true
	// Where it does not tell when, or in another form, that is left open.
	text, _ := s.run(ctx, "", "systemctl", "--user", "show", "--property=NextElapseUSecRealtime", "--value", timerUnit)
	status.Next, _ = time.Parse("Mon 2006-01-02 15:04:05 MST", strings.TrimSpace(text))
}

// dropIns are the files with which somebody has changed our units and no others.
func (s systemd) dropIns() []string {
	found := []string{}
	for _, name := range []string{serviceUnit, timerUnit} {
		for _, folder := range []string{s.path(name + ".d"), filepath.Join(s.root, "/etc/systemd/user", name+".d")} {
			files, _ := os.ReadDir(folder) // mostly there is none
			for _, file := range files {
				if strings.HasSuffix(file.Name(), ".conf") {
					found = append(found, filepath.Join(folder, file.Name()))
				}
			}
		}
	}
	return found
}

func (s systemd) install(ctx context.Context, plan connector.SchedulePlan) error {
	err := writeParts(plan.Parts)
	for _, command := range s.commands() {
		if err == nil {
			_, err = s.run(ctx, "", command...)
		}
	}
	if err != nil {
		return errors.Join(err, s.remove(context.WithoutCancel(ctx)))
	}
	return nil
}

// remove stops the timer first; without a manager there is none to be stopped, and the files and links are all there is.
func (s systemd) remove(ctx context.Context) error {
	link := filepath.Join(s.path("timers.target.wants"), timerUnit)
	there, err := s.present(ctx)
	if _, linkErr := os.Lstat(link); err != nil || len(there) == 0 && linkErr != nil {
		return err
	}
	_, stopErr := s.run(ctx, "", "systemctl", "--user", "disable", "--now", timerUnit)
	err = removeFiles(s.path(timerUnit), s.path(serviceUnit), link)
	if s.usable(ctx) {
		_, reloadErr := s.run(ctx, "", "systemctl", "--user", "daemon-reload")
		return errors.Join(err, stopErr, reloadErr)
	}
	return err
}

// readParts reads the files that are there.
func readParts(paths ...string) ([]connector.SchedulePart, error) {
	found := []connector.SchedulePart{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return nil, err
		default:
			found = append(found, connector.SchedulePart{Place: path, Text: string(text)})
		}
	}
	return found, nil
}

// writeParts writes files, and makes their folders.
func writeParts(parts []connector.SchedulePart) error {
	for _, part := range parts {
		if err := os.MkdirAll(filepath.Dir(part.Place), 0o700); err != nil {
			return err
		}
		if err := safefile.Export(part.Place, []byte(part.Text)); err != nil {
			return err
		}
	}
	return nil
}

// removeFiles removes the files that are there.
func removeFiles(paths ...string) error {
	var failed []error
	for _, path := range paths {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}
