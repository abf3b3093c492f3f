package cli_test

import (
	"slices"
	"strings"
	"testing"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view/viewtest"
)

// TestTheCommit is told with the modules, and to scripts; what is not known is null, and no line.
func TestTheCommit(t *testing.T) {
	w := newWorld(t, "good")
	commit := viewtest.Build().Commit
	type told struct {
		Commit, Time *string
		Modified     *bool
		Flags        []string
	}
	var unknown, known told
	w.decode(w.runPlain("version", "--json"), &unknown)
	if unknown.Commit != nil || unknown.Time != nil || unknown.Modified != nil || len(unknown.Flags) == 0 {
		t.Errorf("unknown: %+v", unknown)
	}
	w.build = viewtest.Build
	w.decode(w.runPlain("version", "--json"), &known)
	if known.Commit == nil || *known.Commit != commit || known.Time == nil || known.Modified == nil || !*known.Modified || !slices.Contains(known.Flags, "CGO_ENABLED=0") {
		t.Errorf("known: %+v", known)
	}
	if out := w.runPlain("version").out; strings.Count(out, "\n") != 1 {
		t.Errorf("version says %q", out)
	}
	if out := w.runPlain("version", "--modules").out; !strings.Contains(out, "\nCommit "+commit+", with changes that are in no commit\nGo go1.") {
		t.Errorf("version --modules says %q", out)
	}
	w.build = func() connector.Build { return connector.Build{Commit: commit} }
	if out := w.runPlain("version", "--modules").out; !strings.Contains(out, "\nCommit "+commit+"\nGo go1.") {
		t.Errorf("version --modules says %q", out)
	}
}

// TestTheModulesInside are told on request, and to scripts. A test's program notes none but Go itself: TestPccTellsItsModules looks at pcc.
func TestTheModulesInside(t *testing.T) {
	w := newWorld(t, "good")
	if r := w.runPlain("version"); strings.Count(r.out, "\n") != 1 {
		t.Errorf("version says %q", r.out)
	}
	if lines := strings.Split(w.runPlain("version", "--modules").out, "\n"); len(lines) < 3 || !strings.HasPrefix(lines[1], "Go go1.") {
		t.Errorf("version --modules says %q", lines)
	}
	var got struct {
		Modules  []connector.Module
		Licenses []connector.License
	}
	if w.decode(w.runPlain("version", "--json"), &got); len(got.Modules) == 0 || got.Modules[0].Path != "Go" || got.Licenses != nil {
		t.Errorf("version --json lists %v and %d texts", got.Modules, len(got.Licenses))
	}
	if w.decode(w.runPlain("version", "--json", "--licenses"), &got); got.Modules[0].License == "" || len(got.Licenses) < 20 {
		t.Errorf("version --json --licenses lists %v and %d texts", got.Modules[0], len(got.Licenses))
	}
	if said := w.runPlain("version", "--licenses").out; !strings.Contains(said, "\ngithub.com/spf13/cobra: Apache-2.0\n") || !strings.Contains(said, "The Go Authors") {
		t.Errorf("version --licenses says %q", said)
	}
}
