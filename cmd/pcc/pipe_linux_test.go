package main

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// runsPcc makes the test program be pcc: only a process has a standard output whose reader leaves.
const runsPcc = "PCC_TEST_RUNS"

// TestAReaderThatLeaves holds that the outcome counts where the reader had enough, and that nothing is a success that nobody got.
func TestAReaderThatLeaves(t *testing.T) {
	if args := os.Getenv(runsPcc); args != "" {
		os.Args = append([]string{"pcc"}, strings.Fields(args)...)
		os.Exit(run())
	}
	for _, c := range []struct {
		name, args string
		reads      int
		code       int
		says       string
	}{
		{"the first line", "completion bash", 1, 0, ""},
		{"nothing", "completion bash", 0, 1, "The output could not be written"},
		{"an outcome that is not fine", "explain nothing-of-interest", 0, 1, "no known code"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, w, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			// The whole of the output does not fit.
			if _, err := unix.FcntlInt(w.Fd(), unix.F_SETPIPE_SZ, os.Getpagesize()); err != nil {
				t.Fatal(err)
			}
			said := &strings.Builder{}
			cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestAReaderThatLeaves$")
			cmd.Env = append(os.Environ(), runsPcc+"="+c.args+" --config-dir "+t.TempDir(), "PCC_LANG=en")
			cmd.Stdout, cmd.Stderr = w, said
			if c.reads == 0 {
				_ = r.Close()
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			_ = w.Close()
			if c.reads > 0 {
				if _, err := io.ReadFull(r, make([]byte, c.reads)); err != nil {
					t.Error(err)
				}
				_ = r.Close()
			}
			var exit *exec.ExitError
			if err := cmd.Wait(); err != nil && !errors.As(err, &exit) {
				t.Fatal(err)
			}
			if got := cmd.ProcessState.ExitCode(); got != c.code || !strings.Contains(said.String(), c.says) || c.says == "" && said.Len() > 0 {
				t.Errorf("exit code %d, says %q", got, said)
			}
		})
	}
}
