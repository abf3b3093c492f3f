package unprivileged

import (
	"runtime"
	"testing"

	"golang.org/x/sys/unix"
)

// Do calls do. Its thread gives up the right to pass by the modes of files meanwhile, if it has it; goroutines that do begins keep that.
// https://man7.org/linux/man-pages/man7/capabilities.7.html
func Do(tb testing.TB, do func()) {
	tb.Helper()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var rights [2]unix.CapUserData
	if err := unix.Capget(&header, &rights[0]); err != nil {
		tb.Fatal(err)
	}
	fewer := rights
	fewer[0].Effective &^= 1<<unix.CAP_DAC_OVERRIDE | 1<<unix.CAP_DAC_READ_SEARCH
	if err := unix.Capset(&header, &fewer[0]); err != nil {
		tb.Fatal(err)
	}
	defer func() {
		if err := unix.Capset(&header, &rights[0]); err != nil {
			tb.Fatal(err)
		}
	}()
	do()
}
