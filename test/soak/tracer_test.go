//go:build e2e && linux

package soak

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"unsafe"

	"golang.org/x/sys/unix"
)

// What package unix has no names for. https://man7.org/linux/man-pages/man2/ptrace.2.html
const (
	ptraceGetSyscallInfo = 0x420e
	infoEntry            = 1
	syscallStop          = unix.SIGTRAP | 0x80
	eventShift           = 16
)

// call is the beginning of a system call: struct ptrace_syscall_info, as far as its entry is concerned.
type call struct {
	op     uint8
	_      [3]uint8
	_      uint32
	_, _   uint64
	number uint64
	args   [6]uint64
	_      [2]uint64
}

// operation is one of the operations of a name, counted from 1 on.
type operation struct {
	name string
	time int
}

// tracer follows all threads of a process through their system calls. All its methods are called by one locked thread.
type tracer struct {
	pid int
	// name gives a system call its name in the list of operations; empty for one that is none.
	name func(tracer, call) string
	// kill is the operation before which the process is killed; none where it has no name.
	kill operation
	// seen are the operations that were begun, the one that was kept from being done last.
	seen   []string
	killed bool
}

// seize begins to trace every thread that there is; those to come are traced by themselves.
func (t *tracer) seize() error {
	const options = unix.PTRACE_O_TRACECLONE | unix.PTRACE_O_TRACESYSGOOD | unix.PTRACE_O_EXITKILL
	known := map[int]bool{}
	for grown := true; grown; {
		grown = false
		threads, err := os.ReadDir(t.proc("task"))
		if err != nil {
			return err
		}
		for _, entry := range threads {
			tid, err := strconv.Atoi(entry.Name())
			if err != nil || known[tid] {
				continue
			}
			known[tid], grown = true, true
			if err := ptrace(unix.PTRACE_SEIZE, tid, 0, options); err != nil && !errors.Is(err, unix.ESRCH) {
				return fmt.Errorf("seize: %w", err)
			}
		}
	}
	for tid := range known {
		if err := ptrace(unix.PTRACE_INTERRUPT, tid, 0, 0); err != nil && !errors.Is(err, unix.ESRCH) {
			return fmt.Errorf("interrupt: %w", err)
		}
	}
	return nil
}

// follow goes on until the process has ended, and returns how.
func (t *tracer) follow() (unix.WaitStatus, error) {
	for {
		var status unix.WaitStatus
		tid, err := unix.Wait4(-t.pid, &status, unix.WALL, nil) // the child leads a process group of its own
		switch {
		case errors.Is(err, unix.EINTR):
			continue
		case err != nil:
			return status, fmt.Errorf("wait: %w", err)
		case !status.Stopped() && tid == t.pid:
			return status, nil
		case !status.Stopped():
			continue
		}
		if err := t.stopped(tid, status); err != nil && !errors.Is(err, unix.ESRCH) {
			return status, err
		}
	}
}

// stopped looks at a thread that has stopped and lets it go on.
func (t *tracer) stopped(tid int, status unix.WaitStatus) error {
	deliver := 0
	switch signal := status.StopSignal(); {
	case signal == syscallStop:
		if err := t.atCall(tid); err != nil || t.killed {
			return err
		}
	case int(status)>>eventShift == 0:
		deliver = int(signal)
	}
	return ptrace(unix.PTRACE_SYSCALL, tid, 0, uintptr(deliver))
}

// atCall notes an operation that is about to begin, or kills the process before it does.
func (t *tracer) atCall(tid int) error {
	var c call
	if err := ptrace(ptraceGetSyscallInfo, tid, unsafe.Sizeof(c), uintptr(unsafe.Pointer(&c))); err != nil {
		return err
	}
	if c.op != infoEntry {
		return nil
	}
	name := t.name(*t, c)
	if name == "" || t.killed {
		return nil
	}
	t.seen = append(t.seen, name)
	if name != t.kill.name {
		return nil
	}
	if t.kill.time--; t.kill.time != 0 {
		return nil
	}
	t.killed = true
	return unix.Kill(t.pid, unix.SIGKILL)
}

func ptrace(request, tid int, address, data uintptr) error {
	if _, _, errno := unix.Syscall6(unix.SYS_PTRACE, uintptr(request), uintptr(tid), address, data, 0, 0); errno != 0 {
		return errno
	}
	return nil
}

func (t tracer) proc(name string) string { return filepath.Join("/proc", strconv.Itoa(t.pid), name) }

// memory reads what a system call points to; shorter where the process has less.
func (t tracer) memory(address, size uint64) []byte {
	data := make([]byte, min(size, 1<<16))
	if len(data) == 0 {
		return nil
	}
	local := []unix.Iovec{{Base: &data[0], Len: uint64(len(data))}}
	remote := []unix.RemoteIovec{{Base: uintptr(address), Len: len(data)}}
	n, err := unix.ProcessVMReadv(t.pid, local, remote, 0)
	if err != nil {
		return nil
	}
	return data[:n]
}

// text reads a text that ends with a zero byte. It stays within the page, beyond which there may be nothing.
func (t tracer) text(address uint64) string {
	const page = 4096
	data := t.memory(address, page-address%page)
	if !bytes.ContainsRune(data, 0) {
		data = t.memory(address, page)
	}
	text, _, _ := bytes.Cut(data, []byte{0})
	return string(text)
}

// file is what a file descriptor refers to.
func (t tracer) file(fd uint64) string {
	target, _ := os.Readlink(filepath.Join(t.proc("fd"), strconv.Itoa(int(int32(fd)))))
	return target
}

// sent is what a call of write or sendmsg sends.
func (t tracer) sent(c call) []byte {
	if c.number != unix.SYS_SENDMSG {
		return t.memory(c.args[1], c.args[2])
	}
	// struct msghdr: name, its length, then the vector and its length; each of a vector is an address and a length.
	head := t.memory(c.args[1], 32)
	if len(head) < 32 {
		return nil
	}
	vector, count := words(head)[2], words(head)[3]
	var data []byte
	for _, part := range pairs(words(t.memory(vector, 16*min(count, 64)))) {
		data = append(data, t.memory(part[0], part[1])...)
	}
	return data
}

func words(data []byte) []uint64 {
	all := make([]uint64, len(data)/8)
	for i := range all {
		all[i] = *(*uint64)(unsafe.Pointer(&data[8*i])) // in the order of this computer
	}
	return all
}

func pairs(words []uint64) [][2]uint64 {
	all := make([][2]uint64, len(words)/2)
	for i := range all {
		all[i] = [2]uint64{words[2*i], words[2*i+1]}
	}
	return all
}
