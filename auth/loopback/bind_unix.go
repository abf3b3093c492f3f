//go:build !windows

package loopback

import (
	"errors"
	"syscall"
)

// exclusivePort does nothing here: two listeners never share an address and port.
func exclusivePort(_, _ string, _ syscall.RawConn) error { return nil }

// familyMissing reports whether err means that the computer has no address of that family.
func familyMissing(err error) bool {
	return errors.Is(err, syscall.EADDRNOTAVAIL) || errors.Is(err, syscall.EAFNOSUPPORT) || errors.Is(err, syscall.EPROTONOSUPPORT)
}
