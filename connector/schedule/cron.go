package schedule

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"partner-center-connector/connector"
)

// The lines of the crontab between these are ours; the others stay as they are, byte for byte.
const (
	cronBegin = "# BEGIN Partner Center Connector (pcc schedule)\n"
	cronEnd   = "# END Partner Center Connector (pcc schedule)\n"
)

// cronPlace is what the account's crontab is called.
const cronPlace = "crontab"

// cron is a line in the account's crontab.
type cron struct{ host }

func (c cron) kind() connector.ScheduleKind { return connector.ScheduleCron }

func (c cron) usable(context.Context) bool {
	_, err := c.lookPath("crontab")
	return err == nil
}

func (c cron) plan(argv []string) (connector.SchedulePlan, error) {
	return connector.SchedulePlan{
		Parts:    []connector.SchedulePart{{Place: cronPlace, Text: cronBegin + c.line(argv) + "\n" + cronEnd}},
		Commands: []string{"crontab -l", "crontab -"}, BusMissing: c.busMissing(),
	}, nil
}

// busMissing is where the program will look for the session's bus, if there is none now; else empty. That of a session which has its bus elsewhere can't
// be written into a crontab: each session has another one.
func (c cron) busMissing() string {
	for _, name := range []string{"bus", "dbus-session"} {
		if _, err := os.Stat(filepath.Join(c.root, c.runtimeDir(), name)); err == nil {
			return ""
		}
	}
	return filepath.Join(c.runtimeDir(), "bus")
}

// line calls the program three times a day, since cron makes up for nothing that a computer slept through: it works once and then knows that it has.
// Cron hands on nothing of a session; in its folder the program finds the bus, and with that the keychain. The bus's own variable would keep it from
// looking anywhere else. A percent sign would be a line feed.
func (c cron) line(argv []string) string {
	environment := "XDG_RUNTIME_DIR=" + quoted(c.runtimeDir())
	times := fmt.Sprintf("%d %d,%d,%d * * *", c.minute(), hours[0], hours[1], hours[2])
	return times + " " + strings.ReplaceAll(environment+" "+commandLine(argv), "%", `\%`)
}

// present reads the crontab. An account that may not read its own can't have anything of ours in it.
func (c cron) present(ctx context.Context) ([]connector.SchedulePart, error) {
	found := []connector.SchedulePart{}
	if !c.usable(ctx) {
		return found, nil
	}
	table, err := c.read(ctx)
	if _, ours := split(table); err == nil && ours != "" {
		found = append(found, connector.SchedulePart{Place: cronPlace, Text: ours})
	}
	return found, nil
}

func (c cron) same(planned, found connector.SchedulePart) bool { return planned.Text == found.Text }

// followed looks for the daemon by the file in which it keeps its number: without one, a crontab is a file that nobody reads.
func (c cron) followed(_ context.Context, status *connector.Schedule) {
	status.Active = slices.ContainsFunc([]string{"/run/crond.pid", "/run/cron.pid", "/var/run/crond.pid", "/var/run/cron.pid"}, func(path string) bool {
		text, err := os.ReadFile(c.root + path)
		if err != nil {
			return false
		}
		pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
		return err == nil && runs(pid)
	})
}

// runs reports whether a process is there.
func runs(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	err = p.Signal(syscall.Signal(0))
	return err == nil || errors.Is(err, os.ErrPermission)
}

func (c cron) install(ctx context.Context, plan connector.SchedulePlan) error {
	table, err := c.read(ctx)
	if err != nil {
		return err
	}
	others, _ := split(table)
	if others != "" && !strings.HasSuffix(others, "\n") {
		others += "\n"
	}
	_, err = c.run(ctx, others+plan.Parts[0].Text, "crontab", "-")
	return err
}

func (c cron) remove(ctx context.Context) error {
	there, err := c.present(ctx)
	if err != nil || len(there) == 0 {
		return err
	}
	table, err := c.read(ctx)
	others, _ := split(table)
	switch {
	case err != nil:
	case others == "":
		_, err = c.run(ctx, "", "crontab", "-r")
	default:
		_, err = c.run(ctx, others, "crontab", "-")
	}
	return err
}

// read returns the account's crontab; empty where it has none.
func (c cron) read(ctx context.Context) (string, error) {
	table, err := c.run(ctx, "", "crontab", "-l")
	var failed *connector.SchedulerError
	if errors.As(err, &failed) && strings.Contains(failed.Output, "no crontab for") {
		return "", nil
	}
	return table, err
}

// split parts the lines of a crontab that are ours from the others: those from a mark at the beginning to the next one at the end. Where somebody took
// away or moved one of the marks, nobody knows whose the lines beside it are: ours are then the marks, and what calls the program as a schedule does.
func split(table string) (others, ours string) {
	var rest, own strings.Builder
	lines := slices.Collect(strings.SplitAfterSeq(table, "\n"))
	for i := 0; i < len(lines); i++ {
		block := blockOf(lines[i:])
		switch {
		case block > 0:
			own.WriteString(strings.Join(lines[i:i+block], ""))
			i += block - 1
		case lines[i] == cronBegin, lines[i] == cronEnd, isCall(lines[i]):
			own.WriteString(lines[i])
		default:
			rest.WriteString(lines[i])
		}
	}
	return rest.String(), own.String()
}

// blockOf is how many lines a block has that begins with the first one; 0 where none does.
func blockOf(lines []string) int {
	if lines[0] != cronBegin {
		return 0
	}
	marks := func(line string) bool { return line == cronBegin || line == cronEnd }
	if next := 1 + slices.IndexFunc(lines[1:], marks); next > 0 && lines[next] == cronEnd {
		return next + 1
	}
	return 0
}

func isCall(line string) bool {
	return !strings.HasPrefix(line, "#") && strings.Contains(line, " check --all --quiet ") && strings.Contains(line, " --scheduled")
}
