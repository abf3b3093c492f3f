package cli_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"partner-center-connector/cli"
)

// checkedDaily connects, and checks on so many days in a row.
func checkedDaily(t *testing.T, n int) *world {
	t.Helper()
	w := newWorld(t, "good")
	w.clock.forward(time.Date(2027, time.March, 1, 9, 0, 0, 0, time.UTC).Sub(w.clock.Now()))
	w.mustConnect()
	for range n {
		w.clock.forward(24 * time.Hour)
		if r := w.run("check", "Practice"); r.code != cli.ExitFine {
			t.Fatal(r.out)
		}
	}
	return w
}

const statusInWords = `Practice
  [fine] Healthy
    All checks passed on 5 March 2027, 09:00.
  Last check: 5 March 2027, 09:00
  Refresh token last used: 5 March 2027, 09:00
  Expires if unused: 3 June 2027, in 81 days
  MFA: passed. Partner Center reports the sign-in as multi-factor (isMfaCompliant: true).
  Role: passed. Partner Center lets this account read its customers. It reports this many: 1
  Permissions: passed. Granted for Partner Center: https://partnercenter.rehearsal.invalid/user_impersonation openid profile
`

const statusInSigns = `
History and end dates
Sign-in: 1 March 2027
 o         |
Checked: healthy: 4 checks, last on 5 March 2027
  ===      |
Checked: new: 1 check, on 1 March 2027
 =         |
Not checked: once, for more than 3 days
    ........
Refresh token: expires on 3 June 2027 if unused
    -----------------------------------------------------------------------x
 2027-03   today         2027-04                 2027-05
`

// TestStatus shows a connector that was checked on four days, and then on none for nine.
func TestStatus(t *testing.T) {
	if playedIn(t, "UTC") {
		return
	}
	w := checkedDaily(t, 4)
	w.clock.forward(9 * 24 * time.Hour)
	before := w.cloud.Journal()
	if r := w.run("status", "practice"); r.code != cli.ExitFine || r.out != statusInWords+statusInSigns || r.err != "" {
		t.Errorf("exit code %d\n%s\n%s", r.code, r.out, r.err)
	}
	if r := w.run("status"); r.code != cli.ExitFine || r.out != statusInWords {
		t.Errorf("exit code %d\n%s\n%s", r.code, r.out, r.err)
	}
	if after := w.cloud.Journal(); !reflect.DeepEqual(after, before) {
		t.Errorf("it asked the cloud: %+v", after)
	}
}

// playedIn plays the test that calls it in a time zone, by a program of its own, and reports whether it did: in that program it does not.
func playedIn(t *testing.T, zone string) bool {
	t.Helper()
	if os.Getenv(envZone) != "" {
		return false
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), "TZ="+zone, envZone+"="+zone)
	if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()+" ") {
		t.Errorf("%v\n%s", err, out)
	}
	return true
}

// TestStatusAsJSON holds what a script gets of the history.
func TestStatusAsJSON(t *testing.T) {
	w := checkedDaily(t, 2)
	got := struct {
		Connectors []struct {
			Connector                          map[string]any
			Health, MFA, RoleHeld, Permissions string
			CheckedBySchedule                  bool
			History                            []struct {
				What, Health, From, To string
				Count                  int
			}
		}
	}{}
	for _, args := range [][]string{{"status", "--json"}, {"status", "Practice", "--json"}} {
		w.decode(w.run(args...), &got)
		if len(got.Connectors) != 1 {
			t.Fatalf("%d connectors", len(got.Connectors))
		}
		c := got.Connectors[0]
		if c.Connector["name"] != "Practice" || c.Health != "good" || c.MFA != "passed" || c.RoleHeld != "passed" || c.Permissions != "passed" || c.CheckedBySchedule {
			t.Errorf("%+v", c)
		}
		if h := c.History; len(h) != 3 || h[0].What != "consent" || h[1].Health != "new" || h[2].Count != 2 || h[2].To[:10] != "2027-03-03" {
			t.Errorf("%+v", h)
		}
	}
}

// TestStatusOfSeveral shows the most urgent one first.
func TestStatusOfSeveral(t *testing.T) {
	w := newWorld(t, "good")
	if r := w.run("status"); r.code != cli.ExitFine || !strings.Contains(r.out, "There is no connector yet. To make one: pcc connect --config-dir ") {
		t.Errorf("exit code %d\n%s", r.code, r.out)
	}
	w.mustConnect()
	if r := w.connect("--name", "Another"); r.code != cli.ExitFine {
		t.Fatal(r.err)
	}
	w.play("later-revoked")
	w.clock.forward(time.Hour)
	w.run("check", "Practice")
	r := w.run("status")
	first, second := strings.Index(r.out, "Practice\n  [problem] Sign-in needed"), strings.Index(r.out, "Another\n  [")
	if r.code != cli.ExitFine || first != 0 || second < 0 {
		t.Errorf("exit code %d, at %d and %d\n%s", r.code, first, second, r.out)
	}
}

// TestStatusPicture writes the picture, and overwrites nothing that it was not told to.
func TestStatusPicture(t *testing.T) {
	w := checkedDaily(t, 1)
	path := w.path("practice.svg")
	if r := w.run("status", "Practice", "--svg", path); r.code != cli.ExitFine || !strings.Contains(r.err, path) || r.out != "" {
		t.Fatalf("exit code %d\n%s\n%s", r.code, r.out, r.err)
	}
	first := w.read(path)
	if !strings.HasPrefix(first, "<svg ") || !strings.Contains(first, "Checked: healthy") || !strings.Contains(first, "Practice") {
		t.Errorf("%s", first)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if r := w.run("status", "Practice", "--svg", path, "--lang", "de"); r.code != cli.ExitUsage || w.read(path) != first {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
	if r := w.run("status", "Practice", "--svg", path, "--lang", "de", "--replace"); r.code != cli.ExitFine || !strings.Contains(w.read(path), "Geprüft: in Ordnung") {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
	if r := w.run("status", "Practice", "--svg", filepath.Dir(path)); r.code != cli.ExitFailed {
		t.Errorf("into a folder: exit code %d\n%s", r.code, r.err)
	}
	for _, args := range [][]string{{"status", "--svg", path}, {"status", "Practice", "--svg", ""}, {"status", "a", "b"}} {
		if r := w.run(args...); r.code != cli.ExitUsage {
			t.Errorf("%q: exit code %d", args, r.code)
		}
	}
}

// TestStatusTellsOfATryThatCameToNothing, for one and for all, until the checks were made again.
func TestStatusTellsOfATryThatCameToNothing(t *testing.T) {
	if playedIn(t, "UTC") {
		return
	}
	w := checkedDaily(t, 1)
	w.clock.forward(24 * time.Hour)
	w.keychain.err = errors.New("the keychain is broken")
	w.run("check", "--all", "--scheduled")
	want := "  Last check: 2 March 2027, 09:00\n" +
		"  Last try: 3 March 2027, 09:00, could not be checked: " + words("problem.keychain-broken.title")
	for _, args := range [][]string{{"status"}, {"status", "Practice"}} {
		r := w.run(args...)
		if got := strings.Join(strings.Fields(r.out), " "); !strings.Contains(got, strings.Join(strings.Fields(want), " ")) {
			t.Errorf("%v:\n%s", args, r.out)
		}
	}
	w.keychain.err = nil
	w.run("check", "--all", "--scheduled")
	if r := w.run("status"); !strings.Contains(r.out, "Last check: 3 March 2027, 09:00, by the daily check") || strings.Contains(r.out, "Last try") {
		t.Error(r.out)
	}
}
