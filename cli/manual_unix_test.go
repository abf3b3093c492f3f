//go:build unix

package cli_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"partner-center-connector/connector/precedence"
)

// TestTheManualNamesEveryFlag holds that man.sh, which makes the manual pages of the packages, makes one for every command, with every flag that the
// shell completes for it, and one with every variable.
func TestTheManualNamesEveryFlag(t *testing.T) {
	needsTools(t, "sh", "awk", "sed")
	w := newWorld(t, "good")
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	pcc := w.write("pcc", "#!/bin/sh\n"+asProgram+`=1 exec "`+program+"\" \"$@\"\n")
	if err := os.Chmod(pcc, 0o700); err != nil {
		t.Fatal(err)
	}
	pages := t.TempDir()
	man := exec.CommandContext(t.Context(), "sh", filepath.Join("..", "build", "packaging", "linux", "man.sh"), pcc, "1.2.3", "2026-11-23", pages)
	if said, err := man.CombinedOutput(); err != nil || len(said) > 0 {
		t.Fatalf("man.sh: %v\n%s", err, said)
	}
	for command := range w.helpPages() {
		text := w.read(filepath.Join(pages, strings.ReplaceAll(strings.TrimSpace("pcc "+command), " ", "-")+".1"))
		flags := 0
		for _, line := range strings.Split(w.runPlain(append(append([]string{"__complete"}, strings.Fields(command)...), "--")...).out, "\n") {
			flag, _, found := strings.Cut(line, "\t")
			if !found || !strings.HasPrefix(flag, "--") {
				continue
			}
			flags++
			named := regexp.MustCompile(`(?m)^\\fB.*` + regexp.QuoteMeta(strings.ReplaceAll(flag, "-", `\-`)) + `( |\\fR)`)
			if !named.MatchString(text) {
				t.Errorf("the manual of pcc %s does not have %s", command, flag)
			}
		}
		if flags < 7 {
			t.Errorf("pcc %s has only %d flags", command, flags)
		}
		for _, title := range []string{"DESCRIPTION", "USAGE", "EXAMPLES", "FLAGS", "FLAGS OF EVERY COMMAND", "EXIT STATUS", "SEE ALSO"} {
			if strings.Count(text, "\n.SH "+title+"\n") != 1 && (command != "" || !strings.HasPrefix(title, "FLAGS")) {
				t.Errorf("the manual of pcc %s does not have one section %s", command, title)
			}
		}
	}
	text := w.read(filepath.Join(pages, "pcc-environment.1"))
	for _, variable := range append(variables(), "NO_COLOR") {
		if !strings.Contains(text, "\n.TP\n"+`\fB`+variable+`\fR`+"\n") {
			t.Errorf("the manual does not have %s:\n%s", variable, text)
		}
	}
}

// variables are those of the options that more than one place knows.
func variables() []string {
	names := []string{}
	for _, option := range precedence.Options() {
		names = append(names, option.Variable)
	}
	return names
}
