//go:build e2e && linux

package measure

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"golang.org/x/sys/unix"
)

// Cost is what a program took: Wall by the monotonic clock, CPU in user and kernel mode together.
type Cost struct{ Wall, CPU time.Duration }

// Run runs a program to its end. CPU is that of the program and of all children that it has waited for, as wait4 tells it.
func Run(cmd *exec.Cmd) (Cost, error) {
	var complaints bytes.Buffer
	if cmd.Stderr == nil {
		cmd.Stderr = &complaints
	}
	begin := time.Now()
	err := cmd.Run()
	c := Cost{Wall: time.Since(begin)}
	if err != nil {
		return c, fmt.Errorf("%s: %w: %s", filepath.Base(cmd.Path), err, bytes.TrimSpace(complaints.Bytes()))
	}
	c.CPU = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	return c, nil
}

// CPU is the processor time of a process that runs, with that of its threads which have ended.
// The ID of another process's clock is made of its number: https://man7.org/linux/man-pages/man3/clock_getcpuclockid.3.html
func CPU(pid int) (time.Duration, error) {
	const sched = 2
	var t unix.Timespec
	if err := unix.ClockGettime(int32(^pid<<3|sched), &t); err != nil {
		return 0, fmt.Errorf("the clock of process %d: %w", pid, err)
	}
	return time.Duration(t.Nano()), nil
}

// Memory is what a process has in memory, in bytes: RSS all of it, Anonymous what is not the contents of a file.
type Memory struct{ RSS, Anonymous int64 }

// MemoryOf reads it from the kernel. Of a process that leaves no core dump, as ours, its owner may read status but none of the files that
// list the mappings. https://man7.org/linux/man-pages/man5/proc_pid_status.5.html
func MemoryOf(pid int) (Memory, error) {
	text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "status"))
	if err != nil {
		return Memory{}, err
	}
	var m Memory
	for line := range bytes.Lines(text) {
		fields := bytes.Fields(line)
		if len(fields) != 3 || string(fields[2]) != "kB" {
			continue
		}
		kB, err := strconv.ParseInt(string(fields[1]), 10, 64)
		if err != nil {
			return Memory{}, err
		}
		switch string(fields[0]) {
		case "VmRSS:":
			m.RSS = kB << 10
		case "RssAnon:":
			m.Anonymous = kB << 10
		}
	}
	return m, nil
}

// Working reports whether a thread of a process runs, wants to, or waits for a disk at this moment.
// https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
func Working(pid int) bool {
	files, _ := filepath.Glob(filepath.Join("/proc", strconv.Itoa(pid), "task", "*", "stat"))
	for _, file := range files {
		text, err := os.ReadFile(file)
		// The state follows the name, which may have spaces and brackets.
		_, state, found := bytes.Cut(text[bytes.LastIndexByte(text, ')')+1:], []byte(" "))
		if err == nil && found && len(state) > 0 && (state[0] == 'R' || state[0] == 'D') {
			return true
		}
	}
	return false
}
