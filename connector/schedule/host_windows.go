package schedule

import (
	"os/exec"
	"syscall"

	"golang.org/x/sys/windows"
)

func composed(argv []string) string { return windows.ComposeCommandLine(argv) }

// hideWindow keeps a tool that the window program runs from showing a console.
func hideWindow(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: windows.CREATE_NO_WINDOW}
}
