package report

import (
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// osRelease is where every distribution says what it is. https://www.freedesktop.org/software/systemd/man/latest/os-release.html
const osRelease = "/etc/os-release"

func system() System {
	s := System{}
	if text, err := os.ReadFile(osRelease); err == nil {
		s = distribution(string(text))
	}
	var name unix.Utsname
	if unix.Uname(&name) == nil {
		s.Kernel = unix.ByteSliceToString(name.Release[:])
	}
	return s
}

func distribution(text string) System {
	s := System{}
	for line := range strings.Lines(text) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		value = strings.Trim(value, `"'`)
		switch key {
		case "ID":
			s.Name = value
		case "VERSION_ID":
			s.Version = value
		}
	}
	return s
}
