package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "partner-center-connector"

type listed struct {
	ImportPath string
	Imports    []string
	Deps       []string
}

// list runs go list over everything in the module, for a system, without cgo.
func list(t *testing.T, goos string) map[string]listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-tags", "ci,e2e", "-json=ImportPath,Imports,Deps", "./...")
	cmd.Env = append(cmd.Environ(), "CGO_ENABLED=0", "GOOS="+goos)
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		errors.As(err, &exit)
		t.Fatalf("go list: %v: %s", err, exit.Stderr)
	}
	all := map[string]listed{}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		all[p.ImportPath] = p
	}
	if len(all) < 10 {
		t.Fatalf("go list found only %d packages", len(all))
	}
	return all
}

// floor is a package with those that it may import.
type floor struct {
	of  string
	may []string
}

// TestImportsPointOneWay holds the layering: nobody imports what stands above them.
func TestImportsPointOneWay(t *testing.T) {
	// What may import what, from the ground up: nobody may import what comes later in the list.
	auths := []string{"auth/browser", "auth/proxy", "auth/link", "auth"}
	nouns := append([]string{"lazyregexp", "assets", "connector"}, auths...)
	machine := append([]string{"connector/problems", "connector/checks", "connector/wizard"}, nouns...)
	floors := []floor{
		{"lazyregexp", nil},
		{"plaintext", nil},
		{"shellword", []string{"lazyregexp"}},
		{"connector/precedence", nil},
		{"assets", nil},
		{"assets/pack", []string{"assets"}},
		{"assets/notices", nil},
		{"assets/notices/pcc", []string{"assets/notices"}},
		{"assets/notices/window", []string{"assets/notices"}},
		{"assets/notices/pack", []string{"assets/notices"}},
		{"assets/notices/print", []string{"assets/notices"}},
		{"rehearsal", nil},
		{"rehearsal/visitor", []string{"rehearsal"}},
		{"auth/browser", []string{"lazyregexp"}},
		{"auth/proxy", nil},
		{"auth/nodump", nil},
		{"auth/codes", nil},
		{"auth", []string{"auth/browser", "auth/proxy", "auth/codes", "assets", "lazyregexp", "plaintext"}},
		{"auth/pasted", []string{"lazyregexp"}},
		{"auth/link", []string{"auth", "auth/pasted", "lazyregexp"}},
		{"auth/loopback", []string{"auth", "auth/pasted", "assets", "lazyregexp"}},
		{"connector", append([]string{"lazyregexp", "assets"}, auths...)},
		{"connector/safefile", nil},
		{"connector/api", []string{"lazyregexp", "connector", "auth"}},
		{"connector/keyvault", []string{"lazyregexp", "connector", "auth"}},
		{"connector/problems", []string{"lazyregexp", "connector/safefile", "connector", "auth", "auth/browser", "auth/codes", "auth/link"}},
		{"connector/logfile", []string{"connector/problems", "connector/safefile", "connector"}},
		{"connector/preset", []string{"plaintext", "connector/problems", "connector", "auth"}},
		{"connector/policy", []string{"plaintext", "connector/precedence", "connector/preset", "connector/problems", "assets", "connector", "auth"}},
		// It makes templates of the table.
		{"build/policies", []string{"connector/policy", "connector"}},
		{"connector/schedule", []string{"lazyregexp", "shellword", "connector/safefile", "connector"}},
		{"connector/checks", []string{"connector/problems", "connector", "auth"}},
		{"connector/timeline", []string{"connector", "auth"}},
		{"connector/wizard", append([]string{"connector/checks", "connector/problems"}, nouns...)},
		{"connector/sessionbus", []string{"connector"}},
		{"connector/sessionbus/sessionbustest", []string{"connector/sessionbus"}},
		{"connector/vault", []string{"lazyregexp", "connector/sessionbus", "connector/safefile", "connector", "auth"}},
		{"connector/store", []string{"lazyregexp", "connector/safefile", "connector", "auth"}},
		{"connector/keeper", []string{"connector/checks", "connector/problems", "connector", "auth"}},
		{"connector/notice", []string{"connector/sessionbus", "connector/checks", "connector"}},
		{"connector/runner", append([]string{"connector/keeper", "auth/loopback"}, machine...)},
		{"connector/view", append([]string{"connector/timeline"}, machine...)},
		{"connector/view/viewtest", append([]string{"connector/view"}, machine...)},
		{"connector/record", []string{"connector/view", "connector/timeline", "connector/checks", "connector/safefile", "connector", "auth", "auth/link"}},
		{"connector/registration", []string{"shellword", "connector/view", "connector/safefile", "connector", "auth"}},
		{"connector/report", []string{
			"lazyregexp", "assets", "connector/view", "connector/checks", "connector/problems", "connector/safefile", "connector", "auth", "auth/browser",
			"auth/codes", "auth/proxy",
		}},
		{"connector/engine", append([]string{
			"connector/api", "connector/keeper", "connector/keyvault", "connector/notice", "connector/vault", "connector/store", "connector/record",
			"assets/notices", "connector/registration", "connector/report", "connector/policy", "connector/preset", "connector/logfile", "connector/schedule", "auth/loopback",
		}, nouns...)},
		// The widgets need the icons, and of the nouns the theme that was chosen.
		{"gui/widget", []string{"assets", "connector"}},
		{"gui/widget/widgettest", nil},
		{"gui", append([]string{"gui/widget", "connector/view", "connector/timeline"}, machine...)},
		{"gui/pictures", append([]string{"gui", "connector/view", "connector/view/viewtest"}, machine...)},
		{"cli", append([]string{
			"assets/notices", "plaintext", "shellword", "rehearsal", "connector/precedence", "connector/policy", "connector/view", "connector/engine", "connector/keeper", "connector/notice", "connector/runner", "connector/vault",
			"connector/store", "connector/record", "connector/registration", "connector/report", "connector/logfile", "connector/timeline",
		}, machine...)},
		{"gui/program", append([]string{
			"assets/notices/window", "gui", "gui/widget", "rehearsal", "rehearsal/visitor", "shellword", "connector/precedence", "connector/policy",
			"connector/engine", "connector/keeper", "connector/runner", "connector/view", "connector/store", "connector/logfile", "auth/nodump",
		}, machine...)},
		{"cmd/pcc", []string{"auth/nodump", "connector/policy", "cli", "assets", "assets/notices/pcc"}},
		{"", []string{"gui/program"}},
		{"test/golden", nil},
		{"test/prose", nil},
		{"test/timezone", nil},
		{"test/unprivileged", nil},
		// Their tests drive the programs; what those import is not ruled.
		{"test/soak", nil},
		{"test/e2e", nil},
		{"test/e2e/barewindow", nil},
		{"test/foreign", nil},
		{"bench/report", nil},
		{"bench/documents", []string{"bench/report"}},
		{"bench/measure", nil},
		{"bench/memorykeychain", nil},
		{"bench/fixture", []string{"rehearsal", "rehearsal/visitor"}},
		{"bench/bareloop", []string{"bench/fixture"}},
		{"bench/barelist", nil},
		// It runs the programs; of their packages it knows the store, since a row is about a save alone.
		{"bench", []string{"rehearsal", "connector/store", "bench/fixture", "bench/measure", "bench/memorykeychain", "bench/report"}},
	}
	may := map[string][]string{}
	for _, f := range floors {
		for _, below := range f.may {
			if _, built := may[below]; !built {
				t.Errorf("%s may import %s, which does not stand below it", f.of, below)
			}
		}
		may[f.of] = f.may
	}
	for path, p := range list(t, "linux") {
		short := strings.TrimPrefix(strings.TrimPrefix(path, module), "/")
		allowed, known := may[short]
		if !known {
			t.Errorf("%s has no rule here and no line in CONTRIBUTING.md", path)
			continue
		}
		for _, imported := range p.Imports {
			rest, ours := strings.CutPrefix(imported, module)
			if rest = strings.TrimPrefix(rest, "/"); ours && !slices.Contains(allowed, rest) {
				t.Errorf("%s imports %s", path, imported)
			}
		}
	}
}

