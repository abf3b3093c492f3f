package rehearsal

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// The limits of the servers.
const (
	maxBody       = 64 << 10
	headerTimeout = 10 * time.Second
	readTimeout   = 30 * time.Second
	shutdownGrace = 500 * time.Millisecond
)

// site is one of the three servers.
type site struct {
	listener net.Listener
	server   *http.Server
	tls      bool
	// host is what the Host header must say; origin is host with its scheme.
	host, origin string
	// also reports whether the Host header may say something else; nil for never.
	also func(host string) bool
	done chan struct{}
}

// listen binds a free port of 127.0.0.1 and nothing else.
func listen(base context.Context, tlsConfig *tls.Config) (*site, error) {
	listener, err := (&net.ListenConfig{}).Listen(base, "tcp4", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &site{listener: listener, tls: tlsConfig != nil, host: listener.Addr().String()}
	s.origin = "http://" + s.host
	if s.tls {
		s.origin = "https://" + s.host
	}
	s.server = &http.Server{
		TLSConfig:         tlsConfig,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		MaxHeaderBytes:    maxBody,
		ErrorLog:          log.New(io.Discard, "", 0), // a browser that hangs up is no news
		BaseContext:       func(net.Listener) context.Context { return base },
		Protocols:         onlyHTTP1(),
	}
	return s, nil
}

// onlyHTTP1 keeps a server from offering HTTP/2: the programs are built without it (nethttpomithttp2), and would offer it all the same.
func onlyHTTP1() *http.Protocols {
	var p http.Protocols
	p.SetHTTP1(true)
	return &p
}

func (s *site) serve(h http.Handler) {
	s.server.Handler = s.guard(h)
	s.done = make(chan struct{})
	go func() {
		defer close(s.done)
		if s.tls {
			_ = s.server.ServeTLS(s.listener, "", "")
			return
		}
		_ = s.server.Serve(s.listener)
	}()
}

// close is safe on a site that was never opened or never served.
func (s *site) close() error {
	if s == nil {
		return nil
	}
	if s.done == nil {
		return s.listener.Close()
	}
	ctx, cancel := context.WithTimeout(context.Background(), shutdownGrace)
	defer cancel()
	err := s.server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = s.server.Close()
	}
	<-s.done
	return err
}

// guard refuses a Host header that is not ours, so that no foreign page reaches this server by a name of its own (DNS
// rebinding), and caps what is read.
func (s *site) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("Pragma", "no-cache")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		if r.Host != s.host && (s.also == nil || !s.also(r.Host)) {
			http.Error(w, "misdirected request", http.StatusMisdirectedRequest)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		next.ServeHTTP(w, r)
	})
}
