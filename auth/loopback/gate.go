package loopback

import (
	"container/list"
	"context"
	"net"
	"sync"
	"time"
)

// connectionGate bounds the connections of a server's listeners. A flood of them, from a program that says nothing or not enough, holds nobody up:
// the oldest of those makes room for the newest. Who has sent a whole request stays.
type connectionGate struct {
	limit int
	quiet time.Duration

	mu sync.Mutex
	// places are those taken: open connections, and those that an Accept is about to bring.
	places int
	// unheard are the connections without a whole request, oldest first.
	unheard *list.List
	// freed is closed, and made again, when a place is given back.
	freed chan struct{}
}

func newConnectionGate(limit int, quiet time.Duration) *connectionGate {
	return &connectionGate{limit: limit, quiet: quiet, unheard: list.New(), freed: make(chan struct{})}
}

// enter takes a place, and makes one if there is none. It reports false if done is closed before.
func (g *connectionGate) enter(done <-chan struct{}) bool {
	for {
		wait, freed, entered := g.tryEnter()
		if entered {
			return true
		}
		if !pause(wait, freed, done) {
			return false
		}
	}
}

// tryEnter takes a place if there is one. Else it cuts off the oldest connection that is quiet for too long, or returns how long that will take; 0
// if there is no such connection.
func (g *connectionGate) tryEnter() (wait time.Duration, freed <-chan struct{}, entered bool) {
	g.mu.Lock()
	freed = g.freed
	if g.places < g.limit {
		g.places++
		g.mu.Unlock()
		return 0, freed, true
	}
	oldest := g.unheard.Front()
	if oldest == nil {
		g.mu.Unlock()
		return 0, freed, false
	}
	c, _ := oldest.Value.(*gatedConn)
	wait = g.quiet - time.Since(c.since)
	g.mu.Unlock()
	if wait > 0 {
		return wait, freed, false
	}
	_ = c.Close() // gives its place back
	return 0, freed, false
}

// pause waits for wait, if that is not 0, or until freed is closed. It reports false if done is closed before.
func pause(wait time.Duration, freed, done <-chan struct{}) bool {
	var over <-chan time.Time
	if wait > 0 {
		timer := time.NewTimer(wait)
		defer timer.Stop()
		over = timer.C
	}
	select {
	case <-over:
	case <-freed:
	case <-done:
		return false
	}
	return true
}

// leave gives a place back.
func (g *connectionGate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.places--
	close(g.freed)
	g.freed = make(chan struct{})
}

// gatedListener accepts a connection only when its gate has a place.
type gatedListener struct {
	net.Listener
	gate *connectionGate
	done chan struct{}
	end  func()
}

func newGatedListener(l net.Listener, gate *connectionGate) *gatedListener {
	done := make(chan struct{})
	return &gatedListener{Listener: l, gate: gate, done: done, end: sync.OnceFunc(func() { close(done) })}
}

// Accept waits for a place first.
func (l *gatedListener) Accept() (net.Conn, error) {
	if !l.gate.enter(l.done) {
		return nil, net.ErrClosed
	}
	inner, err := l.Listener.Accept()
	if err != nil {
		l.gate.leave()
		return nil, err
	}
	c := &gatedConn{Conn: inner, gate: l.gate, since: time.Now()}
	c.free = sync.OnceFunc(func() {
		c.heard()
		l.gate.leave()
	})
	l.gate.mu.Lock()
	defer l.gate.mu.Unlock()
	c.place = l.gate.unheard.PushBack(c)
	return c, nil
}

// Close ends a waiting Accept too.
func (l *gatedListener) Close() error {
	l.end()
	return l.Listener.Close()
}

// gatedConn gives its place back when it is closed.
type gatedConn struct {
	net.Conn
	gate  *connectionGate
	since time.Time
	free  func()

	place *list.Element // guarded by gate.mu; nil once a whole request has come
}

// Close closes the connection.
func (c *gatedConn) Close() error {
	err := c.Conn.Close()
	c.free()
	return err
}

// heard notes that a whole request has come.
func (c *gatedConn) heard() {
	c.gate.mu.Lock()
	defer c.gate.mu.Unlock()
	if c.place != nil {
		c.gate.unheard.Remove(c.place)
		c.place = nil
	}
}

// connectionKey is where the context of a request has its connection.
type connectionKey struct{}

func withConnection(ctx context.Context, c net.Conn) context.Context {
	return context.WithValue(ctx, connectionKey{}, c)
}

// heard notes that the request of ctx has come whole.
func heard(ctx context.Context) {
	if c, ok := ctx.Value(connectionKey{}).(*gatedConn); ok {
		c.heard()
	}
}
