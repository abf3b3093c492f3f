package connector

import (
	"errors"
	"fmt"
)

// Errors of the Vault. Those that are made of another one are a kind of it, of which more is known.
var (
	ErrKeychainMissing  = errors.New("there is no keychain")
	ErrKeychainLocked   = errors.New("the keychain is locked")
	ErrKeychainFull     = errors.New("the keychain takes no item of this size")
	ErrKeychainSlow     = errors.New("the keychain did not answer in time")
	ErrKeychainBroken   = errors.New("the keychain does not keep what is written to it")
	ErrCredentialAbsent = errors.New("the keychain has no such credential")

	// ErrKeychainGone means that the keychain ended while it was at work.
	ErrKeychainGone error = &kindOfError{"the keychain went away in the middle of a call", ErrKeychainMissing}
	// ErrKeychainUnattended means that somebody has to unlock the keychain, and that nobody is there to be asked.
	ErrKeychainUnattended error = &kindOfError{"the keychain is locked, and nobody is there to unlock it", ErrKeychainLocked}
	// ErrKeychainFailed means that the keychain answered with an error of its own, which says nothing of what it keeps.
	ErrKeychainFailed error = &kindOfError{"the keychain answered with an error", ErrKeychainBroken}
)

type kindOfError struct {
	text string
	of   error
}

func (e *kindOfError) Error() string { return e.text }
func (e *kindOfError) Unwrap() error { return e.of }

// BusAddressError is ErrKeychainMissing where an environment variable names a session bus that there is not.
type BusAddressError struct {
	Variable, Value string
	// Cause is why it could not be reached; nil where the value is no address at all.
	Cause error
}

// Error implements error.
func (e *BusAddressError) Error() string {
	return fmt.Sprintf("there is no keychain: %s=%q leads to no session bus", e.Variable, e.Value)
}

// Unwrap makes it a kind of ErrKeychainMissing.
func (e *BusAddressError) Unwrap() []error { return []error{ErrKeychainMissing, e.Cause} }
