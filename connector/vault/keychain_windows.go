package vault

import (
	"errors"
	"fmt"

	"partner-center-connector/connector"

	"golang.org/x/sys/windows"
)

// rpcBadStub is RPC_X_BAD_STUB_DATA, which the Credential Manager answers to an item that is too large.
// https://learn.microsoft.com/windows/win32/debug/system-error-codes--1700-3999-
const rpcBadStub = windows.Errno(1783)

// copiesEach is how many items of one account are removed: there is never more than one of a name.
const copiesEach = 1

// causeOf returns which of the keychain's errors err is; nil for one that is not known.
// https://learn.microsoft.com/windows/win32/api/wincred/nf-wincred-credwritew
func causeOf(err error) error {
	var number windows.Errno
	if !errors.As(err, &number) {
		return nil
	}
	switch number {
	case windows.ERROR_NO_SUCH_LOGON_SESSION, windows.ERROR_NOT_SUPPORTED, windows.ERROR_CALL_NOT_IMPLEMENTED:
		return connector.ErrKeychainMissing
	case windows.ERROR_NOT_ENOUGH_MEMORY, rpcBadStub, windows.ERROR_NOT_ENOUGH_QUOTA:
		return connector.ErrKeychainFull
	case windows.ERROR_ACCESS_DENIED, windows.ERROR_CANCELLED:
		return connector.ErrKeychainLocked
	default:
		return nil
	}
}

// detailOf returns what the keychain's error was.
func detailOf(err error) string {
	var number windows.Errno
	if errors.As(err, &number) {
		return fmt.Sprintf("Windows error %d: %s", uint32(number), err.Error())
	}
	return err.Error()
}
