package cli_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"partner-center-connector/cli"
)

// daily is a computer whose schedule runs every day at half past two, local time: an hour that a day in March does not have, and one in October
// has twice.
type daily struct {
	*world
	desk *desk
}

// at moves the clock to a local time of a day.
func (d *daily) at(day time.Time, hour, minute int) {
	year, month, date := day.Date()
	d.clock.forward(time.Date(year, month, date, hour, minute, 0, 0, time.Local).Sub(d.clock.Now()))
}

// scheduled is a run of the schedule: its exit code, and what was shown of it.
func (d *daily) scheduled() (code int, shown string) {
	d.t.Helper()
	d.desk.shown = nil
	r := d.run(strings.Fields(scheduledLine)...)
	if r.out != "" || (r.err == "") != (r.code == cli.ExitFine || r.code == cli.ExitLater) {
		d.t.Errorf("%s: exit code %d, %q\n%s", d.clock.Now(), r.code, r.out, r.err)
	}
	for _, n := range d.desk.shown {
		for _, work := range []string{"credential", "sign-in", "replace", "look", "unchecked"} {
			if n.Text == words("notice.one."+work)+"\n"+words("notice.open") {
				shown += ", shown " + work
			}
		}
	}
	if strings.Count(shown, "shown") != len(d.desk.shown) {
		d.t.Errorf("%s: shown %+v", d.clock.Now(), d.desk.shown)
	}
	return r.code, shown
}

// day plays a day on which the computer is on, and says what came of it.
func (d *daily) day(day time.Time) string {
	d.t.Helper()
	d.at(day, 2, 30)
	code, shown := d.scheduled()
	run := d.lastRun()
	if run.Checked+run.Skipped != 1 || run.Failed != 0 || run.ExitCode != code {
		d.t.Errorf("%s: kept %+v", day.Format(time.DateOnly), run)
	}
	if run.Skipped == 1 {
		shown += ", skipped"
	}
	health := d.list().Connectors[0]["health"]
	if day.Day() == 1 || day.Day() == 31 { // on one of these the hour comes twice
		d.clock.forward(time.Hour)
		again, twice := d.scheduled()
		if run := d.lastRun(); run.Skipped != 1 || run.Checked != 0 || again != code || twice != "" {
			d.t.Errorf("%s: the second time exit code %d%s, kept %+v", day.Format(time.DateOnly), again, twice, run)
		}
	}
	return fmt.Sprintf("%s, exit code %d%s", health, code, shown)
}

// off plays a day on which it is switched off. What is known of the connector ages all the same.
func (d *daily) off(day time.Time) string {
	d.at(day, 12, 0)
	return fmt.Sprintf("%s, switched off", d.list().Connectors[0]["health"])
}

// renew signs the integration user in again in the evening.
func (d *daily) renew(day time.Time, args ...string) {
	d.t.Helper()
	d.play("good")
	d.at(day, 20, 0)
	if r := d.runWith(d.facts.ClientSecret+"\n", append([]string{"renew", "Practice", "--yes"}, args...)...); r.code != cli.ExitFine {
		d.t.Fatalf("%s: exit code %d\n%s", day.Format(time.DateOnly), r.code, r.err)
	}
}

// Each line is a range of days, the first and the last of them, with what is the same on all of them: the word in the list, the exit code of the
// schedule's run, and what was shown then.
const everyDay = `
2027-07-02 to 2027-07-02: new, exit code 0, skipped
2027-07-03 to 2027-08-31: good, exit code 0
2027-09-01 to 2027-09-29: good, switched off
2027-09-30 to 2027-09-30: unknown, switched off
2027-10-01 to 2027-12-12: good, exit code 0
2027-12-13 to 2027-12-13: attention, exit code 1, shown replace
2027-12-14 to 2027-12-19: attention, exit code 1
2027-12-20 to 2027-12-20: attention, exit code 1, shown replace
2027-12-21 to 2027-12-21: expired, exit code 1, shown credential
2027-12-22 to 2027-12-23: expired, exit code 1
2027-12-24 to 2027-12-24: new, exit code 0, skipped
2027-12-25 to 2028-02-09: good, exit code 0
2028-02-10 to 2028-02-10: sign-in, exit code 3, shown sign-in
2028-02-11 to 2028-02-16: sign-in, exit code 3
2028-02-17 to 2028-02-17: sign-in, exit code 3, shown sign-in
2028-02-18 to 2028-02-19: sign-in, exit code 3
2028-02-20 to 2028-02-20: new, exit code 0, skipped
2028-02-21 to 2028-05-09: good, exit code 0
2028-05-10 to 2028-05-11: unknown, exit code 4
2028-05-12 to 2028-08-31: good, exit code 0
`

