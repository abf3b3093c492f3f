package browser

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"

	"golang.org/x/sys/windows"
)

// openDefault asks the shell; it never goes through a command interpreter, which would take an ampersand for its own.
func (l *Launcher) openDefault(ctx context.Context, address string) error {
	opened := make(chan error, 1)
	go func() { opened <- shellOpen(address) }()
	select {
	case err := <-opened:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// shellOpen uses the shell as it wants to be used, from a thread with COM.
// https://learn.microsoft.com/windows/win32/api/shellapi/nf-shellapi-shellexecutew
func shellOpen(address string) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err := windows.CoInitializeEx(0, windows.COINIT_APARTMENTTHREADED|windows.COINIT_DISABLE_OLE1DDE)
	// S_FALSE says that the thread has COM already; it wants to be balanced too.
	if err == nil || errors.Is(err, windows.Errno(windows.S_FALSE)) {
		defer windows.CoUninitialize()
	}
	verb, err := windows.UTF16PtrFromString("open")
	if err != nil {
		return err
	}
	target, err := windows.UTF16PtrFromString(address)
	if err != nil {
		return err
	}
	if err := windows.ShellExecute(0, verb, target, nil, nil, windows.SW_SHOWNORMAL); err != nil {
		return fmt.Errorf("open in the default browser: %w", err)
	}
	return nil
}

// everyday is the command that opens address in b's everyday profile.
func everyday(b Browser, address string) []string {
	return slices.Concat(b.Command, windowArgs(b.Family, address))
}
