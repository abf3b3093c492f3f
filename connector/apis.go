package connector

import (
	"context"
	"fmt"
	"time"

	"partner-center-connector/auth"
)

// Organization is what Partner Center says of the partner.
type Organization struct {
	TenantID string
	Name     string
	// MFA is what Partner Center said of the MFA of the sign-in, in its isMfaCompliant: nil when it did not come.
	MFA *bool
	// CorrelationID is the MS-CorrelationId that was sent.
	CorrelationID string
}

// Customers is the answer of customers?size=1.
type Customers struct {
	Total         int
	CorrelationID string
}

// PartnerCenter is the Partner Center REST API. Its errors are *APIError.
type PartnerCenter interface {
	// Organization gets profiles/organization, asking for MFA to be validated.
	Organization(ctx context.Context, token auth.Secret) (Organization, error)
	// Customers gets customers?size=1.
	Customers(ctx context.Context, token auth.Secret) (Customers, error)
	// AppMFA gets what the partner's MFA report has of an app: counts, and nobody's name.
	AppMFA(ctx context.Context, token auth.Secret, clientID string) ([]MFADay, error)
}

// Me is the signed-in account as Graph describes it.
type Me struct {
	ID, UPN, Mail, Name string
}

// Membership is what the groups and directory roles of the signed-in account say.
type Membership struct {
	// Roles reports for each of SingleRoles whether the account has it; one that could not be read is not in it.
	Roles map[Role]bool
	// Administrator reports whether an Entra directory role of an administrator is held: nil when it could not be read.
	Administrator *bool
}

// Graph is Microsoft Graph. Its errors are *APIError.
type Graph interface {
	Me(ctx context.Context, token auth.Secret) (Me, error)
	Membership(ctx context.Context, token auth.Secret) (Membership, error)
	// DirectoryApp gets the app with a client ID, where the tenant has it.
	DirectoryApp(ctx context.Context, token auth.Secret, clientID string) (DirectoryApp, error)
	// Grants gets the consents to an app.
	Grants(ctx context.Context, token auth.Secret, a DirectoryApp) ([]Grant, error)
}

// APICall names a call of an API where it matters which one failed.
type APICall string

// CallMe gets the account itself from Graph.
const CallMe APICall = "me"

// APIError is an answer of Partner Center or Graph that says no, or the reason why there was none.
type APIError struct {
	// Service returns which API it was; empty counts as Partner Center.
	Service auth.Resource
	// Call is CallMe for Graph's account itself; empty for every other call.
	Call APICall
	// Status is the HTTP status; 0 when there was no answer.
	Status int
	// Code is the service's own code ("900421"); Description its sentence, cut to a sane length.
	Code        string
	Description string
	// MFA is what Partner Center said of the MFA of the sign-in, in its isMfaCompliant: nil when it did not come.
	MFA           *bool
	CorrelationID string
	RetryAfter    time.Duration
	// Cause is auth.ErrNetwork, ErrDNS, ErrTLS, ErrProxyAuth, ErrTimeout or ErrBadAnswer; nil when the service answered.
	Cause error
}

// Error implements error.
func (e *APIError) Error() string {
	if e.Cause != nil {
		return e.Cause.Error()
	}
	return fmt.Sprintf("HTTP %d %s", e.Status, e.Code)
}

// Unwrap returns the cause, for errors.Is.
func (e *APIError) Unwrap() error { return e.Cause }
