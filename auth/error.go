package auth

import (
	"errors"
	"fmt"
	"time"
)

// Stage says what was being done when an error came.
type Stage string

// The stages at which Microsoft's sign-in service or the way to it can fail.
const (
	StageDiscovery    Stage = "discovery"
	StageProbe        Stage = "probe"
	StageAdminConsent Stage = "admin-consent"
	StageUserConsent  Stage = "user-consent"
	StageRedeem       Stage = "redeem"
	StageRefresh      Stage = "refresh"
)

// Error is a refusal by the sign-in service, or the reason why there was no answer. It never holds a secret:
// no token, code, state or ticket. Callers branch on OAuth, Suberror and Status; Codes only choose words.
type Error struct {
	Stage Stage
	// OAuth is the `error` value ("invalid_grant", "access_denied" …); empty when no OAuth answer came.
	OAuth string
	// Suberror is the `suberror` or `error_subcode` value.
	Suberror string
	// Codes are the AADSTS numbers, from error_codes or else from the description.
	Codes []int
	// Description is error_description, with anything that looks like a secret taken out.
	Description   string
	CorrelationID string
	TraceID       string
	// Timestamp is the service's own, unchanged.
	Timestamp string
	// Claims reports whether the answer carried a claims challenge.
	Claims bool
	// Status is the HTTP status; 0 when no HTTP answer came.
	Status int
	// Hosts are the services of the cloud that it is about, where that is another one than people would think of; with ErrBadInput the host of
	// an address of Microsoft's that names no tenant. Else empty.
	Hosts []string
	// Unasked are the sign-in services that could not be asked for a tenant which those that answered do not know.
	Unasked []string
	// RetryAfter is what the service asked for; 0 when it asked for nothing.
	RetryAfter time.Duration
	// Cause is why there was no answer at all: one of the Err… values below, or nil.
	Cause error
}

// Causes of an Error without an OAuth answer, and of the program's own refusals. ErrNoRoots is an ErrTLS too.
var (
	ErrNetwork       = errors.New("the network did not answer")
	ErrDNS           = errors.New("the name could not be resolved")
	ErrTLS           = errors.New("the TLS certificate is not trusted")
	ErrNoRoots       = fmt.Errorf("%w: this computer has no root certificates", ErrTLS)
	ErrProxyAuth     = errors.New("the proxy wants a sign-in")
	ErrProxyDown     = errors.New("the proxy can't be reached")
	ErrProxyRefused  = errors.New("the proxy refuses the connection")
	ErrBadAnswer     = errors.New("the answer was not understood")
	ErrUnknownTenant = errors.New("no cloud knows this tenant")
	ErrBadInput      = errors.New("not a domain or tenant ID")
	ErrTimeout       = errors.New("the time limit passed")
	ErrNonce         = errors.New("the ID token's nonce is not ours")
	ErrAudience      = errors.New("the ID token is for another app")
	ErrIssuer        = errors.New("the ID token is of another issuer")
	ErrTenant        = errors.New("the answer is of another tenant")
	ErrSubject       = errors.New("the ID token is of another account")
	ErrIDToken       = errors.New("there is no ID token that can be read")
	ErrExpired       = errors.New("the ID token has expired")
	ErrNoRefresh     = errors.New("no refresh token was given")
	ErrNotStored     = errors.New("the new credential could not be stored")
	ErrSuperseded    = errors.New("a newer attempt took the place of this one")
	ErrNotPrivate    = errors.New("the window shares its cookies with another one")
	ErrTicketSpent   = errors.New("the start address was opened a second time")
	ErrOtherAnswer   = errors.New("the answer is not to this link")
	ErrHiddenAnswer  = errors.New("the answer is hidden behind another address")
	ErrListener      = errors.New("no loopback port could be bound")
)

// Error implements error with facts only; the sentences for people are made from a Problem.
func (e *Error) Error() string {
	s := string(e.Stage)
	if e.OAuth != "" {
		s += ": " + e.OAuth
	}
	if e.Suberror != "" {
		s += " (" + e.Suberror + ")"
	}
	if len(e.Codes) > 0 {
		s += fmt.Sprintf(" AADSTS%d", e.Codes[0])
	}
	if e.Status != 0 {
		s += fmt.Sprintf(" HTTP %d", e.Status)
	}
	if e.Cause != nil {
		s += ": " + e.Cause.Error()
	}
	return s
}

// Unwrap returns the cause, for errors.Is.
func (e *Error) Unwrap() error { return e.Cause }

// TenantError reports that an answer is of another tenant: ErrTenant, with both.
type TenantError struct {
	// Expected is what people call the tenant that was asked; Actual is the ID of the other one, empty where the answer names none.
	Expected, Actual string
}

// Error implements error.
func (e *TenantError) Error() string { return ErrTenant.Error() + ": " + e.Actual }

// Unwrap returns ErrTenant, for errors.Is.
func (e *TenantError) Unwrap() error { return ErrTenant }

// HiddenAnswerError reports that a pasted text has no answer, but an address that a mail gateway put in the place of one: ErrHiddenAnswer, with
// the gateway.
type HiddenAnswerError struct {
	// Gateway is the host of that address.
	Gateway string
}

// Error implements error.
func (e *HiddenAnswerError) Error() string { return ErrHiddenAnswer.Error() + ": " + e.Gateway }

// Unwrap returns ErrHiddenAnswer, for errors.Is.
func (e *HiddenAnswerError) Unwrap() error { return ErrHiddenAnswer }

// ProxyError reports that the proxy is why there was no answer: ErrProxyAuth, ErrProxyDown or ErrProxyRefused, with the proxy's
// address.
type ProxyError struct {
	// Address is the proxy's host and port.
	Address string
	// Cause is one of the three.
	Cause error
}

// Error implements error.
func (e *ProxyError) Error() string { return e.Cause.Error() + ": " + e.Address }

// Unwrap returns the cause, for errors.Is.
func (e *ProxyError) Unwrap() error { return e.Cause }
