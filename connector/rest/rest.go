// Package rest makes one bounded GET of a Microsoft REST API and reads what it answers, in all the shapes of its errors.
package rest

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
)

// Limits of one call.
const (
	maxBody  = 1 << 20
	callTime = 30 * time.Second
)

// Client gets from one base address, which has to be https: a token never goes anywhere else.
type Client struct {
	service auth.Resource
	base    *url.URL
	client  *http.Client
	now     func() time.Time
}

// New makes a client of service's API at base. It uses client's transport and time limit, and follows no redirects.
func New(service auth.Resource, base string, client *http.Client) *Client {
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
	return &Client{service: service, base: u, client: &own, now: time.Now}
}

// Call is one GET.
type Call struct {
	// Target is the path with its query below the base, or a whole address below the base as a paged answer names it.
	Target string
	Token  auth.Secret
	Header http.Header
	// CorrelationID is the ID that Header carries, for the error.
	CorrelationID string
}

// Get makes the call and decodes the JSON object that it answers into out. The header is there whenever the service answered.
// Its error is a *connector.APIError.
func (c *Client) Get(ctx context.Context, call Call, out any) (http.Header, error) {
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
	return answer.Header, c.read(call, answer, body, err, out)
}

func (c *Client) noAnswer(call Call, cause error) error {
	return &connector.APIError{Service: c.service, Cause: cause, CorrelationID: call.CorrelationID}
}

// address joins target to the base and refuses what leads elsewhere.
func (c *Client) address(target string) (string, bool) {
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

func (c *Client) read(call Call, answer *http.Response, body []byte, readErr error, out any) error {
	e := &connector.APIError{Service: c.service, Status: answer.StatusCode, CorrelationID: call.CorrelationID}
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
	if !isObject(body) || json.Unmarshal(trim(body), out) != nil {
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
