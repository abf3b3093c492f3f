package cli_test

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"time"

	"partner-center-connector/cli"
	"partner-center-connector/connector"
)

// lastRun is what is kept of the last run of the schedule, without its time.
func (w *world) lastRun() connector.ScheduledRun {
	w.t.Helper()
	run, err := w.mustOpen().Ports.Store.ScheduledRun()
	if err != nil {
		w.t.Fatal(err)
	}
	run.At = time.Time{}
	return run
}

const scheduledLine = "check --all --quiet --if-older 20h --scheduled"

// TestScheduledRuns: what is fine is not told, what was checked a short time before is not checked again, and what came of a run is kept.
func TestScheduledRuns(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	w.copies(2)
	w.clock.forward(24 * time.Hour)
	for _, step := range []struct {
		name    string
		args    string
		after   time.Duration
		code    int
		checked int
		want    connector.ScheduledRun
	}{
		{"the first", scheduledLine, 0, cli.ExitFine, 2, connector.ScheduledRun{Checked: 2}},
		{"a second one", scheduledLine, time.Hour, cli.ExitFine, 0, connector.ScheduledRun{Skipped: 2}},
		{"by hand", "check --all", time.Hour, cli.ExitFine, 2, connector.ScheduledRun{Skipped: 2}},
		{"by hand, if older", "check --all --if-older 20h", time.Hour, cli.ExitFine, 0, connector.ScheduledRun{Skipped: 2}},
		{"before its time", scheduledLine, 18*time.Hour + 59*time.Minute, cli.ExitFine, 0, connector.ScheduledRun{Skipped: 2}},
		{"at its time", scheduledLine, time.Minute, cli.ExitFine, 2, connector.ScheduledRun{Checked: 2}},
	} {
		w.clock.forward(step.after)
		before := w.ages()
		r := w.run(strings.Fields(step.args)...)
		checked := 0
		for name, at := range w.ages() {
			if !at.Equal(before[name]) {
				checked++
			}
		}
		quiet := strings.Contains(step.args, "--quiet")
		if r.code != step.code || checked != step.checked || r.err != "" || (r.out == "") != quiet || w.lastRun() != step.want {
			t.Errorf("%s: exit code %d, %d checked, kept %+v\n%s%s", step.name, r.code, checked, w.lastRun(), r.out, r.err)
		}
	}
}

// ages are the times of the last checks of all connectors.
func (w *world) ages() map[string]time.Time {
	w.t.Helper()
	all, err := w.mustOpen().Ports.Store.Connectors()
	if err != nil {
		w.t.Fatal(err)
	}
	at := map[string]time.Time{}
	for _, c := range all {
		at[c.Name] = c.Checked
	}
	return at
}

// TestScheduledRunTellsWhatNeedsSomebody, on standard error alone.
func TestScheduledRunTellsWhatNeedsSomebody(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	w.copies(2)
	w.clock.forward(24 * time.Hour)
	w.forget(0)
	r := w.run(strings.Fields(scheduledLine)...)
	title := words("problem.credential-gone.title")
	if r.code != cli.ExitSignIn || r.out != "" || !strings.Contains(r.err, "Practice: ") || !strings.Contains(r.err, title) || strings.Contains(r.err, "Copy 2") {
		t.Errorf("exit code %d, %q\n%s", r.code, r.out, r.err)
	}
	if got, want := w.lastRun(), (connector.ScheduledRun{ExitCode: 3, Checked: 1, Failed: 1}); got != want {
		t.Errorf("kept %+v", got)
	}
	w.keychain.err = errors.New("the keychain is broken")
	w.clock.forward(24 * time.Hour)
	if r := w.run(strings.Fields(scheduledLine)...); r.code != cli.ExitSignIn || r.out != "" || r.err == "" {
		t.Errorf("a broken keychain: exit code %d, %q\n%s", r.code, r.out, r.err)
	}
	if got, want := w.lastRun(), (connector.ScheduledRun{ExitCode: 3, Failed: 2, Problem: connector.KindKeychainBroken}); got != want {
		t.Errorf("kept %+v", got)
	}
}

