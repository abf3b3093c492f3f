package cli_test

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"partner-center-connector/cli"
)

// yearBegins is when the connectors of the year are saved: a time at which the zones of the test have different dates.
var yearBegins = time.Date(2027, time.January, 1, 23, 30, 0, 0, time.UTC)

// The moments of the year, as they are counted from Save.
var moments = []struct {
	name string
	age  time.Duration
}{
	{"at once", 0},
	{"6 minutes", 6 * time.Minute},
	{"1 day", days(1)},
	{"29 days", days(29)},
	{"30 days less 1 h", days(30) - time.Hour},
	{"30 days and 1 h", days(30) + time.Hour},
	{"31 days", days(31)},
	{"59 days", days(59)},
	{"60 days", days(60)},
	{"60 days and 1 h", days(60) + time.Hour},
	{"89 days", days(89)},
	{"90 days less 1 h", days(90) - time.Hour},
	{"90 days and 1 h", days(90) + time.Hour},
	{"91 days", days(91)},
	{"365 days", days(365)},
}

func days(n int) time.Duration { return time.Duration(n) * 24 * time.Hour }

// Each line is a moment: the health in the list, the day by which something is due (over everywhere on earth before it is too late), the health in
// JSON and, where it was checked then, the exit code of check and what that said of the end of the credential.
//
// The client secret ends on 2 March, 60 days after Save. A public client has none, and a certificate's end is its own: TestAfterTheCertificatesEnd.
const (
	secretNeverChecked = `
at once: New, 2027-02-28, new
6 minutes: New, 2027-02-28, new
1 day: New, 2027-02-28, new
29 days: New, 2027-02-28, new
30 days less 1 h: New, 2027-02-28, new
30 days and 1 h: Not known, 2027-02-28, unknown
31 days: Not known, 2027-02-28, unknown
59 days: Needs attention, now, attention
60 days: Needs attention, now, attention
60 days and 1 h: Expired, now, expired
89 days: Expired, now, expired
90 days less 1 h: Expired, now, expired
90 days and 1 h: Expired, now, expired
91 days: Expired, now, expired
365 days: Expired, now, expired; check: 1, failed, expired
`
	secretChecked = `
at once: New, 2027-02-28, new; check: 0, passed, new
6 minutes: New, 2027-02-28, new; check: 0, passed, good
1 day: Healthy, 2027-02-28, good; check: 0, passed, good
29 days: Healthy, 2027-02-28, good; check: 0, passed, good
30 days less 1 h: Healthy, 2027-02-28, good; check: 0, warning, good
30 days and 1 h: Healthy, 2027-02-28, good; check: 0, warning, good
31 days: Healthy, 2027-02-28, good; check: 0, warning, good
59 days: Needs attention, now, attention; check: 1, warning, attention
60 days: Needs attention, now, attention; check: 1, warning, attention
60 days and 1 h: Expired, now, expired; check: 1, failed, expired
89 days: Expired, now, expired; check: 1, failed, expired
90 days less 1 h: Expired, now, expired; check: 1, failed, expired
90 days and 1 h: Expired, now, expired; check: 1, failed, expired
91 days: Expired, now, expired; check: 1, failed, expired
365 days: Expired, now, expired; check: 1, failed, expired
`
	publicNeverChecked = `
at once: New, 2027-03-31, new
6 minutes: New, 2027-03-31, new
1 day: New, 2027-03-31, new
29 days: New, 2027-03-31, new
30 days less 1 h: New, 2027-03-31, new
30 days and 1 h: Not known, 2027-03-31, unknown
31 days: Not known, 2027-03-31, unknown
59 days: Not known, 2027-03-31, unknown
60 days: Not known, 2027-03-31, unknown
60 days and 1 h: Not known, 2027-03-31, unknown
89 days: Not known, 2027-03-31, unknown
90 days less 1 h: Not known, now, unknown
90 days and 1 h: Sign-in needed, now, sign-in
91 days: Sign-in needed, now, sign-in
365 days: Sign-in needed, now, sign-in; check: 3, passed, sign-in
`
	publicChecked = `
at once: New, 2027-03-31, new; check: 0, passed, new
6 minutes: New, 2027-03-31, new; check: 0, passed, good
1 day: Healthy, 2027-03-31, good; check: 0, passed, good
29 days: Healthy, 2027-04-28, good; check: 0, passed, good
30 days less 1 h: Healthy, 2027-04-29, good; check: 0, passed, good
30 days and 1 h: Healthy, 2027-04-30, good; check: 0, passed, good
31 days: Healthy, 2027-04-30, good; check: 0, passed, good
59 days: Healthy, 2027-05-28, good; check: 0, passed, good
60 days: Healthy, 2027-05-29, good; check: 0, passed, good
60 days and 1 h: Healthy, 2027-05-30, good; check: 0, passed, good
89 days: Healthy, 2027-06-27, good; check: 0, passed, good
90 days less 1 h: Healthy, 2027-06-28, good; check: 0, passed, good
90 days and 1 h: Healthy, 2027-06-29, good; check: 0, passed, good
91 days: Healthy, 2027-06-29, good; check: 0, passed, good
365 days: Healthy, 2028-03-29, good; check: 0, passed, good
`
)

