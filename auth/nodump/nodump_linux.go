package nodump

import (
	"errors"

	"golang.org/x/sys/unix"
)

// Apply makes this process one that is not dumped, whatever its limits and GOTRACEBACK say, and whose memory and environment
// other programs of the same account can't read through /proc. Programs that it starts are not dumped to a file either.
// https://man7.org/linux/man-pages/man2/PR_SET_DUMPABLE.2const.html
func Apply() error {
	return errors.Join(
		unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0),
		unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}),
	)
}