func TestCheckRefusesFlagsThatDoNotFit(t *testing.T) {
	w := newWorld(t, "good")
	for args, key := range map[string]string{
		"check Practice --scheduled":          "cli.error.scheduled",
		"check --all --if-older 20":           "cli.error.if-older",
		"status Practice --replace":           "cli.error.replace",
		"check Practice --if-older 1h":        "cli.error.if-older",
		"check --all --if-older -1h":          "cli.error.if-older",
		"check --all Practice --if-older 20h": "cli.error.check-which",
	} {
		r := w.run(strings.Fields(args)...)
		if r.code != cli.ExitUsage || !strings.Contains(strings.Join(strings.Fields(r.out+r.err), " "), words(key)) {
			t.Errorf("%s: exit code %d\n%s%s", args, r.code, r.out, r.err)
		}
	}
	if r := w.run("check", "--help"); strings.Contains(r.out, "--scheduled") || !strings.Contains(r.out, "--if-older") {
		t.Errorf("the help:\n%s", r.out)
	}
	if r := w.run(strings.Fields(scheduledLine)...); r.code != cli.ExitFine || r.out+r.err != "" {
		t.Errorf("without connectors: exit code %d, %q", r.code, r.out+r.err)
	}
}

// TestScheduledRunThatCannotBegin is kept and told: nobody reads what a schedule prints. By hand it is neither.
func TestScheduledRunThatCannotBegin(t *testing.T) {
	w, d := newWorld(t, "good"), &desk{}
	w.notices = d
	w.mustConnect()
	gone := []string{"--config-dir", w.path("config"), "--clouds", w.path("gone.toml")}
	if r := w.runPlain(append([]string{"check", "--all"}, gone...)...); r.code != cli.ExitUsage || len(d.shown) > 0 || w.lastRun() != (connector.ScheduledRun{}) {
		t.Errorf("by hand: exit code %d, shown %v, kept %+v", r.code, d.shown, w.lastRun())
	}
	want := connector.Notice{Title: words("notice.run.title"), Text: words("notice.one.run") + "\n" + words("notice.open")}
	r := w.runPlain(append(strings.Fields(scheduledLine), gone...)...)
	if r.code != cli.ExitUsage || len(d.shown) != 1 || d.shown[0] != want || !strings.Contains(r.err, "gone.toml") {
		t.Errorf("without its clouds: exit code %d, shown %+v\n%s", r.code, d.shown, r.err)
	}
	if got, want := w.lastRun(), (connector.ScheduledRun{ExitCode: 2, Problem: connector.KindCloudsFile}); got != want {
		t.Errorf("without its clouds: kept %+v", got)
	}
	w.disk = func(s connector.Store) connector.Store { return listless{s} }
	d.shown = nil
	if r := w.run(strings.Fields(scheduledLine)...); r.code != cli.ExitFailed || len(d.shown) != 1 || d.shown[0] != want {
		t.Errorf("without its list: exit code %d, shown %+v\n%s", r.code, d.shown, r.err)
	}
	if got, want := w.lastRun(), (connector.ScheduledRun{ExitCode: 1, Problem: connector.KindDisk}); got != want {
		t.Errorf("without its list: kept %+v", got)
	}
}

// listless is a disk whose list can't be read.
type listless struct{ connector.Store }

func (listless) Connectors() ([]connector.Connector, error) {
	return nil, &fs.PathError{Op: "open", Path: "connectors", Err: fs.ErrPermission}
}

// TestScheduledRunsTellOnceADay: what the run before has checked and told is in the exit code, and not on standard error again: cron sends that by mail.
func TestScheduledRunsTellOnceADay(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	w.play("partner-privileges")
	w.clock.forward(24 * time.Hour)
	first := w.run(strings.Fields(scheduledLine)...)
	w.clock.forward(3 * time.Hour)
	second := w.run(strings.Fields(scheduledLine)...)
	if first.code != cli.ExitFailed || !strings.Contains(first.err, "Practice: ") || second.code != first.code || second.out+second.err != "" {
		t.Errorf("exit codes %d and %d\n%s\nthen\n%s", first.code, second.code, first.err, second.err)
	}
	if r := w.run("check", "--all", "--quiet", "--if-older", "20h"); r.code != first.code || !strings.Contains(r.err, "Practice: ") {
		t.Errorf("by hand: exit code %d\n%s", r.code, r.err)
	}
}
