package safefile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// What stands where a file should be; each is an ErrNotRegular.
var (
	ErrLink     = fmt.Errorf("%w but a symbolic link", ErrNotRegular)
	ErrIsFolder = fmt.Errorf("%w but a folder", ErrNotRegular)
	ErrDevice   = fmt.Errorf("%w but a pipe, a socket or a device", ErrNotRegular)
)

// notRegular is an error of the file system, as whoever tells people of it takes it for.
func notRegular(path string, is fs.FileMode) error {
	err := ErrDevice
	switch {
	case is&fs.ModeSymlink != 0:
		err = ErrLink
	case is.IsDir():
		err = ErrIsFolder
	}
	return &fs.PathError{Op: "open", Path: path, Err: err}
}

// Fault is why a file could not be read or written, as far as a remedy depends on it.
type Fault string

// The faults.
const (
	FaultFull     Fault = "full"
	FaultReadOnly Fault = "read-only"
	FaultDenied   Fault = "denied"
	FaultLink     Fault = "link"
	FaultFolder   Fault = "folder"
	FaultDevice   Fault = "device"
	FaultNoFolder Fault = "no-folder"
)

// FaultOf returns the fault that an error tells of, and the path, where it names one; empty for any other error.
func FaultOf(err error) (fault Fault, path string) {
	var at *fs.PathError
	if errors.As(err, &at) {
		path = at.Path
	}
	switch {
	case isOneOf(err, fullErrors):
		return FaultFull, path
	case isOneOf(err, readOnlyErrors):
		return FaultReadOnly, path
	case isOneOf(err, linkErrors):
		return FaultLink, path
	case errors.Is(err, ErrIsFolder):
		return FaultFolder, path
	case errors.Is(err, ErrDevice):
		return FaultDevice, path
	case errors.Is(err, ErrNotFolder):
		return FaultNoFolder, path
	case errors.Is(err, fs.ErrPermission), errors.Is(err, ErrFolderOpen):
		return FaultDenied, path
	}
	return "", ""
}

func isOneOf(err error, known []error) bool {
	for _, k := range known {
		if errors.Is(err, k) {
			return true
		}
	}
	return false
}

// Probe writes as many bytes into the folder dir and removes them again: its error says why the disk takes nothing.
func Probe(dir string, size int) error {
	f, err := os.CreateTemp(dir, ".probe*")
	if err != nil {
		return err
	}
	err = fill(f, make([]byte, size))
	return errors.Join(err, os.Remove(f.Name()))
}
