//go:build unix

package cli

import (
	"errors"
	"syscall"
)

// isBrokenPipe reports whether nobody reads any more what a write was for.
func isBrokenPipe(err error) bool { return errors.Is(err, syscall.EPIPE) }
