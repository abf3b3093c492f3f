package vault

import (
	"testing"
	"time"
)

// System is the keychain of the operating system, for a test that wraps it, and Library the same over go-keyring.
var (
	System  Keychain = system
	Library Keychain = library{}
)

// Until waits for a condition.
func Until(tb testing.TB, what string, ok func() bool) {
	tb.Helper()
	deadline := time.After(20 * time.Second)
	for !ok() {
		select {
		case <-deadline:
			tb.Fatalf("waited too long: %s", what)
		case <-time.After(2 * time.Millisecond):
		}
	}
}
