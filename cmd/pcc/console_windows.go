package main

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

// leaveConsole closes the console that Windows opened for this program alone, so that a run of the schedule shows none: nobody reads what it says
// there. A console that a shell shares stays.
func leaveConsole() {
	kernel := windows.NewLazySystemDLL("kernel32.dll")
	processes := [2]uint32{}
	count, _, _ := kernel.NewProc("GetConsoleProcessList").Call(uintptr(unsafe.Pointer(&processes[0])), uintptr(len(processes)))
	if count == 1 {
		_, _, _ = kernel.NewProc("FreeConsole").Call() // where that fails, the window stays for a moment
	}
}
