//go:build unix

package store

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

func configBase() (string, error) { return os.UserConfigDir() }

// lookIn is lookAt for a file in an open folder, whose path is looked up only once.
func lookIn(folder *os.File, name string) identity {
	var stat unix.Stat_t
	conn, err := folder.SyscallConn()
	if err != nil {
		return identity{}
	}
	controlErr := conn.Control(func(fd uintptr) {
		for {
			if err = unix.Fstatat(int(fd), name, &stat, unix.AT_SYMLINK_NOFOLLOW); !errors.Is(err, unix.EINTR) {
				return
			}
		}
	})
	if err != nil || controlErr != nil {
		return identity{}
	}
	return identity{Size: stat.Size, Modified: stat.Mtim.Nano(), Number: int64(stat.Ino)}
}

// fileNumber is the inode.
func fileNumber(info fs.FileInfo) int64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return int64(stat.Ino)
	}
	return 0
}
