package cli_test

import (
	"strings"
	"testing"

	"partner-center-connector/cli"
)

// TestAWrongClock holds that the same command, run again, goes no further than the first time, and that a check says it too.
func TestAWrongClock(t *testing.T) {
	w := newWorld(t, "clock-wrong")
	wrong := []string{"This computer's clock seems to be wrong.", "Who must act: You", "It is 1 d 0 h ahead of Microsoft's"}
	for try, args := range [][]string{nil, nil, {"--resume"}, {"--resume", "--admin-consent", "skip"}} {
		var r result
		if args == nil {
			r = w.connect()
		} else {
			r = w.run(append([]string{"connect"}, args...)...)
		}
		if r.code != cli.ExitFailed || len(w.browsers.ways()) != 0 || len(w.list().Connectors) != 0 || len(w.list().Drafts) != 1 {
			t.Errorf("try %d: exit code %d, opened %v\n%s", try+1, r.code, w.browsers.ways(), r.err)
		}
		w.says(r.err, wrong...)
	}
	if err := w.cloud.SetScenario("good"); err != nil {
		t.Fatal(err)
	}
	if r := w.run("connect", "--resume"); r.code != cli.ExitFine {
		t.Fatalf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if r := w.run("check", "Practice"); strings.Contains(r.out, "clock") {
		t.Errorf("a clock that is right:\n%s", r.out)
	}
	if err := w.cloud.SetScenario("clock-wrong"); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"check", "Practice"}, {"check", "--all"}, {"doctor"}} {
		r := w.run(args...)
		if r.code != cli.ExitFailed {
			t.Errorf("%v: exit code %d", args, r.code)
		}
		w.says(r.out, wrong...)
	}
}

// says holds that a text, broken into lines as it may be, has each of the words.
func (w *world) says(text string, wanted ...string) {
	w.t.Helper()
	line := strings.Join(strings.Fields(text), " ")
	for _, want := range wanted {
		if !strings.Contains(line, want) {
			w.t.Errorf("%q is not in\n%s", want, text)
		}
	}
}
