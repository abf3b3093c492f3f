//go:build e2e && windows

package vault_test

import (
	"errors"
	"strings"
	"testing"

	"partner-center-connector/connector/vault"

	"github.com/danieljoos/wincred"
	"golang.org/x/sys/windows"
)

// managed is the real Credential Manager, listed.
type managed struct{ t *testing.T }

func (m managed) accounts() []string {
	m.t.Helper()
	all, err := wincred.FilteredList(service + ":*")
	if errors.Is(err, wincred.ErrElementNotFound) || errors.Is(err, windows.ERROR_FILE_NOT_FOUND) { // the latter is wine's
		return nil
	}
	if err != nil {
		m.t.Fatal(err)
	}
	var names []string
	for _, c := range all {
		if name, ours := strings.CutPrefix(c.TargetName, service+":"); ours {
			names = append(names, name)
		}
	}
	return names
}

// wine writes an item in several steps within the program itself, so that a kill may leave half an item there. The Credential Manager
// of Windows is another process, which gets an item in one call.
func inWine() bool {
	return windows.NewLazySystemDLL("ntdll.dll").NewProc("wine_get_version").Find() == nil
}

func TestCredentialManager(t *testing.T) {
	w := way{
		"chunks", systemItems, vault.System, []int{0, 1, 2, 3, 4}, []int{putOver}, []vault.Form{vault.FormChunks},
	}
	w.atEveryCall(t, managed{t})
	if inWine() {
		t.Log("under wine: not killed while a call is under way")
		return
	}
	w.atAnyTime(t, managed{t})
}
