package auth

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"partner-center-connector/lazyregexp"
)

// tokenAnswer is what one answer of the sign-in service said, without the tokens. MSAL drops most of it.
type tokenAnswer struct {
	// failed is set, without a Stage, when the answer says no or is none.
	failed *Error
	// scopes are those that the answer itself names; scopesGiven is false when it names none.
	scopes      []string
	scopesGiven bool
	// refreshToken reports whether there was one in it.
	refreshToken bool
	// info is client_info; id is the ID token's content, nil when there was none.
	info clientInfo
	id   *idToken
}

// homeAccountID is the key under which MSAL keeps the account of the answer.
func (a tokenAnswer) homeAccountID() string {
	switch {
	case a.info.UID != "":
		return a.info.UID + "." + a.info.UTID
	case a.id != nil:
		return a.id.Subject
	}
	return ""
}

// readTokenAnswer reads an answer of the token endpoint. pass is the body that MSAL gets instead of the answer's own: of a
// success the fields that MSAL needs, of a failure nothing, so that no secret gets into an error of MSAL's. It leaves the
// scopes out, because MSAL throws a good answer away, code spent, when it finds a scope missing there. hidden are the secrets
// of the request, known what it has where the answer has no client_info.
func readTokenAnswer(status int, header http.Header, body []byte, hidden []string, known clientInfo) (answer tokenAnswer, pass []byte) {
	fields, err := jsonObject(body)
	if err != nil || status != http.StatusOK || fields.text("error") != "" {
		return tokenAnswer{failed: readFailure(status, header, body, hidden)}, []byte("{}")
	}
	bad := tokenAnswer{failed: failureOf(status, header, ErrBadAnswer)}
	lifetime, ok := fields.seconds("expires_in")
	if !ok || !isTokenText(fields.text("access_token")) {
		return bad, []byte("{}")
	}
	if kind := fields.text("token_type"); kind != "" && !strings.EqualFold(kind, "Bearer") {
		return bad, []byte("{}")
	}
	answer.scopes = strings.Fields(fields.text("scope"))
	answer.scopesGiven = len(answer.scopes) > 0
	answer.refreshToken = fields.text("refresh_token") != ""
	answer.info = readClientInfo(fields.text("client_info"))
	if raw := fields.text("id_token"); raw != "" {
		if answer.id, err = decodeIDToken(raw); err != nil {
			return tokenAnswer{failed: failureOf(status, header, err)}, []byte("{}")
		}
	}
	forMSAL := map[string]any{
		"token_type": "Bearer", "access_token": fields.text("access_token"),
		"expires_in": lifetime, "ext_expires_in": lifetime,
	}
	if value := fields.text("refresh_token"); value != "" {
		forMSAL["refresh_token"] = value
	}
	info := answer.info
	if info.UID == "" {
		info = known
	}
	if info.UID != "" {
		forMSAL["client_info"] = info.encode()
	} else if value := fields.text("id_token"); value != "" {
		forMSAL["id_token"] = value // only from here MSAL knows whose tokens these are
	}
	pass, err = json.Marshal(forMSAL)
	if err != nil {
		return bad, []byte("{}")
	}
	return answer, pass
}

// isTokenText reports whether s can be an access token: characters that can be in a header, and nothing that would steer a terminal.
// https://www.rfc-editor.org/rfc/rfc6749#appendix-A.12
func isTokenText(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' })
}

// readFailure reads an answer of the sign-in service that is no success.
// https://learn.microsoft.com/entra/identity-platform/reference-error-codes
func readFailure(status int, header http.Header, body []byte, hidden []string) *Error {
	fields, err := jsonObject(body)
	if err != nil || fields.text("error") == "" {
		e := failureOf(status, header, ErrBadAnswer)
		if status == http.StatusTooManyRequests || status >= http.StatusInternalServerError {
			e.Cause = nil
		}
		return e
	}
	e := failureOf(status, header, nil)
	e.Codes = fields.numbers("error_codes")
	e.Claims = fields.text("claims") != ""
	e.TakeAnswer(fields.text("error"), fields.text("suberror"), fields.text("error_description"), hidden...)
	for _, f := range []struct {
		key  string
		form *lazyregexp.Regexp
		into *string
	}{
		{"correlation_id", traceWord, &e.CorrelationID},
		{"trace_id", traceWord, &e.TraceID},
		{"timestamp", timeWord, &e.Timestamp},
	} {
		if word := cleanWord(fields.text(f.key), f.form, hidden, ""); word != "" {
			*f.into = word
		}
	}
	return e
}

// failureOf starts an Error with what is in the head of the answer.
func failureOf(status int, header http.Header, cause error) *Error {
	return &Error{
		Status:        status,
		Cause:         cause,
		RetryAfter:    retryAfter(header, time.Now()),
		CorrelationID: cleanWord(header.Get("client-request-id"), traceWord, nil, ""),
		TraceID:       cleanWord(header.Get("x-ms-request-id"), traceWord, nil, ""),
	}
}

