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
		ConnState: s.noteConnection,
		ErrorLog:  slog.NewLogLogger(l.cfg.Log.Handler(), slog.LevelDebug),
	}
	s.http.SetKeepAlivesEnabled(false)
	slots := make(chan struct{}, l.limits.connections)
	for _, l := range listeners {
		limited := newLimitedListener(l, slots)
		s.serving.Go(func() { _ = s.http.Serve(limited) })
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

// limitedListener accepts a connection only when a slot is free.
type limitedListener struct {
	net.Listener
	slots chan struct{}
	done  chan struct{}
	end   func()
}

func newLimitedListener(l net.Listener, slots chan struct{}) *limitedListener {
	done := make(chan struct{})
	return &limitedListener{Listener: l, slots: slots, done: done, end: sync.OnceFunc(func() { close(done) })}
}

// Accept waits for a free slot first, so that what is over the limit stays in the system's queue.
func (l *limitedListener) Accept() (net.Conn, error) {
	select {
	case l.slots <- struct{}{}:
	case <-l.done:
		return nil, net.ErrClosed
	}
	c, err := l.Listener.Accept()
	if err != nil {
		<-l.slots
		return nil, err
	}
	return &limitedConn{Conn: c, free: sync.OnceFunc(func() { <-l.slots })}, nil
}

// Close ends a waiting Accept too.
func (l *limitedListener) Close() error {
	l.end()
	return l.Listener.Close()
}

// limitedConn frees its slot when it is closed.
type limitedConn struct {
	net.Conn
	free func()
}

// Close closes the connection.
func (c *limitedConn) Close() error {
	err := c.Conn.Close()
	c.free()
	return err
}
