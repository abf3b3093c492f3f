package problems

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/auth/codes"
	"partner-center-connector/connector"
)

// Of turns an error into the Problem that people are shown. It is nil for no error, and for what is silent: that the
// user stopped it (context.Canceled), or that a newer attempt took its place. now is the time of problems that bring none.
func Of(err error, now time.Time) *connector.Problem {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, auth.ErrSuperseded) {
		return nil
	}
	for _, read := range []func(error) *connector.Problem{keyVaultProblem, apiProblem, signInProblem, linkProblem, localProblem} {
		if p := read(err); p != nil {
			return p.Dated(now)
		}
	}
	p := New(connector.KindUnknown, "")
	p.Raw = errorLine(err)
	return p.Dated(now)
}

// RefusesSignIn reports whether what was refused is the integration user's sign-in, and not the client secret or the app registration. It goes by
// the OAuth error, never by a number.
func RefusesSignIn(p *connector.Problem) bool {
	return p != nil && (needsSignIn[p.OAuth] || p.Kind == connector.KindCredentialGone || p.Kind == connector.KindNoRefreshToken)
}

// NeedsSignIn reports whether only a new sign-in of the integration user helps. It goes by the OAuth error and suberror, never by a
// number.
func NeedsSignIn(p *connector.Problem) bool {
	return RefusesSignIn(p) && p.Suberror != messageOnly
}

// New makes the problem of a kind; stage decides where the remedy depends on it, and may be empty.
func New(kind connector.ProblemKind, stage auth.Stage) *connector.Problem {
	d, ok := byKind()[kind]
	if !ok {
		d = byKind()[connector.KindUnknown]
	}
	at, ok := stagePlaces()[stage]
	if !ok {
		at = place{connector.StepCheck, connector.ActorYou}
	}
	if d.step == stepOfStage {
		d.step = at.step
	}
	if d.actor == actorOfStage {
		d.actor = at.actor
	}
	return &connector.Problem{Kind: kind, Step: d.step, Actor: d.actor, Retry: d.retry}
}

// Reclassify gives p the kind that fits better where more is known than the error itself said. The kind's remedy must not depend on a
// stage.
func Reclassify(p *connector.Problem, kind connector.ProblemKind) {
	d := byKind()[kind]
	p.Kind, p.Step, p.Actor, p.Retry = kind, d.step, d.actor, d.retry
}

// signInProblem is the problem of an *auth.Error, or of one of auth's causes on its own; nil for another error.
func signInProblem(err error) *connector.Problem {
	var e *auth.Error
	if !errors.As(err, &e) {
		return causeProblem(err, "")
	}
	p := answerProblem(e)
	if p == nil {
		p = causeProblem(e.Cause, e.Stage)
	}
	if p == nil {
		p = New(connector.KindUnknown, e.Stage)
	}
	p.Code, p.OAuth, p.Suberror = codeOf(e), CleanLine(e.OAuth), CleanLine(e.Suberror)
	p.CorrelationID, p.TraceID = CleanLine(e.CorrelationID), CleanLine(e.TraceID)
	p.At = serviceTime(e.Timestamp)
	p.Raw = signInRaw(e)
	if p.Kind == connector.KindBadTenantInput && len(e.Hosts) > 0 {
		p.With("Address", e.Hosts[0])
	} else if len(e.Hosts) > 0 {
		p.With("Hosts", strings.Join(e.Hosts, ", "))
	}
	if len(e.Unasked) > 0 {
		p.With("Unasked", strings.Join(e.Unasked, ", "))
	}
	if e.RetryAfter > 0 {
		p.Retry = true
		p.With("Seconds", seconds(e.RetryAfter))
	}
	return p
}

