package vault

import (
	"context"
	"errors"
	"strings"
	"unicode"

	"github.com/zalando/go-keyring"

	"partner-center-connector/connector"
)

// Op is the operation in which the keychain failed.
type Op string

// The operations.
const (
	OpRead   Op = "read"
	OpWrite  Op = "write"
	OpRemove Op = "remove"
	OpLock   Op = "lock"
)

// maxDetail is the length to which a keychain's own words are cut.
const maxDetail = 200

// Error is a failure of the keychain: facts only, never anything that is kept in it.
type Error struct {
	Op Op
	// Cause is one of connector's keychain errors, or that of a context.
	Cause error
	// Detail is what the keychain itself said; empty when it said nothing.
	Detail string
}

// Error implements error.
func (e *Error) Error() string {
	s := "keychain: " + string(e.Op) + ": " + e.Cause.Error()
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	return s
}

// Unwrap returns the cause, for errors.Is.
func (e *Error) Unwrap() error { return e.Cause }

// DamagedError is a credential that is there but not whole. To the program it is as good as absent, which errors.Is says
// with connector.ErrCredentialAbsent.
type DamagedError struct {
	// Reason says what is wrong with it.
	Reason string
}

// Error implements error.
func (e *DamagedError) Error() string {
	return "the credential in the keychain is damaged: " + e.Reason
}

// Unwrap makes it a kind of connector.ErrCredentialAbsent.
func (e *DamagedError) Unwrap() error { return connector.ErrCredentialAbsent }

// failed makes an Error of what a Keychain returned. text is what was being written, which must not come out.
func failed(op Op, err error, text string) error {
	cause := causeOf(err)
	switch {
	case errors.Is(err, keyring.ErrSetDataTooBig):
		cause = connector.ErrKeychainFull
	case errors.Is(err, keyring.ErrUnsupportedPlatform), errors.Is(err, errPanicked):
		cause = connector.ErrKeychainMissing
	case cause == nil:
		cause = connector.ErrKeychainFailed
	}
	return &Error{Op: op, Cause: cause, Detail: clean(detailOf(err), text)}
}

// interrupted makes an Error of a call that took too long.
func interrupted(op Op, err error) error {
	if errors.Is(err, context.Canceled) {
		return &Error{Op: op, Cause: err}
	}
	return &Error{Op: op, Cause: connector.ErrKeychainSlow}
}

// clean cuts a keychain's words to one short line without text.
func clean(detail, text string) string {
	if text != "" && strings.Contains(detail, text) {
		return ""
	}
	line := strings.Join(strings.FieldsFunc(detail, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }), " ")
	if len(line) > maxDetail {
		line = strings.ToValidUTF8(line[:maxDetail], "") + "…"
	}
	return line
}

// final reports whether the keychain can't be used now, so that further calls would only ask the person again.
func final(err error) bool {
	return errors.Is(err, connector.ErrKeychainMissing) || errors.Is(err, connector.ErrKeychainLocked) ||
		errors.Is(err, connector.ErrKeychainSlow)
}
