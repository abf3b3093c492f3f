package cli_test

import (
	"strings"
	"testing"

	"partner-center-connector/connector"
)

// TestTheModulesInside are told on request, and to scripts. A test's program notes none but Go itself: TestPccTellsItsModules looks at pcc.
func TestTheModulesInside(t *testing.T) {
	w := newWorld(t, "good")
	if r := w.runPlain("version"); strings.Count(r.out, "\n") != 1 {
		t.Errorf("version says %q", r.out)
	}
	if lines := strings.Split(w.runPlain("version", "--modules").out, "\n"); len(lines) < 3 || !strings.HasPrefix(lines[1], "Go go1.") {
		t.Errorf("version --modules says %q", lines)
	}
	var got struct{ Modules []connector.Module }
	if w.decode(w.runPlain("version", "--json"), &got); len(got.Modules) == 0 || got.Modules[0].Path != "Go" {
		t.Errorf("version --json lists %v", got.Modules)
	}
}
