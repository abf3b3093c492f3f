package loopback

import (
	"net/http"
	"strconv"
	"strings"
)

// The paths beside the redirect URI's. What follows them is a single-use random name.
const (
	startPath = "/start/"
	donePath  = "/done/"
)

// guard turns away what no browser's own navigation to us would send, before anything is looked up.
func (s *loopbackServer) guard(l *Listener) http.Handler {
	host := "localhost:" + strconv.Itoa(s.port)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			heard(r.Context())
		}
		if reply, ok := strangerByHeader(r, host); ok {
			l.write(w, r, reply)
			return
		}
		l.write(w, r, l.route(w, r))
	})
}

// strangerByHeader refuses other names for this computer (DNS rebinding), frames, fetches, prefetches and odd methods.
func strangerByHeader(r *http.Request, host string) (listenerReply, bool) {
	if r.Host != host {
		return plainReply(http.StatusMisdirectedRequest), true
	}
	if isPrefetch(r.Header) {
		return plainReply(http.StatusForbidden), true
	}
	for _, dest := range r.Header.Values("Sec-Fetch-Dest") {
		if dest != "document" {
			return plainReply(http.StatusForbidden), true
		}
	}
	if r.Method != http.MethodGet && r.Method != http.MethodPost {
		return notAllowed(http.MethodGet), true
	}
	return listenerReply{}, false
}

// isPrefetch reports whether a browser only asks ahead of a navigation that may never come.
func isPrefetch(h http.Header) bool {
	for _, name := range []string{"Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"} {
		for _, v := range h.Values(name) {
			v = strings.ToLower(v)
			if strings.Contains(v, "prefetch") || strings.Contains(v, "prerender") || strings.Contains(v, "preview") {
				return true
			}
		}
	}
	return false
}

// route finds out what a request is about.
func (l *Listener) route(w http.ResponseWriter, r *http.Request) listenerReply {
	if l.isCallbackPath(r.URL.Path) {
		if r.Method == http.MethodPost {
			return l.callbackByPost(w, r)
		}
		return l.callbackByGet(r)
	}
	ticket, isStart := strings.CutPrefix(r.URL.Path, startPath)
	name, isDone := strings.CutPrefix(r.URL.Path, donePath)
	switch {
	case !isStart && !isDone:
		return plainReply(http.StatusNotFound)
	case r.Method != http.MethodGet:
		return notAllowed(http.MethodGet)
	case isStart:
		return l.start(r, ticket)
	}
	return l.done(r, name)
}

func (l *Listener) isCallbackPath(path string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, a := range l.attempts {
		if a.path != "" && a.path == path {
			return true
		}
	}
	return false
}
