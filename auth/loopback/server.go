package loopback

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"
)

// maxHeader caps a request's header: other programs of a developer leave large cookies on localhost.
const maxHeader = 64 << 10

// loopbackServer is the HTTP server behind a Listener's port.
type loopbackServer struct {
	port    int
	http    *http.Server
	serving sync.WaitGroup

	mu sync.Mutex
	// silent are the connections that have sent nothing: browsers open some ahead of need.
	silent  map[net.Conn]struct{}
	closing bool
}

// serve starts the server on listeners, which share one limit on connections.
func (l *Listener) serve(listeners []net.Listener, port int) *loopbackServer {
	s := &loopbackServer{port: port, silent: map[net.Conn]struct{}{}}
	s.http = &http.Server{
		Handler:           s.guard(l),
		ReadHeaderTimeout: l.limits.header, ReadTimeout: l.limits.read, WriteTimeout: l.limits.write, IdleTimeout: l.limits.idle,
		MaxHeaderBytes: maxHeader, DisableGeneralOptionsHandler: true,
		ConnState: s.noteConnection, ConnContext: withConnection,
		ErrorLog: slog.NewLogLogger(l.cfg.Log.Handler(), slog.LevelDebug),
	}
	s.http.SetKeepAlivesEnabled(false)
	gate := newConnectionGate(l.limits.connections, l.limits.quiet)
	for _, l := range listeners {
		gated := newGatedListener(l, gate)
		s.serving.Go(func() { _ = s.http.Serve(gated) })
	}
	return s
}

// close lets running answers out for at most grace, then cuts every connection, and returns when nothing accepts any more.
func (s *loopbackServer) close(grace time.Duration) {
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	s.dropSilent()
	_ = s.http.Shutdown(ctx)
	_ = s.http.Close()
	s.serving.Wait()
}

func (s *loopbackServer) noteConnection(c net.Conn, state http.ConnState) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case state != http.StateNew:
		delete(s.silent, c)
	case s.closing:
		_ = c.Close()
	default:
		s.silent[c] = struct{}{}
	}
}

// dropSilent closes connections that Shutdown would wait for although nothing came over them.
func (s *loopbackServer) dropSilent() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closing = true
	for c := range s.silent {
		_ = c.Close()
	}
}
