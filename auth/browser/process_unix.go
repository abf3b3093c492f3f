//go:build unix

package browser

import (
	"context"
	"io/fs"
	"os"
	"os/exec"
	"syscall"

	"golang.org/x/sys/unix"
)

// process is a browser that we started, in a process group of its own.
type process struct{ cmd *exec.Cmd }

// startProcess starts it with no standard streams: with a pipe Wait would wait for every child of the browser. No context ends it.
func startProcess(argv, env []string) (*process, error) {
	cmd := exec.CommandContext(context.Background(), argv[0], argv[1:]...)
	cmd.Env = append(os.Environ(), env...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return &process{cmd}, nil
}

func (p *process) pid() int { return p.cmd.Process.Pid }

// wait returns the exit status, -1 when a signal ended it.
func (p *process) wait() int {
	// The state tells what the error would.
	_ = p.cmd.Wait()
	return p.cmd.ProcessState.ExitCode()
}

func (p *process) ask() error   { return askToEnd(p.pid()) }
func (p *process) force() error { return forceToEnd(p.pid()) }

// release ends what the browser left in its group. The browser must have ended.
func (p *process) release() {
	// Mostly nobody is left, which is an error.
	_ = unix.Kill(-p.pid(), unix.SIGKILL)
}

// askToEnd interrupts the process group: after SIGTERM Chromium would leave its socket's directory behind.
func askToEnd(pid int) error { return unix.Kill(-pid, unix.SIGINT) }

func forceToEnd(pid int) error { return unix.Kill(-pid, unix.SIGKILL) }

// detached makes a command outlive us, and Ctrl+C in our terminal.
func detached() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }

func ownedByUs(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Geteuid()
}

// ownDirectory reports whether dir is there, is ours and can be written to.
func ownDirectory(dir string) bool {
	info, err := os.Stat(dir)
	return err == nil && info.IsDir() && ownedByUs(info) && unix.Access(dir, unix.W_OK|unix.X_OK) == nil
}

// Elevated reports whether this program runs as root.
func Elevated() bool { return os.Geteuid() == 0 }
