package keyvault

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// maxRetryAfter is the longest wait that is told.
const maxRetryAfter = 24 * time.Hour

// failure is what an error of the SDK comes to. Of its text nothing goes on: it repeats whole answers.
func (v *vault) failure(name string, hidden auth.Secret, s *seen, err error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := &connector.VaultError{Vault: v.host, Secret: name, Tenant: s.tenant, Status: s.status, RequestID: s.id}
	var answer *azcore.ResponseError
	var signIn *signInError
	switch {
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.As(err, &signIn):
		e.Status, e.RequestID = 0, ""
		e.Cause, e.Code, e.Description = signIn.cause, signIn.code, signIn.description
	case errors.As(err, &answer):
		describe(e, answer, hidden)
	case errors.Is(err, context.DeadlineExceeded):
		e.Cause = auth.ErrTimeout
	case s.lost != nil:
		e.Cause = s.lost
	case s.status == http.StatusUnauthorized:
		// The SDK does not ask for a token where the vault names a resource that is not its own.
		e.Cause = connector.ErrVaultTenant
	default:
		e.Cause = auth.ErrBadAnswer
	}
	return e
}

// describe reads an answer that says no. The code that tells what to do is the innermost one.
// https://learn.microsoft.com/azure/key-vault/general/rest-error-codes
func describe(e *connector.VaultError, answer *azcore.ResponseError, hidden auth.Secret) {
	e.Status = answer.StatusCode
	e.RetryAfter = retryAfter(answer.RawResponse.Header.Get("Retry-After"), time.Now())
	body, err := runtime.Payload(answer.RawResponse)
	if err != nil {
		body = nil // it says less, then
	}
	type inner struct {
		Code  string `json:"code"`
		Inner *inner `json:"innererror"`
	}
	var said struct {
		Error struct {
			inner
			Message string `json:"message"`
		} `json:"error"`
	}
	understood := json.Unmarshal(body, &said) == nil && said.Error.Code != ""
	code := said.Error.Code
	for in := said.Error.Inner; in != nil; in = in.Inner {
		if in.Code != "" {
			code = in.Code
		}
	}
	// It takes out what looks like a secret as from an answer of the sign-in service.
	var clean auth.Error
	clean.TakeAnswer(code, "", said.Error.Message, hidden.Reveal())
	e.Code, e.Description = clean.OAuth, clean.Description
	e.Cause = causeOf(answer.StatusCode, e.Code, understood)
}

// codes are the causes of the codes that say more than the status of their answer.
var codes = map[string]error{
	"ObjectIsDeletedButRecoverable": connector.ErrVaultDeleted,
	"ObjectIsBeingDeleted":          connector.ErrVaultDeleted,
	"SecretDisabled":                connector.ErrVaultDisabled,
	"ForbiddenByFirewall":           connector.ErrVaultFirewall,
	"ForbiddenByConnection":         connector.ErrVaultFirewall,
}

// causeOf is what an answer means: by its code where that says more, else by its status.
func causeOf(status int, code string, understood bool) error {
	if cause, ok := codes[code]; ok {
		return cause
	}
	switch {
	case status == http.StatusTooManyRequests:
		return connector.ErrVaultThrottled
	case status == http.StatusProxyAuthRequired:
		return auth.ErrProxyAuth
	case status >= http.StatusInternalServerError:
		return connector.ErrVaultUnwell
	case status == http.StatusUnauthorized:
		// The token was for another tenant, or does not count any more.
		return connector.ErrVaultRefused
	case !understood:
		return auth.ErrBadAnswer
	case status == http.StatusForbidden:
		return connector.ErrVaultRight
	case status == http.StatusNotFound:
		return connector.ErrVaultAbsent
	}
	return auth.ErrBadAnswer
}

func isAbsent(err error) bool { return errors.Is(err, connector.ErrVaultAbsent) }

func isRight(err error) bool { return errors.Is(err, connector.ErrVaultRight) }

// retryAfter reads seconds or an HTTP date; 0 where there is none, or it has passed.
// https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
func retryAfter(value string, now time.Time) time.Duration {
	wait := time.Duration(0)
	if n, err := strconv.Atoi(strings.TrimSpace(value)); err == nil {
		wait = time.Duration(min(max(n, 0), int(maxRetryAfter/time.Second))) * time.Second
	} else if at, err := http.ParseTime(value); err == nil {
		wait = at.Sub(now)
	}
	return min(max(wait, 0), maxRetryAfter)
}

// shown is what somebody gave for an address, fit to be shown: cut, and without what may be a credential in it.
func shown(address string) string {
	const most = 100
	address, _, _ = strings.Cut(strings.TrimPrefix(strings.TrimSpace(address), "https://"), "/")
	address, _, _ = strings.Cut(address, "?")
	if i := strings.LastIndex(address, "@"); i >= 0 {
		address = address[i+1:]
	}
	if runes := []rune(address); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return address
}
