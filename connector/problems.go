package connector

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"partner-center-connector/auth"
)

// ProblemOf turns an error into the Problem that people are shown. It is nil for no error, and for what is silent: that the
// user stopped it (context.Canceled), or that a newer attempt took its place. now is the time of problems that bring none.
func ProblemOf(err error, now time.Time) *Problem {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, auth.ErrSuperseded) {
		return nil
	}
	for _, read := range []func(error) *Problem{apiProblem, signInProblem, localProblem} {
		if p := read(err); p != nil {
			return p.at(now)
		}
	}
	p := problem(KindUnknown, "")
	p.Raw = cleanLine(err.Error())
	return p.at(now)
}

// NeedsSignIn says whether only a new sign-in of the integration user helps. It goes by the OAuth error and suberror, never by a
// number.
func NeedsSignIn(p *Problem) bool {
	if p == nil {
		return false
	}
	return (needsSignIn[p.OAuth] && p.Suberror != messageOnly) || p.Kind == KindCredentialGone || p.Kind == KindNoRefreshToken
}

// problem makes the problem of a kind; stage decides where the remedy depends on it, and may be empty.
func problem(kind Kind, stage auth.Stage) *Problem {
	r, ok := remedies[kind]
	if !ok {
		r = remedies[KindUnknown]
	}
	place, ok := stagePlaces[stage]
	if !ok {
		place = remedy{StepCheck, ActorYou, false}
	}
	if r.step == stepOfStage {
		r.step = place.step
	}
	if r.actor == actorOfStage {
		r.actor = place.actor
	}
	return &Problem{Kind: kind, Step: r.step, Actor: r.actor, Retry: r.retry}
}

// with adds a fact that the sentences name.
func (p *Problem) with(key, value string) *Problem {
	if p.Args == nil {
		p.Args = map[string]string{}
	}
	p.Args[key] = value
	return p
}

// as gives p the kind that fits better where more is known than the error itself said. The kind's remedy must not depend on a stage.
func (p *Problem) as(kind Kind) {
	r := remedies[kind]
	p.Kind, p.Step, p.Actor, p.Retry = kind, r.step, r.actor, r.retry
}

func (p *Problem) at(now time.Time) *Problem {
	if p.At.IsZero() {
		p.At = now
	}
	return p
}

// signInProblem is the problem of an *auth.Error, or of one of auth's causes on its own; nil for another error.
func signInProblem(err error) *Problem {
	var e *auth.Error
	if !errors.As(err, &e) {
		return causeProblem(err, "")
	}
	p := answerProblem(e)
	if p == nil {
		p = causeProblem(e.Cause, e.Stage)
	}
	if p == nil {
		p = problem(KindUnknown, e.Stage)
	}
	p.Code, p.OAuth, p.Suberror = codeOf(e), cleanLine(e.OAuth), cleanLine(e.Suberror)
	p.CorrelationID, p.TraceID = cleanLine(e.CorrelationID), cleanLine(e.TraceID)
	p.At = serviceTime(e.Timestamp)
	p.Raw = signInRaw(e)
	if e.RetryAfter > 0 {
		p.Retry = true
		p.with("Seconds", seconds(e.RetryAfter))
	}
	return p
}

// answerProblem reads an answer of the sign-in service: first what OAuth itself says about waiting, then the number for its
// words, then the suberror, the error and the status. It is nil when there was no answer.
func answerProblem(e *auth.Error) *Problem {
	if e.OAuth == "" && e.Suberror == "" && len(e.Codes) == 0 && e.Status < http.StatusBadRequest {
		return nil
	}
	if e.Status == http.StatusTooManyRequests {
		return problem(KindThrottled, e.Stage)
	}
	for _, code := range e.Codes {
		if kind, ok := entraKind(code, e.Stage); ok {
			return problem(kind, e.Stage)
		}
	}
	if kind, ok := suberrorKinds[e.Suberror]; ok {
		p := problem(kind, e.Stage)
		if e.Suberror == messageOnly && e.Stage == auth.StageRefresh {
			p.Step = StepCheck // no sign-in helps
		}
		return p
	}
	if e.OAuth == "invalid_grant" && e.Stage == auth.StageRefresh {
		return problem(KindSignInAgain, e.Stage)
	}
	// A number that is not in the table is shown as itself: the error value is too coarse to speak for it.
	if kind, ok := oauthKinds[e.OAuth]; ok && (len(e.Codes) == 0 || speaksForUnknown[e.OAuth]) {
		return problem(kind, e.Stage)
	}
	if e.Status >= http.StatusInternalServerError {
		return problem(KindTransient, e.Stage)
	}
	if e.Cause != nil {
		return nil
	}
	return problem(KindUnknown, e.Stage)
}

// speaksForUnknown are the OAuth errors whose remedy holds whatever number comes with them.
var speaksForUnknown = map[string]bool{
	"access_denied": true, "consent_required": true, "interaction_required": true, "login_required": true,
	"temporarily_unavailable": true, "server_error": true,
}

func entraKind(code int, stage auth.Stage) (Kind, bool) {
	if kind, ok := stageCodes[stage][code]; ok {
		return kind, true
	}
	kind, ok := entraCodes[code]
	return kind, ok
}

