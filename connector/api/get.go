// Package api has the clients of Partner Center and of Microsoft Graph, [PartnerCenter] and [Graph], as far as the checks of a
// connector need them. They only read.
package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/lazyregexp"
)

// Limits of what is kept of an error.
const (
	maxDescription = 500 // runes
	maxCode        = 100 // runes
	maxRetryAfter  = 24 * time.Hour
)

// failure has the fields of the three shapes of an error:
//
//	{"code", "description"}       Partner Center, https://learn.microsoft.com/partner-center/developer/error-codes
//	{"statusCode", "message"}     its rate limit, https://learn.microsoft.com/partner-center/developer/api-throttling-guidance
//	{"error": {"code","message"}} Graph and gateways, https://learn.microsoft.com/graph/errors
type failure struct {
	Code        text            `json:"code"`
	Description text            `json:"description"`
	Message     text            `json:"message"`
	Error       json.RawMessage `json:"error"`
	// ErrorDescription goes with an `error` that is a plain word.
	ErrorDescription text `json:"error_description"`
}

// text is a JSON string or number; anything else is empty.
type text string

// UnmarshalJSON never fails: an error's body is read as far as it can be.
func (t *text) UnmarshalJSON(data []byte) error {
	var s string
	var n json.Number
	switch {
	case json.Unmarshal(data, &s) == nil:
		*t = text(s)
	case json.Unmarshal(data, &n) == nil:
		*t = text(n.String())
	}
	return nil
}

var tryAgain = lazyregexp.New(`(?i)try again in (\d{1,6}) seconds?`)

// describe reads what an answer with an error status says.
func (c *restClient) describe(e *connector.APIError, call getCall, header http.Header, body []byte) {
	code, description, understood := parse(body)
	e.Code = clean(code, call.Token, maxCode)
	e.Description = clean(description, call.Token, maxDescription)
	e.RetryAfter = c.retryAfter(header.Get("Retry-After"))
	if m := tryAgain.FindStringSubmatch(description); m != nil && e.RetryAfter == 0 {
		e.RetryAfter = c.retryAfter(m[1])
	}
	switch {
	case e.Status == http.StatusProxyAuthRequired:
		e.Cause = auth.ErrProxyAuth
	case e.Status < http.StatusBadRequest:
		e.Cause = auth.ErrBadAnswer
	case !understood && e.Status < http.StatusInternalServerError && e.Status != http.StatusTooManyRequests:
		// Somebody between us and the service answered: a proxy's page, say.
		e.Cause = auth.ErrBadAnswer
	}
}

// parse returns code and description. understood is true for an empty body too, which Partner Center sends at times.
func parse(body []byte) (code, description string, understood bool) {
	body = trim(body)
	if len(body) == 0 || string(body) == "null" {
		return "", "", true
	}
	var f failure
	if !isObject(body) || json.Unmarshal(body, &f) != nil {
		return "", "", false
	}
	code, description = string(f.Code), first(f.Description, f.Message, f.ErrorDescription)
	var inner struct {
		Code        text `json:"code"`
		Message     text `json:"message"`
		Description text `json:"description"`
	}
	var word string
	switch {
	case json.Unmarshal(f.Error, &inner) == nil:
		code, description = first(text(code), inner.Code), first(text(description), inner.Message, inner.Description)
	case json.Unmarshal(f.Error, &word) == nil:
		code = first(text(code), text(word))
	}
	return code, description, true
}

func first(texts ...text) string {
	for _, t := range texts {
		if t != "" {
			return string(t)
		}
	}
	return ""
}

