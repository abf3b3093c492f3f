package nodump_test

import (
	"testing"

	"golang.org/x/sys/windows"

	"partner-center-connector/auth/nodump"
)

func TestNoErrorReport(t *testing.T) {
	if err := nodump.Apply(); err != nil {
		t.Fatal(err)
	}
	const want = windows.SEM_FAILCRITICALERRORS | windows.SEM_NOGPFAULTERRORBOX
	if mode := windows.SetErrorMode(want); mode&want != want {
		t.Errorf("error mode %#x", mode)
	}
}
