package loopback

import (
	"bytes"
	"net/http"
	"strconv"
	"time"

	"partner-center-connector/assets"
	"partner-center-connector/auth"
)

// listenerReply is what a request gets: a page, a redirect, or a plain status when neither is set.
type listenerReply struct {
	status   int
	page     auth.Page
	location string
	cookie   *http.Cookie
	allow    string
	// hold waits until this attempt's page is decided, and shows that one.
	hold *Attempt
}

func plainReply(status int) listenerReply { return listenerReply{status: status} }

func strangerReply(status int) listenerReply {
	return listenerReply{status: status, page: auth.PageStranger}
}

func notAllowed(allow string) listenerReply {
	return listenerReply{status: http.StatusMethodNotAllowed, allow: allow}
}

// write sends a reply. Nothing that came with the request is in it.
func (l *Listener) write(w http.ResponseWriter, r *http.Request, reply listenerReply) {
	if reply.status >= http.StatusBadRequest {
		l.cfg.Log.Debug("loopback request refused", "method", r.Method, "status", reply.status)
	}
	setSafeHeaders(w.Header())
	if reply.cookie != nil {
		http.SetCookie(w, reply.cookie)
	}
	if reply.allow != "" {
		w.Header().Set("Allow", reply.allow)
	}
	switch {
	case reply.hold != nil:
		l.writeHeld(w, r, reply)
	case reply.location != "":
		w.Header().Set("Location", reply.location)
		w.WriteHeader(reply.status)
	default:
		l.writePage(w, reply.status, reply.page)
	}
}

// setSafeHeaders keeps the page out of caches, frames and other sites' sight, and lets it load nothing.
func setSafeHeaders(h http.Header) {
	h.Set("Content-Security-Policy", "default-src 'none'; style-src '"+assets.CallbackStyleHash()+
		"'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
}

// writeHeld waits until the attempt's page is decided. After the limit it sends a neutral page; a reload waits again.
func (l *Listener) writeHeld(w http.ResponseWriter, r *http.Request, reply listenerReply) {
	control := http.NewResponseController(w)
	_ = control.SetWriteDeadline(time.Now().Add(l.limits.hold + l.limits.write))
	limit := time.NewTimer(l.limits.hold)
	defer limit.Stop()
	select {
	case <-reply.hold.decided:
		l.writePage(w, reply.status, reply.hold.decidedPage())
		_ = control.Flush()
		reply.hold.noteServed()
	case <-limit.C:
		l.writePage(w, reply.status, auth.PageReceived)
	case <-r.Context().Done():
	}
}

func (l *Listener) writePage(w http.ResponseWriter, status int, page auth.Page) {
	var document bytes.Buffer
	kind := "text/html; charset=utf-8"
	if page == "" || l.cfg.Render == nil || l.cfg.Render(&document, page) != nil {
		document.Reset()
		document.WriteString(http.StatusText(status) + "\n")
		kind = "text/plain; charset=utf-8"
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", strconv.Itoa(document.Len()))
	w.WriteHeader(status)
	_, _ = document.WriteTo(w)
}
