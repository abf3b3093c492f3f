package vault

import (
	"testing"

	"partner-center-connector/connector"

	"golang.org/x/sys/windows"
)

func TestCauses(t *testing.T) {
	t.Parallel()
	testCauses(t, []known{
		{windows.Errno(1312), connector.ErrKeychainMissing},
		{windows.Errno(8), connector.ErrKeychainFull},
		{windows.Errno(1783), connector.ErrKeychainFull},
		{windows.Errno(1816), connector.ErrKeychainFull},
		{windows.Errno(5), connector.ErrKeychainLocked},
		{windows.Errno(87), connector.ErrKeychainBroken},
	})
}