// historyOfEveryDay is what is kept of it. The practice cloud has one client secret, so that the one which is entered is no new one.
const historyOfEveryDay = `
2027-07-01 consent, once
2027-07-01 check new, once
2027-07-03 check good, 60 times
2027-10-01 check good, 73 times
2027-12-13 check attention, 8 times
2027-12-21 check expired, 3 times
2027-12-23 consent, once
2027-12-23 check new, once
2027-12-25 check good, 47 times
2028-02-10 check sign-in, 10 times
2028-02-19 consent, once
2028-02-19 check new, once
2028-02-21 check good, 79 times
2028-05-10 check unknown, 2 times
2028-05-12 check good, 112 times
`

// history tells what is kept of what happened, an entry a line.
func (d *daily) history() string {
	d.t.Helper()
	lines := []string{}
	got := struct {
		Connectors []struct {
			History []struct {
				What, Health, From string
				Count              int
			}
		}
	}{}
	d.decode(d.run("status", "--json"), &got)
	for _, p := range got.Connectors[0].History {
		times := "once"
		if p.Count > 1 {
			times = fmt.Sprintf("%d times", p.Count)
		}
		lines = append(lines, strings.TrimSpace(p.From[:10]+" "+p.What+" "+p.Health)+", "+times)
	}
	return strings.Join(lines, "\n")
}

// TestEveryDayOfAYear runs the schedule on every day of 14 months, in a zone with summer time: both changes, a leap day, a month in which the
// computer is off, a client secret that ends and is replaced, a sign-in for which MFA is asked anew, and a service that asks to wait.
func TestEveryDayOfAYear(t *testing.T) {
	if playedIn(t, "Europe/Berlin") {
		return
	}
	if winter := time.Date(2028, time.March, 26, 1, 59, 0, 0, time.Local).Add(time.Minute); winter.Hour() != 3 {
		t.Fatalf("no summer time here: %s", winter)
	}
	d := &daily{newWorld(t, "good"), &desk{}}
	d.notices = d.desk
	first, last := time.Date(2027, time.July, 1, 0, 0, 0, 0, time.Local), time.Date(2028, time.August, 31, 0, 0, 0, 0, time.Local)
	d.at(first, 10, 0)
	args := []string{
		"connect", "--tenant", d.facts.Domain, "--user", d.facts.IntegrationUPN, "--name", "Practice", "--client-id", d.clientID("secret"),
		"--client-kind", "secret", "--secret-stdin", "--secret-expires", "2027-12-20", "--yes",
	}
	if r := d.runWith(d.facts.ClientSecret+"\n", args...); r.code != cli.ExitFine {
		t.Fatal(r.err)
	}
	table, days, span := []string{}, 0, ""
	from, until := "", ""
	tell := func() {
		if span != "" {
			table = append(table, from+" to "+until+": "+span)
		}
	}
	for day := first.AddDate(0, 0, 1); !day.After(last); day = day.AddDate(0, 0, 1) {
		date := day.Format(time.DateOnly)
		switch date {
		case "2028-02-10":
			d.play("later-mfa-again")
		case "2028-05-10":
			d.play("later-throttled")
		case "2028-05-12":
			d.play("good")
		}
		play := d.day
		if days++; day.Month() == time.September && day.Year() == 2027 {
			play = d.off
		}
		outcome := play(day)
		switch date {
		case "2027-12-23":
			d.renew(day, "--secret-stdin", "--secret-expires", "2029-12-20")
		case "2028-02-19":
			d.renew(day)
		}
		if outcome != span {
			tell()
			from, span = date, outcome
		}
		until = date
	}
	tell()
	if got, want := strings.Join(table, "\n"), strings.TrimSpace(everyDay); got != want || days != 427 {
		t.Errorf("%d days\n%s", days, got)
	}
	if got := d.history(); got != strings.TrimSpace(historyOfEveryDay) {
		t.Errorf("the history:\n%s", got)
	}
}
