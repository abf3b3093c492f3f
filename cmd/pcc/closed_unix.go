//go:build unix

package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// isClosed reports whether f, a standard stream, was closed when the program started. Go's runtime then has /dev/null in its place, open for reading
// and writing, so that no other file gets the number (runtime/fds_unix.go). A shell that throws output away opens it for writing alone;
// a program that hands over /dev/null open for both can't be told apart, and throws the output away as well.
func isClosed(f *os.File) bool {
	flags, err := unix.FcntlInt(f.Fd(), unix.F_GETFL, 0)
	if err != nil || flags&unix.O_ACCMODE != unix.O_RDWR {
		return false
	}
	null, err := os.Stat(os.DevNull)
	if err != nil {
		return false
	}
	is, err := f.Stat()
	return err == nil && os.SameFile(is, null)
}