// envZone makes this test program one that plays the year in a time zone: the zone of a program that runs can't be changed.
const envZone = "PCC_TEST_ZONE"

// TestTheYear moves the clock over a year from Save, for a connector that is checked every day and for one that nobody ever checks. The table is the
// same in every time zone.
func TestTheYear(t *testing.T) {
	if zone := os.Getenv(envZone); zone != "" {
		playYear(t, zone)
		return
	}
	for _, zone := range []string{"America/New_York", "UTC", "Pacific/Auckland"} {
		t.Run(zone, func(t *testing.T) {
			cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestTheYear$", "-test.v")
			cmd.Env = append(os.Environ(), "TZ="+zone, envZone+"="+zone)
			out, err := cmd.CombinedOutput()
			if played := strings.Count(string(out), "--- PASS: TestTheYear/"); err != nil || played != 4 {
				t.Errorf("%v, %d of 4 tables\n%s", err, played, out)
			}
		})
	}
}

// playYear plays the year in the time zone of this program.
func playYear(t *testing.T, zone string) {
	t.Helper()
	want, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	if here, there := yearBegins.Local().Format(time.RFC3339), yearBegins.In(want).Format(time.RFC3339); here != there {
		t.Fatalf("%s here, %s in %s", here, there, zone)
	}
	for _, c := range []struct {
		kind    string
		checked bool
		want    string
	}{
		{"secret", false, secretNeverChecked},
		{"secret", true, secretChecked},
		{"public", false, publicNeverChecked},
		{"public", true, publicChecked},
	} {
		t.Run(fmt.Sprintf("%s, checked %v", c.kind, c.checked), func(t *testing.T) {
			got := newYear(t, c.kind).table(c.checked)
			if want := strings.TrimSpace(c.want); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// year is a world whose clock goes from moment to moment.
type year struct {
	*world
	age time.Duration
}

// newYear saves a connector of a kind when the year begins.
func newYear(t *testing.T, kind string) *year {
	t.Helper()
	w := newWorld(t, "good")
	w.clock.forward(yearBegins.Sub(w.clock.Now()))
	args := []string{
		"connect", "--tenant", w.facts.Domain, "--user", w.facts.IntegrationUPN, "--name", "Practice", "--client-id", w.clientID(kind),
		"--client-kind", kind, "--yes",
	}
	if kind == "secret" {
		args = append(args, "--secret-expires", "2027-03-02")
	}
	if r := w.runWith(w.facts.ClientSecret+"\n", append(args, w.credentialArgs(kind)...)...); r.code != cli.ExitFine {
		t.Fatal(r.err)
	}
	w.clock.forward(yearBegins.Add(time.Minute).Sub(w.clock.Now())) // longer than a connect takes on a busy computer
	return &year{world: w}
}

func (y *year) to(age time.Duration) {
	y.clock.forward(age - y.age)
	y.age = age
}

func (y *year) table(checked bool) string {
	lines := []string{}
	for i, m := range moments {
		if checked {
			y.checkDaily(m.age)
		}
		y.to(m.age)
		line := m.name + ": " + y.listed()
		if checked || i == len(moments)-1 {
			line += "; " + y.checked()
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// checkDaily stands for the scheduler: what a check of each day leaves, that of the day before leaves alone. Longer gaps are kept short enough
// for the refresh token.
func (y *year) checkDaily(until time.Duration) {
	for y.age < until-days(1) {
		y.to(min(y.age+days(60), until-days(1)))
		y.run("check", "Practice")
	}
}

var betweenColumns = regexp.MustCompile(` {2,}`)

func (y *year) listed() string {
	y.t.Helper()
	r := y.run("list")
	rows := strings.Split(strings.TrimSpace(r.out), "\n")
	cells := betweenColumns.Split(rows[len(rows)-1], -1)
	if r.code != cli.ExitFine || len(cells) != 6 {
		y.t.Fatalf("exit code %d\n%s", r.code, r.out)
	}
	return fmt.Sprintf("%s, %s, %s", cells[3], cells[5], y.list().Connectors[0]["health"])
}

func (y *year) checked() string {
	y.t.Helper()
	r, got := y.run("check", "Practice", "--json"), struct {
		Connectors []struct {
			Health string
			Checks []struct{ ID, State string }
		}
		ExitCode int
	}{}
	y.decode(r, &got)
	end := "not made"
	for _, c := range got.Connectors[0].Checks {
		if c.ID == "credential-end" {
			end = c.State
		}
	}
	if r.code != got.ExitCode {
		y.t.Errorf("exit code %d, in JSON %d", r.code, got.ExitCode)
	}
	return fmt.Sprintf("check: %d, %s, %s", r.code, end, got.Connectors[0].Health)
}
