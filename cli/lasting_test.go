package cli_test

import (
	"strings"
	"testing"
	"time"

	"partner-center-connector/cli"
)

// TestConnectSaysFromWhenACheckCanTell in words by the clock of this computer, and in JSON until a check has told.
func TestConnectSaysFromWhenACheckCanTell(t *testing.T) {
	w := newWorld(t, "good")
	r := w.connect()
	if r.code != cli.ExitFine {
		t.Fatalf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
	row := w.list().Connectors[0]
	at := func(key string) time.Time {
		text, _ := row[key].(string)
		found, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatalf("%s is %v", key, row[key])
		}
		return found
	}
	from := at("checkFrom")
	if wait := from.Sub(at("consented")); wait < 6*time.Minute || wait > 7*time.Minute || from.Second() != 0 {
		t.Errorf("a check can tell from %v, %v after the sign-in", from, wait)
	}
	if want := from.Local().Format("15:04") + ", this command tells whether the sign-in lasts: pcc check "; !strings.Contains(r.out, want) {
		t.Errorf("it does not say %q:\n%s", want, r.out)
	}
	w.clock.forward(7 * time.Minute)
	if r := w.run("check", "Practice"); r.code != cli.ExitFine || !strings.Contains(r.out, words("health.good")) {
		t.Fatalf("exit code %d\n%s", r.code, r.out)
	}
	if got, there := w.list().Connectors[0]["checkFrom"]; got != nil || !there {
		t.Errorf("after that check: %v", got)
	}
}
