package problems

import (
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

var testNow = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// What services say no with.
func apiError(status int, code, description string) *connector.APIError {
	return &connector.APIError{Service: auth.PartnerCenter, Status: status, Code: code, Description: description, CorrelationID: "correlation-e"}
}

func noNetwork() *connector.APIError { return &connector.APIError{Cause: auth.ErrNetwork} }
