//go:build unix

package preset

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

const (
	root = 0
	// maxLinks is how many symbolic links a path may lead over.
	maxLinks = 32
	// writable are the mode bits with which others than the owner can write.
	writable fs.FileMode = 0o022
)

func isNotFolder(err error) bool { return errors.Is(err, syscall.ENOTDIR) }

// trusted reports whether the file belongs to root or to the account that runs this program.
func trusted(f *os.File) bool { return administered(f.Stat()) }

// trustedFolder reports the same of a folder: whose it is can put other files into it.
func trustedFolder(dir string) bool { return administered(os.Stat(dir)) }

func administered(info fs.FileInfo, err error) bool {
	if err != nil {
		return false
	}
	owner, ok := ownerOf(info)
	return ok && (owner == root || owner == os.Geteuid())
}

// protected reports whether this account can neither change the file nor put another one into its place: not by the file, not by any
// folder above it, and not by a link on the way.
func protected(path string) bool {
	path, err := filepath.Abs(path)
	if err != nil {
		return false
	}
	for range maxLinks {
		target, ok := walk(path)
		if !ok || target == "" {
			return ok
		}
		path = target
	}
	return false
}

// walk looks at every step from / to path. At a symbolic link it stops and returns where path leads then.
func walk(path string) (target string, ok bool) {
	at, rest := "/", strings.Trim(filepath.Clean(path), "/")
	for {
		if !writeDenied(at) {
			return "", false
		}
		if rest == "" {
			return "", true
		}
		name, after, _ := strings.Cut(rest, "/")
		step := filepath.Join(at, name)
		info, err := os.Lstat(step)
		if err != nil {
			return "", false
		}
		if info.Mode()&fs.ModeSymlink != 0 {
			link, err := os.Readlink(step)
			if err != nil {
				return "", false
			}
			if !filepath.IsAbs(link) {
				link = filepath.Join(at, link)
			}
			return filepath.Join(link, after), true
		}
		at, rest = step, after
	}
}

// writeDenied reports whether this account can't write to the file at path, and could not give itself the right to. For root, who can
// do everything, it reports whether only root can.
func writeDenied(path string) bool {
	info, err := os.Lstat(path)
	if err != nil {
		return false
	}
	owner, ok := ownerOf(info)
	if !ok {
		return false
	}
	if os.Geteuid() == root {
		return owner == root && info.Mode()&writable == 0
	}
	if owner == os.Geteuid() {
		return false
	}
	err = unix.Faccessat(unix.AT_FDCWD, path, unix.W_OK, unix.AT_EACCESS)
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)
}

func ownerOf(info fs.FileInfo) (uid int, ok bool) {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, false
	}
	return int(stat.Uid), true
}
