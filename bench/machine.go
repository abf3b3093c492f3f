//go:build e2e && linux

package main

import (
	"os"
	"runtime"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"partner-center-connector/bench/report"
)

// machine tells what this computer is.
func machine() report.Machine {
	kB, _ := strconv.Atoi(strings.TrimSuffix(valueIn("/proc/meminfo", "MemTotal:"), " kB"))
	var name unix.Utsname
	_ = unix.Uname(&name)
	release, _, _ := strings.Cut(unix.ByteSliceToString(name.Release[:]), "-") // without what its builder calls it
	return report.Machine{
		Processor: strings.TrimSpace(strings.TrimPrefix(valueIn("/proc/cpuinfo", "model name"), ":")), Cores: runtime.NumCPU(),
		MemoryGB: (kB + 1<<19) >> 20, System: strings.Trim(valueIn("/etc/os-release", "PRETTY_NAME="), `"`),
		Kernel: release, Go: runtime.Version(),
	}
}

// valueIn returns what follows a prefix in the first line of a file that has it.
func valueIn(path, prefix string) string {
	text, _ := os.ReadFile(path)
	for line := range strings.Lines(string(text)) {
		if value, ok := strings.CutPrefix(line, prefix); ok {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