// clean makes one line of at most limit runes, without control characters and without the token, should it be echoed.
func clean(s string, token auth.Secret, limit int) string {
	if !token.Empty() {
		s = strings.ReplaceAll(s, token.Reveal(), "[redacted]")
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	runes := []rune(strings.Join(strings.Fields(s), " "))
	if len(runes) > limit {
		return string(runes[:limit-1]) + "…"
	}
	return string(runes)
}

// retryAfter reads seconds or an HTTP date; 0 when there is none, or it has passed.
// https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
func (c *restClient) retryAfter(value string) time.Duration {
	value = strings.TrimSpace(value)
	wait := time.Duration(0)
	if n, err := strconv.Atoi(value); err == nil {
		wait = time.Duration(min(max(n, 0), int(maxRetryAfter/time.Second))) * time.Second
	} else if at, err := http.ParseTime(value); err == nil {
		wait = at.Sub(c.now())
	}
	return min(max(wait, 0), maxRetryAfter)
}

// Limits of one call.
const (
	maxBody  = 1 << 20
	callTime = 30 * time.Second
)

// restClient gets from one base address, which has to be https: a token never goes anywhere else.
type restClient struct {
	service auth.Resource
	base    *url.URL
	client  *http.Client
	now     func() time.Time
}

// newRESTClient makes a client of service's API at base. It uses client's transport and time limit, and follows no redirects.
func newRESTClient(service auth.Resource, base string, client *http.Client) *restClient {
	own := http.Client{}
	if client != nil {
		own = *client
	}
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	own.Jar = nil
	u, err := url.Parse(strings.TrimRight(base, "/"))
	if err != nil {
		u = &url.URL{}
	}
	return &restClient{service: service, base: u, client: &own, now: time.Now}
}

// getCall is one GET.
type getCall struct {
	// Target is the path with its query below the base, or a whole address below the base as a paged answer names it.
	Target string
	// Name is what the error calls it.
	Name   connector.APICall
	Token  auth.Secret
	Header http.Header
	// CorrelationID is the ID that Header carries, for the error.
	CorrelationID string
	// List says that the answer may be a JSON array, too.
	List bool
}

// get makes the call and decodes the JSON that it answers into out: an object, or where the call says so an array. It returns what the answer says of the MFA of the sign-in, nil for nothing.
// Its error is a *connector.APIError, which says that too.
func (c *restClient) get(ctx context.Context, call getCall, out any) (mfa *bool, err error) {
	address, ok := c.address(call.Target)
	if !ok {
		return nil, c.noAnswer(call, auth.ErrBadAnswer)
	}
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, c.noAnswer(call, auth.ErrBadAnswer)
	}
	if call.Header != nil {
		request.Header = call.Header.Clone()
	}
	request.Header.Set("Authorization", "Bearer "+call.Token.Reveal())
	request.Header.Set("Accept", "application/json")
	answer, err := c.client.Do(request)
	if err != nil {
		return nil, c.noAnswer(call, auth.Classify(err))
	}
	defer func() { _ = answer.Body.Close() }() // it was read as far as it counts
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxBody+1))
	mfa = mfaOf(answer.Header, body)
	if e := c.read(call, answer, body, err, out); e != nil {
		e.MFA = mfa
		return nil, e
	}
	return mfa, nil
}

func (c *restClient) noAnswer(call getCall, cause error) error {
	return &connector.APIError{Service: c.service, Call: call.Name, Cause: cause, CorrelationID: call.CorrelationID}
}

// address joins target to the base and refuses what leads elsewhere.
func (c *restClient) address(target string) (string, bool) {
	u, err := url.Parse(target)
	if err != nil || c.base.Scheme != "https" || c.base.Host == "" {
		return "", false
	}
	if u.Scheme == "" && u.Host == "" && strings.HasPrefix(u.Path, "/") {
		return c.base.String() + target, true
	}
	below := strings.HasPrefix(u.Path, c.base.Path+"/")
	same := u.Scheme == c.base.Scheme && strings.EqualFold(u.Host, c.base.Host) && u.User == nil
	return target, below && same
}

// read returns nil for an answer that is good.
func (c *restClient) read(call getCall, answer *http.Response, body []byte, readErr error, out any) *connector.APIError {
	e := &connector.APIError{Service: c.service, Call: call.Name, Status: answer.StatusCode, CorrelationID: call.CorrelationID}
	good := answer.StatusCode >= 200 && answer.StatusCode < 300
	switch {
	case readErr != nil:
		e.Cause = auth.Classify(readErr)
		return e
	case len(body) > maxBody:
		e.Cause = auth.ErrBadAnswer
		return e
	case !good:
		c.describe(e, call, answer.Header, body)
		return e
	}
	fits := isObject(body) || call.List && isArray(body)
	if !fits || json.Unmarshal(trim(body), out) != nil {
		e.Cause = auth.ErrBadAnswer
		return e
	}
	return nil
}

// trim takes off white space and the byte order mark that Partner Center is known to send.
func trim(body []byte) []byte {
	return bytes.TrimSpace(bytes.TrimPrefix(bytes.TrimSpace(body), []byte("\xef\xbb\xbf")))
}

func isObject(body []byte) bool { return bytes.HasPrefix(trim(body), []byte("{")) }

func isArray(body []byte) bool { return bytes.HasPrefix(trim(body), []byte("[")) }
