package rest

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
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

var tryAgain = regexp.MustCompile(`(?i)try again in (\d{1,6}) seconds?`)

// describe reads what an answer with an error status says.
func (c *Client) describe(e *connector.APIError, call Call, header http.Header, body []byte) {
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
func (c *Client) retryAfter(value string) time.Duration {
	value = strings.TrimSpace(value)
	wait := time.Duration(0)
	if n, err := strconv.Atoi(value); err == nil {
		wait = time.Duration(min(max(n, 0), int(maxRetryAfter/time.Second))) * time.Second
	} else if at, err := http.ParseTime(value); err == nil {
		wait = at.Sub(c.now())
	}
	return min(max(wait, 0), maxRetryAfter)
}
