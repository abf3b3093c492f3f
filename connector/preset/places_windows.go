package preset

import (
	"path/filepath"

	"golang.org/x/sys/windows"
)

// machineDir is the folder of the whole computer. The system is asked for it: an environment variable anybody could set.
func machineDir() string {
	data, err := windows.KnownFolderPath(windows.FOLDERID_ProgramData, windows.KF_FLAG_DEFAULT)
	if err != nil {
		return ""
	}
	return filepath.Join(data, "Partner Center Connector")
}

// programDirs are the folders that go with a program in dir.
func programDirs(dir string) []string { return []string{dir} }