// causes are the kinds of auth's causes, in the order in which they are looked for.
var causes = []struct {
	err  error
	kind Kind
}{
	{auth.ErrBadInput, KindBadTenantInput},
	{auth.ErrUnknownTenant, KindUnknownTenant},
	{auth.ErrDNS, KindDNS},
	{auth.ErrTLS, KindTLS},
	{auth.ErrProxyAuth, KindProxyAuth},
	{auth.ErrProxyDown, KindProxyDown},
	{auth.ErrProxyRefused, KindProxyRefused},
	{auth.ErrBadAnswer, KindBadAnswer},
	{auth.ErrNetwork, KindNoNetwork},
	{auth.ErrTimeout, KindNoNetwork},
	{auth.ErrNonce, KindNotOurs},
	{auth.ErrAudience, KindNotOurs},
	{auth.ErrIssuer, KindNotOurs},
	{auth.ErrTenant, KindWrongTenant},
	{auth.ErrExpired, KindClock},
	{auth.ErrNoRefresh, KindNoRefreshToken},
	{auth.ErrNotStored, KindNotStored},
	{auth.ErrNotPrivate, KindNotPrivate},
	{auth.ErrOtherAnswer, KindPasteOther},
	{auth.ErrListener, KindListener},
	{auth.ErrNoSecret, KindSecretMissing},
	{auth.ErrCertPFX, KindCertPFX},
	{auth.ErrCertEncrypted, KindCertEncrypted},
	{auth.ErrCertNotRSA, KindCertType},
	{auth.ErrCertExpired, KindCertExpired},
	{auth.ErrCertNoKey, KindCertIncomplete},
	{auth.ErrCertNoCert, KindCertIncomplete},
	{auth.ErrCertMismatch, KindCertIncomplete},
	{auth.ErrCertTwoKeys, KindCertIncomplete},
	{auth.ErrCertDamaged, KindCertIncomplete},
	{auth.ErrCredentialDamaged, KindCredentialGone},
	{auth.ErrCredentialOther, KindCredentialGone},
	{auth.ErrCredentialNewer, KindListNewer},
	{auth.ErrUnknownCloud, KindCloudUnknown},
}

// stageCauses are the kinds of causes that mean something else at one stage. At the consents nothing is read but what a browser,
// or a person who pasted it, brought back.
var stageCauses = map[auth.Stage][]struct {
	err  error
	kind Kind
}{
	auth.StageAdminConsent: {
		{auth.ErrBadInput, KindPasteUnreadable}, {auth.ErrBadAnswer, KindAnswerIncomplete}, {auth.ErrTimeout, KindTimedOut},
	},
	auth.StageUserConsent: {{auth.ErrBadAnswer, KindStartOver}, {auth.ErrTimeout, KindTimedOut}},
	auth.StageProbe:       {{auth.ErrBadInput, KindAppConfig}},
}

func causeProblem(err error, stage auth.Stage) *Problem {
	kind, ok := causeKind(err, stage)
	if !ok {
		return nil
	}
	p := problem(kind, stage)
	p.Raw = cleanLine(err.Error())
	var proxy *auth.ProxyError
	if errors.As(err, &proxy) && proxy.Address != "" {
		p.with("Proxy", proxy.Address)
	}
	return p
}

func causeKind(err error, stage auth.Stage) (Kind, bool) {
	for _, c := range slices.Concat(stageCauses[stage], causes) {
		if errors.Is(err, c.err) {
			return c.kind, true
		}
	}
	return "", false
}

// apiProblem is the problem of an *APIError; nil for another error.
func apiProblem(err error) *Problem {
	var e *APIError
	if !errors.As(err, &e) {
		return nil
	}
	p := causeProblem(e.Cause, "")
	if p == nil {
		p = problem(apiKind(e), "")
	}
	p.Code = cleanLine(e.Code)
	if p.Code == "" && e.Status != 0 {
		p.Code = "HTTP " + strconv.Itoa(e.Status)
	}
	p.CorrelationID = cleanLine(e.CorrelationID)
	p.Raw = apiRaw(e)
	if e.RetryAfter > 0 {
		p.Retry = true
		p.with("Seconds", seconds(e.RetryAfter))
	}
	return p
}

func apiKind(e *APIError) Kind {
	switch {
	case e.Status == http.StatusTooManyRequests:
		return KindThrottled
	case e.Status == http.StatusProxyAuthRequired:
		return KindProxyAuth
	case e.Service == auth.Graph:
		return graphKind(e)
	}
	return partnerKind(e)
}

func partnerKind(e *APIError) Kind {
	if kind, ok := partnerCodes[e.Code]; ok {
		return kind
	}
	if kind, ok := phraseKind(e.Description); ok {
		return kind
	}
	refused := e.Status == http.StatusUnauthorized || e.Status == http.StatusForbidden
	switch {
	case refused && e.MFA != nil && !*e.MFA:
		return KindNoMFA
	case refused, e.Status == http.StatusBadRequest && strings.Contains(strings.ToLower(e.Description), "access denied"):
		return KindPartnerRefused
	case e.Status == http.StatusNotFound:
		return KindNotPartner
	}
	return serverKind(e.Status)
}

func graphKind(e *APIError) Kind {
	if kind, ok := graphCodes[e.Code]; ok {
		return kind
	}
	switch e.Status {
	case http.StatusUnauthorized:
		return KindSignInAgain
	case http.StatusForbidden:
		return KindMissingScopes
	case http.StatusNotFound:
		return KindAccountUnknown
	}
	return serverKind(e.Status)
}

func serverKind(status int) Kind {
	if status == http.StatusRequestTimeout || status >= http.StatusInternalServerError {
		return KindTransient
	}
	return KindUnknown
}

func phraseKind(text string) (Kind, bool) {
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
