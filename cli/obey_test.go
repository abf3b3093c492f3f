package cli_test

import (
	"bytes"
	"context"
	"strings"
	"sync/atomic"
	"testing"

	"partner-center-connector/auth"
	"partner-center-connector/cli"
	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
)

// obeys runs a command line and reports whether it began to obey signals.
func (w *world) obeys(stdin string, args ...string) bool { return w.obeysWith(w.open, stdin, args...) }

func (w *world) obeysWith(open func(engine.Options) (*engine.Engine, error), stdin string, args ...string) bool {
	w.t.Helper()
	var obeyed atomic.Bool
	out, errs := &bytes.Buffer{}, &bytes.Buffer{}
	host := w.host(stdin, out, errs)
	host.Open = open
	host.Obey = func() { obeyed.Store(true) }
	if code := cli.Main(w.t.Context(), host, w.args(args)); code != cli.ExitFine {
		w.t.Errorf("%q: exit code %d\n%s", args, code, errs.String())
	}
	return obeyed.Load()
}

// TestSignalsAreObeyedFromWhereSomethingIsBegun holds that a signal just ends the commands that leave nothing to be brought to an end, and
// ends the others in order.
func TestSignalsAreObeyedFromWhereSomethingIsBegun(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	for _, c := range []struct {
		stdin string
		args  []string
		want  bool
	}{
		{"", []string{"version"}, false},
		{"", []string{"help"}, false},
		{"", []string{"help", "check"}, false},
		{"", []string{"check", "--help"}, false},
		{"", []string{"list"}, false},
		{"", []string{"completion", "bash"}, false},
		{"", []string{"explain", "AADSTS65001"}, false},
		{"AADSTS65001", []string{"explain"}, true},
		{"", []string{"token", "Practice"}, false},
		{"", []string{"check", "Practice"}, true},
		{"", []string{"rename", "Practice", "Elsewhere"}, true},
		{"", []string{"record", "Elsewhere"}, true},
	} {
		if got := w.obeys(c.stdin, c.args...); got != c.want {
			t.Errorf("%q: %v", c.args, got)
		}
	}
	if !w.obeysWith(w.openFresh, "", "token", "Elsewhere") {
		t.Error("a signal while a new token is fetched would lose it")
	}
}

// openFresh opens the world as if no token were there already.
func (w *world) openFresh(o engine.Options) (*engine.Engine, error) {
	e, err := w.open(o)
	if err == nil {
		e.Ports.Redeemer = freshRedeemer{e.Ports.Redeemer}
	}
	return e, err
}

type freshRedeemer struct{ connector.Redeemer }

func (r freshRedeemer) Resume(
	ctx context.Context, c connector.Connector, credential auth.Secret, store func(context.Context, auth.Secret) error,
) (connector.Session, error) {
	s, err := r.Redeemer.Resume(ctx, c, credential, store)
	return freshSession{s}, err
}

type freshSession struct{ connector.Session }

func (s freshSession) Token(ctx context.Context, r auth.Resource, _ bool) (auth.Token, error) {
	return s.Session.Token(ctx, r, true)
}

// TestACommandMadeAloneIsThatOfTheWhole holds that a command is the same, whether it is made alone or with all others.
func TestACommandMadeAloneIsThatOfTheWhole(t *testing.T) {
	w := newWorld(t, "good")
	names := []string{}
	for line := range strings.Lines(w.runPlain("help").out) {
		if fields := strings.Fields(line); strings.HasPrefix(line, "  ") && len(fields) > 1 && strings.HasPrefix(line[2:], fields[0]) && !strings.HasPrefix(fields[0], "-") {
			names = append(names, fields[0])
		}
	}
	made := 0
	for _, name := range names {
		alone, whole := w.runPlain(name, "--help"), w.runPlain("--lang", "en", name, "--help")
		if alone != whole {
			t.Errorf("%s:\n%s\n%s", name, alone.out, whole.out)
		}
		if alone.code == cli.ExitFine && strings.Contains(alone.out, "pcc "+name) {
			made++
		}
	}
	if made < 14 {
		t.Errorf("only %d of %q are commands", made, names)
	}
}
