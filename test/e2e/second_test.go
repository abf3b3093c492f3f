//go:build e2e && linux

package e2e

import (
	"os"
	"strings"
	"testing"
	"time"
)

// secondLimit is how long a second start may take.
const secondLimit = 10 * time.Second

// TestASecondStartBringsTheFirstWindowToTheFront starts the window program while its window is behind another one, and while it is
// minimised.
func TestASecondStartBringsTheFirstWindowToTheFront(t *testing.T) {
	a := newAccount(t, chromium)
	first := a.start(a.env, "", window, "--lang", "en")
	id := windowOf(t, first.cmd.Process.Pid)
	focus(t, id)
	// A rehearsal is a window of its own.
	rehearsal := a.start(a.env, "", window, "--rehearse", "--lang", "en")
	otherID := windowOf(t, rehearsal.cmd.Process.Pid)
	for what, away := range map[string]func(){
		"behind another window": func() { focus(t, otherID) },
		"minimised": func() {
			if _, err := xdotool(t, "windowminimize", "--sync", id); err != nil {
				t.Fatal(err)
			}
			focus(t, otherID)
		},
	} {
		away()
		r := a.start(a.env, "", window, "--lang", "en").result(secondLimit).exits(0)
		if !strings.Contains(r.stdout, "is already running") || r.stderr != "" {
			t.Errorf("%s: it says %q and %q", what, r.stdout, r.stderr)
		}
		until(t, what+", the first window has the focus", func() bool {
			now, err := xdotool(t, "getwindowfocus")
			return err == nil && now == id
		})
	}
	for _, p := range []*program{rehearsal, first} {
		if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
		expectNoComplaint(t, p.result(patience).exits(0))
	}
	if names := namesIn(t, a.config()); strings.Contains(strings.Join(names, " "), "window.") {
		t.Errorf("it left %v", names)
	}
}

// TestALanguageChosenInTheWindowIsThePccs chooses German in the settings, by keys alone.
func TestALanguageChosenInTheWindowIsThePccs(t *testing.T) {
	a, c := newAccount(t, chromium), newCloud(t, "good", true)
	b := &board{t: t, a: a, c: c}
	b.p = a.start(a.env, "", window, "--clouds", c.file)
	b.id = windowOf(t, b.p.cmd.Process.Pid)
	focus(t, b.id)
	b.rests()
	b.turns("the settings", func() { b.press("ctrl+comma") })
	b.turns("the settings in German", func() { b.press("Tab", "space") })
	if r := a.start(a.env, "", terminal, "version").result(patience).exits(0); r.stdout == "" {
		t.Error("it says nothing")
	}
	if r := a.start(a.env, "", terminal, "list").result(patience).exits(0); !strings.Contains(r.stdout+r.stderr, "Es gibt noch keinen Connector") {
		t.Errorf("pcc says:\n%s%s", r.stdout, r.stderr)
	}
	b.turns("home", func() { b.press("Escape") })
	closeWindow(t, b.p.cmd.Process.Pid)
	expectNoComplaint(t, b.p.result(patience).exits(0))
}

func namesIn(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	names := []string{}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
