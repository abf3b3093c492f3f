//go:build e2e && linux

package soak

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// run is what became of a child.
type run struct {
	// seen are the operations that it began, where it was traced.
	seen   []string
	killed bool
	// took is how long the action took.
	took time.Duration
}

// run lets a child do an action. It is killed before that operation, or after a time; with neither it comes to its end.
func (w *world) run(name, id string, kill operation, after time.Duration) run {
	w.t.Helper()
	cmd, in, out := w.child(name, id)
	defer func() { _ = cmd.Process.Release() }()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || strings.TrimSpace(line) != "ready" {
		_ = cmd.Process.Kill()
		_, _ = cmd.Process.Wait()
		w.t.Fatalf("the child did not get ready: %v: %s", err, w.said())
	}
	t := &tracer{pid: cmd.Process.Pid, kill: kill, name: operationsIn(w.place.dir, map[string]string{id: "ID"})}
	begun := time.Now()
	status, err := t.through(in, after)
	took := time.Since(begun)
	if err != nil {
		w.t.Fatal(err)
	}
	killed := status.Signaled() && status.Signal() == syscall.SIGKILL
	if !killed && status.ExitStatus() != 0 {
		w.t.Fatalf("the child ended with %d: %s", status.ExitStatus(), w.said())
	}
	until(w.t, "the child is off the bus", func() bool { return !w.keychain.serves(w.t, cmd.Process.Pid) })
	return run{t.seen, killed, took}
}

// through traces the child from its go on, on one locked thread.
func (t *tracer) through(goOn io.Writer, after time.Duration) (unix.WaitStatus, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if after > 0 {
		if _, err := io.WriteString(goOn, "go\n"); err != nil {
			return 0, err
		}
		timer := time.AfterFunc(after, func() { _ = unix.Kill(t.pid, unix.SIGKILL) })
		defer timer.Stop()
		return t.follow()
	}
	if err := t.seize(); err != nil {
		return 0, err
	}
	if _, err := io.WriteString(goOn, "go\n"); err != nil {
		return 0, err
	}
	return t.follow()
}

// child starts this test program again, for an action. What it says goes to a file: pipes would have to be read.
func (w *world) child(name, id string) (cmd *exec.Cmd, in io.Writer, out io.Reader) {
	w.t.Helper()
	errandText, err := json.Marshal(errand{Dir: w.place.dir, Service: w.place.service, Clouds: w.place.clouds, ID: id, Facts: factsOf(w.cloud)})
	if err != nil {
		w.t.Fatal(err)
	}
	cmd = exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), envAction+"="+name, envPlace+"="+string(errandText))
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	said, err := os.Create(w.errors)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = said.Close() }()
	cmd.Stderr = said
	stdin, err1 := cmd.StdinPipe()
	stdout, err2 := cmd.StdoutPipe()
	if err := errors.Join(err1, err2, cmd.Start()); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _, _ = stdin.Close(), stdout.Close() })
	return cmd, stdin, stdout
}

func (w *world) said() string {
	text, _ := os.ReadFile(w.errors)
	return string(text)
}

// until waits for a condition.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for limit := time.Now().Add(20 * time.Second); !ok(); {
		if time.Now().After(limit) {
			t.Fatalf("waited too long: %s", what)
		}
		<-time.After(2 * time.Millisecond)
	}
}
