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

// TestAFileIsForASystemOnPurpose holds that no file is left out of the other systems by a name that only sounds like one, as that of a
// test of many windows would be: what is for a system has a twin, which says what is done on another one.
func TestAFileIsForASystemOnPurpose(t *testing.T) {
	files := goFiles(t)
	confined := 0
	for file := range files {
		if !confinedByName(t, filepath.Base(file)) {
			continue
		}
		confined++
		if !hasTwin(file, files) {
			t.Errorf("%s is compiled for one system only, and has no twin for another one", file)
		}
	}
	if confined < 30 {
		t.Errorf("only %d files are for a system", confined)
	}
}

// TestNamesThatConfine holds what the test above takes for a name that confines, and what for a twin.
func TestNamesThatConfine(t *testing.T) {
	for name, want := range map[string]bool{
		"many_windows_test.go": true, "many_windows.go": true, "many_windows_amd64_test.go": true, "fast_arm_test.go": true, "code_js.go": true,
		"windows_test.go": false, "windows.go": false, "window_test.go": false, "manywindows_test.go": false, "os_unix_test.go": false,
	} {
		if got := confinedByName(t, name); got != want {
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

// confinedByName reports whether go build leaves a file out on some systems for its name alone. No name is for two that have neither
// the system nor the processor in common.
func confinedByName(t *testing.T, name string) bool {
	t.Helper()
	for _, system := range [][2]string{{"linux", "amd64"}, {"darwin", "arm64"}} {
		c := build.Default
		c.GOOS, c.GOARCH, c.CgoEnabled = system[0], system[1], true
		c.OpenFile = func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("package p\n")), nil }
		matches, err := c.MatchFile(".", name)
		if err != nil {
			t.Fatal(err)
		}
		if !matches {
			return true
		}
	}
	return false
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
