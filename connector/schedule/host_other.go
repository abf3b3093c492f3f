//go:build !windows

package schedule

import "os/exec"

func composed(argv []string) string { return commandLine(argv) }

// hideWindow does nothing: a tool has no window here.
func hideWindow(*exec.Cmd) {}
