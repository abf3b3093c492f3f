package browser

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"
)

// process is a browser that we started, with all its children in a job that ends with us.
type process struct {
	cmd *exec.Cmd
	mu  sync.Mutex
	// job is 0 where the system refused one, and after release; then only the process itself can be ended.
	job windows.Handle
}

// startProcess starts it suspended, so that no child can be born outside the job. No context ends it.
func startProcess(argv, env []string) (*process, error) {
	cmd := exec.CommandContext(context.Background(), argv[0], argv[1:]...)
	cmd.Env = append(os.Environ(), env...)
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: windows.CREATE_SUSPENDED | windows.CREATE_NEW_PROCESS_GROUP}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{cmd: cmd, job: jobWith(cmd.Process)}
	if err := resume(uint32(p.pid())); err != nil {
		err = errors.Join(err, p.force())
		p.wait()
		p.release()
		return nil, err
	}
	return p, nil
}

// jobWith makes a job that kills what is in it when its last handle is closed, also by our own end, and puts the process into it.
// https://learn.microsoft.com/windows/win32/procthread/job-objects
func jobWith(proc *os.Process) windows.Handle {
	job, err := windows.CreateJobObject(nil, nil)
	if err != nil {
		return 0
	}
	info := windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION{
		BasicLimitInformation: windows.JOBOBJECT_BASIC_LIMIT_INFORMATION{LimitFlags: windows.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE},
	}
	_, err = windows.SetInformationJobObject(
		job, windows.JobObjectExtendedLimitInformation,
		uintptr(unsafe.Pointer(&info)), uint32(unsafe.Sizeof(info)), //nolint:gosec // the call takes a structure by address and size
	)
	if err == nil {
		var assigned error
		err = proc.WithHandle(func(h uintptr) { assigned = windows.AssignProcessToJobObject(job, windows.Handle(h)) })
		err = errors.Join(err, assigned)
	}
	if err != nil {
		_ = windows.CloseHandle(job)
		return 0
	}
	return job
}

// resume lets the only thread of a process that was started suspended run.
func resume(pid uint32) error {
	threads, err := windows.CreateToolhelp32Snapshot(windows.TH32CS_SNAPTHREAD, 0)
	if err != nil {
		return err
	}
	defer func() { _ = windows.CloseHandle(threads) }()
	entry := windows.ThreadEntry32{Size: uint32(unsafe.Sizeof(windows.ThreadEntry32{}))}
	for err = windows.Thread32First(threads, &entry); err == nil; err = windows.Thread32Next(threads, &entry) {
		if entry.OwnerProcessID == pid {
			return resumeThread(entry.ThreadID)
		}
	}
	return err
}

func resumeThread(id uint32) error {
	thread, err := windows.OpenThread(windows.THREAD_SUSPEND_RESUME, false, id)
	if err != nil {
		return err
	}
	defer func() { _ = windows.CloseHandle(thread) }()
	_, err = windows.ResumeThread(thread)
	return err
}

func (p *process) pid() int { return p.cmd.Process.Pid }

// wait returns the exit status.
func (p *process) wait() int {
	// The state tells what the error would.
	_ = p.cmd.Wait()
	return p.cmd.ProcessState.ExitCode()
}

// ask does the same as force: a browser whose profile is thrown away has nothing to save.
func (p *process) ask() error { return p.force() }

func (p *process) force() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.job == 0 {
		return p.cmd.Process.Kill()
	}
	return windows.TerminateJobObject(p.job, 1)
}

// release ends what is left in the job, a browser included that the first process handed the address to.
func (p *process) release() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.job != 0 {
		_ = windows.CloseHandle(p.job)
		p.job = 0
	}
}

// askToEnd does the same as forceToEnd, as ask does.
func askToEnd(pid int) error { return forceToEnd(pid) }

func forceToEnd(pid int) error {
	proc, err := os.FindProcess(pid)
	if err != nil {
		return err
	}
	defer func() { _ = proc.Release() }()
	return proc.Kill()
}

// detached makes a command outlive us, and Ctrl+C in our terminal.
func detached() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{CreationFlags: windows.CREATE_NEW_PROCESS_GROUP | windows.DETACHED_PROCESS}
}

// ownDirectory is not asked for on Windows: the profiles lie in the account's own directory.
func ownDirectory(string) bool { return true }

// Elevated reports whether this program runs with the full token of an administrator whose other programs run with less: there the
// browser would not be the desktop's. Where the account has one token only (User Account Control off, the built-in
// administrator), all its programs run alike, and it is not elevated over them.
// https://learn.microsoft.com/windows/win32/api/winnt/ne-winnt-token_elevation_type
func Elevated() bool {
	const full = 2
	var kind, size uint32
	err := windows.GetTokenInformation(
		windows.GetCurrentProcessToken(), windows.TokenElevationType,
		(*byte)(unsafe.Pointer(&kind)), uint32(unsafe.Sizeof(kind)), &size, //nolint:gosec // the call takes a number by address and size
	)
	return err == nil && kind == full
}
