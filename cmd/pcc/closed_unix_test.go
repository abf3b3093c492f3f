//go:build unix

package main

import (
	"os"
	"os/exec"
	"testing"
)

// asksClosed makes the test program say by its exit code whether its standard output was closed: only a program that starts has it so.
const asksClosed = "PCC_TEST_ASKS_CLOSED"

// TestIsClosed holds that a closed standard output is told from one that is thrown away, or read by somebody.
func TestIsClosed(t *testing.T) {
	if os.Getenv(asksClosed) != "" {
		if isClosed(os.Stdout) {
			os.Exit(3)
		}
		os.Exit(4)
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for redirection, want := range map[string]int{">&-": 3, ">/dev/null": 4, "2>&- <&-": 4} {
		cmd := exec.CommandContext(t.Context(), "/bin/sh", "-c", `"$0" -test.run "^TestIsClosed$" `+redirection, program)
		cmd.Env = append(os.Environ(), asksClosed+"=yes")
		cmd.Stdout = t.Output()
		if err := cmd.Run(); cmd.ProcessState.ExitCode() != want {
			t.Errorf("%s: %v", redirection, err)
		}
	}
}
