package loopback

import (
	"errors"
	"io"
	"mime"
	"net/http"

	"partner-center-connector/auth"
)

// maxBody caps the form that a browser posts.
const maxBody = 64 << 10

// start answers a start address: it gives the browser the attempt's cookie and sends it on to Microsoft.
func (l *Listener) start(r *http.Request, ticket string) listenerReply {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "none" {
		return strangerReply(http.StatusForbidden)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	a, t := l.attemptOfTicket(ticket)
	if a == nil {
		return strangerReply(http.StatusNotFound)
	}
	if reply, gone := a.goneLocked(); gone {
		return reply
	}
	if t.used && !a.cookie.heldBy(r) {
		a.refuseLocked(auth.ErrTicketSpent)
		return listenerReply{status: http.StatusForbidden, page: auth.PageTicketSpent}
	}
	if a.private && a.cookie.othersIn(r) {
		a.refuseLocked(auth.ErrNotPrivate)
		return listenerReply{status: http.StatusForbidden, page: auth.PageNotPrivate}
	}
	t.used = true
	a.startLocked()
	return listenerReply{status: http.StatusFound, location: a.flow.link, cookie: a.cookie.header()}
}

// callbackByGet takes an answer from the query: that of an admin consent, or an error. No code is taken from there.
func (l *Listener) callbackByGet(r *http.Request) listenerReply {
	p, ok := parseCallback(r.URL.RawQuery)
	if !ok {
		return strangerReply(http.StatusBadRequest)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	a, reply := l.addresseeLocked(r, p)
	if a == nil {
		return reply
	}
	if p.code != "" {
		return strangerReply(http.StatusBadRequest)
	}
	if !a.admits(r) {
		return strangerReply(http.StatusForbidden)
	}
	return a.parkLocked(p)
}

// callbackByPost takes an answer from a posted form. The cookie doesn't come with a post from another site: it is asked for
// at the page that the browser is sent on to.
func (l *Listener) callbackByPost(w http.ResponseWriter, r *http.Request) listenerReply {
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != "application/x-www-form-urlencoded" {
		return plainReply(http.StatusUnsupportedMediaType)
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return plainReply(http.StatusRequestEntityTooLarge)
	}
	heard(r.Context())
	p, ok := parseCallback(string(body))
	if err != nil || !ok {
		return strangerReply(http.StatusBadRequest)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	a, reply := l.addresseeLocked(r, p)
	if a == nil {
		return reply
	}
	return a.parkLocked(p)
}

// addresseeLocked finds the open attempt whose state an answer carries, or says what to reply.
func (l *Listener) addresseeLocked(r *http.Request, p callbackParams) (*Attempt, listenerReply) {
	a := l.attemptOfState(p.state)
	if a == nil || a.path != r.URL.Path {
		return nil, strangerReply(http.StatusBadRequest)
	}
	if reply, gone := a.goneLocked(); gone {
		return nil, reply
	}
	return a, listenerReply{}
}

// done answers the one-time page: here the cookie comes along, and the parked answer counts. Fetched again by the same
// browser, the page is shown again.
func (l *Listener) done(r *http.Request, name string) listenerReply {
	l.mu.Lock()
	defer l.mu.Unlock()
	a, parked := l.attemptOfParked(name)
	if a == nil {
		return strangerReply(http.StatusNotFound)
	}
	if !a.admits(r) {
		return strangerReply(http.StatusForbidden)
	}
	if parked == a.accepted {
		return listenerReply{status: http.StatusOK, hold: a}
	}
	if reply, gone := a.goneLocked(); gone {
		return reply
	}
	if l.cfg.Now().Sub(parked.at) > l.limits.parked {
		return listenerReply{status: http.StatusGone, page: auth.PageExpired}
	}
	if link, again := a.retryLocked(parked); again {
		return listenerReply{status: http.StatusFound, location: link}
	}
	a.acceptLocked(parked, !a.cookie.heldBy(r))
	return listenerReply{status: http.StatusOK, hold: a}
}
