package schedule

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"partner-center-connector/connector"
)

// TestTheRealPrograms: a tool of the system's own is in no open folder, and a temporary one is.
func TestTheRealPrograms(t *testing.T) {
	h := thisHost()
	system := "/usr/bin/env"
	if runtime.GOOS == "windows" {
		system = os.Getenv("SystemRoot") + `\System32\cmd.exe`
	}
	if err := h.fit(system); err != nil {
		t.Error(err)
	}
	temporary := filepath.Join(t.TempDir(), "pcc")
	var unfit *connector.UnfitProgramError
	if err := h.fit(temporary); !errors.As(err, &unfit) {
		t.Errorf("%v", err)
	}
}