var (
	aadstsCode      = lazyregexp.New(`AADSTS(\d{4,8})`)
	traceText       = lazyregexp.New(`Trace ID: ?([0-9A-Za-z-]{8,64})`)
	correlationText = lazyregexp.New(`Correlation ID: ?([0-9A-Za-z-]{8,64})`)
	timestampText   = lazyregexp.New(`Timestamp: ?([0-9TZ:.\-]+(?: [0-9:.]+Z)?)`)
)

// maxCodes is how many different codes of one answer are kept.
const maxCodes = 5

// TakeAnswer takes over what the sign-in service says of a failure, in the parameters that a redirect and a token answer share, fit to be
// shown: hidden, the secrets that went out with the request, is taken out wherever it is, and so is all that looks like a token.
// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#error-response
func (e *Error) TakeAnswer(oauth, suberror, description string, hidden ...string) {
	e.OAuth = cleanWord(oauth, oauthWord, hidden, "unrecognized")
	e.Suberror = cleanWord(suberror, oauthWord, hidden, "unrecognized")
	e.Description = cleanDescription(description, hidden)
	e.addTraces(description, hidden)
}

// addTraces takes codes and trace facts from a description where no field of their own gave them.
func (e *Error) addTraces(description string, hidden []string) {
	if len(e.Codes) == 0 {
		e.Codes = aadstsCodes(description)
	}
	for _, f := range []struct {
		text, form *lazyregexp.Regexp
		into       *string
	}{
		{correlationText, traceWord, &e.CorrelationID},
		{traceText, traceWord, &e.TraceID},
		{timestampText, timeWord, &e.Timestamp},
	} {
		if m := f.text.FindStringSubmatch(description); m != nil {
			if word := cleanWord(m[1], f.form, hidden, ""); word != "" {
				*f.into = word
			}
		}
	}
}

// aadstsCodes returns the different AADSTS numbers of a text, in their order.
func aadstsCodes(text string) []int {
	var codes []int
	seen := map[int]bool{}
	for _, m := range aadstsCode.FindAllStringSubmatch(text, -1) {
		n, err := strconv.Atoi(m[1])
		if err != nil || seen[n] || len(codes) == maxCodes {
			continue
		}
		seen[n] = true
		codes = append(codes, n)
	}
	return codes
}

// retryAfter reads Retry-After, in seconds or as a date, up to one day.
func retryAfter(header http.Header, now time.Time) time.Duration {
	value := header.Get("Retry-After")
	wait := time.Duration(0)
	if n, err := strconv.Atoi(value); err == nil && n >= 0 && n <= 86400 {
		wait = time.Duration(n) * time.Second
	} else if at, err := http.ParseTime(value); err == nil {
		wait = at.Sub(now)
	}
	return min(max(wait, 0), 24*time.Hour)
}

// jsonFields are the members of a JSON object, read one by one: one of an unexpected type is as if it were not there.
type jsonFields map[string]json.RawMessage

func jsonObject(body []byte) (jsonFields, error) {
	var fields jsonFields
	if err := json.Unmarshal(body, &fields); err != nil {
		return nil, ErrBadAnswer
	}
	if fields == nil {
		return nil, ErrBadAnswer
	}
	return fields, nil
}

func (f jsonFields) text(key string) string {
	var s string
	if json.Unmarshal(f[key], &s) != nil {
		return ""
	}
	return s
}

// oneText reads a text, or a list with nothing in it but one text.
func (f jsonFields) oneText(key string) string {
	var list []string
	if json.Unmarshal(f[key], &list) == nil && len(list) == 1 {
		return list[0]
	}
	return f.text(key)
}

// texts reads the texts of a list, and leaves out what else there is in it; nil where there is no list.
func (f jsonFields) texts(key string) []string {
	var raw []json.RawMessage
	if json.Unmarshal(f[key], &raw) != nil || raw == nil {
		return nil
	}
	texts := []string{}
	for _, r := range raw {
		var s string
		if string(r) != "null" && json.Unmarshal(r, &s) == nil {
			texts = append(texts, s)
		}
	}
	return texts
}

// numberText reads a number, given as a number or as a string; empty for anything else.
func (f jsonFields) numberText(key string) string {
	text := strings.Trim(string(f[key]), `"`)
	if _, err := strconv.ParseFloat(text, 64); err != nil {
		return ""
	}
	return text
}

// seconds reads a positive number of seconds, given as a number or as a string, of at most ten years.
func (f jsonFields) seconds(key string) (int64, bool) {
	n, err := strconv.ParseFloat(strings.Trim(string(f[key]), `"`), 64)
	const tenYears = 10 * 365 * 24 * 3600
	if err != nil || !(n >= 0 && n <= tenYears) {
		return 0, false
	}
	return int64(n), true
}

func (f jsonFields) numbers(key string) []int {
	var raw []json.RawMessage
	if json.Unmarshal(f[key], &raw) != nil {
		return nil
	}
	var numbers []int
	for _, r := range raw {
		n, err := strconv.Atoi(strings.Trim(string(r), `"`))
		if err == nil && n > 0 && len(numbers) < maxCodes {
			numbers = append(numbers, n)
		}
	}
	return numbers
}
