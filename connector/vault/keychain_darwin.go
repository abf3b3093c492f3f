package vault

import (
	"errors"
	"fmt"
	"io/fs"
	"os/exec"

	"partner-center-connector/connector"
)

// Exit statuses of /usr/bin/security: the low byte of the OSStatus.
// https://developer.apple.com/documentation/security/security-framework-result-codes
const (
	exitInteraction = 36  // errSecInteractionNotAllowed, -25308
	exitNoDefault   = 37  // errSecNoDefaultKeychain, -25307
	exitNoKeychain  = 50  // errSecNoSuchKeychain, -25294
	exitAuthFailed  = 51  // errSecAuthFailed, -25293
	exitReadOnly    = 52  // errSecReadOnly, -25292
	exitUnavailable = 53  // errSecNotAvailable, -25291
	exitCanceled    = 128 // errSecUserCanceled, -128
)

// copiesEach is how many items of one account are removed: several keychains may have an item of one account, and each call removes one.
const copiesEach = 10

// causeOf returns which of the keychain's errors err is; nil for one that is not known.
func causeOf(err error) error {
	if errors.Is(err, exec.ErrNotFound) || errors.Is(err, fs.ErrNotExist) {
		return connector.ErrKeychainMissing
	}
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return nil
	}
	switch exit.ExitCode() {
	case exitInteraction, exitAuthFailed, exitReadOnly, exitCanceled:
		return connector.ErrKeychainLocked
	case exitNoDefault, exitNoKeychain, exitUnavailable:
		return connector.ErrKeychainMissing
	}
	return nil
}

// detailOf returns what the keychain's error was.
func detailOf(err error) string {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return fmt.Sprintf("security ended with status %d", exit.ExitCode())
	}
	return err.Error()
}
