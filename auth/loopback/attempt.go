package loopback

import (
	"context"
	"net/http"
	"time"

	"partner-center-connector/auth"
)

// maxParked caps the answers of an attempt that wait to be fetched with its cookie.
const maxParked = 4

// purpose is what an attempt is for; a newer attempt supersedes an older one with the same purpose.
type purpose int

const (
	adminAttempt purpose = iota
	userAttempt
	handoverAttempt
	adminLinkAttempt
	userLinkAttempt
)

func (p purpose) stage() auth.Stage {
	if p == userAttempt || p == userLinkAttempt {
		return auth.StageUserConsent
	}
	return auth.StageAdminConsent
}

// attemptEnd is how an attempt ended.
type attemptEnd int

const (
	attemptOpen attemptEnd = iota
	attemptSettled
	attemptSuperseded
	attemptClosed
)

// Attempt is one attempt at a consent. Its methods may be called from several goroutines.
type Attempt struct {
	listener    *Listener
	purpose     purpose
	private     bool   // must not be started in a window that has another attempt's cookie
	path        string // of the requests that bring the answer; empty where none comes here
	origin      string // http://localhost:PORT
	redirectURI string
	address     flowURL
	cookie      consentCookie

	// The rest is guarded by listener.mu.
	flow     *consentFlow
	tickets  []*startTicket
	parked   []*parkedAnswer
	accepted *parkedAnswer
	end      attemptEnd
	begun    bool
	shown    bool
	answer   auth.Answer
	err      error
	page     auth.Page

	started chan struct{} // a browser asked for the start page
	settled chan struct{} // answer and err are final
	decided chan struct{} // page is final
	served  chan struct{} // the page was sent
}

// parkedAnswer is an answer with the right state that has not been fetched with the cookie yet.
type parkedAnswer struct {
	name   string
	at     time.Time
	flow   *consentFlow
	answer auth.Answer
	err    *auth.Error // nil for a consent that was given
}

// Link makes a new start address, http://localhost:PORT/start/<ticket>, which one browser on this computer can open
// as long as the attempt is open. That of a handover is Microsoft's address. It is empty after Close, and if no random bytes could be read.
func (a *Attempt) Link() string {
	a.listener.mu.Lock()
	defer a.listener.mu.Unlock()
	switch {
	case a.end == attemptClosed:
		return ""
	case a.purpose == handoverAttempt:
		return a.flow.link
	}
	name, err := randomName(a.listener.cfg.Rand)
	if err != nil {
		a.listener.cfg.Log.Error("no start address could be made", "error", err)
		return ""
	}
	a.tickets = append(a.tickets, &startTicket{name: name})
	if len(a.tickets) > maxTickets {
		a.tickets = a.tickets[1:]
	}
	return a.origin + startPath + name
}

// Started is closed when a browser has asked for the start page.
func (a *Attempt) Started() <-chan struct{} { return a.started }

// Answer waits for the answer that counts. Its error is ctx's; or an *Error, with what an error redirect said or with Cause
// ErrNotPrivate, ErrTicketSpent, ErrSuperseded or ErrBadAnswer; or context.Canceled after Close. It can be called again, with the same result.
func (a *Attempt) Answer(ctx context.Context) (auth.Answer, error) {
	select {
	case <-a.settled:
	case <-ctx.Done():
	}
	a.listener.mu.Lock()
	defer a.listener.mu.Unlock()
	if a.end == attemptOpen {
		return auth.Answer{}, ctx.Err()
	}
	return a.answer, a.err
}

// Finish decides which page the browser that brought the answer shows. It returns when the page was sent, or when nobody
// fetched it for 3 s; at once if no browser waits for one.
func (a *Attempt) Finish(page auth.Page) {
	a.listener.mu.Lock()
	waiting := a.accepted != nil
	if waiting {
		a.decideLocked(page)
	}
	a.listener.mu.Unlock()
	if !waiting {
		return
	}
	limit := time.NewTimer(a.listener.limits.fetch)
	defer limit.Stop()
	select {
	case <-a.served:
	case <-limit.C:
	}
}

// Close ends the attempt and forgets its secrets; a late answer gets a page that says so.
func (a *Attempt) Close() {
	a.listener.mu.Lock()
	defer a.listener.mu.Unlock()
	a.closeLocked()
}

func (a *Attempt) closeLocked() {
	a.settleLocked(attemptClosed, auth.Answer{}, context.Canceled)
	a.decideLocked(auth.PageReceived)
	if a.answer = (auth.Answer{}); a.err == nil {
		a.err = context.Canceled
	}
	a.forgetLocked()
	if a.end != attemptSuperseded {
		a.end = attemptClosed
	}
}

func (a *Attempt) supersedeLocked() {
	if a.end == attemptClosed {
		return
	}
	a.settleLocked(attemptSuperseded, auth.Answer{}, &auth.Error{Stage: a.purpose.stage(), Cause: auth.ErrSuperseded})
	a.decideLocked(auth.PageSuperseded)
	a.forgetLocked()
	a.end = attemptSuperseded
}

