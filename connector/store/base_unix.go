//go:build unix

package store

import (
	"io/fs"
	"os"
	"syscall"
)

func configBase() (string, error) { return os.UserConfigDir() }

// fileNumber is the inode.
func fileNumber(info fs.FileInfo) int64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return int64(stat.Ino)
	}
	return 0
}
