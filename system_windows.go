package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

// noSandbox is false: Windows gives every browser its sandbox.
func noSandbox() bool { return false }

// createNewConsole gives the terminal program a console of its own.
const createNewConsole = 0x00000010

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
	cmd := exec.Command("cmd.exe", "/k", pcc, "connect") //nolint:noctx // it outlives this program
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: createNewConsole}
	return cmd.Start()
}
