package main

import (
	"go/build"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestAFileIsForASystemOnPurpose holds that no file is left out on Linux, where the tests run, by a name that only sounds like that of a
// system, as a test of many windows might have: what is for another system has a twin, which says what is done on Linux or on a third one.
func TestAFileIsForASystemOnPurpose(t *testing.T) {
	files := goFiles(t)
	left := 0
	for file := range files {
		if !leftOut(t, filepath.Base(file)) {
			continue
		}
		left++
		if !hasTwin(file, files) {
			t.Errorf("%s is never compiled on Linux, and has no twin for another system", file)
		}
	}
	if left < 20 {
		t.Errorf("only %d files are for other systems", left)
	}
}

// TestNamesThatLeaveOut holds what the test above takes for the name of another system's file, and what for a twin.
func TestNamesThatLeaveOut(t *testing.T) {
	for name, want := range map[string]bool{
		"many_windows_test.go": true, "many_windows.go": true, "many_windows_amd64_test.go": true, "fast_arm_test.go": true, "code_js.go": true,
		"many_linux_test.go": false, "windows_test.go": false, "windows.go": false, "window_test.go": false, "manywindows_test.go": false, "os_unix_test.go": false,
	} {
		if got := leftOut(t, name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
	files := map[string]bool{
		"gui/many_windows_test.go": true, "gui/many_test.go": true, "gui/raise_windows.go": true, "gui/raise_unix.go": true, "gui/raise_windows_test.go": true,
		"auth/many_darwin.go": true, "gui/two_windows.go": true, "gui/two_windows_test.go": true, "gui/two_minutes.go": true,
	}
	for file, want := range map[string]bool{
		"gui/raise_windows.go": true, "gui/raise_windows_test.go": true,
		"gui/many_windows_test.go": false, "gui/two_windows.go": false, "gui/two_windows_test.go": false, "auth/many_darwin.go": false,
	} {
		if got := hasTwin(file, files); got != want {
			t.Errorf("%s: %v", file, got)
		}
	}
}

// goFiles are the Go files of the module, by their path with slashes.
func goFiles(t *testing.T) map[string]bool {
	t.Helper()
	files := map[string]bool{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && (built[path] || len(path) > 1 && strings.HasPrefix(d.Name(), ".")) {
			return filepath.SkipDir
		}
		if err == nil && strings.HasSuffix(path, ".go") {
			files[filepath.ToSlash(path)] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// leftOut reports whether go build leaves a file out on Linux for its name alone.
func leftOut(t *testing.T, name string) bool {
	t.Helper()
	c := build.Default
	c.GOOS, c.GOARCH, c.CgoEnabled = "linux", "amd64", true
	c.OpenFile = func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("package p\n")), nil }
	matches, err := c.MatchFile(".", name)
	if err != nil {
		t.Fatal(err)
	}
	return !matches
}

// systems are the last words of the names of twins. Only the last two are of our own choice: those files have a build constraint.
var systems = []string{"linux", "windows", "darwin", "unix", "other"}

// hasTwin reports whether beside a file for a system there is another one with the same name for another system.
func hasTwin(file string, files map[string]bool) bool {
	name := strings.TrimSuffix(strings.TrimSuffix(file, ".go"), "_test")
	at := strings.LastIndex(name, "_")
	return slices.ContainsFunc(systems, func(system string) bool {
		twin := name[:at+1] + system
		return twin != name && (files[twin+".go"] || files[twin+"_test.go"])
	})
}
