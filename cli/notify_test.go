package cli_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"partner-center-connector/cli"
	"partner-center-connector/connector"
)

// desk is what shows notifications, or fails.
type desk struct {
	shown []connector.Notice
	err   error
}

func (d *desk) Show(_ context.Context, n connector.Notice) (bool, error) {
	d.shown = append(d.shown, n)
	return false, d.err
}

// TestScheduledRunsNotify: once, again after a week, anew once it was healthy; never by hand, never where they are off.
func TestScheduledRunsNotify(t *testing.T) {
	w, d := newWorld(t, "good"), &desk{}
	w.notices = d
	w.mustConnect()
	credential := map[string]string{}
	for account, text := range w.keychain.items {
		credential[account] = text
	}
	lose := func() { w.forget(0) }
	restore := func() {
		for account, text := range credential {
			w.keychain.items[account] = text
		}
	}
	choose := func(n connector.Notify) func() {
		return func() {
			if err := w.mustOpen().Store.ChangeSettings(func(s connector.Settings) connector.Settings {
				s.Notify = n
				return s
			}); err != nil {
				t.Fatal(err)
			}
		}
	}
	nothing := func() {}
	for _, step := range []struct {
		name   string
		after  time.Duration
		args   string
		before func()
		code   int
		shown  int
	}{
		{"healthy", days(1), scheduledLine, nothing, cli.ExitFine, 0},
		{"by hand", days(1), "check --all --quiet", lose, cli.ExitSignIn, 0},
		{"off", days(1), scheduledLine, choose(connector.NotifyOff), cli.ExitSignIn, 0},
		{"on", time.Hour, scheduledLine, choose(""), cli.ExitSignIn, 1},
		{"the same day", time.Hour, scheduledLine, nothing, cli.ExitSignIn, 0},
		{"the next day", days(1), scheduledLine, nothing, cli.ExitSignIn, 0},
		{"after a week", days(6), scheduledLine, nothing, cli.ExitSignIn, 1},
		{"healthy again", days(1), scheduledLine, restore, cli.ExitFine, 0},
		{"lost again", days(1), scheduledLine, lose, cli.ExitSignIn, 1},
		{"nothing shows it", days(8), scheduledLine, func() { d.err = errors.New("no daemon") }, cli.ExitSignIn, 1},
		{"something does", time.Hour, scheduledLine, func() { d.err = nil }, cli.ExitSignIn, 1},
	} {
		step.before()
		w.clock.forward(step.after)
		d.shown = nil
		if r := w.run(strings.Fields(step.args)...); r.code != step.code || len(d.shown) != step.shown || r.out != "" || strings.Contains(r.err, "daemon") {
			t.Errorf("%s: exit code %d, shown %v\n%s%s", step.name, r.code, d.shown, r.out, r.err)
		}
		for _, n := range d.shown {
			all, err := w.mustOpen().Store.Connectors()
			if err != nil || n.ConnectorID != all[0].ID || n.Text != words("notice.one.sign-in")+"\n"+words("notice.open") || n.Title != words("notice.title", "Count", 1) {
				t.Errorf("%s: %+v, %v", step.name, n, err)
			}
			for _, private := range []string{"Practice", w.facts.Domain, w.facts.IntegrationUPN} {
				if strings.Contains(n.Title+n.Text, private) {
					t.Errorf("%s: it names %s", step.name, private)
				}
			}
		}
	}
}
