package program

import (
	"os"
	"os/exec"
	"syscall"
)

// noSandbox reports whether Chromium can't have its sandbox here: as root it refuses it, and without user namespaces it can't
// make one. Only a rehearsal asks.
func noSandbox() bool {
	if os.Geteuid() == 0 {
		return true
	}
	if _, err := os.Stat("/usr/lib/chromium/chrome-sandbox"); err == nil {
		return false
	}
	probe := exec.Command("/bin/true") //nolint:noctx // it ends at once
	probe.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWUSER}
	return probe.Run() != nil
}

// allowForeground does nothing: any window may come to the foreground where this one may.
func allowForeground() {}

// opener opens the folder or the file that it is given.
const opener = "xdg-open"

// openTerminalProgram has nothing to do: whoever started a window program without a display sits at a terminal.
func openTerminalProgram() error { return nil }
