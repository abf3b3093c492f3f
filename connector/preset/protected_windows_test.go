package preset

import (
	"os"
	"path/filepath"
	"testing"
)

// TestOwnFile checks that what this account wrote is trusted, and that nothing in it is locked. That an administrator's file is
// protected can't be shown without two accounts.
func TestOwnFile(t *testing.T) {
	own := filepath.Join(put(t, quick), FileName)
	f, err := os.Open(own)
	if err != nil {
		t.Fatal(err)
	}
	if !trusted(f) || !trustedFolder(filepath.Dir(own)) || trustedFolder(own) || trustedFolder(own+"x") {
		t.Error("the account's own file or folder is not trusted, or what is no folder is")
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{own, filepath.Dir(own), own + "x"} {
		if protected(path) {
			t.Errorf("%s is protected", path)
		}
	}
	if writeDenied(own, fileRights) || writeDenied(filepath.Dir(own), folderRights) {
		t.Error("the account could not write to its own file or folder")
	}
}

func TestProgramDataIsAskedOfTheSystem(t *testing.T) {
	t.Setenv("ProgramData", t.TempDir())
	if dir := machineDir(); dir == "" || filepath.Dir(dir) == os.Getenv("ProgramData") {
		t.Errorf("%q", dir)
	}
}
