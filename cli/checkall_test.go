package cli_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"partner-center-connector/cli"
	"partner-center-connector/connector"
	"partner-center-connector/connector/engine"
)

// copies makes connectors of the one that is there, each with its credential: "Practice" is the first of n.
func (w *world) copies(n int) {
	w.t.Helper()
	ports := w.mustOpen().Ports
	all, err := ports.Store.Connectors()
	if err != nil || len(all) != 1 {
		w.t.Fatalf("%d connectors, %v", len(all), err)
	}
	first := all[0]
	credential, err := ports.Vault.Get(w.t.Context(), first.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	for i := 2; i <= n; i++ {
		c := first
		c.ID, c.Name = fmt.Sprintf("copy-%d", i), fmt.Sprintf("Copy %d", i)
		if err := errors.Join(ports.Vault.Put(w.t.Context(), c.ID, credential), ports.Store.PutConnector(c)); err != nil {
			w.t.Fatal(err)
		}
	}
}

// blocks are the first and the last line of each connector that was printed.
func blocks(out string) []string {
	found := []string{}
	for block := range strings.SplitSeq(strings.TrimSuffix(out, "\n\n"), "\n\n") {
		lines := strings.Split(block, "\n")
		found = append(found, fmt.Sprintf("%s: %d checks, %s", lines[0], strings.Count(block, "\n["), lines[len(lines)-1]))
	}
	return found
}

// TestCheckAllPrintsInTheOrderOfTheList: a connector is printed as a whole, and waits for those before it.
func TestCheckAllPrintsInTheOrderOfTheList(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	w.copies(5)
	w.clock.forward(10 * time.Minute)
	// The first one has no credential, so that it is the first to be done, with another outcome.
	w.forget(0)
	want := []string{
		"Practice: 0 checks,   pcc check: ", "Copy 2: 13 checks, Health: Healthy", "Copy 3: 13 checks, Health: Healthy", "Copy 4: 13 checks, Health: Healthy",
		"Copy 5: 13 checks, Health: Healthy",
	}
	for _, args := range [][]string{{"check", "--all"}, {"check", "--all", "--parallel", "1"}} {
		r := w.run(args...)
		got := blocks(r.out)
		if len(got) == 5 && strings.HasPrefix(got[0], "Practice: 0 checks, ") {
			got[0] = want[0]
		}
		if r.code != cli.ExitSignIn || !slices.Equal(got, want) || r.err != "" {
			t.Errorf("%v: exit code %d, %q\n%s", args, r.code, got, r.err)
		}
	}
	all := struct {
		Connectors []struct {
			Connector struct{ Name string }
			Checks    []any
			ExitCode  int
		}
		ExitCode int
	}{}
	w.decode(w.run("check", "--all", "--json"), &all)
	names := []string{}
	for _, c := range all.Connectors {
		names = append(names, fmt.Sprintf("%s %d %d", c.Connector.Name, len(c.Checks), c.ExitCode))
	}
	if want := []string{"Practice 0 3", "Copy 2 13 0", "Copy 3 13 0", "Copy 4 13 0", "Copy 5 13 0"}; !slices.Equal(names, want) || all.ExitCode != cli.ExitSignIn {
		t.Errorf("%q, exit code %d", names, all.ExitCode)
	}
}

// putting tells of each connector whose outcome is kept.
type putting struct {
	connector.Store
	kept func(name string)
}

func (s putting) PutConnector(c connector.Connector) error {
	err := s.Store.PutConnector(c)
	s.kept(c.Name)
	return err
}

// TestCheckAllIsStopped: what was done until then is kept and shown, and the JSON is whole.
func TestCheckAllIsStopped(t *testing.T) {
	for _, flag := range []string{"", "--json"} {
		t.Run("check"+flag, func(t *testing.T) {
			w := newWorld(t, "good")
			w.mustConnect()
			w.copies(4)
			w.clock.forward(10 * time.Minute)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			out, errs := &bytes.Buffer{}, &bytes.Buffer{}
			host := w.host("", out, errs)
			host.Open = func(o engine.Options) (*engine.Engine, error) {
				e, err := w.open(o)
				if err == nil {
					e.Ports.Store = putting{e.Ports.Store, func(name string) {
						if name == "Copy 2" {
							cancel()
						}
					}}
				}
				return e, err
			}
			code := cli.Main(ctx, host, w.args(strings.Fields("check --all --parallel 1 "+flag)))
			if code != cli.ExitFailed {
				t.Errorf("exit code %d", code)
			}
			if flag == "" {
				if got := blocks(out.String()); !slices.Equal(got, []string{"Practice: 13 checks, Health: Healthy", "Copy 2: 13 checks, Health: Healthy"}) || errs.String() != "Stopped.\n" {
					t.Errorf("%q\n%s", got, errs)
				}
			} else {
				got := struct {
					Connectors []struct {
						Connector struct{ Name string }
						Checks    []any
					}
					ExitCode int
					Error    struct{ Kind string }
				}{}
				w.decode(result{code, out.String(), errs.String()}, &got)
				if c := got.Connectors; len(c) != 2 || c[1].Connector.Name != "Copy 2" || len(c[1].Checks) != 13 || got.ExitCode != 1 || got.Error.Kind != "stopped" {
					t.Errorf("%+v", got)
				}
			}
			checked := []string{}
			for _, c := range w.list().Connectors {
				if c["health"] == "good" {
					checked = append(checked, c["name"].(string))
				}
			}
			if !slices.Equal(checked, []string{"Practice", "Copy 2"}) {
				t.Errorf("kept: %v", checked)
			}
		})
	}
}

// shown is what a terminal shows after a text without escapes; a line that was written over shows what came last.
func shown(t *testing.T, text string) []string {
	t.Helper()
	if strings.ContainsAny(text, "\x1b\b") {
		t.Errorf("escapes in %q", text)
	}
	lines := []string{}
	for line := range strings.SplitSeq(text, "\n") {
		cells := []rune{}
		for part := range strings.SplitSeq(line, "\r") {
			over := []rune(part)
			cells = append(over, cells[min(len(over), len(cells)):]...)
		}
		lines = append(lines, strings.TrimRight(string(cells), " "))
	}
	return lines
}

// TestCheckAllShowsHowFarItIs on a terminal, in a line that goes at the end.
func TestCheckAllShowsHowFarItIs(t *testing.T) {
	w := newWorld(t, "good")
	w.mustConnect()
	w.copies(4)
	run := func(change func(*cli.Host), args ...string) (string, string) {
		out, errs := &bytes.Buffer{}, &bytes.Buffer{}
		host := w.host("", out, errs)
		host.ErrRedraws = true
		change(&host)
		if code := cli.Main(t.Context(), host, w.args(args)); code != cli.ExitFine {
			t.Errorf("exit code %d", code)
		}
		return out.String(), errs.String()
	}
	out, errs := run(func(*cli.Host) {}, "check", "--all", "--parallel", "1")
	at := 0
	for _, want := range []string{
		"[--------------------] 0 of 4 checked\r", "[#####---------------] 1 of 4 checked, about ", "[##########----------] 2 of 4 checked, about ",
		"[###############-----] 3 of 4 checked, about ", "[####################] 4 of 4 checked\r",
	} {
		i := strings.Index(errs[at:], want)
		if i < 0 {
			t.Fatalf("%q does not come in %q", want, errs)
		}
		at += i
	}
	if left := shown(t, errs); len(left) != 1 || left[0] != "" {
		t.Errorf("it leaves %q", left)
	}
	if got := blocks(out); len(got) != 4 {
		t.Errorf("%q", got)
	}
	if _, errs := run(func(h *cli.Host) { h.Width = func() int { return 37 } }, "check", "--all"); !strings.Contains(errs, "4 of 4 checked\r") || strings.Contains(errs, "[##") {
		t.Errorf("in 37 columns: %q", errs)
	}
	for _, args := range []string{"check --all --json", "check Practice"} {
		if _, errs := run(func(*cli.Host) {}, strings.Fields(args)...); errs != "" {
			t.Errorf("%s: %q", args, errs)
		}
	}
	if _, errs := run(func(h *cli.Host) { h.ErrRedraws = false }, "check", "--all"); errs != "" {
		t.Errorf("without a terminal: %q", errs)
	}
}
