//go:build !windows

package main

// leaveConsole does nothing: only Windows opens a window for a program in a terminal.
func leaveConsole() {}