// answerProblem reads an answer of the sign-in service: first what OAuth itself says about waiting, then the number for its
// words, then the suberror, the error and the status. It is nil when there was no answer.
func answerProblem(e *auth.Error) *connector.Problem {
	if e.OAuth == "" && e.Suberror == "" && len(e.Codes) == 0 && e.Status < http.StatusBadRequest {
		return nil
	}
	if e.Status == http.StatusTooManyRequests {
		return New(connector.KindThrottled, e.Stage)
	}
	for _, code := range e.Codes {
		if kind, ok := entraKind(code, e.Description, e.Stage); ok {
			return New(kind, e.Stage)
		}
	}
	if kind, ok := kindOf(codes.Suberror(e.Suberror)); ok {
		p := New(kind, e.Stage)
		if e.Suberror == messageOnly && e.Stage == auth.StageRefresh {
			p.Step = connector.StepCheck // no sign-in helps
		}
		return p
	}
	// A number that is not in the table is shown as itself: most error values are too coarse to speak for it.
	if kind, ok := oauthKind(e.OAuth, e.Stage); ok && (len(e.Codes) == 0 || speaks(e.OAuth, e.Stage)) {
		return New(kind, e.Stage)
	}
	if e.Status >= http.StatusInternalServerError {
		return New(connector.KindTransient, e.Stage)
	}
	if e.Cause != nil {
		return nil
	}
	return New(connector.KindUnknown, e.Stage)
}

// causes are the kinds of auth's causes, in the order in which they are looked for.
var causes = []struct {
	err  error
	kind connector.ProblemKind
}{
	{auth.ErrBadInput, connector.KindBadTenantInput},
	{auth.ErrUnknownTenant, connector.KindUnknownTenant},
	{auth.ErrDNS, connector.KindDNS},
	{auth.ErrNoRoots, connector.KindNoRoots},
	{auth.ErrTLS, connector.KindTLS},
	{auth.ErrProxyAuth, connector.KindProxyAuth},
	{auth.ErrProxyDown, connector.KindProxyDown},
	{auth.ErrProxyRefused, connector.KindProxyRefused},
	{auth.ErrBadAnswer, connector.KindBadAnswer},
	{auth.ErrNetwork, connector.KindNoNetwork},
	{auth.ErrTimeout, connector.KindNoNetwork},
	{auth.ErrNonce, connector.KindNotOurs},
	{auth.ErrAudience, connector.KindNotOurs},
	{auth.ErrIssuer, connector.KindNotOurs},
	{auth.ErrSubject, connector.KindNotOurs},
	{auth.ErrIDToken, connector.KindIDToken},
	{auth.ErrTenant, connector.KindWrongTenant},
	{auth.ErrExpired, connector.KindClock},
	{auth.ErrNoRefresh, connector.KindNoRefreshToken},
	{auth.ErrNotStored, connector.KindNotStored},
	{auth.ErrNotPrivate, connector.KindNotPrivate},
	{auth.ErrTicketSpent, connector.KindTicketSpent},
	{auth.ErrOtherAnswer, connector.KindPasteOther},
	{auth.ErrHiddenAnswer, connector.KindPasteHidden},
	{auth.ErrListener, connector.KindListener},
	{auth.ErrNoSecret, connector.KindSecretMissing},
	{auth.ErrCertPFX, connector.KindCertPFX},
	{auth.ErrCertEncrypted, connector.KindCertEncrypted},
	{auth.ErrCertNotRSA, connector.KindCertType},
	{auth.ErrCertExpired, connector.KindCertExpired},
	{auth.ErrCertNoKey, connector.KindCertIncomplete},
	{auth.ErrCertNoCert, connector.KindCertIncomplete},
	{auth.ErrCertMismatch, connector.KindCertIncomplete},
	{auth.ErrCertTwoKeys, connector.KindCertIncomplete},
	{auth.ErrCertDamaged, connector.KindCertIncomplete},
	{auth.ErrCredentialDamaged, connector.KindCredentialGone},
	{auth.ErrCredentialOther, connector.KindCredentialGone},
	{auth.ErrCredentialNewer, connector.KindListNewer},
	{auth.ErrUnknownCloud, connector.KindCloudUnknown},
}

// stageCauses are the kinds of causes that mean something else at one stage. At the consents nothing is read but what a browser,
// or a person who pasted it, brought back.
var stageCauses = map[auth.Stage][]struct {
	err  error
	kind connector.ProblemKind
}{
	auth.StageAdminConsent: {
		{auth.ErrBadInput, connector.KindPasteUnreadable}, {auth.ErrBadAnswer, connector.KindAnswerIncomplete}, {auth.ErrTimeout, connector.KindTimedOut},
	},
	auth.StageUserConsent: {{auth.ErrBadAnswer, connector.KindStartOver}, {auth.ErrTimeout, connector.KindTimedOut}},
	auth.StageProbe:       {{auth.ErrBadInput, connector.KindAppConfig}},
}

