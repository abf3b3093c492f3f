package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"

	"golang.org/x/sys/windows"
)

// noSandbox is false: Windows gives every browser its sandbox.
func noSandbox() bool { return false }

// createNewConsole gives the terminal program a console of its own.
const createNewConsole = 0x00000010

// asfwAny is ASFW_ANY: whichever process wants to.
const asfwAny = 0xffffffff

// letFront lets the window that is there already come to the front, which Windows grants to nobody else but the program that the
// person has just started.
// https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-allowsetforegroundwindow
func letFront() {
	_, _, _ = windows.NewLazySystemDLL("user32.dll").NewProc("AllowSetForegroundWindow").Call(asfwAny)
}

// fileManager opens the folder that it is given.
const fileManager = "explorer.exe"

// openTerminalProgram opens `pcc connect`, which stands beside this program, in a console that stays open.
func openTerminalProgram() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	pcc := filepath.Join(filepath.Dir(self), "pcc.exe")
	if _, err := os.Stat(pcc); err != nil {
		return err
	}
	cmd := exec.Command("cmd.exe") //nolint:noctx // it outlives this program
	// With /s everything between the outer quotes is the command, whatever signs the folder's name has: "Program Files (x86)".
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: createNewConsole, CmdLine: `cmd.exe /s /k ""` + pcc + `" connect"`}
	return cmd.Start()
}
