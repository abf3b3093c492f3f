package preset

import "path/filepath"

// machineDir is the folder of the whole computer.
func machineDir() string { return "/Library/Application Support/Partner Center Connector" }

// programDirs are the folders that go with a program in dir: in a bundle the Resources too, where Apple wants what is no program.
// https://developer.apple.com/documentation/bundleresources/placing-content-in-a-bundle
func programDirs(dir string) []string {
	if filepath.Base(dir) != "MacOS" || filepath.Base(filepath.Dir(dir)) != "Contents" {
		return []string{dir}
	}
	return []string{filepath.Join(filepath.Dir(dir), "Resources"), dir}
}
