package program

import (
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// noSandbox is false: Windows gives every browser its sandbox.
func noSandbox() bool { return false }

// asfwAny is ASFW_ANY: whichever process wants to.
const asfwAny = 0xffffffff

// allowForeground lets the window of the first instance come to the foreground, which Windows grants only to the program that the
// person has just started.
// https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-allowsetforegroundwindow
func allowForeground() {
	_, _, _ = windows.NewLazySystemDLL("user32.dll").NewProc("AllowSetForegroundWindow").Call(asfwAny)
}

// opener opens the folder or the file that it is given.
const opener = "explorer.exe"

// openTerminalProgram opens `pcc connect`, which is beside this program, in a console that stays open.
func openTerminalProgram() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	pcc := filepath.Join(filepath.Dir(self), "pcc.exe")
	if _, err := os.Stat(pcc); err != nil {
		return err
	}
	system, err := windows.GetSystemDirectory()
	if err != nil {
		return err
	}
	// With /s everything between the outer quotes is the command, whatever signs the folder's name has: "Program Files (x86)".
	return execute(filepath.Join(system, "cmd.exe"), `/s /k ""`+pcc+`" connect"`)
}

// execute starts a program as a double click does. With os/exec a console program would read and write the null device instead of
// its new console, and end at once.
// https://learn.microsoft.com/windows/win32/api/shellapi/nf-shellapi-shellexecutew
func execute(program, arguments string) error {
	file, err := windows.UTF16PtrFromString(program)
	if err != nil {
		return err
	}
	args, err := windows.UTF16PtrFromString(arguments)
	if err != nil {
		return err
	}
	return windows.ShellExecute(0, nil, file, args, nil, windows.SW_SHOWNORMAL)
}
