package schedule

import (
	"path/filepath"
	"unsafe"

	"golang.org/x/sys/windows"
)

// deleteChild is FILE_DELETE_CHILD.
// https://learn.microsoft.com/windows/win32/fileio/file-access-rights-constants
const deleteChild = 0x40

// Rights with which another program could be put there: in the place of the file or beside it, where it would find a library; and in the place of
// a folder further up. To make folders is not among the latter: every account may in the root of a disk.
const (
	ownRights   = windows.FILE_WRITE_DATA | aboveRights
	aboveRights = deleteChild | windows.DELETE | windows.WRITE_DAC | windows.WRITE_OWNER | windows.GENERIC_WRITE | windows.GENERIC_ALL
)

// everybody are the groups that every account of the computer is in.
var everybody = []windows.WELL_KNOWN_SID_TYPE{windows.WinWorldSid, windows.WinAuthenticatedUserSid, windows.WinBuiltinUsersSid, windows.WinBuiltinGuestsSid}

// isOpen reports whether everybody can change a file, or the folder so many above it; nobody moves the root of a disk. What can't be looked at counts
// as open.
func isOpen(path string, depth int) bool {
	switch {
	case filepath.Dir(path) == path:
		return false
	case depth < 2: // the file and its own folder
		return grantsEverybody(path, ownRights)
	}
	return grantsEverybody(path, aboveRights)
}

func grantsEverybody(path string, rights windows.ACCESS_MASK) bool {
	descriptor, err := windows.GetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, windows.DACL_SECURITY_INFORMATION)
	if err != nil {
		return true
	}
	list, _, err := descriptor.DACL()
	if err != nil || list == nil { // without a list everything is allowed
		return true
	}
	for i := range uint32(list.AceCount) {
		var entry *windows.ACCESS_ALLOWED_ACE
		if err := windows.GetAce(list, i, &entry); err != nil {
			return true
		}
		if entry.Header.AceType == windows.ACCESS_ALLOWED_ACE_TYPE && entry.Header.AceFlags&windows.INHERIT_ONLY_ACE == 0 &&
			entry.Mask&rights != 0 && isEverybody((*windows.SID)(unsafe.Pointer(&entry.SidStart))) {
			return true
		}
	}
	return false
}

func isEverybody(sid *windows.SID) bool {
	for _, group := range everybody {
		if sid.IsWellKnown(group) {
			return true
		}
	}
	return false
}
