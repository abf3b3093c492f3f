//go:build e2e && linux

package e2e

import (
	"strings"
	"testing"
)

// TestPccTellsItsModules asks the program as it is built, which is the only one that has a list of its modules in it.
func TestPccTellsItsModules(t *testing.T) {
	a := newAccount(t, chromium)
	r := a.start(a.env, "", terminal, "version", "--modules").result(patience).exits(0)
	for _, want := range []string{"\nGo go1.", "\ngithub.com/spf13/cobra v1.", "\ngithub.com/AzureAD/microsoft-authentication-library-for-go v1."} {
		if !strings.Contains(r.stdout, want) {
			t.Errorf("%q is not in\n%s", want, r.stdout)
		}
	}
}
