// Package golden compares what a test got with a file of its testdata, and writes that file again where the test runs with -update.
package golden

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Updating reports whether golden files are written again.
func Updating() bool { return *update }

// Compare fails tb unless got is the text of testdata/name. It shows the first line that differs.
func Compare(tb testing.TB, name, got string) {
	tb.Helper()
	if differs := Difference(got, Want(tb, name, got)); differs != "" {
		tb.Errorf("%s differs: %s\n(if that is right, run with -update and look at the difference)", path(name), differs)
	}
}

// Want returns the text of testdata/name, for a test that compares in its own way. With -update it writes got there first.
func Want(tb testing.TB, name, got string) string {
	tb.Helper()
	if *update {
		write(tb, path(name), got)
	}
	want, err := os.ReadFile(path(name))
	if err != nil {
		tb.Fatalf("%v (run with -update to write it)", err)
	}
	return string(want)
}

func path(name string) string { return filepath.Join("testdata", name) }

func write(tb testing.TB, path, text string) {
	tb.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		tb.Fatal(err)
	}
}

// Difference tells the first line in which two texts differ; it is empty if they are the same.
func Difference(got, want string) string {
	is, was := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(is), len(was)) {
		if i >= len(is) || i >= len(was) || is[i] != was[i] {
			return fmt.Sprintf("line %d\n got  %s\n want %s", i+1, lineAt(is, i), lineAt(was, i))
		}
	}
	return ""
}

// lineAt is empty behind the last line.
func lineAt(lines []string, i int) string {
	if i >= len(lines) {
		return ""
	}
	return lines[i]
}
