package gui

import (
	"golang.org/x/sys/windows"
)

// hasDisplay is always true: a Windows session has a desktop.
func hasDisplay() bool { return true }

// SayNatively says something without a window of ours, in a message box.
func SayNatively(title, text string) {
	t, err := windows.UTF16PtrFromString(text)
	if err != nil {
		return
	}
	c, err := windows.UTF16PtrFromString(title)
	if err != nil {
		return
	}
	_, _ = windows.MessageBox(0, t, c, windows.MB_OK|windows.MB_ICONERROR|windows.MB_SETFOREGROUND)
}
