package rehearsal

import (
	"cmp"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// fault is an answer of the sign-in service that says no.
type fault struct {
	// code is the AADSTS number; 0 for an answer without one.
	code            int
	oauth, suberror string
	// text is the sentence of error_description, without number and identifiers.
	text string
	// status is the HTTP status at the token endpoint; 0 means 400, or 401 for invalid_client.
	status int
	// retryAfter is the header, in seconds; 0 for none.
	retryAfter int
	// claims is a claims challenge that comes along.
	claims string
	// times is how many requests it hits, from the first one on; 0 means all.
	times int
	// since is how long after the sign-in it begins; publicOnly spares confidential clients; only spares the other API's tokens.
	since      time.Duration
	publicOnly bool
	only       resource
	// manner says how it shows if not as an OAuth answer.
	manner manner
}

// manner is the shape of an answer that is not the documented one.
type manner int

const (
	proper   manner = iota
	bare            // an error without description, with error_subcode: what "return without granting" sends
	htmlPage        // a page of a proxy or gateway
	empty           // the status, and nothing else
	dropped         // the connection ends without an answer
	silent          // no answer comes
	gateway         // {"error":{"code","message"}}
	throttle        // Partner Center's own 429
)

var guid = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)
})

// newGUID makes a random GUID.
func newGUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// answer identifies one error answer.
type answer struct{ trace, correlation, timestamp string }

// entra wraps a handler of the sign-in service: it names the endpoint in the journal, and gives the answer the headers that each of Entra's has.
func (c *Cloud) entra(endpoint string, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		note(w, func(entry *Request) { entry.Endpoint = endpoint })
		w.Header().Set(answerHeader, newGUID())
		giveBack(w, r)
		next(w, r)
	}
}

// giveBack names an answer as the caller named the request, if it asks for that.
func giveBack(w http.ResponseWriter, r *http.Request) {
	if id := requestID(r); strings.EqualFold(r.Header.Get("return-client-request-id"), "true") && id != "" {
		w.Header().Set(requestName, id)
	}
}

const (
	requestName  = "client-request-id"
	answerHeader = "x-ms-request-id"
)

// requestID is the ID that the caller gave a request: a parameter of the address, or else a header, or, as MSAL sends it, in the body.
// https://learn.microsoft.com/openspecs/windows_protocols/ms-adfsoal/5ba2fe65-14b6-4e80-92ee-55549ce74228
func requestID(r *http.Request) string {
	return cmp.Or(r.URL.Query().Get(requestName), r.Header.Get(requestName), r.PostForm.Get(requestName))
}

// newAnswer takes the caller's client-request-id as correlation ID, as Entra does, or makes one.
func (c *Cloud) newAnswer(requestID string) answer {
	if !guid().MatchString(requestID) {
		requestID = newGUID()
	}
	return answer{trace: newGUID(), correlation: requestID, timestamp: c.now().UTC().Format("2006-01-02 15:04:05Z")}
}

// description is error_description: number, sentence, identifiers and time in one line.
func (f fault) description(a answer) string {
	return fmt.Sprintf("AADSTS%d: %s Trace ID: %s Correlation ID: %s Timestamp: %s", f.code, f.text, a.trace, a.correlation, a.timestamp)
}

// pageText is what people can copy from an error page.
// https://github.com/uphold/rest-api-examples/issues/10
func (f fault) pageText(a answer) string {
	return fmt.Sprintf("Request Id: %s\nCorrelation Id: %s\nTimestamp: %s\nMessage: AADSTS%d: %s",
		a.trace, a.correlation, strings.Replace(a.timestamp, " ", "T", 1), f.code, f.text)
}

// parameters are the error as a redirect carries it.
func (c *Cloud) parameters(f fault, requestID string) url.Values {
	v := url.Values{"error": {f.oauth}}
	if f.suberror != "" {
		v.Set("error_subcode", f.suberror)
	}
	if f.manner == bare || f.code == 0 {
		return v
	}
	v.Set("error_description", f.description(c.newAnswer(requestID)))
	v.Set("error_uri", c.errorURI(f.code))
	if f.claims != "" {
		v.Set("claims", f.claims)
	}
	return v
}

func (c *Cloud) errorURI(code int) string {
	return c.pages.origin + "/error?code=" + strconv.Itoa(code)
}

// errorBody is the error JSON of the token endpoint.
// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#error-response-1
type errorBody struct {
	Error         string `json:"error"`
	Description   string `json:"error_description"`
	Codes         []int  `json:"error_codes"`
	Timestamp     string `json:"timestamp"`
	TraceID       string `json:"trace_id"`
	CorrelationID string `json:"correlation_id"`
	URI           string `json:"error_uri"`
	Suberror      string `json:"suberror,omitempty"`
	Claims        string `json:"claims,omitempty"`
}

// refuse answers a back channel request of the sign-in service with a fault.
func (c *Cloud) refuse(w http.ResponseWriter, r *http.Request, f fault) {
	if f.retryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(f.retryAfter))
	}
	if c.misbehave(w, r, f.manner, f.httpStatus()) {
		return
	}
	a := c.newAnswer(requestID(r))
	w.Header().Set(answerHeader, a.trace)
	writeJSON(w, f.httpStatus(), errorBody{
		Error: f.oauth, Description: f.description(a), Codes: []int{f.code}, Timestamp: a.timestamp, TraceID: a.trace,
		CorrelationID: a.correlation, URI: c.errorURI(f.code), Suberror: f.suberror, Claims: f.claims,
	})
}

// httpStatus: the documents name no status for each error. 401 for invalid_client is RFC 6749's (section 5.2).
func (f fault) httpStatus() int {
	switch {
	case f.status != 0:
		return f.status
	case f.oauth == "invalid_client":
		return http.StatusUnauthorized
	}
	return http.StatusBadRequest
}

// misbehave answers in a manner that any server between can show, and reports whether it did.
func (c *Cloud) misbehave(w http.ResponseWriter, r *http.Request, m manner, status int) bool {
	switch m {
	case htmlPage:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, "<html><head><title>Gateway</title></head><body><h1>The gateway has no answer</h1></body></html>")
	case empty:
		w.WriteHeader(status)
	case dropped:
		note(w, func(entry *Request) { entry.Status = 0 })
		panic(http.ErrAbortHandler)
	case silent:
		<-r.Context().Done() // the caller gave up, or the cloud was closed
		note(w, func(entry *Request) { entry.Status = 0 })
		panic(http.ErrAbortHandler)
	default:
		return false
	}
	return true
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // a caller that hangs up gets no answer
}
