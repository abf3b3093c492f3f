package gui

import (
	"unsafe"

	"fyne.io/fyne/v2/driver"
	"golang.org/x/sys/windows"
)

var (
	user32              = windows.NewLazySystemDLL("user32.dll")
	isIconic            = user32.NewProc("IsIconic")
	showWindow          = user32.NewProc("ShowWindow")
	setForegroundWindow = user32.NewProc("SetForegroundWindow")
	flashWindowEx       = user32.NewProc("FlashWindowEx")
)

// swRestore, flashTray and flashUntilFront are SW_RESTORE, FLASHW_TRAY and FLASHW_TIMERNOFG.
const (
	swRestore       = 9
	flashTray       = 0x2
	flashUntilFront = 0xc
)

// flashInfo is FLASHWINFO.
// https://learn.microsoft.com/windows/win32/api/winuser/ns-winuser-flashwinfo
type flashInfo struct {
	size    uint32
	window  uintptr
	flags   uint32
	count   uint32
	timeout uint32
}

// raiseNative restores a minimised window and brings it to the front; where Windows does not let it, its button on the
// task bar flashes until the person looks. It reports whether the person will notice.
func raiseNative(context any) bool {
	c, ok := context.(driver.WindowsWindowContext)
	if !ok || c.HWND == 0 {
		return true
	}
	if minimised, _, _ := isIconic.Call(c.HWND); minimised != 0 {
		_, _, _ = showWindow.Call(c.HWND, swRestore)
	}
	if front, _, _ := setForegroundWindow.Call(c.HWND); front != 0 {
		return true
	}
	info := flashInfo{window: c.HWND, flags: flashTray | flashUntilFront}
	info.size = uint32(unsafe.Sizeof(info))
	_, _, _ = flashWindowEx.Call(uintptr(unsafe.Pointer(&info)))
	return true
}
