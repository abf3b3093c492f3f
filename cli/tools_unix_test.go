//go:build unix

package cli_test

import (
	"os"
	"os/exec"
	"testing"
)

// needsTools skips a test on a computer that lacks one of these programs. In CI none may be missing.
func needsTools(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		if _, err := exec.LookPath(name); err != nil && os.Getenv("CI") != "" {
			t.Fatalf("%s is missing: %v", name, err)
		} else if err != nil {
			t.Skip("without the program", name, "there is nothing to run:", err)
		}
	}
}
