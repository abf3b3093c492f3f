package cli

import (
	"errors"

	"golang.org/x/sys/windows"
)

// isBrokenPipe reports whether nobody reads any more what a write was for.
func isBrokenPipe(err error) bool {
	return errors.Is(err, windows.ERROR_BROKEN_PIPE) || errors.Is(err, windows.ERROR_NO_DATA)
}
