//go:build e2e && linux

package soak

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// TestTheProgramIsNotDumped crashes the real program, and looks into it first, as another program of the account could.
func TestTheProgramIsNotDumped(t *testing.T) {
	dir := t.TempDir()
	cmd := exec.Command("/bin/sh", "-c", `ulimit -S -c "$(ulimit -H -c)"; exec "$0" "$@"`,
		pcc(), "rehearse", "--serve", "--clouds-file", filepath.Join(dir, "clouds.toml"), "--lang", "en")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOTRACEBACK=crash")
	out, err := cmd.StdoutPipe()
	if err := errors.Join(err, cmd.Start()); err != nil {
		t.Fatal(err)
	}
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		_ = cmd.Process.Kill()
		t.Fatalf("it did not serve: %v, %v", err, cmd.Wait())
	}
	for _, name := range []string{"environ", "mem", "maps"} {
		f, err := os.Open(filepath.Join("/proc", strconv.Itoa(cmd.Process.Pid), name))
		if err == nil {
			_ = f.Close()
			t.Errorf("%s can be opened", name)
		}
	}
	if err := cmd.Process.Signal(syscall.SIGABRT); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus)
	if !ok || !status.Signaled() || status.Signal() != syscall.SIGABRT || status.CoreDump() {
		t.Errorf("it ended with %v", cmd.ProcessState)
	}
	left, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range left {
		if strings.HasPrefix(entry.Name(), "core") {
			t.Errorf("%s was left", entry.Name())
		}
	}
}
