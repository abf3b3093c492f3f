package browser

import (
	"errors"
	"fmt"

	"golang.org/x/sys/unix"
)

// zombie is the state of a process that has ended but was not reaped (SZOMB in sys/proc.h).
const zombie = 5

// identify describes the running process of that number. A process that has ended but was not reaped counts as gone.
func identify(pid int) (processID, error) {
	info, err := unix.SysctlKinfoProc("kern.proc.pid", pid)
	if err != nil {
		return processID{}, err
	}
	if int(info.Proc.P_pid) != pid || info.Proc.P_stat == zombie {
		return processID{}, errEnded
	}
	start := info.Proc.P_starttime
	return processID{PID: pid, Started: fmt.Sprintf("%d.%06d", start.Sec, start.Usec)}, nil
}

var errEnded = errors.New("the process has ended")
