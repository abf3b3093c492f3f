package browser

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
)

// bootID tells one run of the system from the next: process numbers and start times begin again with each.
var bootID = sync.OnceValues(func() (string, error) {
	id, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	return strings.TrimSpace(string(id)), err
})

// identify describes the running process of that number. A process that has ended but was not reaped counts as gone.
// The fields are those of https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html.
func identify(pid int) (processID, error) {
	boot, err := bootID()
	if err != nil {
		return processID{}, err
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return processID{}, err
	}
	// The second field is the name in brackets, which may hold blanks and brackets itself. What follows begins with field 3, the
	// state; field 22 is the start time.
	_, rest, _ := bytes.Cut(stat[bytes.LastIndexByte(stat, ')')+1:], []byte(" "))
	fields := strings.Fields(string(rest))
	const state, startTime = 0, 19
	if len(fields) <= startTime {
		return processID{}, fmt.Errorf("the state of process %d could not be read", pid)
	}
	if fields[state] == "Z" || fields[state] == "X" {
		return processID{}, errEnded
	}
	return processID{PID: pid, Started: boot + "/" + fields[startTime]}, nil
}

var errEnded = errors.New("the process has ended")
