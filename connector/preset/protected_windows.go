package preset

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"
)

func isNotFolder(error) bool { return false }

// trustedInstaller owns what Windows itself has installed.
const trustedInstaller = "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464"

// trusted reports whether the file belongs to the system, to its administrators, or to the account that runs this program.
func trusted(f *os.File) bool {
	return administered(owner(windows.GetSecurityInfo(windows.Handle(f.Fd()), windows.SE_FILE_OBJECT, windows.OWNER_SECURITY_INFORMATION)))
}

// trustedFolder reports the same of a folder that is no link. Everybody may make folders in %ProgramData%, and who made this one can
// change what an administrator puts into it later.
func trustedFolder(dir string) bool {
	info, err := os.Lstat(dir)
	return err == nil && info.IsDir() && info.Mode()&(fs.ModeSymlink|fs.ModeIrregular) == 0 && administered(ownerOf(dir))
}

func administered(sid *windows.SID) bool {
	if sid == nil {
		return false
	}
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	return isAdministration(sid) || err == nil && sid.Equals(user.User.Sid)
}

func ownerOf(path string) *windows.SID {
	return owner(windows.GetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, windows.OWNER_SECURITY_INFORMATION))
}

func owner(descriptor *windows.SECURITY_DESCRIPTOR, err error) *windows.SID {
	if err != nil {
		return nil
	}
	sid, _, err := descriptor.Owner()
	if err != nil {
		return nil
	}
	return sid
}

func isAdministration(owner *windows.SID) bool {
	return owner.IsWellKnown(windows.WinBuiltinAdministratorsSid) || owner.IsWellKnown(windows.WinLocalSystemSid) ||
		owner.String() == trustedInstaller
}

// Rights with which the file could be changed, and those with which something above it could be moved aside. To add to a folder
// is not among the latter: everybody may in %ProgramData%, and what is there already stays.
// https://learn.microsoft.com/windows/win32/fileio/file-access-rights-constants
const (
	fileDeleteChild = 0x40
)

var (
	fileRights   = []uint32{windows.FILE_WRITE_DATA, windows.FILE_APPEND_DATA, windows.DELETE, windows.WRITE_DAC, windows.WRITE_OWNER}
	folderRights = []uint32{fileDeleteChild, windows.DELETE, windows.WRITE_DAC, windows.WRITE_OWNER}
)

// protected reports whether an administrator put the file there, and this account, as it runs now, can neither change it nor put another
// one into its place.
func protected(path string) bool {
	path, err := filepath.Abs(path)
	if err != nil {
		return false
	}
	owner := ownerOf(path)
	if owner == nil || !isAdministration(owner) || !writeDenied(path, fileRights) {
		return false
	}
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		if filepath.Dir(dir) == dir {
			return true // nobody moves a volume's root
		}
		if !writeDenied(dir, folderRights) {
			return false
		}
	}
}

// writeDenied reports whether this account gets none of the rights. A link or mount point is never taken for protected.
func writeDenied(path string, rights []uint32) bool {
	info, err := os.Lstat(path)
	if err != nil || info.Mode()&(fs.ModeSymlink|fs.ModeIrregular) != 0 {
		return false
	}
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return false
	}
	for _, right := range rights {
		if isGranted(name, right) {
			return false
		}
	}
	return true
}

// isGranted reports whether the right is granted. Any other answer than "denied" counts as granted.
func isGranted(name *uint16, right uint32) bool {
	const share = windows.FILE_SHARE_READ | windows.FILE_SHARE_WRITE | windows.FILE_SHARE_DELETE
	h, err := windows.CreateFile(name, right, share, nil, windows.OPEN_EXISTING, windows.FILE_FLAG_BACKUP_SEMANTICS, 0)
	if err == nil {
		_ = windows.CloseHandle(h)
		return true
	}
	return !errors.Is(err, windows.ERROR_ACCESS_DENIED)
}
