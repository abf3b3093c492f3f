package browser

import (
	"errors"
	"io/fs"
	"strconv"

	"golang.org/x/sys/windows"
)

// identify describes the running process of that number. A process that has ended while somebody holds a handle counts as gone.
func identify(pid int) (processID, error) {
	h, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION|windows.SYNCHRONIZE, false, uint32(pid))
	if err != nil {
		return processID{}, err
	}
	defer func() { _ = windows.CloseHandle(h) }()
	if event, err := windows.WaitForSingleObject(h, 0); err != nil || event != uint32(windows.WAIT_TIMEOUT) {
		return processID{}, errEnded
	}
	var created, exited, kernel, user windows.Filetime
	if err := windows.GetProcessTimes(h, &created, &exited, &kernel, &user); err != nil {
		return processID{}, err
	}
	return processID{PID: pid, Started: strconv.FormatInt(created.Nanoseconds(), 10)}, nil
}

var errEnded = errors.New("the process has ended")

// ownedByUs is always true: the folders lie in the account's own directory.
func ownedByUs(fs.FileInfo) bool { return true }
