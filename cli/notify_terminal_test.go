//go:build !windows

package cli_test

import (
	"bytes"
	"strings"
	"testing"

	"partner-center-connector/cli"
)

// TestNobodyIsNotifiedInATerminal: whoever sits there reads it there.
func TestNobodyIsNotifiedInATerminal(t *testing.T) {
	for name, sit := range map[string]func(*cli.Host){
		"input": func(h *cli.Host) { h.InTerminal = true }, "output": func(h *cli.Host) { h.OutTerminal = true }, "errors": func(h *cli.Host) { h.ErrRedraws = true },
	} {
		w, d := newWorld(t, "good"), &desk{}
		w.notices = d
		w.mustConnect()
		w.forget(0)
		w.clock.forward(days(1))
		out, errs := &bytes.Buffer{}, &bytes.Buffer{}
		host := w.host("", out, errs)
		sit(&host)
		if code := cli.Main(t.Context(), host, w.args(strings.Fields(scheduledLine))); code != cli.ExitSignIn || len(d.shown) != 0 {
			t.Errorf("%s: exit code %d, shown %v", name, code, d.shown)
		}
	}
}
