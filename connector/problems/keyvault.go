package problems

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// keyVaultCauses are the kinds of what a key vault in Azure says no with, in the order in which they are looked for.
var keyVaultCauses = []struct {
	err  error
	kind connector.ProblemKind
}{
	{connector.ErrVaultAddress, connector.KindVaultAddress},
	{connector.ErrVaultAbsent, connector.KindVaultAbsent},
	{connector.ErrVaultDeleted, connector.KindVaultDeleted},
	{connector.ErrVaultDisabled, connector.KindVaultDisabled},
	{connector.ErrVaultSignIn, connector.KindVaultSignIn},
	{connector.ErrVaultRefused, connector.KindVaultRefused},
	{connector.ErrVaultRight, connector.KindVaultRight},
	{connector.ErrVaultFirewall, connector.KindVaultFirewall},
	{connector.ErrVaultTenant, connector.KindVaultTenant},
	{connector.ErrVaultThrottled, connector.KindVaultThrottled},
	{connector.ErrVaultUnwell, connector.KindVaultUnwell},
	{connector.ErrVaultNotOurs, connector.KindVaultNotOurs},
	{connector.ErrVaultName, connector.KindVaultName},
	{connector.ErrVaultTooLong, connector.KindVaultTooLong},
	{connector.ErrVaultDiffers, connector.KindVaultDiffers},
}

// byAccessPolicy is the code of a vault that goes by access policies and not by roles.
// https://learn.microsoft.com/azure/key-vault/general/rest-error-codes#http-403-insufficient-permissions
const byAccessPolicy = "ForbiddenByPolicy"

// keyVaultProblem is the problem of a *connector.VaultError, or of one of its causes on its own; nil for another error.
func keyVaultProblem(err error) *connector.Problem {
	var e *connector.VaultError
	if !errors.As(err, &e) {
		kind := keyVaultKind(err)
		if kind == "" {
			return nil
		}
		p := New(kind, "")
		p.Raw = CleanLine(err.Error())
		return p
	}
	p := keyVaultCause(e)
	p.Code, p.TraceID, p.Raw = CleanLine(e.Code), CleanLine(e.RequestID), keyVaultRaw(e)
	if p.Code == "" && e.Status >= http.StatusBadRequest {
		p.Code = "HTTP " + strconv.Itoa(e.Status)
	}
	name, _, _ := strings.Cut(e.Vault, ".")
	for key, value := range map[string]string{
		"Vault": e.Vault, "VaultName": name, "Secret": e.Secret, "Tenant": e.Tenant, "Suffix": e.Suffix, "Hosts": e.Vault,
	} {
		if value != "" {
			p.With(key, CleanLine(value))
		}
	}
	if e.Reading {
		p.With("Reading", "-")
	}
	if e.Code == byAccessPolicy {
		p.With("Policy", "-")
	}
	if e.RetryAfter > 0 {
		p.Retry = true
		p.With("Seconds", seconds(e.RetryAfter))
	}
	return p
}

// keyVaultCause is the problem of the cause, without its facts.
func keyVaultCause(e *connector.VaultError) *connector.Problem {
	if kind := keyVaultKind(e.Cause); kind != "" {
		return New(kind, "")
	}
	// Names of vaults are names of hosts, and one that there is not is like one that is misspelt.
	if errors.Is(e.Cause, auth.ErrDNS) {
		return New(connector.KindVaultUnknown, "")
	}
	if p := causeProblem(e.Cause, ""); p != nil {
		p.Step = connector.NoStep // the pages know nothing of key vaults
		return p
	}
	return New(connector.KindUnknown, "")
}

func keyVaultKind(err error) connector.ProblemKind {
	for _, c := range keyVaultCauses {
		if errors.Is(err, c.err) {
			return c.kind
		}
	}
	return ""
}

func keyVaultRaw(e *connector.VaultError) string {
	line := e.Error()
	if e.Description != "" {
		line += ": " + e.Description
	}
	return CleanLine(line)
}
