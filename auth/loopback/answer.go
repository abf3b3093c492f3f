package loopback

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"partner-center-connector/auth"
)

// callbackParams are the parameters of an answer that matter to us.
type callbackParams struct {
	state, code                  string
	oauth, suberror, description string
	adminConsent, tenant, claims string
}

// parseCallback reads a query or a form. It refuses what is malformed and what names a parameter twice.
func parseCallback(encoded string) (callbackParams, bool) {
	values, err := url.ParseQuery(encoded)
	if err != nil {
		return callbackParams{}, false
	}
	for _, name := range []string{"state", "code", "error", "admin_consent", "tenant"} {
		if len(values[name]) > 1 {
			return callbackParams{}, false
		}
	}
	return callbackParams{
		state: values.Get("state"), code: values.Get("code"),
		oauth: values.Get("error"), suberror: cmp.Or(values.Get("suberror"), values.Get("error_subcode")),
		description:  values.Get("error_description"),
		adminConsent: values.Get("admin_consent"), tenant: values.Get("tenant"), claims: values.Get("claims"),
	}, true
}

// outcome returns what an answer to a means: a consent, an error, or (not ok) nothing at all.
func (p callbackParams) outcome(a *Attempt) (auth.Answer, *auth.Error, bool) {
	switch {
	case p.oauth != "" && p.code != "":
		return auth.Answer{}, nil, false
	case p.oauth != "":
		return auth.Answer{}, p.failure(a.purpose.stage(), a.secretsLocked()...), true
	case a.purpose == userAttempt:
		return auth.Answer{Code: auth.NewSecret(p.code)}, nil, p.code != ""
	case p.code != "":
		return auth.Answer{}, nil, false
	}
	answer, failure := p.adminOutcome()
	return answer, failure, true
}

// adminOutcome reads the answer of the admin consent page. admin_consent=True comes with an error too, so it proves nothing
// alone. https://learn.microsoft.com/entra/identity-platform/v2-admin-consent#successful-response
func (p callbackParams) adminOutcome() (auth.Answer, *auth.Error) {
	tenant := strings.ToLower(p.tenant)
	if !strings.EqualFold(p.adminConsent, "true") || !auth.IsTenantID(tenant) {
		return auth.Answer{}, &auth.Error{Stage: auth.StageAdminConsent, Cause: auth.ErrBadAnswer}
	}
	return auth.Answer{Tenant: tenant}, nil
}

// failure makes the Error of an error redirect. hidden is taken out of its texts, wherever it is.
// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#error-response
func (p callbackParams) failure(stage auth.Stage, hidden ...string) *auth.Error {
	e := &auth.Error{Stage: stage, Claims: p.claims != ""}
	e.TakeAnswer(p.oauth, p.suberror, p.description, hidden...)
	return e
}

// secretsLocked are the texts of an attempt that must not get into an Error.
func (a *Attempt) secretsLocked() []string {
	secrets := []string{a.flow.state, a.flow.nonce.Reveal(), a.flow.verifier.Reveal(), a.cookie.value, a.cookie.name}
	for _, t := range a.tickets {
		secrets = append(secrets, t.name)
	}
	return secrets
}

// refusesClaims reports whether Microsoft refused the request itself rather than the person: the claims parameter is the only
// part of it that is not documented for this use.
func refusesClaims(e *auth.Error) bool {
	const unsupportedParameter, malformedRequest = 901002, 9002313
	return e.OAuth == "invalid_request" || slices.Contains(e.Codes, unsupportedParameter) || slices.Contains(e.Codes, malformedRequest)
}