func causeProblem(err error, stage auth.Stage) *connector.Problem {
	kind, ok := causeKind(err, stage)
	if !ok {
		return nil
	}
	p := New(kind, stage)
	p.Raw = errorLine(err)
	if kind == connector.KindNotStored && localKind(err) == connector.KindDisk {
		withFault(p.With("Disk", "-"), err)
	}
	var proxy *auth.ProxyError
	if errors.As(err, &proxy) && proxy.Address != "" {
		p.With("Proxy", proxy.Address)
	}
	var other *auth.TenantError
	if errors.As(err, &other) && other.Actual != "" {
		p.With("Expected", other.Expected).With("Actual", other.Actual)
	}
	var hidden *auth.HiddenAnswerError
	if errors.As(err, &hidden) {
		p.With("Gateway", hidden.Gateway)
	}
	return p
}

func causeKind(err error, stage auth.Stage) (connector.ProblemKind, bool) {
	for _, c := range slices.Concat(stageCauses[stage], causes) {
		if errors.Is(err, c.err) {
			return c.kind, true
		}
	}
	return "", false
}

// apiProblem is the problem of an *APIError; nil for another error.
func apiProblem(err error) *connector.Problem {
	var e *connector.APIError
	if !errors.As(err, &e) {
		return nil
	}
	p := causeProblem(e.Cause, "")
	if p == nil {
		p = New(apiKind(e), "")
	}
	p.Code = CleanLine(e.Code)
	if p.Code == "" && e.Status != 0 {
		p.Code = "HTTP " + strconv.Itoa(e.Status)
	}
	p.CorrelationID = CleanLine(e.CorrelationID)
	p.Raw = apiRaw(e)
	if e.RetryAfter > 0 {
		p.Retry = true
		p.With("Seconds", seconds(e.RetryAfter))
	}
	return p
}

func apiKind(e *connector.APIError) connector.ProblemKind {
	switch {
	case e.Status == http.StatusTooManyRequests:
		return connector.KindThrottled
	case e.Status == http.StatusProxyAuthRequired:
		return connector.KindProxyAuth
	case e.Service == auth.Graph:
		return graphKind(e)
	}
	return partnerKind(e)
}

func partnerKind(e *connector.APIError) connector.ProblemKind {
	if kind, ok := kindOf(codes.Partner(e.Code)); ok {
		return kind
	}
	if kind, ok := phraseKind(e.Description); ok {
		return kind
	}
	refused := e.Status == http.StatusUnauthorized || e.Status == http.StatusForbidden
	switch {
	case refused && e.MFA != nil && !*e.MFA:
		return connector.KindNoMFA
	case refused, e.Status == http.StatusBadRequest && strings.Contains(strings.ToLower(e.Description), "access denied"):
		return connector.KindPartnerRefused
	case e.Status == http.StatusNotFound:
		return connector.KindNotPartner
	}
	return serverKind(e.Status)
}

// graphNotFound is Graph's code for an object that is not in the directory. Another 404, from a gateway say, tells nothing of the account.
// https://learn.microsoft.com/graph/errors has the form of the error; the code is among what is not confirmed (package connector).
const graphNotFound = "Request_ResourceNotFound"

func graphKind(e *connector.APIError) connector.ProblemKind {
	if e.Code == graphNotFound && (e.Status != http.StatusNotFound || e.Call != connector.CallMe) {
		return serverKind(e.Status)
	}
	if kind, ok := kindOf(codes.Graph(e.Code)); ok {
		return kind
	}
	switch e.Status {
	case http.StatusUnauthorized:
		return connector.KindSignInAgain
	case http.StatusForbidden:
		return connector.KindMissingScopes
	}
	return serverKind(e.Status)
}

func serverKind(status int) connector.ProblemKind {
	if status == http.StatusRequestTimeout || status >= http.StatusInternalServerError {
		return connector.KindTransient
	}
	return connector.KindUnknown
}

func phraseKind(text string) (connector.ProblemKind, bool) {
	text = strings.ToLower(text)
	for _, p := range phrases {
		if strings.Contains(text, p.text) {
			return p.kind, true
		}
	}
	return "", false
}

// seconds rounds up, so that nobody is told to try again a moment too early.
func seconds(d time.Duration) string {
	return strconv.FormatInt(int64((d+time.Second-1)/time.Second), 10)
}