// forgetLocked drops the secrets of the flow, the nonce in its link among them, and what was not accepted. The accepted answer stays,
// without its code, so that its page can be shown again; state, cookie and tickets stay, to tell whoever comes late.
func (a *Attempt) forgetLocked() {
	a.flow.nonce, a.flow.verifier, a.flow.link = auth.Secret{}, auth.Secret{}, ""
	a.parked = nil
	if a.accepted != nil {
		a.accepted.answer = auth.Answer{}
		a.parked = []*parkedAnswer{a.accepted}
	}
}

// settleLocked makes the outcome final, if it isn't yet.
func (a *Attempt) settleLocked(end attemptEnd, answer auth.Answer, err error) {
	if a.end != attemptOpen {
		return
	}
	a.end, a.answer, a.err = end, answer, err
	close(a.settled)
}

// decideLocked makes the page final, if it isn't yet.
func (a *Attempt) decideLocked(page auth.Page) {
	if a.page == "" {
		a.page = page
		close(a.decided)
	}
}

func (a *Attempt) startLocked() {
	if !a.begun {
		a.begun = true
		close(a.started)
	}
}

// refuseLocked ends the attempt because of how it was started; the reply to that request says so itself.
func (a *Attempt) refuseLocked(cause error) {
	a.startLocked()
	a.settleLocked(attemptSettled, auth.Answer{}, &auth.Error{Stage: a.purpose.stage(), Cause: cause})
}

// goneLocked is the reply to what comes after the end.
func (a *Attempt) goneLocked() (listenerReply, bool) {
	switch a.end {
	case attemptOpen:
		return listenerReply{}, false
	case attemptSuperseded:
		return listenerReply{status: http.StatusGone, page: auth.PageSuperseded}, true
	default:
		return listenerReply{status: http.StatusGone, page: auth.PageExpired}, true
	}
}

// admits reports whether an answer may come from the browser of r.
func (a *Attempt) admits(r *http.Request) bool {
	return a.purpose == handoverAttempt || a.cookie.heldBy(r)
}

// parkLocked keeps an answer and sends the browser on to the one-time page where it counts, away from the address with the
// state in it.
func (a *Attempt) parkLocked(p callbackParams) listenerReply {
	answer, failure, ok := p.outcome(a)
	if !ok {
		return strangerReply(http.StatusBadRequest)
	}
	now := a.listener.cfg.Now()
	kept := a.parked[:0:0]
	for _, other := range a.parked {
		if now.Sub(other.at) <= a.listener.limits.parked {
			kept = append(kept, other)
		}
	}
	a.parked = kept
	if len(a.parked) >= maxParked {
		return strangerReply(http.StatusTooManyRequests)
	}
	name, err := randomName(a.listener.cfg.Rand)
	if err != nil {
		return plainReply(http.StatusInternalServerError)
	}
	a.parked = append(a.parked, &parkedAnswer{name: name, at: now, flow: a.flow, answer: answer, err: failure})
	return listenerReply{status: http.StatusSeeOther, location: donePath + name}
}

// attemptOfParked finds a parked answer and its attempt; nil if there is none. It compares with all, in constant time each.
func (l *Listener) attemptOfParked(name string) (*Attempt, *parkedAnswer) {
	var attempt *Attempt
	var found *parkedAnswer
	for _, a := range l.attempts {
		for _, p := range a.parked {
			if auth.SameText(p.name, name) {
				attempt, found = a, p
			}
		}
	}
	return attempt, found
}

// retryLocked begins a second flow, without the claims request, if that is what Microsoft refused. It does so once.
func (a *Attempt) retryLocked(p *parkedAnswer) (link string, again bool) {
	if p.err == nil || !p.flow.claims || !refusesClaims(p.err) {
		return "", false
	}
	flow, err := a.newFlow(false)
	if err != nil {
		return "", false
	}
	a.flow, a.parked = flow, nil
	a.listener.cfg.Log.Debug("the claims request was refused; asked again without it", "error", p.err)
	return flow.link, true
}

// acceptLocked lets a parked answer count.
func (a *Attempt) acceptLocked(p *parkedAnswer, withoutCookie bool) {
	a.accepted, a.parked = p, []*parkedAnswer{p}
	a.startLocked()
	if p.err != nil {
		a.settleLocked(attemptSettled, auth.Answer{}, p.err)
		return
	}
	answer := p.answer
	answer.WithoutCookie = withoutCookie
	if a.purpose == userAttempt {
		answer.Verifier, answer.Nonce, answer.RedirectURI = p.flow.verifier, p.flow.nonce, a.redirectURI
	}
	a.settleLocked(attemptSettled, answer, nil)
}

func (a *Attempt) decidedPage() auth.Page {
	a.listener.mu.Lock()
	defer a.listener.mu.Unlock()
	return a.page
}

func (a *Attempt) noteServed() {
	a.listener.mu.Lock()
	defer a.listener.mu.Unlock()
	if !a.shown {
		a.shown = true
		close(a.served)
	}
}
