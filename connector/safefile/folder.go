package safefile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// ErrFolderOpen means that other accounts of this computer may write to the folder, so that its files can't be trusted: its mode
// lets them, or it is another account's own.
var ErrFolderOpen = errors.New("other accounts may write to the folder")

// ErrNotFolder means that the path names something else than a folder.
var ErrNotFolder = errors.New("not a folder")

// errLeadsNowhere is ErrNotFolder for a link to a folder that is missing, which must not pass for a folder that was never made.
var errLeadsNowhere = fmt.Errorf("%w but a symbolic link that leads nowhere", ErrNotFolder)

// Folder makes the folder dir with its parents, for this account only (0700). One that is there already is left as it is,
// and refused as CheckFolder refuses it.
func Folder(dir string) error {
	if err := CheckFolder(dir); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return CheckFolder(dir)
}

// CheckFolder refuses a folder with ErrFolderOpen where other accounts may write to it. So root does not leave files in a user's folder
// either, which that user could not read. Its other errors are fs.ErrNotExist and ErrNotFolder, wrapped.
func CheckFolder(dir string) error {
	info, err := os.Stat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		switch there, missing := os.Lstat(dir); {
		case missing != nil:
		case there.IsDir(): // another process has made it just now
			info, err = there, nil
		default:
			return &fs.PathError{Op: "open", Path: dir, Err: errLeadsNowhere}
		}
	}
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return &fs.PathError{Op: "open", Path: dir, Err: ErrNotFolder}
	}
	if openToOthers(info.Mode()) {
		return fmt.Errorf("%s: %w (mode %#o)", dir, ErrFolderOpen, info.Mode()&fs.ModePerm)
	}
	if !ours(info) {
		return fmt.Errorf("%s: %w (it belongs to another account)", dir, ErrFolderOpen)
	}
	return nil
}
