package auth

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"sync"

	"github.com/google/uuid"
)

// answerLog keeps the answers that the sign-in service gave during one call of MSAL. It travels in the call's context.
type answerLog struct {
	// correlation is sent as client-request-id, so that Microsoft's sign-in log can be searched for it.
	correlation string
	// account is the home account ID that every answer must be of; empty while it is not known yet.
	account string
	// known is the account's client_info; zero while it is not known.
	known clientInfo
	// signIn are the claims of the sign-in that is refreshed; nil for a sign-in itself.
	signIn *IDClaims

	mu     sync.Mutex
	tokens []tokenAnswer
	failed *Error
}

func newAnswerLog(account string, known clientInfo) *answerLog {
	return &answerLog{correlation: uuid.NewString(), account: account, known: known}
}

type answerLogKey struct{}

func (l *answerLog) in(ctx context.Context) context.Context {
	return context.WithValue(ctx, answerLogKey{}, l)
}

func (l *answerLog) add(a tokenAnswer) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if a.failed != nil {
		l.fail(a.failed)
		return
	}
	l.tokens = append(l.tokens, a)
}

func (l *answerLog) addFailure(e *Error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fail(e)
}

func (l *answerLog) fail(e *Error) {
	if e.CorrelationID == "" {
		e.CorrelationID = l.correlation
	}
	l.failed = e
}

// last returns the last token answer that was a success.
func (l *answerLog) last() (tokenAnswer, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.tokens) == 0 {
		return tokenAnswer{}, false
	}
	return l.tokens[len(l.tokens)-1], true
}

// failure turns an error of MSAL into one of ours. Nothing of MSAL's own error is kept: its text and its chain hold tokens.
func (l *answerLog) failure(ctx context.Context, stage Stage) *Error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.failed != nil {
		e := *l.failed
		e.Stage = stage
		return &e
	}
	if err := ctx.Err(); err != nil {
		return &Error{Stage: stage, Cause: Classify(err)}
	}
	return &Error{Stage: stage, Cause: ErrBadAnswer, CorrelationID: l.correlation}
}

// signInChannel is the round tripper under MSAL. It sends the log's correlation ID, keeps every answer in the log, and gives
// MSAL only what it needs.
type signInChannel struct {
	base http.RoundTripper
	// document is what it answers itself where MSAL asks for the tenant's discovery document; nil to ask the service.
	document []byte
}

// RoundTrip implements http.RoundTripper.
func (s signInChannel) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method == http.MethodGet && s.document != nil {
		return rebuilt(&http.Response{Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r}, http.StatusOK, s.document), nil
	}
	log, ok := r.Context().Value(answerLogKey{}).(*answerLog)
	if !ok {
		log = newAnswerLog("", clientInfo{})
	}
	hidden := requestSecrets(r)
	r = r.Clone(r.Context())
	r.Header.Set("client-request-id", log.correlation)
	r.Header.Set("return-client-request-id", "true")
	answer, err := s.base.RoundTrip(r)
	if err != nil {
		return nil, log.lost(err)
	}
	body, err := readAnswer(answer)
	if err != nil {
		return nil, log.lost(err)
	}
	if r.Method != http.MethodPost {
		return log.metadata(answer, body, hidden)
	}
	token, pass := readTokenAnswer(answer.StatusCode, answer.Header, body, hidden, log.known)
	if id := token.homeAccountID(); token.failed == nil && log.account != "" && id != "" && id != log.account {
		token.failed = failureOf(answer.StatusCode, answer.Header, ErrBadAnswer)
		pass = []byte("{}")
	}
	if token.failed == nil && log.signIn != nil && token.id != nil {
		if cause := log.signIn.refreshed(token.id); cause != nil {
			token.failed = failureOf(answer.StatusCode, answer.Header, cause)
			pass = []byte("{}")
		}
	}
	log.add(token)
	status := http.StatusOK
	if token.failed != nil {
		status = http.StatusBadRequest
	}
	return rebuilt(answer, status, pass), nil
}

// CloseIdleConnections lets http.Client.CloseIdleConnections reach the connections.
func (s signInChannel) CloseIdleConnections() {
	if c, ok := s.base.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

// lost notes that no answer came, and returns the bare cause.
func (l *answerLog) lost(err error) error {
	cause := Classify(err)
	l.addFailure(&Error{Cause: cause})
	return cause
}

// metadata passes the discovery document on.
func (l *answerLog) metadata(answer *http.Response, body []byte, hidden []string) (*http.Response, error) {
	_, err := jsonObject(body)
	if answer.StatusCode == http.StatusOK && err == nil {
		return rebuilt(answer, http.StatusOK, body), nil
	}
	l.addFailure(readFailure(answer.StatusCode, answer.Header, body, hidden))
	return rebuilt(answer, http.StatusBadRequest, []byte("{}")), nil
}

// rebuilt is an answer to the same request with another status and body.
func rebuilt(answer *http.Response, status int, body []byte) *http.Response {
	return &http.Response{
		Status:     strconv.Itoa(status) + " " + http.StatusText(status),
		StatusCode: status,
		Proto:      answer.Proto, ProtoMajor: answer.ProtoMajor, ProtoMinor: answer.ProtoMinor,
		Header:        http.Header{"Content-Type": {"application/json"}},
		Body:          io.NopCloser(bytes.NewReader(body)),
		ContentLength: int64(len(body)),
		Request:       answer.Request,
	}
}

// secretParameters are the parameters of a token request that must not come back in an error.
var secretParameters = []string{"code", "code_verifier", "client_secret", "client_assertion", "refresh_token"}

// requestSecrets returns the secrets that r sends.
func requestSecrets(r *http.Request) []string {
	if r.GetBody == nil {
		return nil
	}
	body, err := r.GetBody()
	if err != nil {
		return nil
	}
	defer func() { _ = body.Close() }() // it is a copy in memory
	data, err := io.ReadAll(io.LimitReader(body, maxAnswer))
	if err != nil {
		return nil
	}
	form, err := url.ParseQuery(string(data))
	if err != nil {
		return nil
	}
	var secrets []string
	for _, key := range secretParameters {
		for _, value := range form[key] {
			if value != "" {
				secrets = append(secrets, value)
			}
		}
	}
	return secrets
}
