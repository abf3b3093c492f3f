//go:build unix

package schedule

import (
	"io/fs"
	"os"
)

// everybody is the mode bit with which everybody can write.
const everybody fs.FileMode = 0o002

// isOpen reports whether everybody can write to a file, or to a folder above it, and so put another program there. What can't be looked at counts as
// open.
func isOpen(path string, _ int) bool {
	info, err := os.Stat(path)
	return err != nil || info.Mode()&everybody != 0
}
