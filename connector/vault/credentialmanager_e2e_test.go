//go:build e2e && windows

package vault_test

import (
	"errors"
	"strings"
	"testing"

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

func TestCredentialManager(t *testing.T) { everything(t, managed{t}) }
