package nodump

import (
	"golang.org/x/sys/windows"
)

// What keeps the heap out of an error report, and its window away.
// https://learn.microsoft.com/windows/win32/api/werapi/nf-werapi-wersetflags
const (
	noHeap = 1
	noUI   = 32
)

var werSetFlags = windows.NewLazySystemDLL("kernel32.dll").NewProc("WerSetFlags")

// Apply makes this process one of which Windows Error Reporting makes no report, whatever GOTRACEBACK says, and whose heap would
// be in none. https://learn.microsoft.com/windows/win32/api/errhandlingapi/nf-errhandlingapi-seterrormode
func Apply() error {
	windows.SetErrorMode(windows.SEM_FAILCRITICALERRORS | windows.SEM_NOGPFAULTERRORBOX | windows.SEM_NOOPENFILEERRORBOX)
	if err := werSetFlags.Find(); err != nil {
		return err
	}
	if result, _, _ := werSetFlags.Call(noHeap | noUI); int32(result) < 0 {
		return windows.Errno(result)
	}
	return nil
}