// TestSoleImporters holds that each outside thing has one address.
func TestSoleImporters(t *testing.T) {
	// Both read and write files of macOS: what a profile says, and the agent that makes the daily check.
	also := map[string]string{module + "/connector/policy": "github.com/micromdm/plist"}
	sole := map[string]string{
		"github.com/Azure/azure-sdk-for-go/sdk/azidentity":                  module + "/connector/keyvault",
		"github.com/Azure/azure-sdk-for-go/sdk/security/keyvault/azsecrets": module + "/connector/keyvault",
		"fyne.io/fyne/v2/app":           module,
		"github.com/zalando/go-keyring": module + "/connector/vault",
		"golang.org/x/net/publicsuffix": module + "/connector/preset",
		"github.com/micromdm/plist":     module + "/connector/schedule",
		"github.com/AzureAD/microsoft-authentication-library-for-go/apps/public":       module + "/auth",
		"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential": module + "/auth",
	}
	for _, goos := range []string{"linux", "windows", "darwin"} {
		seen := map[string]bool{}
		for path, p := range list(t, goos) {
			for _, imported := range p.Imports {
				owner, watched := sole[imported]
				// The window that ours is measured beside needs Fyne's app too.
				if watched && owner != path && also[path] != imported && path != module+"/test/e2e/barewindow" {
					t.Errorf("%s: %s imports %s; only %s may", goos, path, imported, owner)
				}
				seen[imported] = seen[imported] || watched
			}
		}
		for imported, owner := range sole {
			if !seen[imported] {
				t.Errorf("%s: nobody imports %s; the rule for %s is out of date", goos, imported, owner)
			}
		}
	}
}

// TestNoFyneBehindTheTerminal holds that pcc starts without GL and display, and that the engine has no window in it.
func TestNoFyneBehindTheTerminal(t *testing.T) {
	for _, goos := range []string{"linux", "windows", "darwin"} {
		all := list(t, goos)
		for _, name := range []string{"/cmd/pcc", "/auth", "/connector/view", "/connector/engine", "/connector/runner"} {
			deps := all[module+name].Deps
			if len(deps) == 0 {
				t.Errorf("%s: %s has no dependencies listed", goos, name)
			}
			for _, dep := range deps {
				if strings.HasPrefix(dep, "fyne.io/") || strings.HasPrefix(dep, "github.com/go-gl/") {
					t.Errorf("%s: %s depends on %s", goos, name, dep)
				}
			}
		}
	}
}
