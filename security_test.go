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
