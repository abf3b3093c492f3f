//go:build unix

package safefile

import "syscall"

var (
	fullErrors     = []error{syscall.ENOSPC, syscall.EDQUOT}
	readOnlyErrors = []error{syscall.EROFS}
	linkErrors     = []error{ErrLink, syscall.ELOOP}
)
