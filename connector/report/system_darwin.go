package report

import "golang.org/x/sys/unix"

func system() System {
	s := System{Name: "macos"}
	s.Version, _ = unix.Sysctl("kern.osproductversion")
	s.Kernel, _ = unix.Sysctl("kern.osrelease")
	return s
}
