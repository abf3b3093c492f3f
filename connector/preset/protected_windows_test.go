package preset

import (
	"os"
	"path/filepath"
	"testing"
)

// TestOwnFile holds that what this account wrote is trusted, and that nothing in it is locked. That an administrator's file is
// protected can't be shown without two accounts.
func TestOwnFile(t *testing.T) {
	own := filepath.Join(put(t, quick), FileName)
	if !trusted(own) || trusted(own+"x") {
		t.Error("the account's own file is not trusted, or one that is not there is")
	}
	for _, path := range []string{own, filepath.Dir(own), own + "x"} {
		if protected(path) {
			t.Errorf("%s is protected", path)
		}
	}
	if keptFrom(own, fileRights) || keptFrom(filepath.Dir(own), folderRights) {
		t.Error("the account could not write to its own file or folder")
	}
}

func TestProgramDataIsAskedOfTheSystem(t *testing.T) {
	t.Setenv("ProgramData", t.TempDir())
	if dir := machineDir(); dir == "" || filepath.Dir(dir) == os.Getenv("ProgramData") {
		t.Errorf("%q", dir)
	}
}
