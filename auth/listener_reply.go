package auth

import (
	"bytes"
	"net/http"
	"strconv"
	"time"

	"partner-center-connector/assets"
)

// deskReply is what a request gets: a page, a redirect, or a plain status when neither is set.
type deskReply struct {
	status   int
	page     Page
	location string
	cookie   *http.Cookie
	allow    string
	// hold waits until this attempt's page is decided, and shows that one.
	hold *Attempt
}

func plainReply(status int) deskReply { return deskReply{status: status} }

func strangerReply(status int) deskReply { return deskReply{status: status, page: PageStranger} }

func notAllowed(allow string) deskReply {
	return deskReply{status: http.StatusMethodNotAllowed, allow: allow}
}

// write sends a reply. Nothing that came with the request is in it.
func (d *Desk) write(w http.ResponseWriter, r *http.Request, reply deskReply) {
	if reply.status >= http.StatusBadRequest {
		d.cfg.Log.Debug("loopback request refused", "method", r.Method, "status", reply.status)
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
		d.writeHeld(w, r, reply)
	case reply.location != "":
		w.Header().Set("Location", reply.location)
		w.WriteHeader(reply.status)
	default:
		d.writePage(w, reply.status, reply.page)
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

// writeHeld waits until the attempt's page is decided. After the limit it sends a neutral page; a reload waits anew.
func (d *Desk) writeHeld(w http.ResponseWriter, r *http.Request, reply deskReply) {
	control := http.NewResponseController(w)
	deadline := time.Now().Add(d.limits.hold + d.limits.write)
	_ = control.SetReadDeadline(deadline)
	_ = control.SetWriteDeadline(deadline)
	limit := time.NewTimer(d.limits.hold)
	defer limit.Stop()
	select {
	case <-reply.hold.decided:
		d.writePage(w, reply.status, reply.hold.decidedPage())
		_ = control.Flush()
		reply.hold.noteServed()
	case <-limit.C:
		d.writePage(w, reply.status, PageReceived)
	case <-r.Context().Done():
	}
}

func (d *Desk) writePage(w http.ResponseWriter, status int, page Page) {
	var document bytes.Buffer
	kind := "text/html; charset=utf-8"
	if page == "" || d.cfg.Render == nil || d.cfg.Render(&document, page) != nil {
		document.Reset()
		document.WriteString(http.StatusText(status) + "\n")
		kind = "text/plain; charset=utf-8"
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", strconv.Itoa(document.Len()))
	w.WriteHeader(status)
	_, _ = document.WriteTo(w)
}
