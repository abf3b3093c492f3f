//go:build unix && !darwin

package preset

// machineDir is the folder of the whole computer.
func machineDir() string { return "/etc/partner-center-connector" }

// programDirs are the folders that go with a program in dir.
func programDirs(dir string) []string { return []string{dir} }
