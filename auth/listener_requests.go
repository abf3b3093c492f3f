package auth

import (
	"errors"
	"io"
	"mime"
	"net/http"
)

// maxBody caps the form that a browser posts.
const maxBody = 64 << 10

// start answers a start address: it gives the browser the attempt's cookie and sends it on to Microsoft.
func (d *Desk) start(r *http.Request, ticket string) deskReply {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "none" {
		return strangerReply(http.StatusForbidden)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	a, t := d.attemptOfTicket(ticket)
	if a == nil {
		return strangerReply(http.StatusNotFound)
	}
	if reply, gone := a.goneLocked(); gone {
		return reply
	}
	if t.expired(d.cfg.Now(), d.limits.ticket) {
		return deskReply{status: http.StatusGone, page: PageExpired}
	}
	if t.used && !a.cookie.heldBy(r) {
		return strangerReply(http.StatusForbidden)
	}
	if a.private && a.cookie.othersIn(r) {
		a.refuseLocked()
		return deskReply{status: http.StatusForbidden, page: PageNotPrivate}
	}
	t.used = true
	a.startLocked()
	return deskReply{status: http.StatusFound, location: a.flow.link, cookie: a.cookie.header()}
}

// callbackByGet takes an answer from the query: that of an admin consent, or an error. No code is taken from there.
func (d *Desk) callbackByGet(r *http.Request) deskReply {
	p, ok := parseCallback(r.URL.RawQuery)
	if !ok {
		return strangerReply(http.StatusBadRequest)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	a, reply := d.addresseeLocked(r, p)
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
func (d *Desk) callbackByPost(w http.ResponseWriter, r *http.Request) deskReply {
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != "application/x-www-form-urlencoded" {
		return plainReply(http.StatusUnsupportedMediaType)
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return plainReply(http.StatusRequestEntityTooLarge)
	}
	p, ok := parseCallback(string(body))
	if err != nil || !ok {
		return strangerReply(http.StatusBadRequest)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	a, reply := d.addresseeLocked(r, p)
	if a == nil {
		return reply
	}
	return a.parkLocked(p)
}

// addresseeLocked finds the open attempt whose state an answer carries, or says what to reply.
func (d *Desk) addresseeLocked(r *http.Request, p callbackParams) (*Attempt, deskReply) {
	a := d.attemptOfState(p.state)
	if a == nil || a.path != r.URL.Path {
		return nil, strangerReply(http.StatusBadRequest)
	}
	if reply, gone := a.goneLocked(); gone {
		return nil, reply
	}
	return a, deskReply{}
}

// done answers the one-time page: here the cookie comes along, and the parked answer counts. Fetched again by the same
// browser, the page is shown again.
func (d *Desk) done(r *http.Request, name string) deskReply {
	d.mu.Lock()
	defer d.mu.Unlock()
	a, parked := d.attemptOfParked(name)
	if a == nil {
		return strangerReply(http.StatusNotFound)
	}
	if !a.admits(r) {
		return strangerReply(http.StatusForbidden)
	}
	if parked == a.accepted {
		return deskReply{status: http.StatusOK, hold: a}
	}
	if reply, gone := a.goneLocked(); gone {
		return reply
	}
	if d.cfg.Now().Sub(parked.at) > d.limits.parked {
		return deskReply{status: http.StatusGone, page: PageExpired}
	}
	if link, again := a.retryLocked(parked); again {
		return deskReply{status: http.StatusFound, location: link}
	}
	a.acceptLocked(parked, !a.cookie.heldBy(r))
	return deskReply{status: http.StatusOK, hold: a}
}
