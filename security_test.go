package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// namedTest is a test as SECURITY.md names it: its folder, a full stop, its function.
var namedTest = regexp.MustCompile("`([a-z0-9/]+)\\.((?:Test|Fuzz)[A-Za-z0-9]+)`")

// TestEveryClaimHasItsTests holds that each row of SECURITY.md's table names tests, and that they exist.
func TestEveryClaimHasItsTests(t *testing.T) {
	text, err := os.ReadFile("SECURITY.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| from") {
			continue
		}
		rows++
		named := namedTest.FindAllStringSubmatch(line, -1)
		if len(named) == 0 || len(named) != strings.Count(line, ".Test")+strings.Count(line, ".Fuzz") {
			t.Errorf("a row names no tests, or misspells one: %s", line)
		}
		for _, name := range named {
			if !hasTest(t, name[1], name[2]) {
				t.Errorf("SECURITY.md names %s, which is not there", name[0])
			}
		}
	}
	if rows < 10 {
		t.Errorf("SECURITY.md has %d rows", rows)
	}
}

func hasTest(t *testing.T, folder, name string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(filepath.FromSlash(folder), "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "\nfunc "+name+"(") {
			return true
		}
	}
	return false
}

// namedScript is a script as SECURITY.md names it.
var namedScript = regexp.MustCompile("`(build/scripts/[a-z-]+\\.sh)`")

// TestEveryThreatToTheReleaseIsAnswered holds that each part of "The release" says what somebody can do, what notices it, what does not, and what to do
// then, and that what notices it is there.
func TestEveryThreatToTheReleaseIsAnswered(t *testing.T) {
	text, err := os.ReadFile("SECURITY.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(text), "\n## The release\n")
	if !found {
		t.Fatal("SECURITY.md has no section about the release")
	}
	section, _, _ = strings.Cut(section, "\n## ")
	threats := strings.Split(section, "\n### ")[1:]
	if len(threats) < 9 {
		t.Errorf("SECURITY.md names %d threats to the release", len(threats))
	}
	for _, threat := range threats {
		name, answers, _ := strings.Cut(threat, "\n")
		for _, answer := range []string{"Can", "Notices", "Does not notice", "Then"} {
			if strings.Count(answers, "\n- **"+answer+":** ") != 1 {
				t.Errorf("%s: there must be one %q", name, answer)
			}
		}
		checkNamed(t, name, answers)
	}
}

// checkNamed checks that a threat names a script or a test that notices it, and that each it names exists.
func checkNamed(t *testing.T, threat, text string) {
	t.Helper()
	scripts := namedScript.FindAllStringSubmatch(text, -1)
	tests := namedTest.FindAllStringSubmatch(text, -1)
	if len(scripts)+len(tests) == 0 {
		t.Errorf("%s: nothing that notices it is named", threat)
	}
	for _, script := range scripts {
		if _, err := os.Stat(filepath.FromSlash(script[1])); err != nil {
			t.Errorf("%s: SECURITY.md names %s, which is not there", threat, script[1])
		}
	}
	for _, name := range tests {
		if !hasTest(t, name[1], name[2]) {
			t.Errorf("%s: SECURITY.md names %s, which is not there", threat, name[0])
		}
	}
}
