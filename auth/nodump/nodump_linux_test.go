package nodump_test

import (
	"bufio"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"partner-center-connector/auth/nodump"
)

// The environment of a child: what it does.
const (
	envChild = "NODUMP_TEST_CHILD"
	crashes  = "crash"
	dumped   = "crash, without Apply"
	waits    = "wait"
)

func TestMain(m *testing.M) {
	switch os.Getenv(envChild) {
	case "":
		os.Exit(m.Run())
	case crashes, waits:
		if err := nodump.Apply(); err != nil {
			panic(err)
		}
	}
	if os.Getenv(envChild) == waits {
		_, _ = os.Stdout.WriteString("ready\n")
		_, _ = io.Copy(io.Discard, os.Stdin)
		return
	}
	panic("as it was asked to")
}

// child is this test program again, in a folder of its own, where it may leave a core dump.
func child(t *testing.T, does string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("/bin/sh", "-c", `ulimit -S -c "$(ulimit -H -c)"; exec "$0"`, self)
	cmd.Dir = t.TempDir()
	cmd.Env = append(os.Environ(), envChild+"="+does, "GOTRACEBACK=crash")
	return cmd
}

// coreOf lets a child crash and reports whether the system dumped its memory.
func coreOf(t *testing.T, does string) bool {
	t.Helper()
	cmd := child(t, does)
	var exit *exec.ExitError
	if out, err := cmd.CombinedOutput(); !errors.As(err, &exit) || !strings.Contains(string(out), "as it was asked to") {
		t.Fatalf("the child: %v: %s", err, out)
	}
	status, ok := exit.Sys().(syscall.WaitStatus)
	if !ok || !status.Signaled() || status.Signal() != syscall.SIGABRT {
		t.Fatalf("the child ended with %v: GOTRACEBACK=crash has no effect", exit)
	}
	left, err := filepath.Glob(filepath.Join(cmd.Dir, "core*"))
	if err != nil {
		t.Fatal(err)
	}
	return status.CoreDump() || len(left) > 0
}

func TestACrashLeavesNoCoreDump(t *testing.T) {
	if !coreOf(t, dumped) {
		t.Log("this system dumps no program at all")
	}
	if coreOf(t, crashes) {
		t.Error("the memory was dumped")
	}
}

func TestOthersCannotLookIntoTheProcess(t *testing.T) {
	cmd := child(t, waits)
	in, err1 := cmd.StdinPipe()
	out, err2 := cmd.StdoutPipe()
	if err := errors.Join(err1, err2, cmd.Start()); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = in.Close()
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	}()
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "ready\n" {
		t.Fatalf("the child said %q: %v", line, err)
	}
	folder := filepath.Join("/proc", strconv.Itoa(cmd.Process.Pid))
	limits, err := os.ReadFile(filepath.Join(folder, "limits"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(limits)) {
		if fields, core := strings.CutPrefix(line, "Max core file size"); core && strings.Join(strings.Fields(fields), " ") != "0 0 bytes" {
			t.Errorf("limits: %s", line)
		}
	}
	if os.Geteuid() == 0 {
		t.Log("root can look into every process")
		return
	}
	for _, name := range []string{"environ", "mem", "maps"} {
		f, err := os.Open(filepath.Join(folder, name))
		if err == nil {
			_ = f.Close()
			t.Errorf("%s can be opened", name)
		}
	}
}
